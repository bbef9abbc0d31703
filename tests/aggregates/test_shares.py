"""The favourable share, its interval and its bounds, against reference values computed elsewhere."""

from math import isclose

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from aggregates.releases import PROTECTED, partial, published
from peil.aggregates.statistics.model import Bounds, Share
from peil.aggregates.statistics.shares import bounds_of, effective_n, manski, rate_of, share_of, wilson
from peil.releases.cells_model import Cell, Interval, PublishedBands


def bands(n: int, invited: int | None, favourable: int) -> PublishedBands:
    """The bands of an item; who is not favourable is unfavourable."""
    return PublishedBands(
        n=n,
        invited=invited,
        coverage="all",
        unfavourable=n - favourable,
        neutral=0,
        favourable=favourable,
        warnings=(),
    )


people = st.integers(1, 400)


@pytest.mark.parametrize(
    ("cell", "rate"),
    [
        (msgspec.structs.replace(published(50, 7), invited=12), 58.33),
        (msgspec.structs.replace(partial("sales"), invited=48), 83.33),
        (published(50, 7), None),
        (PROTECTED, None),
    ],
)
def test_the_rate_of_a_block_is_that_of_its_own_base(cell: Cell, rate: float | None) -> None:
    """Who answered all of it, of those invited; where that is not told there is none."""
    assert rate == rate_of(cell)


def test_the_interval_of_six_in_ten_is_that_of_r() -> None:
    """prop.test(6, 10, correct = FALSE)."""
    low, high = wilson(0.6, 10)

    assert (0.31267, 0.83182) == (round(low, 5), round(high, 5))


@given(people, people)
def test_an_interval_is_that_of_scipy(n: int, favourable: int) -> None:
    """For any number of people."""
    assume(favourable <= n)
    theirs = stats.binomtest(favourable, n).proportion_ci(method="wilson")

    low, high = wilson(favourable / n, n)

    assert isclose(low, theirs.low, abs_tol=1e-9)
    assert isclose(high, theirs.high, abs_tol=1e-9)


@pytest.mark.parametrize(("n", "population", "expected"), [(10, 12, 55.0), (10, 10, None), (1, 400, 1.0)])
def test_answers_count_for_more_when_few_are_missing(n: int, population: int, expected: float | None) -> None:
    """n(N - 1)/(N - n): ten of twelve are worth fifty-five; all of ten leave nothing uncertain."""
    assert expected == effective_n(n, population)


@given(people, people, people)
def test_more_answers_of_the_same_people_are_surer(n: int, more: int, rest: int) -> None:
    """The interval of the same share shrinks on both sides."""
    population = n + more + rest
    few, many = (effective_n(one, population) for one in (n, n + more))
    assert few is not None
    assert many is not None

    wide, narrow = wilson(0.6, few), wilson(0.6, many)

    assert wide[0] < narrow[0] < 0.6 < narrow[1] < wide[1]


def test_a_share_comes_with_its_interval() -> None:
    """Twelve of twenty who answered of thirty: Wilson's of an effective 58."""
    low, high = wilson(0.6, 58)

    share = share_of(bands(20, 30, 12))

    assert Share(percent=60, interval=Interval(low=round(100 * low, 2), high=round(100 * high, 2))) == share


@pytest.mark.parametrize("invited", [20, None])
def test_a_share_may_have_no_interval(invited: int | None) -> None:
    """Everybody answered, or the number invited is not told."""
    assert Share(percent=60, interval=None) == share_of(bands(20, invited, 12))


def test_what_is_protected_has_neither_share_nor_bounds() -> None:
    """Nothing at all."""
    assert (None, None) == (share_of(PROTECTED), bounds_of(PROTECTED))


def test_bounds_by_hand() -> None:
    """Seven of ten with a mean of 60: the three others make 42 of it, or 72."""
    assert (42.0, 72.0) == manski(60, 7, 10)


@given(people, st.integers(0, 400), st.floats(0, 100))
def test_no_answer_of_the_others_is_beyond_the_bounds(n: int, silent: int, figure: float) -> None:
    """Whatever they would have said; if nobody is silent there is no room."""
    low, high = manski(figure, n, n + silent)

    for theirs in (0, 37, 100):
        assert low - 1e-9 <= (n * figure + silent * theirs) / (n + silent) <= high + 1e-9
    assert isclose(100 * silent / (n + silent), high - low, abs_tol=1e-9)


def test_means_have_bounds() -> None:
    """Of a unit and of units together; not where the number invited is not told."""
    figures = [msgspec.structs.replace(one, n=7, invited=10) for one in (published(60), partial("care", mean=60))]

    assert [Bounds(low=42, high=72)] * 2 == [bounds_of(figure) for figure in figures]
    assert bounds_of(published(60)) is None
