"""The only writers of this app; see `escalation.actions` for what every action promises."""
