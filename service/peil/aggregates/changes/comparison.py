"""What changed between two releases, from what they published and nothing else."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from peil.aggregates.changes.drift import drift
from peil.aggregates.changes.model import (
    ChangeCell,
    ChangeInterval,
    ComparedChange,
    IncomparableChange,
    Measured,
    ProtectedChange,
    UnitChange,
    WaveStanding,
    WithheldChange,
)
from peil.aggregates.model import StoredBlock, StoredScores
from peil.aggregates.statistics.significance import (
    REFERENCE_SD,
    Certainty,
    certainty,
    false_discovery_rates,
    label,
    pool,
    rounded_p,
)
from peil.errors import Conflict, Finding, Invalid
from peil.releases.cells_model import (
    PartialCell,
    PartialDistribution,
    ProtectedCell,
    PublishedCell,
    PublishedDistribution,
)
from peil.releases.model import PooledSd
from peil.releases.statistics import minimal_detectable_change

Figure = PublishedCell | PartialCell
Place = tuple[UUID, str]
"""A unit and a block."""


class Released(NamedTuple):
    """What a release says: of each unit, in the order of its tree, and of each block in the whole wave, by key."""

    units: Sequence[StoredScores]
    blocks: Mapping[str, StoredBlock]


class Pair(NamedTuple):
    """Two figures of one unit and block that can be compared."""

    before: Figure
    after: Figure

    @property
    def difference(self) -> float:
        # Published means have two decimals, so this is exact.
        return round(self.after.mean - self.before.mean, 2)


def validate_against(wave: WaveStanding, against: WaveStanding | None) -> None:
    """Refuses an earlier wave that is none.

    Raises Invalid `unknown-wave`, `not-earlier`, Conflict `against-not-released`, `against-cancelled`.
    """
    if against is None:
        raise Invalid(Finding("/query/against", "unknown-wave"))
    if against.opens_at >= wave.opens_at:
        raise Invalid(Finding("/query/against", "not-earlier"))
    if against.state != "released":
        raise Conflict("against-cancelled" if against.state == "cancelled" else "against-not-released")


def compare(earlier: Released, later: Released) -> list[UnitChange]:
    """Every unit of the later release against the earlier one, in the order of the later tree.

    Of all units at once, whoever asks: the false discoveries are those of the whole comparison, so a label is
    the same for every viewer. Blocks that only the earlier wave had are left out.
    """
    decided: dict[Place, ChangeCell | Pair] = {}
    for block in later.blocks.values():
        decided |= _decide_block(earlier, later, block)
    spreads = {
        key: pool(earlier.blocks[key].spread, block.spread)
        for key, block in later.blocks.items()
        if key in earlier.blocks
    }
    pairs = {place: pair for place, pair in decided.items() if isinstance(pair, Pair)}
    cells = {place: cell for place, cell in decided.items() if not isinstance(cell, Pair)} | _compared(pairs, spreads)
    drifts = drift(earlier.units, later.units)
    return [
        UnitChange(
            unit.unit_id,
            unit.parent_id,
            unit.name,
            drifts.get(unit.unit_id),
            {key: cells[unit.unit_id, key] for key in unit.content.blocks if key in later.blocks},
        )
        for unit in later.units
    ]


def _decide_block(earlier: Released, later: Released, block: StoredBlock) -> dict[Place, ChangeCell | Pair]:
    """One block in every unit: what is said of it, or the pair that remains to be compared."""
    known = earlier.blocks.get(block.block)
    if known is None or known.fingerprint != block.fingerprint:
        differs = IncomparableChange(reason="not-asked-then" if known is None else "items-differ")
        return {(unit.unit_id, block.block): differs for unit in later.units}
    before = {unit.unit_id: unit for unit in earlier.units}
    decided: dict[Place, ChangeCell | Pair] = {}
    # Per unit, the nearest at or above it with something to look at; parents come before their children.
    seen: dict[UUID | None, UUID | None] = {None: None}
    for unit in later.units:
        above = seen[unit.parent_id]
        cell = _decide(before.get(unit.unit_id), unit, block.block, above)
        seen[unit.unit_id] = unit.unit_id if isinstance(cell, Pair | WithheldChange) else above
        decided[unit.unit_id, block.block] = cell
    return decided


def _decide(earlier: StoredScores | None, later: StoredScores, block: str, above: UUID | None) -> ChangeCell | Pair:
    """One unit; `earlier` None: it was not in that tree. Protection goes first, so that it tells nothing."""
    before = None if earlier is None else earlier.content.blocks[block]
    after = later.content.blocks[block]
    if isinstance(after, ProtectedCell) or isinstance(before, ProtectedCell):
        return ProtectedChange(reported_at=above)
    if earlier is None or before is None:
        return IncomparableChange(reason="unit-not-there-before")
    if not (earlier.whole and later.whole):
        return IncomparableChange(reason="not-everybody-asked")
    if population(before) != population(after):
        return IncomparableChange(reason="units-differ")
    if "not-representative" in (*before.warnings, *after.warnings):
        return WithheldChange(reason="not-representative")
    return Pair(before, after)


def population(cell: Figure | PublishedDistribution | PartialDistribution) -> object:
    """Whose figure it is: of all, of the groups beneath (whichever they are: the notes say so), or of some units."""
    return set(cell.units) if isinstance(cell, PartialCell | PartialDistribution) else cell.coverage


def _compared(pairs: Mapping[Place, Pair], spreads: Mapping[str, PooledSd | None]) -> dict[Place, ChangeCell]:
    tests = {
        place: certainty(pair.difference, spread, pair.before.n, pair.after.n)
        for place, pair in pairs.items()
        if (spread := spreads[place[1]]) is not None
    }
    rates = dict(zip(tests, false_discovery_rates([test.p for test in tests.values()]), strict=True))
    return {
        place: _cell(pair, spreads[place[1]], tests.get(place), rates.get(place, 1)) for place, pair in pairs.items()
    }


def _cell(pair: Pair, spread: PooledSd | None, test: Certainty | None, q: float) -> ComparedChange:
    """`test` None: no spread may be told, so nothing is said of how sure the difference is."""
    before, after = pair
    sd = REFERENCE_SD if spread is None else spread.sd
    return ComparedChange(
        before=_measured(before),
        after=_measured(after),
        difference=pair.difference,
        interval=None if test is None else _interval(pair.difference, test.half),
        standardised=None if test is None else round(test.standardised, 2),
        p=None if test is None else rounded_p(test.p),
        q=None if test is None else rounded_p(q),
        # By the numbers as they are: a rounded q of .05 says nothing of the side it came from.
        label=None if test is None else label(pair.difference, test.p, q),
        minimal_detectable_change=round(minimal_detectable_change(sd, before.n, after.n), 2),
        bound=None if test is None or spread is None else spread.bound,
        warnings=tuple(dict.fromkeys((*before.warnings, *after.warnings))),
        units=after.units if isinstance(after, PartialCell) else None,
    )


def _measured(cell: Figure) -> Measured:
    return Measured(n=cell.n, invited=cell.invited, mean=cell.mean, warnings=cell.warnings)


def _interval(difference: float, half: float) -> ChangeInterval:
    return ChangeInterval(low=round(max(difference - half, -100), 2), high=round(min(difference + half, 100), 2))
