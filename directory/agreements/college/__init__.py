"""Whether each college decided about trede 3 (E-243)."""
