"""Rows as COPY gives them in its binary format, written by the documentation's word and not by our reading."""

from collections.abc import Iterator, Sequence
from uuid import UUID


def copied(rows: Sequence[tuple[UUID, bytes]], cut: int) -> Iterator[bytes]:
    """Pieces of `cut` rows each: the head with the first, the end alone."""
    head = b"PGCOPY\n\xff\r\n\x00" + (0).to_bytes(4, "big") + (0).to_bytes(4, "big")
    for start in range(0, len(rows), cut):
        yield (head if start == 0 else b"") + b"".join(_row(*row) for row in rows[start : start + cut])
    yield (b"" if rows else head) + (-1).to_bytes(2, "big", signed=True)


def _row(key_id: UUID, envelope: bytes) -> bytes:
    columns = [key_id.bytes, envelope]
    return len(columns).to_bytes(2, "big") + b"".join(len(one).to_bytes(4, "big") + one for one in columns)
