"""Identifiers: version 7 for ordinary things, version 4 for anything near an anonymous person, since 7 tells when."""

import secrets
import time
from collections.abc import Callable
from uuid import UUID, uuid4

NONE = UUID(int=0)


def ordered_id() -> UUID:
    """A UUID of version 7 (RFC 9562, section 5.7), later than all that this process has made.

    48 bits of milliseconds, 12 of their fraction, moved on where that has not moved (section 6.2, methods 1 and 3):
    what one transaction writes at once stays in its order. 62 bits are random.
    """
    place = _places()
    return UUID(
        int=place >> 12 << 80 | 0x7 << 76 | (place & 0xFFF) << 64 | 0b10 << 62 | secrets.randbits(62),
    )


def _in_order() -> Callable[[], int]:
    last = 0

    def place() -> int:
        nonlocal last
        last = max(last + 1, time.time_ns() * 4096 // 1_000_000)
        return last

    return place


_places = _in_order()


def silent_id() -> UUID:
    """A random UUID of version 4, for whatever stands near an answer."""
    return uuid4()
