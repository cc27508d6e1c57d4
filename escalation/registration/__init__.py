"""Registering a casus: the crisis question, the steps, drafts, references and duplicates."""
