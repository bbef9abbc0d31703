"""What changed item by item: from the distributions that both waves publish, and from nothing else."""

from collections.abc import Mapping
from math import sqrt
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregates.releases import IDS, PROTECTED, changed, partial, published, release
from peil.aggregates.changes.item_changes import item_effects, may_have_items, seeds_of
from peil.aggregates.changes.model import ItemEffect
from peil.aggregates.statistics import permutation
from peil.releases.cells_model import Cell, DistributionCell, PartialDistribution, PublishedDistribution
from peil.releases.model import UnitRelease

BEFORE, AFTER = (5, 10, 10, 10, 5), (2, 5, 10, 15, 8)


def spread_out(*counts: int) -> PublishedDistribution:
    """The distribution of a unit's item."""
    return PublishedDistribution(n=sum(counts), invited=None, coverage="all", counts=counts, warnings=())


def over(*units: str) -> PartialDistribution:
    """The same of units together."""
    return PartialDistribution(
        units=[IDS[unit] for unit in units],
        n=sum(BEFORE),
        invited=None,
        counts=BEFORE,
        warnings=(),
        reported_at=None,
    )


def unit(cell: Cell, distributions: Mapping[str, DistributionCell], *, pace: float = 50.0) -> UnitRelease:
    """What a release says of the root: one block of the items pace, with this mean, and rest."""
    if not isinstance(cell, type(PROTECTED)):
        cell = msgspec.structs.replace(cell, items={"pace": pace, "rest": 50.0})
    return UnitRelease(
        unit_id=IDS["root"],
        name="root",
        response=PROTECTED,
        blocks={"load": cell},
        bands={},
        distributions=dict(distributions),
        sensitive={},
    )


def effects(before: UnitRelease, after: UnitRelease) -> list[ItemEffect]:
    """What is said of the block's items; none where the block is not compared."""
    cells = {"load": changed(release({"root": before.blocks["load"]}), release({"root": after.blocks["load"]}))["root"]}
    return item_effects(before, after, cells, seeds_of(b"one", b"other", IDS["root"])).get("load", [])


def test_an_item_comes_with_all_that_is_known_of_it() -> None:
    """By hand: g is .46 (means 2.00 and 2.55 steps), 62.81 % of pairs are better or half of that where alike.

    The squares about the means are 60 and 47.9 steps, so the spread is √(107.9 / 78) steps of 25 points; twice 40
    people see 2.8016 · √(2 / 40) of it.
    """
    before = unit(published(), {"pace": spread_out(*BEFORE)})
    after = unit(published(), {"pace": spread_out(*AFTER)}, pace=63.75)

    [found] = effects(before, after)

    better = sum(
        theirs * ours * (1.0 if to > at else 0.5)
        for at, theirs in enumerate(BEFORE)
        for to, ours in enumerate(AFTER)
        if to >= at
    ) / (40 * 40)
    exact = permutation.permutation_test(BEFORE, AFTER, 1)
    assert found == ItemEffect(
        key="pace",
        n_before=40,
        n_after=40,
        mean_before=50.0,
        mean_after=63.75,
        difference=13.75,
        hedges_g=0.46,
        superiority=round(better, 4),
        cliffs_delta=round(2 * better - 1, 4),
        minimal_detectable_change=round(2.8016 * 25 * sqrt(107.9 / 78) * sqrt(2 / 40), 2),
        p=round(exact.p, 4),
        seed=None,
    )


def test_no_chance_is_nought() -> None:
    """All answers of a thousand people moved from one end to the other: less than chance makes, and still some."""
    before, after = (unit(published(), {"pace": spread_out(*one)}) for one in ((1000, 0, 0, 0, 1), (1, 0, 0, 0, 1000)))

    assert [0.0001] == [found.p for found in effects(before, after)]


def test_where_nobody_differs_the_usual_spread_says_what_could_be_seen() -> None:
    """22 points: an item is never told without the change that could be seen."""
    before, after = (unit(published(), {"pace": spread_out(*one)}) for one in ((0, 40, 0, 0, 0), (0, 0, 40, 0, 0)))

    [found] = effects(before, after)

    assert (None, round(2.8016 * 22 * sqrt(2 / 40), 2)) == (found.hedges_g, found.minimal_detectable_change)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"pace": PROTECTED}, {"pace": spread_out(*AFTER)}),
        ({"pace": spread_out(*BEFORE)}, {"pace": PROTECTED}),
        ({}, {"pace": spread_out(*AFTER)}),
        ({"pace": spread_out(*BEFORE)}, {"other": spread_out(*AFTER)}),
        ({"pace": over("sales")}, {"pace": over("sales", "care")}),
        ({"pace": over("sales")}, {"pace": over("sales")}),
        (
            {"pace": msgspec.structs.replace(spread_out(*BEFORE), coverage="groups-beneath")},
            {"pace": spread_out(*AFTER)},
        ),
    ],
)
def test_an_item_without_two_distributions_of_the_same_people_is_left_out(before: Any, after: Any) -> None:
    """Protected, not there, or of others than the block's figure is of."""
    assert [] == effects(unit(published(), before), unit(published(), after))


def test_sums_over_the_same_units_have_items_too() -> None:
    """Where the block's figure is one over just these units."""
    cell = partial("sales", "care")
    before, after = unit(cell, {"rest": over("sales", "care")}), unit(cell, {"rest": over("care", "sales")})

    assert ["rest"] == [one.key for one in effects(before, after)]


@pytest.mark.parametrize("cell", [PROTECTED, published(50, 40, "not-representative")])
def test_a_block_that_is_not_compared_has_no_items(cell: Cell) -> None:
    """Whatever its distributions are."""
    spread = {"pace": spread_out(*BEFORE)}

    assert [] == effects(unit(cell, spread), unit(published(), spread))


@pytest.mark.parametrize(("before", "after", "expected"), [(30, 30, True), (29, 30, False), (30, 29, False)])
def test_items_are_looked_for_where_enough_answered(before: int, after: int, expected: bool) -> None:
    """Thirty in both waves: below that no release spreads answers out."""
    cells = changed(release({"root": published(50, before)}), release({"root": published(50, after)}))

    assert expected is may_have_items({"load": cells["root"]})


def test_what_is_drawn_names_its_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    """It follows from both releases, the unit and the item; with it anybody draws the same p."""
    monkeypatch.setattr(permutation, "MOST_WORK", 0)
    before, after = (unit(published(), {"pace": spread_out(*one), "rest": spread_out(*one)}) for one in (BEFORE, AFTER))

    pace, rest = effects(before, after)

    assert pace.seed is not None
    assert pace.seed != rest.seed
    assert pace.p == round(permutation.permutation_test(BEFORE, AFTER, pace.seed).p, 4)


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_a_seed_is_a_whole_number_that_everybody_can_read(one: bytes, other: bytes) -> None:
    """GraphQL's have 31 bits; another unit, item or release has another seed."""
    seed = seeds_of(one, other, IDS["root"])

    assert 0 <= seed("pace") < 2**31
    assert 5 == len(
        {
            seed("pace"),
            seed("rest"),
            seeds_of(one, other, IDS["care"])("pace"),
            seeds_of(one, other[::-1] + b"1", IDS["root"])("pace"),
            seeds_of(one[::-1] + b"1", other, IDS["root"])("pace"),
        }
    )
