"""Shrunken estimates, against reference values computed elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregates.releases import IDS, PROTECTED, SPREAD, partial, published, release
from peil.aggregates.statistics.shrinkage import shrink, shrunken
from peil.releases.cells_model import Cell
from peil.releases.model import PooledSd

MEANS = [48, 55, 61, 66, 72, 58, 40, 63]
PEOPLE = [7, 9, 12, 8, 15, 20, 7, 11]


def test_eight_units_are_shrunken_as_the_reference_has_it() -> None:
    """μ, Q, τ² and every estimate to the printed precision."""
    found = shrink(MEANS, PEOPLE, 22)

    assert (58.8516, 13.755, 42.8668) == (round(found.mu, 4), round(found.q, 3), round(found.tau2, 4))
    assert [54.699, 57.143, 59.959, 61.816, 66.353, 58.307, 51.637, 60.899] == [
        round(one, 3) for one in found.estimates
    ]


units = st.lists(st.tuples(st.floats(0, 100), st.integers(7, 400)), min_size=2, max_size=40)


@given(units, st.floats(1, 50))
def test_an_estimate_lies_between_the_own_mean_and_the_common_one(
    measured: list[tuple[float, int]], spread: float
) -> None:
    """It never leaves the two, and never the scale."""
    means, people = [list(one) for one in zip(*measured, strict=True)]

    found = shrink(means, people, spread)

    for mean, estimate in zip(means, found.estimates, strict=True):
        low, high = sorted((mean, found.mu))
        assert low - 1e-6 <= estimate <= high + 1e-6
    assert min(means) - 1e-6 <= found.mu <= max(means) + 1e-6


@given(st.floats(0, 100), st.lists(st.integers(7, 400), min_size=2, max_size=20))
def test_equal_means_stay(mean: float, people: list[int]) -> None:
    """Where nothing differs there is no variance between units."""
    found = shrink([mean] * len(people), people, 22)

    assert found.tau2 == 0
    assert [pytest.approx(mean, abs=1e-9)] * len(people) == found.estimates


@given(units)
def test_the_fewer_people_the_more_is_shrunken(measured: list[tuple[float, int]]) -> None:
    """Of two units with one mean the smaller one goes further towards the others."""
    means, people = [one for one, _ in measured], [n for _, n in measured]

    found = shrink([*means, 90, 90], [*people, 7, 70], 22)

    assert abs(found.estimates[-2] - 90) >= abs(found.estimates[-1] - 90) - 1e-9


CELLS: dict[str, Cell] = {
    "root": published(58.0, 90),
    "sales": published(50.0, 20),
    "field": published(40.0, 8),
    "floor": published(64.0, 12),
    "care": published(70.0, 30),
}


def test_units_of_one_level_are_taken_together() -> None:
    """The departments, and the teams; the top is alone and has none."""
    departments, teams = shrink([50, 70], [20, 30], 20), shrink([40, 64], [8, 12], 20)

    found = shrunken(release(CELLS).units, "load", SPREAD)

    expected = [*departments.estimates, *teams.estimates]
    assert [round(one, 2) for one in expected] == [found[IDS[unit]] for unit in ("sales", "care", "field", "floor")]
    assert IDS["root"] not in found


@pytest.mark.parametrize("other", [PROTECTED, partial("floor"), published(70, 30, "not-representative")])
def test_only_a_figure_of_the_unit_itself_is_shrunken(other: Cell) -> None:
    """Not what is protected, partial or answered by fewer than half; what is left alone has nothing to lean on."""
    found = shrunken(release(CELLS | {"care": other}).units, "load", SPREAD)

    assert {IDS["field"], IDS["floor"]} == found.keys()


@pytest.mark.parametrize("spread", [None, PooledSd(sd=0, degrees=40, bound=False)])
def test_without_a_spread_nothing_is_shrunken(spread: PooledSd | None) -> None:
    """How much of a mean is chance cannot be told."""
    assert {} == shrunken(release(CELLS).units, "load", spread)
