"""Planted faults: comparisons as they would be if two waves were not each told for themselves."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from adversary import between, reorganised
from adversary.asked import scores_of
from adversary.between import AttackOnTwo
from adversary.reorganised import Twice, figures, scales, twice
from adversary.told import beneath
from disclosure.orgs import FLOORS
from peil.aggregates.changes import comparison, item_changes
from peil.aggregates.changes.comparison import compare
from peil.aggregates.changes.model import ChangeCell, ComparedChange, Measured, UnitChange
from peil.aggregates.trends import series
from peil.releases.model import BlockScoring

Plant = Callable[[pytest.MonkeyPatch], None]


class RuleOfTwo(NamedTuple):
    """What is switched off, and what the attack then has, as the docs say it."""

    off: str
    has: str
    plant: Plant
    attack: AttackOnTwo


def compared_at_any_rate(patch: pytest.MonkeyPatch) -> None:
    """A change is told of whatever a unit has a figure of, then and now."""
    patch.setattr(comparison, "population", lambda _cell: None)


def drawn_at_any_rate(patch: pytest.MonkeyPatch) -> None:
    """So is a trend."""
    patch.setattr(series, "population", lambda _cell: None)


def item_by_item_at_any_rate(patch: pytest.MonkeyPatch) -> None:
    """And so are the effects of its items."""
    patch.setattr(item_changes, "population", lambda _cell: None)


def computed_anew(patch: pytest.MonkeyPatch) -> None:
    """The earlier wave is counted again, as the units stand today."""

    def changes(pair: Twice) -> list[UnitChange]:
        first, second = pair.waves
        known = {unit.unit_id for unit in second.units}
        responses = [response for response in first.responses if response[0] in known]
        invited = dict.fromkeys(known, 0)
        for group, _ in responses:
            invited[group] += 1
        anew = first._replace(units=second.units, responses=responses, invited=invited)
        return compare(figures(anew, anew.release()), figures(second, pair.contents[1]))

    patch.setattr(reorganised, "changes", changes)


def only_who_stayed(patch: pytest.MonkeyPatch) -> None:
    """A change is of those who were in the unit both times, where these are enough."""
    real = reorganised.changes

    def changes(pair: Twice) -> list[UnitChange]:
        return [unit._replace(cells=dict(_of_stayers(pair, unit))) for unit in real(pair)]

    patch.setattr(reorganised, "changes", changes)


def _of_stayers(pair: Twice, unit: UnitChange) -> Iterator[tuple[str, ChangeCell]]:
    blocks = {block.key: block for block in scales(pair)}
    there = [
        {person for person, home in homes.items() if home in beneath(wave).get(unit.unit_id, ())}
        for homes, wave in zip(pair.homes, pair.waves, strict=True)
    ]
    for key, cell in unit.cells.items():
        if isinstance(cell, ComparedChange):
            scores = [[*_scores(pair, wave, there[0] & there[1], blocks[key])] for wave in (0, 1)]
            if min(map(len, scores)) >= FLOORS.k_m:
                before, after = _measured(cell.before, scores[0]), _measured(cell.after, scores[1])
                yield key, replace(cell, before=before, after=after)
                continue
        yield key, cell


def _scores(pair: Twice, wave: int, persons: Collection[int], block: BlockScoring) -> Iterator[float]:
    """Of those of these persons who answered all of a block."""
    for person, (_, answers) in zip(pair.homes[wave], pair.waves[wave].responses, strict=True):
        scored = scores_of(block, answers)
        if person in persons and len(scored) == len(block.items):
            yield sum(scored) / len(scored)


def _measured(cell: Measured, scores: Sequence[float]) -> Measured:
    return replace(cell, n=len(scores), mean=round(sum(scores) / len(scores), 2))


RULES_OF_TWO = [
    RuleOfTwo(
        "a change is of the same units both times",
        "a change from some teams to others",
        compared_at_any_rate,
        between.other_people,
    ),
    RuleOfTwo("so is a trend", "a trend over some teams and others", drawn_at_any_rate, between.other_people),
    RuleOfTwo(
        "so are the effects item by item",
        "effects of some teams beside a change of others",
        item_by_item_at_any_rate,
        between.other_people,
    ),
    RuleOfTwo("an old wave is not counted again", "a figure of one person", computed_anew, between.sums_over_both),
    RuleOfTwo(
        "a change is of the figures that are published (instead: of who was there both times)",
        "a figure of one person",
        only_who_stayed,
        between.sums_over_both,
    ),
]
ATTACKS_ON_TWO: list[AttackOnTwo] = [between.sums_over_both, between.other_people]


def gets_through(rule: RuleOfTwo, count: int, seed: int = 7) -> int:
    """In how many of so many pairs of waves the attack on a rule succeeds while it is switched off."""
    with pytest.MonkeyPatch.context() as patch:
        rule.plant(patch)
        return sum(any(rule.attack(pair)) for pair in twice(seed, count))
