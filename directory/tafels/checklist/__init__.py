"""Does this casus belong at this tafel? Its criteria one by one."""
