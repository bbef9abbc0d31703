"""Reads sealed responses as COPY gives them: by the million, a record of the driver's for each would take longest.

PostgreSQL documentation, "COPY", Binary Format: a head of 19 bytes before the first row, the number of columns of a row
in 2 bytes and of each the length in 4, all big-endian, and at the end -1 instead of a number of columns.
"""

import struct
from collections.abc import Iterator

_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END = b"\xff\xff"
_BEFORE_ENVELOPE = struct.Struct(">hi16si")


def sealed_rows(copied: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The 16 bytes of the reporting group's id and the envelope of each row, in a piece that is cut between rows.

    Raises ValueError where it is cut elsewhere.
    """
    at = len(_HEAD) if copied.startswith(_HEAD) else 0
    last = len(copied) - len(_END)
    while at < last:
        _, _, key_id, size = _BEFORE_ENVELOPE.unpack_from(copied, at)
        start = at + _BEFORE_ENVELOPE.size
        at = start + size
        yield key_id, copied[start:at]
    if copied[at:] not in (b"", _END) or at > len(copied):
        raise ValueError("not cut between rows")
