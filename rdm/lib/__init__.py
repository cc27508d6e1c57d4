"""The bottom layer: helpers that know no app and no model."""
