"""`peil check anonymity`: has made-up people answer, and tries to tell who answered what."""
