"""What the themagroep does with a signaal."""
