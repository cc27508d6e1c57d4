"""Who else is named in an export."""
