"""Comparisons kept in the process: every unit of one is packed, so that it is known how much room they take.

Releases never change, so nothing here is ever stale; what was not asked for longest is dropped.
"""

from collections import OrderedDict
from collections.abc import Sequence
from uuid import UUID

from msgspec import msgpack

from peil.aggregates.changes.model import ItemEffect, UnitChange

Items = dict[str, list[ItemEffect]]
"""By block."""

_MOST_BYTES = 128 * 1024 * 1024
"""Of all comparisons together: some 1,500 bytes for a unit of eight blocks."""
_unpack_unit = msgpack.Decoder(UnitChange).decode
_unpack_items = msgpack.Decoder(Items).decode


class Comparison:
    """A released wave against an earlier one: every unit of it, and of some what changed item by item."""

    def __init__(self, against: UUID, units: Sequence[UnitChange]) -> None:
        self.against = against
        self._units = {unit.unit_id: msgpack.encode(unit) for unit in units}
        self._items: dict[UUID, bytes] = {}
        self.bytes = sum(map(len, self._units.values()))

    def unit(self, unit_id: UUID) -> UnitChange:
        """One unit of the later wave."""
        return _unpack_unit(self._units[unit_id])

    def items(self, unit_id: UUID) -> Items | None:
        """What changed in a unit item by item; None: it was not asked for before."""
        packed = self._items.get(unit_id)
        return None if packed is None else _unpack_items(packed)

    def keep_items(self, unit_id: UUID, items: Items) -> None:
        """Keeps what changed in a unit item by item."""
        packed = msgpack.encode(items)
        self.bytes += len(packed) - len(self._items.get(unit_id, b""))
        self._items[unit_id] = packed


class Comparisons:
    """The comparisons that this process has made."""

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._kept: OrderedDict[tuple[UUID, UUID, UUID], Comparison] = OrderedDict()
        self._most_bytes = most_bytes

    def find(self, employer_id: UUID, wave_id: UUID, against: UUID) -> Comparison | None:
        """One that was kept; it stays longest that was asked last."""
        found = self._kept.get((employer_id, wave_id, against))
        if found is not None:
            self._kept.move_to_end((employer_id, wave_id, against))
        return found

    def keep(self, employer_id: UUID, wave_id: UUID, comparison: Comparison) -> Comparison:
        """Keeps one, in the place of those that nobody asked for longest."""
        kept = self._kept.setdefault((employer_id, wave_id, comparison.against), comparison)
        self.make_room()
        return kept

    def make_room(self) -> None:
        """Drops what nobody asked for longest, until there are no more bytes than there may be."""
        while sum(one.bytes for one in self._kept.values()) > self._most_bytes:
            self._kept.popitem(last=False)
