"""The voordracht for trede 4."""
