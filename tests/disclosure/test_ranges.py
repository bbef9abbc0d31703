"""Choices and sensitive items: no option holds nearly everybody, and few are never told exactly."""

from collections import defaultdict
from random import Random

import pytest

from disclosure.enumeration import tables
from disclosure.orgs import FLOORS, block, invited, item, snapshot, unit_id
from peil.releases.cells_model import (
    CountRange,
    PartialSensitive,
    ProtectedCell,
    PublishedDistribution,
    PublishedSensitive,
)
from peil.releases.model import ChoiceScoring
from peil.releases.ranges import protect_choice, protect_sensitive
from support.releasing import release

CHOICE = ChoiceScoring(key="c", options=3, sensitive=False)
HARM = item("h", points=2, sensitive=True)


@pytest.mark.parametrize("m", [1, 2, 3])
@pytest.mark.parametrize("options", [2, 3, 4])
def test_no_option_is_proved_to_hold_nearly_everybody(options: int, m: int) -> None:
    """Every table of 12 people: what is told is also what a table with m people outside every option would give."""
    reachable, innocent = set(), set()
    for counts in tables(12, options):
        told = protect_choice(counts, m)
        reachable.add(told)
        if max(counts) <= 12 - m:
            innocent.add(told)

        assert sum(told) == 12
    assert innocent == reachable


@pytest.mark.parametrize("answers", [2, 3, 4])
def test_of_few_nobody_can_tell_that_there_is_one(answers: int) -> None:
    """Every table of 30: from all ranges, n and the rule a count of up to two follows only where it is nought."""
    worlds = defaultdict(list)
    for counts in tables(30, answers):
        worlds[protect_sensitive(counts, 2)].append(counts)
    proved = {
        min(counts[answer] for counts in same)
        for told, same in worlds.items()
        for answer, found in enumerate(told)
        if found == CountRange(low=0, high=2) and len({counts[answer] for counts in same}) == 1
    }

    assert proved <= {0}
    for told, same in worlds.items():
        for counts in same:
            assert all(found.low <= count <= found.high for found, count in zip(told, counts, strict=True))


def test_nearly_everybody_is_a_range_too() -> None:
    """Forty-nine of fifty say no: at least 48 do."""
    assert (CountRange(low=48, high=50), CountRange(low=0, high=2)) == protect_sensitive([49, 1], 2)


def test_sensitive_items_have_ranges_and_no_mean() -> None:
    """Units of at least thirty; a total adds up the ranges of the atoms inside, not the counts."""
    own = [0, 31, 32, 12]
    given = [
        (unit_id(place), {"h": 1 if person == 0 else 2}) for place, people in enumerate(own) for person in range(people)
    ]
    content = release(snapshot([-1, 0, 0, 0]), invited(own), given, [block(HARM, key="h")], FLOORS)
    cells = {unit.unit_id: unit.sensitive["h"] for unit in content.units}
    top, team, small = cells[unit_id(0)], cells[unit_id(1)], cells[unit_id(3)]

    assert isinstance(small, ProtectedCell)
    assert all(not unit.blocks and not unit.bands and not unit.distributions for unit in content.units)
    assert isinstance(team, PublishedSensitive)
    assert team.counts == (CountRange(low=0, high=2), CountRange(low=29, high=31))
    assert isinstance(top, PublishedSensitive | PartialSensitive)
    atoms = content.sensitive[0].atoms
    assert top.counts == tuple(
        CountRange(low=sum(atom.counts[i].low for atom in atoms), high=sum(atom.counts[i].high for atom in atoms))
        for i in range(2)
    )


def test_choices_are_told_from_thirty_on() -> None:
    """In the order of the options; a total adds up protected atoms."""
    random, own = Random(5), [0, 40, 35, 9]
    given = [
        (unit_id(place), {"c": 3 if place == 1 else random.randint(1, 3)})
        for place, people in enumerate(own)
        for _ in range(people)
    ]
    content = release(snapshot([-1, 0, 0, 0]), invited(own), given, [CHOICE], FLOORS)
    cells = {unit.unit_id: unit.distributions["c"] for unit in content.units}
    team = cells[unit_id(1)]

    assert isinstance(team, PublishedDistribution)
    assert (38, 40) == (team.counts[2], team.n)
    assert ProtectedCell(reported_at=unit_id(0)) == cells[unit_id(3)]
    assert [{"c"}] * len(content.choices[0].distributions.atoms) == [
        set(atom.counts) for atom in content.choices[0].distributions.atoms
    ]
