"""Joins what several waves say about the same units into one tree that stays readable."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from peil.aggregates.model import Aggregate, BlockAggregate
from peil.releases.cells_model import ProtectedCell, PublishedCell


class Branch(NamedTuple):
    """A unit: per wave what it says (None: it was not there) and the unit above that counts all its people."""

    depth: int
    unit_id: UUID
    name: str
    seen: list[Aggregate | None]
    homes: list[str | None]


class Counted(NamedTuple):
    """Units beneath the same one of which no wave says anything, and that are counted at the same places."""

    depth: int
    names: list[str]
    homes: list[str | None]


class Tree:
    """The units of some releases, each as a sequence in the order of its tree, with respect to one block."""

    def __init__(self, releases: Sequence[Sequence[Aggregate]], block: str) -> None:
        self._waves = [{seen.unit_id: seen for seen in release} for release in releases]
        self._units = {seen.unit_id: seen for release in releases for seen in release}
        self._block = block
        self._children: dict[UUID | None, list[Aggregate]] = {}
        for unit in self._units.values():
            self._children.setdefault(self._above(unit), []).append(unit)

    def list_branches(self, parent: UUID | None = None, depth: int = 0) -> Iterator[Branch | Counted]:
        """Every unit above those beneath it; those that are only counted come last, together."""
        counted: dict[tuple[str | None, ...], list[str]] = {}
        for unit in self._children.get(parent, ()):
            seen = [wave.get(unit.unit_id) for wave in self._waves]
            homes = [self._home(wave, unit.unit_id) for wave in self._waves]
            beneath = list(self.list_branches(unit.unit_id, depth + 1))
            if beneath or any(map(self._has_figures, seen)):
                yield Branch(depth, unit.unit_id, self._short_name(unit), seen, homes)
                yield from beneath
            else:
                counted.setdefault(tuple(homes), []).append(self._short_name(unit))
        for known_at, names in counted.items():
            yield Counted(depth, names, list(known_at))

    def _above(self, unit: Aggregate) -> UUID | None:
        return unit.parent_id if unit.parent_id in self._units else None

    def _short_name(self, unit: Aggregate) -> str:
        """`CA` for `CA, United States` under the United States."""
        above = self._above(unit)
        return unit.name if above is None else unit.name.removesuffix(f", {self._units[above].name}")

    def _has_figures(self, seen: Aggregate | None) -> bool:
        if seen is None:
            return False
        cells = (seen.response, block_of(seen, self._block).cell)
        return any(not isinstance(cell, ProtectedCell) for cell in cells)

    def _home(self, wave: Mapping[UUID, Aggregate], unit_id: UUID) -> str | None:
        if unit_id not in wave:
            return None
        cell = block_of(wave[unit_id], self._block).cell
        if isinstance(cell, PublishedCell) or cell.reported_at is None:
            return None
        return self._units[cell.reported_at].name


def block_of(seen: Aggregate, key: str) -> BlockAggregate:
    """What is said of one block; every released wave here asks it."""
    return next(block for block in seen.blocks if block.key == key)
