"""The attacker who lays two waves together: what is told of each, and of the change between them.

Who was where in both waves is known, who skipped what, and who answered twice. A difference of figures of two waves is
about people of both; whatever is left after adding and subtracting must be about at least k of them.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple
from uuid import UUID

from adversary import reorganised
from adversary.algebra import derivable_of
from adversary.reorganised import Twice, scales
from adversary.told import Kind, beneath, kind_of, told
from disclosure.orgs import FLOORS
from peil.aggregates.changes.comparison import Figure
from peil.aggregates.changes.item_changes import item_effects
from peil.aggregates.changes.model import ComparedChange, Measured
from peil.aggregates.trends.model import StoredPoint, TrendFigure
from peil.aggregates.trends.series import cells_of
from peil.releases.cells_model import PartialCell, PartialDistribution
from peil.releases.model import BlockScoring, UnitRelease

AttackOnTwo = Callable[[Twice], Iterator[str]]


class Person(NamedTuple):
    """Somebody in one of the waves (0, 1); `elsewhere`: the unit in the other one, None: not there."""

    wave: int
    kind: Kind
    elsewhere: UUID | None


def sums_over_both(pair: Twice) -> Iterator[str]:
    """Adding and subtracting the means of both waves and the changes between them, question by question."""
    everybody = [*_everybody(pair)]
    people = {one: everybody.count(one) for one in set(everybody)}
    differences = reorganised.changes(pair)
    for block in scales(pair):
        item = block.items[0].key
        rows: list[Mapping[Person, int]] = []
        for wave, (asked, content) in enumerate(zip(pair.waves, pair.contents, strict=True)):
            rows += [
                {one: 1 for one in people if one.wave == wave and one.kind in figure.over}
                for figure in told(asked, content)
                if (figure.figures, figure.key) == ("M", item)
            ]
        for unit in differences:
            cell = unit.cells[block.key]
            if isinstance(cell, ComparedChange):
                rows += _read(pair, people, unit.unit_id, block, cell)
        least = derivable_of(rows, people, FLOORS.k_m)
        if least is not None:
            yield f"{block.key}: a figure of {least}"


def other_people(pair: Twice) -> Iterator[str]:
    """Changes and trends that set figures of some units beside those of others, and call them one unit's."""
    before, after = ({unit.unit_id: unit for unit in content.units} for content in pair.contents)
    for unit in reorganised.changes(pair):
        for key, cell in unit.cells.items():
            if isinstance(cell, ComparedChange) and not _is_of_one(unit.unit_id, key, before, after, cell.units):
                yield f"{key}: a change from some units to others"
        if unit.unit_id in before:
            one, other = before[unit.unit_id], after[unit.unit_id]
            for block, items in item_effects(one, other, unit.cells, lambda _: 1).items():
                spread = [_units(side.distributions[item.key]) for item in items for side in (one, other)]
                if any(units != _units(other.blocks[block]) for units in spread):
                    yield f"{block}: effects of some units and others"
            yield from _trends(one, other)


def _trends(one: UnitRelease, other: UnitRelease) -> Iterator[str]:
    for key in one.blocks:
        points = [_point(key, unit) for unit in (one, other)]
        units = [
            _units(unit.blocks[key])
            for unit, cell in zip((one, other), cells_of(points), strict=True)
            if isinstance(cell, TrendFigure)
        ]
        if len(units) == 2 and units[0] != units[1]:
            yield f"{key}: a trend over some units and others"


def _point(key: str, unit: UnitRelease) -> StoredPoint:
    return StoredPoint(
        wave_id=unit.unit_id,
        kind="pulse",
        opens_at=reorganised.DAY,
        closes_at=reorganised.DAY,
        zone="Europe/Amsterdam",
        block=key,
        whole=True,
        cell=unit.blocks[key],
    )


def _is_of_one(
    unit_id: UUID,
    key: str,
    before: Mapping[UUID, UnitRelease],
    after: Mapping[UUID, UnitRelease],
    units: list[UUID] | None,
) -> bool:
    sets = {_units(side[unit_id].blocks[key]) for side in (before, after)}
    return sets == {None if units is None else frozenset(units)}


def _units(cell: object) -> frozenset[UUID] | None:
    """The units that a figure is a sum over; None: the unit itself."""
    return frozenset(cell.units) if isinstance(cell, PartialCell | PartialDistribution) else None


def _everybody(pair: Twice) -> Iterator[Person]:
    for wave, asked in enumerate(pair.waves):
        other = pair.homes[1 - wave]
        for person, response in zip(pair.homes[wave], asked.responses, strict=True):
            yield Person(wave, kind_of(response), other.get(person))


def _read(
    pair: Twice, people: Mapping[Person, int], unit_id: UUID, block: BlockScoring, cell: ComparedChange
) -> Iterator[Mapping[Person, int]]:
    """Over whom the two figures of a change are: those of the releases, or by their numbers of people others."""
    for wave, measured in enumerate((cell.before, cell.after)):
        over = _over(pair, people, wave, unit_id, block, measured)
        if over is not None:
            yield dict.fromkeys(over, 1)


def _over(
    pair: Twice, people: Mapping[Person, int], wave: int, unit_id: UUID, block: BlockScoring, measured: Measured
) -> list[Person] | None:
    """None: what the release says, which is known already, or what cannot be read."""
    found = next((one.blocks[block.key] for one in pair.contents[wave].units if one.unit_id == unit_id), None)
    if isinstance(found, Figure) and (found.n, found.mean) == (measured.n, measured.mean):
        return None
    base = {item.key for item in block.items}
    trees = [beneath(one).get(unit_id, set()) for one in pair.waves]
    there = [one for one in people if one.wave == wave and base <= one.kind.answered]
    guesses = [
        # As the units stand in the other wave, and only who was there both times.
        [one for one in there if one.kind.group in trees[1 - wave]],
        [one for one in there if one.kind.group in trees[wave] and one.elsewhere in trees[1 - wave]],
    ]
    return next((guess for guess in guesses if sum(people[one] for one in guess) == measured.n), None)
