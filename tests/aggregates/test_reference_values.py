"""What the table of reference values has beside what Peil computes: that its numbers belong to the same two waves."""

from collections import Counter
from math import sqrt
from statistics import NormalDist

import numpy as np
import pytest

from peil.aggregates.statistics.effects import effect
from peil.aggregates.statistics.significance import certainty, pool
from peil.releases.model import PooledSd
from peil.releases.statistics import interval, t_quantile

BASE = [25, 50, 50, 75, 75, 75, 100, 50, 75, 50]
POST = [50, 25, 25, 50, 50, 75, 50, 25, 50]


def test_mean_spread_and_interval() -> None:
    """R's t.test: the half of the interval is t · s / √n."""
    mean, sd = float(np.mean(BASE)), float(np.std(BASE, ddof=1))
    half = t_quantile(9) * sd / sqrt(10)

    assert (62.5, 21.2459) == (mean, round(sd, 4))
    assert (47.3016, 77.6984) == (round(62.5 - half, 4), round(62.5 + half, 4))


def test_standard_error_of_ten_of_twelve() -> None:
    """R's survey::svymean: 2.7428, and the interval that Peil publishes is 2.262 times as far on both sides."""
    spread = PooledSd(sd=float(np.std(BASE, ddof=1)), degrees=9, bound=False)
    now = interval(62.5, spread, 10, 12)

    assert now is not None
    error = spread.sd * sqrt((1 - 10 / 12) / 10)
    assert round(error, 4) == 2.7428
    half = t_quantile(9) * error
    assert (56.2953, 68.7047) == (round(62.5 - half, 4), round(62.5 + half, 4))
    assert (round(56.2953, 2), round(68.7047, 2)) == (now.low, now.high)


def spread_of(scores: list[int]) -> PooledSd:
    return PooledSd(sd=float(np.std(scores, ddof=1)), degrees=len(scores) - 1, bound=False)


def test_student_and_how_far_it_is_from_welch() -> None:
    """R's t.test: Student's p .0567870 is the one that is told, with one spread for both waves.

    Welch's, with a spread per wave, is .0541532: what the one spread costs is a quarter of a per cent.
    """
    spread = pool(spread_of(BASE), spread_of(POST))
    assert spread is not None

    p = certainty(float(np.mean(POST) - np.mean(BASE)), spread, 10, 9).p

    assert 0.0567870 == round(p, 7)
    assert 0.0026338 == round(p - 0.0541532, 7)


@pytest.mark.parametrize(("continuity", "p"), [(True, 0.0657740), (False, 0.0595962)])
def test_mann_whitney(continuity: bool, p: float) -> None:
    """R's wilcox.test(exact = FALSE), from the chance of superiority that is told: U = 23.5 of 90 pairs.

    U is normal with variance n₁n₂/12 · (n + 1 - Σ(t³ - t) / (n(n - 1))) for ties of t answers (Lehmann,
    Nonparametrics, 1975, § 1.4).
    """
    n1, n2 = len(BASE), len(POST)
    u = effect(*([scores.count(score) for score in range(0, 101, 25)] for scores in (BASE, POST))).superiority * n1 * n2
    ties = sum(times**3 - times for times in Counter(BASE + POST).values())
    n = n1 + n2
    error = sqrt(n1 * n2 / 12 * (n + 1 - ties / (n * (n - 1))))
    z = (abs(u - n1 * n2 / 2) - (0.5 if continuity else 0)) / error

    assert (23.5, p) == (round(u, 9), round(2 * NormalDist().cdf(-z), 7))
