"""The spread beside means and tables proves no more than they do, and without large atoms it is never too small."""

from collections.abc import Hashable
from random import Random

import numpy as np
import pytest

from disclosure.enumeration import leaks
from disclosure.orgs import FLOORS, block, invited, item, snapshot, unit_id
from peil.releases.joint import Table, protect_table
from peil.releases.model import BlockScoring, RawCell
from peil.releases.protection import protect, tables_of
from peil.releases.spread import bounding_sd, spread_of
from support.releasing import release


def parts_told(cell: RawCell, scoring: BlockScoring, m: int) -> list[Table]:
    return [
        protect_table([counts], scored, m)
        for counts, scored in zip(tables_of(cell, scoring), scoring.items, strict=True)
    ]


@pytest.mark.parametrize(
    ("points", "people", "m"),
    [
        ((5,), 30, 2),
        ((4,), 31, 3),
        ((3,), 30, 1),
        ((5,), 9, 3),
        ((2, 2), 30, 2),
        ((3, 2), 9, 3),
        ((3, 3), 9, 2),
        ((2, 2, 2), 8, 2),
    ],
)
def test_spread_beside_means_and_tables_proves_nothing_more(points: tuple[int, ...], people: int, m: int) -> None:
    """Means and tables of all items and the exact spread of the block together have a possible world."""
    scoring = block(*(item(key=f"i{i}", points=each) for i, each in enumerate(points)))

    def told(cell: RawCell, m: int) -> Hashable:
        steps, parts = protect(tables_of(cell, scoring), scoring, m), parts_told(cell, scoring, m)
        spread = spread_of(cell, steps, parts, scoring, m)
        return *steps, *parts, spread.n * spread.squares - spread.total**2

    assert set() == leaks(scoring, people, m, told)


def test_enumeration_finds_the_leak_of_a_true_spread() -> None:
    """The test is not blind: no spread at all would prove that everybody gave the same answer."""
    scoring = block(item())

    def told(cell: RawCell, m: int) -> Hashable:
        return *protect(tables_of(cell, scoring), scoring, m), cell.n * cell.squares - cell.total**2

    assert leaks(scoring, 30, 2, told)


def test_spread_is_measured_in_large_atoms_that_stand_alone() -> None:
    """Two teams of forty: the pooled standard deviation of their scores, by numpy."""
    random, scoring = Random(2), block(item("a"), item("b"))
    own = [0, 40, 40]
    given = [
        (unit_id(place), {"a": random.randint(1, 5), "b": random.randint(1, 5)})
        for place, people in enumerate(own)
        for _ in range(people)
    ]
    spread = release(snapshot([-1, 0, 0]), invited(own), given, [scoring], FLOORS).blocks[0].spread
    scores = [
        [25 * (sum(codes.values()) / 2 - 1) for unit, codes in given if unit == unit_id(place)] for place in (1, 2)
    ]
    within = sum(((np.array(each) - np.mean(each)) ** 2).sum() for each in scores)

    assert spread is not None
    assert (78, False) == (spread.degrees, spread.bound)
    assert spread.sd == pytest.approx(np.sqrt(within / 78), abs=0.01)


def test_without_a_large_atom_the_spread_is_a_bound() -> None:
    """Teams of ten show no distribution by themselves: the mean of the items' spreads, no less than the true one."""
    random, scoring = Random(2), block(item("a"), item("b"))
    own = [0, *[10] * 8]
    given = [
        (unit_id(place), {"a": random.randint(1, 5), "b": random.randint(1, 5)})
        for place, people in enumerate(own)
        for _ in range(people)
    ]
    spread = release(snapshot([-1, *[0] * 8]), invited(own), given, [scoring], FLOORS).blocks[0].spread
    items = [np.array([codes[key] for _, codes in given]) * 25 for key in ("a", "b")]

    assert spread is not None
    assert (79, True) == (spread.degrees, spread.bound)
    assert spread.sd == pytest.approx(np.mean([np.std(values, ddof=1) for values in items]), abs=0.01)
    assert spread.sd > np.std((items[0] + items[1]) / 2, ddof=1)


@pytest.mark.parametrize("points", [6, 7, 11])
def test_a_bound_on_scales_told_in_parts_is_one(points: int) -> None:
    """The people of a part may stand at either end of it; the spread is never more than what is told."""
    random, scored = Random(points), item(points=points)
    for _ in range(50):
        steps = [random.choice([0, points - 1, random.randrange(points)]) for _ in range(40)]
        table = protect_table([[steps.count(step) for step in range(points)]], scored, 2)
        bound = bounding_sd({"a": [table]}, block(scored))

        assert bound is not None
        assert bound.sd >= np.std(np.array(steps) * 100 / (points - 1), ddof=1) - 0.01


def test_too_few_for_a_distribution_have_no_spread() -> None:
    """Twenty-nine in all: no interval is told."""
    scoring = block(item())
    given = [(unit_id(0), {"a": 1 + person % 5}) for person in range(29)]

    assert release(snapshot([-1]), invited([29]), given, [scoring], FLOORS).blocks[0].spread is None
