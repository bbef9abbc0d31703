"""What the table of reference values has beside what Peil computes: that its numbers belong to the same two waves."""

from math import sqrt

import numpy as np
import pytest
from scipy import stats

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


@pytest.mark.parametrize(("equal", "p"), [(False, 0.0541532), (True, 0.0567870)])
def test_welch_and_student(equal: bool, p: float) -> None:
    """R's t.test. Peil uses Student's with a spread from elsewhere: `test_significance` has the same p."""
    assert p == round(float(stats.ttest_ind(BASE, POST, equal_var=equal).pvalue), 7)


@pytest.mark.parametrize(("continuity", "p"), [(True, 0.0657740), (False, 0.0595962)])
def test_mann_whitney(continuity: bool, p: float) -> None:
    """R's wilcox.test(exact = FALSE): U = 23.5 is how often a later answer beats an earlier one, of 90 pairs."""
    found = stats.mannwhitneyu(POST, BASE, use_continuity=continuity, method="asymptotic")

    assert (23.5, p) == (found.statistic, round(float(found.pvalue), 7))
    assert round(found.statistic / 90, 5) == 0.26111
