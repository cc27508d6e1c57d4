"""The coördinatiepunt for trede 3: what comes in, and what is decided about it."""
