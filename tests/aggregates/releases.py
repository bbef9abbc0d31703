"""Two small releases to compare: one tree, a block or two, and a cell for each unit."""

from collections.abc import Collection, Mapping
from uuid import UUID

from hypothesis import strategies as st

from peil.aggregates.changes.comparison import Released, compare
from peil.aggregates.changes.model import ChangeCell, ComparedChange
from peil.aggregates.model import StoredBlock, StoredScores
from peil.releases.cells_model import Cell, PartialCell, ProtectedCell, PublishedCell, ResponseWarning
from peil.releases.model import PooledSd, UnitScores

TREE = {"root": None, "sales": "root", "field": "sales", "floor": "sales", "care": "root"}
"""Units in the order of the tree, with the one above."""
IDS = {name: UUID(int=number) for number, name in enumerate(TREE, 1)}
PROTECTED = ProtectedCell(reported_at=IDS["root"])
SPREAD = PooledSd(sd=20, degrees=60, bound=False)


def published(mean: float = 50.0, n: int = 40, *warnings: ResponseWarning) -> PublishedCell:
    """The figure of a unit."""
    return PublishedCell(
        n=n, invited=None, coverage="all", mean=mean, items={}, now=None, climate=None, warnings=warnings
    )


def partial(*units: str, mean: float = 50.0) -> PartialCell:
    """The figure of some of the units beneath a unit."""
    return PartialCell(
        units=[IDS[unit] for unit in units],
        n=40,
        invited=None,
        mean=mean,
        items={},
        now=None,
        climate=None,
        warnings=(),
        reported_at=None,
    )


def block(key: str = "load", fingerprint: str = "same", spread: PooledSd | None = SPREAD) -> StoredBlock:
    """What a release says of a block in the whole wave."""
    return StoredBlock(block=key, fingerprint=fingerprint, spread=spread)


def release(cells: Mapping[str, Cell], *blocks: StoredBlock, partly_asked: Collection[str] = ()) -> Released:
    """A release in which each of these units has the same cell in every block."""
    known = {one.block: one for one in blocks or (block(),)}
    units = [
        StoredScores(
            unit_id=IDS[name],
            parent_id=None if (above := TREE[name]) is None else IDS[above],
            name=name,
            whole=name not in partly_asked,
            content=UnitScores(
                unit_id=IDS[name], name=name, response=PROTECTED, blocks=dict.fromkeys(known, cells[name])
            ),
        )
        for name in TREE
        if name in cells
    ]
    return Released(units, known)


def changed(earlier: Released, later: Released, key: str = "load") -> dict[str, ChangeCell]:
    """What is said of one block, by the unit's name."""
    return {unit.name: unit.cells[key] for unit in compare(earlier, later)}


def compared(cell: object) -> ComparedChange:
    """A cell that has to be a difference."""
    assert isinstance(cell, ComparedChange)
    return cell


_means = st.integers(0, 10_000).map(lambda hundredths: hundredths / 100)
_figures = st.builds(published, _means, st.integers(7, 400))
_partials = st.builds(lambda mean: partial("field", "floor", mean=mean), _means)
cells = st.fixed_dictionaries(dict.fromkeys(TREE, st.one_of(_figures, _partials, st.just(PROTECTED))))
"""Any cell for every unit."""
spreads = st.none() | st.builds(PooledSd, sd=st.floats(1, 50), degrees=st.integers(29, 2000))
