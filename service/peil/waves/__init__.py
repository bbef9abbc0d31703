"""When whom is asked."""
