"""Slope and certainty of a series, against reference values computed elsewhere."""

from collections import Counter
from itertools import combinations, permutations
from math import isclose

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from peil.aggregates.statistics.tendency import exact_p, mann_kendall, normal_p, theil_sen

SERIES = [62, 60, 61, 57, 58, 55, 54, 52]


def test_the_reference_series_falls_as_r_has_it() -> None:
    """S, the exact p and the normal one, and the slope per step."""
    s, p = mann_kendall(SERIES)

    assert (-24, 0.001736111) == (s, round(p, 9))
    assert round(normal_p(s, SERIES), 6) == 0.004434
    slope = theil_sen(list(enumerate(SERIES)))
    assert round(slope, 6) == -1.414286


@pytest.mark.parametrize("n", range(2, 8))
def test_the_exact_p_counts_every_order(n: int) -> None:
    """By writing all of them down."""
    found = Counter(mann_kendall(order)[0] for order in permutations(range(n)))
    orders = found.total()

    for s in found:
        as_extreme = sum(times for other, times in found.items() if abs(other) >= abs(s))
        assert isclose(as_extreme / orders, exact_p(s, n), rel_tol=1e-12)


series = st.lists(st.integers(0, 10_000).map(lambda hundredths: hundredths / 100), min_size=5, max_size=60)


@given(series)
def test_without_ties_it_is_kendalls_tau_against_time(values: list[float]) -> None:
    """As scipy has it, exact too."""
    assume(len(set(values)) == len(values))
    theirs = stats.kendalltau(range(len(values)), values, method="exact")

    s, p = mann_kendall(values)

    assert isclose(theirs.statistic, 2 * s / (len(values) * (len(values) - 1)), abs_tol=1e-12)
    assert isclose(theirs.pvalue, p, rel_tol=1e-9)


def test_ties_make_the_variance_smaller() -> None:
    """By hand: 5, 5, 6, 7, 7, 8 has S = 13 and the variance (6 · 5 · 17 - 2 · 2 · 1 · 9) / 18 = 26.33."""
    s, p = mann_kendall([5, 5, 6, 7, 7, 8])

    assert (13, 2 * stats.norm.sf(12 / (474 / 18) ** 0.5)) == (s, pytest.approx(p, rel=1e-12))


def test_nothing_moved_is_no_trend() -> None:
    """All alike: S is nought and p is one."""
    assert (0, 1.0) == mann_kendall([50.0] * 5)


@given(series)
def test_the_other_way_round_is_the_opposite(values: list[float]) -> None:
    """Backwards, S and slope turn and p stays, and p is a probability."""
    (s, p), (back, same) = mann_kendall(values), mann_kendall(values[::-1])
    slope, turned = (theil_sen(list(enumerate(one))) for one in (values, values[::-1]))

    assert (s, p) == (-back, same)
    assert 0 < p <= 1
    assert isclose(slope, -turned, abs_tol=1e-9)


@given(series)
def test_a_slope_is_that_of_scipy(values: list[float]) -> None:
    """And lies between the steepest pairs."""
    points = list(enumerate(values))
    slope = theil_sen(points)

    assert isclose(stats.theilslopes(values, range(len(values))).slope, slope, abs_tol=1e-9)
    slopes = [(y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(points, 2)]
    assert min(slopes) <= slope <= max(slopes)
