"""Identifiers: version 7 for ordinary things, version 4 for anything near an anonymous person, since 7 tells when."""

import secrets
import time
from uuid import UUID, uuid4

NONE = UUID(int=0)


def ordered_id() -> UUID:
    """A UUID of version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    random = secrets.randbits(74)
    return UUID(
        int=(milliseconds & 0xFFFF_FFFF_FFFF) << 80
        | 0x7 << 76
        | (random >> 62) << 64
        | 0b10 << 62
        | (random & 0x3FFF_FFFF_FFFF_FFFF)
    )


def silent_id() -> UUID:
    """A random UUID of version 4, for whatever stands near an answer."""
    return uuid4()
