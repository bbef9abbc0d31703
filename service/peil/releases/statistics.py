"""Uncertainty of small teams: intervals, warnings and what change could be seen at all."""

from functools import cache, lru_cache
from math import sqrt
from statistics import NormalDist

from peil.releases.cells_model import Interval, ResponseWarning
from peil.releases.model import PooledSd


def hundredths(numerator: int, denominator: int) -> float:
    """The quotient of whole numbers to two decimals, halves upwards; exact until this last step."""
    return (200 * numerator + denominator) // (2 * denominator) / 100


@lru_cache(maxsize=65536)
def interval(mean: float, spread: PooledSd, n: int, population: int | None = None) -> Interval | None:
    """95 % interval of a mean by Student's t with the pooled degrees of freedom, within 0-100.

    With `population`, the number invited N: of this team now, narrowed by the finite-population correction
    √(1 - n/N) (Cochran, Sampling Techniques, 1977, § 2.6); None if all answered, when nothing is uncertain.
    Without it: of the climate the team is a sample of.
    """
    if population is not None and n >= population:
        return None
    remaining = 1 if population is None else 1 - n / population
    half = t_quantile(spread.degrees) * spread.sd * sqrt(remaining / n)
    return Interval(low=round(max(mean - half, 0.0), 2), high=round(min(mean + half, 100.0), 2))


def response_warnings(respondents: int, invited: int | None) -> tuple[ResponseWarning, ...]:
    """Below 50 % a result does not represent the team; below 70 % it is to be read with care."""
    if invited is None:
        return ()
    if 2 * respondents < invited:
        return ("not-representative",)
    return ("low-response",) if 10 * respondents < 7 * invited else ()


def minimal_detectable_change(sd: float, before: int, after: int) -> float:
    """The change in points that two waves of so many respondents would show with 80 % power.

    Two-sided alpha .05, normal: (z.975 + z.80) · sd · √(1/n₁ + 1/n₂).
    """
    normal = NormalDist()
    return (normal.inv_cdf(0.975) + normal.inv_cdf(0.8)) * sd * sqrt(1 / before + 1 / after)


@cache
def t_quantile(degrees: int) -> float:
    """The 97.5 % point of Student's t."""
    # Imported at the first release and not at start, where it would cost most of half a second.
    from scipy.special import stdtrit

    return float(stdtrit(degrees, 0.975))
