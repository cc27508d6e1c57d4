"""Mail that was given up or was sent."""
