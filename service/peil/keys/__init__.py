"""Keys and what is made with them: where they lie, and the blind signatures that issue answer tokens."""
