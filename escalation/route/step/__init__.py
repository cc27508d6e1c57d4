"""The page of one step of the route."""
