"""The favourable share with its interval, and the bounds that nobody's silence can move a figure beyond."""

from math import sqrt
from statistics import NormalDist

from peil.aggregates.statistics.model import Bounds, Share
from peil.releases.cells_model import BandsCell, Cell, Interval, ProtectedCell
from peil.releases.statistics import hundredths

_Z = NormalDist().inv_cdf(0.975)


def share_of(cell: BandsCell) -> Share | None:
    """The favourable share of an item; None: the cell is protected."""
    if isinstance(cell, ProtectedCell):
        return None
    share = cell.favourable / cell.n
    effective = None if cell.invited is None else effective_n(cell.n, cell.invited)
    return Share(
        percent=round(100 * share, 2),
        interval=None if effective is None else _per_cent(wilson(share, effective)),
    )


def rate_of(cell: Cell) -> float | None:
    """How many per cent of those invited a block's figure is of; None: protected, or the number is not told."""
    if isinstance(cell, ProtectedCell) or cell.invited is None:
        return None
    return hundredths(100 * cell.n, cell.invited)


def bounds_of(cell: Cell) -> Bounds | None:
    """The bounds of a mean; None: protected, or the number invited is not told."""
    if isinstance(cell, ProtectedCell) or cell.invited is None:
        return None
    low, high = manski(cell.mean, cell.n, cell.invited)
    return Bounds(low=round(low, 2), high=round(high, 2))


def effective_n(n: int, population: int) -> float | None:
    """The answers that n of a population of N count for: n(N - 1)/(N - n); None: all answered.

    The variance of a share in a sample without replacement is that of so many with replacement (Cochran,
    Sampling Techniques, 1977, § 3.2).
    """
    return None if n >= population else n * (population - 1) / (population - n)


def wilson(share: float, n: float) -> tuple[float, float]:
    """95 % interval of a share 0-1 of n answers, without correction for continuity.

    Wilson, Journal of the American Statistical Association 22 (1927) 209-212; R's prop.test(correct = FALSE).
    """
    middle = share + _Z**2 / (2 * n)
    half = _Z * sqrt(share * (1 - share) / n + (_Z / (2 * n)) ** 2)
    weight = 1 + _Z**2 / n
    return max(0.0, (middle - half) / weight), min(1.0, (middle + half) / weight)


def manski(figure: float, n: int, population: int) -> tuple[float, float]:
    """Where a figure 0-100 of n out of N would lie if the others had all given the worst answer, or the best.

    Manski, American Economic Review 80 (1990) 319-323: nothing is assumed of those who did not answer.
    """
    return n * figure / population, (n * figure + 100 * (population - n)) / population


def _per_cent(interval: tuple[float, float]) -> Interval:
    low, high = interval
    return Interval(low=round(100 * low, 2), high=round(100 * high, 2))
