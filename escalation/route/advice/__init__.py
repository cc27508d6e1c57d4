"""Which tafel to try next."""
