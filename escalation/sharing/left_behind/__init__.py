"""Attachments that no longer can be read by the organisation whose they are."""
