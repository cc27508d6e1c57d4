"""The only writers of this app; see `escalation.change` for what every action promises."""
