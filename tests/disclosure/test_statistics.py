"""Statistics of small teams, against reference values computed elsewhere."""

from math import sqrt

import numpy as np
import pytest

from peil.releases.cells_model import Interval
from peil.releases.model import PooledSd
from peil.releases.spread import Spread, pooled_sd
from peil.releases.statistics import (
    hundredths,
    interval,
    minimal_detectable_change,
    response_warnings,
)

# Of the ten answers that the reference values are computed from; N = 12.
REFERENCE = PooledSd(sd=21.2459, degrees=9, bound=False)


def spread_of(scores: list[int]) -> Spread:
    return Spread(len(scores), sum(scores), sum(score * score for score in scores))


def test_interval_of_this_team_now_has_the_finite_population_correction() -> None:
    """As R survey::svymean gives it, with 9 degrees of freedom."""
    now = interval(62.5, REFERENCE, 10, 12)

    assert now == Interval(low=56.30, high=68.70)


def test_interval_of_the_climate_has_none() -> None:
    """As R t.test gives it."""
    climate = interval(62.5, REFERENCE, 10)

    assert climate == Interval(low=47.30, high=77.70)


def test_everybody_answered_leaves_nothing_uncertain() -> None:
    """With n = N there is no interval of this team now, but one of the climate."""
    assert interval(62.5, REFERENCE, 12, 12) is None
    assert interval(62.5, REFERENCE, 12) is not None


def test_interval_stays_on_the_scale() -> None:
    """No bound is below 0 or above 100."""
    assert interval(99.0, REFERENCE, 7) == Interval(low=80.83, high=100.0)
    assert interval(1.0, REFERENCE, 7) == Interval(low=0.0, high=19.17)


def test_pooled_sd_is_the_root_of_the_mean_square_within() -> None:
    """Two atoms of 30 and 41, by numpy."""
    random = np.random.default_rng(1)
    atoms = [[int(score) for score in random.integers(0, 5, size)] for size in (30, 41)]
    within = sum(((np.array(scores) - np.mean(scores)) ** 2).sum() for scores in atoms)
    pooled = pooled_sd([spread_of(scores) for scores in atoms], full=4)

    assert pooled == PooledSd(sd=round(25 * sqrt(within / 69), 2), degrees=69, bound=False)


def test_reference_scores_repeated_have_their_sd() -> None:
    """The ten reference scores, four times over: sums of squares add, degrees of freedom are 39."""
    base = [25, 50, 50, 75, 75, 75, 100, 50, 75, 50]
    pooled = pooled_sd([spread_of(base * 4)], full=100)

    assert pooled == PooledSd(sd=round(21.2459 * sqrt(4 * 9 / 39), 2), degrees=39, bound=False)


def test_no_atom_no_spread() -> None:
    """Where none has its distributions told of itself alone, nothing is pooled."""
    assert pooled_sd([], full=4) is None


@pytest.mark.parametrize(("n", "points"), [(7, 33), (10, 28), (15, 23), (20, 19), (30, 16), (50, 12), (100, 9)])
def test_minimal_detectable_change_is_that_of_the_table(n: int, points: int) -> None:
    """SD 22, 80 % power, two-sided 5 %."""
    assert points == round(minimal_detectable_change(22, n, n))


@pytest.mark.parametrize(
    ("respondents", "invited", "warnings"),
    [
        (9, 20, ("not-representative",)),
        (10, 20, ("low-response",)),
        (13, 20, ("low-response",)),
        (14, 20, ()),
        (7, None, ()),
    ],
)
def test_low_response_is_warned_of(respondents: int, invited: int | None, warnings: tuple[str, ...]) -> None:
    """Below half it represents nobody; below 70 % it is to be read with care; without denominator nothing."""
    assert warnings == response_warnings(respondents, invited)


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"), [(600, 7, 85.71), (1, 8, 0.13), (0, 7, 0.0), (100, 1, 100.0)]
)
def test_quotients_are_rounded_once(numerator: int, denominator: int, rounded: float) -> None:
    """To two decimals, halves upwards."""
    assert rounded == hundredths(numerator, denominator)
