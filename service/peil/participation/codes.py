"""One-time codes of split and handout mode: drawn from a CSPRNG, kept as hashes only."""

import re
import secrets
from hashlib import sha256

# Crockford's Base32: no I, L, O, U, so that a printed code can be read out loud.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 20
_ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0"})
_SEPARATORS = re.compile(r"[\s-]+")


def draw_code() -> str:
    """A code of 100 random bits, in four groups of five."""
    text = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return "-".join(text[start : start + 5] for start in range(0, _LENGTH, 5))


def hash_code(code: str) -> bytes:
    """SHA-256 of a code as it was meant: upper case, without separators, look-alikes read as digits."""
    meant = _SEPARATORS.sub("", code).upper().translate(_ALIKE)
    return sha256(meant.encode()).digest()
