"""Going through who has which role, once a year per organisation (O-12)."""
