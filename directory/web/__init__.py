"""What several pages of the directory stand on."""
