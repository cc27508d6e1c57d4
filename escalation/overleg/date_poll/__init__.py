"""Who can when."""
