"""A registration that is not finished."""
