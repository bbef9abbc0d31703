"""Pages of the units of a released wave: in the order of its tree, as far as the caller may see them."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

from peil.actor import Reach
from peil.aggregates.shelf import WaveShelf
from peil.operation import Call
from peil.paging import Page, PageQuery, page


class OfUnit(Protocol):
    """What is said of one unit."""

    @property
    def unit_id(self) -> UUID: ...


T = TypeVar("T", bound=OfUnit)


class UnitPage(NamedTuple):
    """A page of what a wave says of its units; `bound`: what its cursors are good for."""

    call: Call
    wave: WaveShelf
    query: PageQuery
    bound: tuple[object, ...]

    def units(self, reach: Reach, units: Sequence[UUID]) -> list[UUID]:
        """Those of `units`, in the order of the tree, that stand on the page, and the one after where there is one.

        Raises Invalid for a cursor of another list.
        """
        cursor = self.query.cursor
        after = self.call.parts.cursors.open(cursor, int, *self.bound) if cursor else -1
        start = bisect_right(units, after, key=self.wave.position)
        seen = (one for one in islice(units, start, None) if self.wave.sees(self.call.actor, reach, one))
        return list(islice(seen, self.query.limit + 1))

    def cut(self, reach: Reach, units: Sequence[UUID]) -> tuple[list[UUID], str | None]:
        """The units of the page, and the cursor of the next one."""
        found, limit = self.units(reach, units), self.query.limit
        return found[:limit], None if len(found) <= limit else self._seal(found[limit - 1])

    def of(self, items: list[T]) -> Page[T]:
        """The page of what is said of its units and of the one after."""
        return page(items, self.query.limit, lambda item: self._seal(item.unit_id))

    def _seal(self, unit_id: UUID) -> str:
        return self.call.parts.cursors.seal(self.wave.position(unit_id), *self.bound)
