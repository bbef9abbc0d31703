"""Effects and permutation tests of two distributions, against reference values computed elsewhere."""

from collections.abc import Sequence
from itertools import combinations
from math import comb, isclose

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from peil.aggregates.statistics import permutation
from peil.aggregates.statistics.effects import effect, hedges_g, small_sample_correction
from peil.aggregates.statistics.permutation import permutation_test, sums_dealt

BASE = [25, 50, 50, 75, 75, 75, 100, 50, 75, 50]
POST = [50, 25, 25, 50, 50, 75, 50, 25, 50]


def counts(scores: Sequence[int]) -> list[int]:
    """How many gave each of five answers."""
    return [scores.count(score) for score in (0, 25, 50, 75, 100)]


def answers(distribution: Sequence[int]) -> list[int]:
    """The steps of everybody."""
    return [step for step, people in enumerate(distribution) for _ in range(people)]


def test_the_reference_change_has_its_effect() -> None:
    """d -.93906 with J .95511 is g -.8969; P(superiority) .26111 and Cliff's delta -.47778."""
    found = effect(counts(BASE), counts(POST))

    assert found.g is not None
    correction = small_sample_correction(17)
    assert (-0.93906, 0.95511, -0.8969) == (
        round(found.g / correction, 5), round(correction, 5), round(found.g, 4),
    )  # fmt: skip
    assert (0.26111, -0.47778) == (round(found.superiority, 5), round(found.delta, 5))


def test_the_reference_change_is_counted_as_r_has_it() -> None:
    """8,772 of 92,378 ways to choose nine of nineteen, as coin::oneway_test(exact): p .09495767.

    Doubling one tail would have given .1037909.
    """
    found = permutation_test(counts(BASE), counts(POST), seed=1)

    assert comb(19, 9) == 92_378
    assert found.is_exact
    assert pytest.approx(8_772 / 92_378, rel=1e-12) == found.p
    assert round(found.p, 8) == 0.09495767


distributions = st.lists(st.integers(0, 8), min_size=5, max_size=5).filter(any)


@settings(max_examples=40)
@given(
    st.lists(st.integers(0, 2), min_size=5, max_size=5).filter(any),
    st.lists(st.integers(0, 2), min_size=5, max_size=5).filter(any),
)
def test_every_way_is_counted_once(before: list[int], after: list[int]) -> None:
    """By writing down all ways to choose the answers of the second wave out of all."""
    everybody, size = [*answers(before), *answers(after)], sum(after)
    n, total = len(everybody), sum(everybody)
    observed = abs(n * sum(answers(after)) - size * total)
    ways = [abs(n * sum(one) - size * total) for one in combinations(everybody, size)]

    found = permutation_test(before, after, seed=1)

    assert isclose(sum(way >= observed for way in ways) / len(ways), found.p, rel_tol=1e-9)


@given(distributions, distributions)
def test_the_other_way_round_is_the_opposite(before: list[int], after: list[int]) -> None:
    """Effects turn, p stays."""
    assume(sum(map(bool, before)) > 1 and sum(map(bool, after)) > 1)

    there, back = effect(before, after), effect(after, before)

    assert there.g is not None
    assert back.g is not None
    assert isclose(there.g, -back.g, abs_tol=1e-12)
    assert isclose(there.superiority, 1 - back.superiority, abs_tol=1e-12)
    assert isclose(there.delta, -back.delta, abs_tol=1e-12)
    assert isclose(permutation_test(before, after, 1).p, permutation_test(after, before, 1).p, rel_tol=1e-9)


@given(distributions, distributions)
def test_superiority_is_that_of_all_pairs(before: list[int], after: list[int]) -> None:
    """Better counts whole, a tie half."""
    assume(sum(before) + sum(after) > 3)
    pairs = [(later > earlier) + (later == earlier) / 2 for earlier in answers(before) for later in answers(after)]

    assert isclose(sum(pairs) / len(pairs), effect(before, after).superiority, abs_tol=1e-12)


def test_everybody_alike_has_no_effect_in_standard_deviations() -> None:
    """Where nobody differs within a wave there is nothing to measure by; the rest is told."""
    found = effect([0, 30, 0, 0, 0], [0, 0, 0, 30, 0])

    assert (None, 1.0, 1.0) == found


@given(distributions, distributions)
def test_the_same_answers_shifted_are_no_surprise_of_their_own(before: list[int], after: list[int]) -> None:
    """Only differences count: one step up for all changes nothing."""
    shifted = permutation_test([0, *before], [0, *after], 1)

    assert isclose(permutation_test(before, after, 1).p, shifted.p, rel_tol=1e-9)


@given(distributions, distributions)
def test_a_wave_is_never_stranger_than_itself(before: list[int], after: list[int]) -> None:
    """p is a probability and not nought, and one where nothing differs."""
    assert 0 < permutation_test(before, after, 1).p <= 1
    assert pytest.approx(1.0) == permutation_test(before, before, 1).p


def test_many_answers_are_drawn_from_the_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same seed gives the same p; another one, and the exact count, are near to it."""
    before, after = [8, 24, 36, 32, 12], [6, 20, 34, 38, 18]
    exact = permutation_test(before, after, 1)
    monkeypatch.setattr(permutation, "MOST_WORK", 0)

    drawn, again, other = (permutation_test(before, after, seed) for seed in (1, 1, 2))

    assert (True, False, drawn) == (exact.is_exact, drawn.is_exact, again)
    assert drawn != other
    # Five standard errors of so many draws.
    error = 5 * (exact.p / permutation.DRAWS) ** 0.5
    assert abs(drawn.p - exact.p) < error
    assert abs(other.p - exact.p) < error


def test_large_groups_come_near_to_students_test() -> None:
    """And no test of a release takes longer for being of more people."""
    before, after = [2_000, 6_000, 9_000, 8_000, 3_000], [1_990, 5_950, 9_010, 8_020, 3_050]
    theirs = stats.ttest_ind(answers(before), answers(after)).pvalue

    found = permutation_test(before, after, seed=7)

    assert not found.is_exact
    assert abs(found.p - theirs) < 0.02


def test_the_chances_of_sums_are_those_of_a_hand() -> None:
    """Two of the answers 0, 0, 1, 2: sums 0, 1, 1, 2, 2 and 3."""
    chances = sums_dealt([2, 1, 1], 2)

    assert np.allclose([1 / 6, 2 / 6, 2 / 6, 1 / 6, 0], chances / chances.sum())


@given(st.integers(2, 2_000))
def test_the_correction_grows_to_one(degrees: int) -> None:
    """Below one, more with every person, near 1 - 3 / (4 · degrees - 1)."""
    one, more = small_sample_correction(degrees), small_sample_correction(degrees + 1)

    assert one < more < 1
    assert abs(one - (1 - 3 / (4 * degrees - 1))) < 0.01


@given(distributions, distributions)
def test_g_is_students_t_scaled(before: list[int], after: list[int]) -> None:
    """t · √(1/n₁ + 1/n₂) · J, with t as scipy has it."""
    n1, n2 = sum(before), sum(after)
    assume(n1 + n2 > 4)
    assume(sum(map(bool, before)) > 1 and sum(map(bool, after)) > 1)
    t = stats.ttest_ind(answers(after), answers(before)).statistic

    found = hedges_g(before, after)

    assert found is not None
    assert isclose(t * (1 / n1 + 1 / n2) ** 0.5 * small_sample_correction(n1 + n2 - 2), found, abs_tol=1e-9)
