"""Who stands beside the resident."""
