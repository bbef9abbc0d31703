"""Whether a series of figures goes up or down: its slope and how sure that is, without assuming a shape."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import combinations
from math import factorial, sqrt
from statistics import NormalDist, median


def theil_sen(points: Sequence[tuple[float, float]]) -> float:
    """The median slope of all pairs of at least two points (x, y), each with an x of its own.

    Theil, Proceedings of the KNAW A 53 (1950) 386-392; Sen, Journal of the American Statistical Association
    63 (1968) 1379-1389.
    """
    return median((y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(points, 2))


def mann_kendall(values: Sequence[float]) -> tuple[int, float]:
    """S of values in the order of time, and its two-sided p: exact without ties, else normal with their correction.

    S counts the pairs that rise minus those that fall. Mann, Econometrica 13 (1945) 245-259; Kendall, Rank
    Correlation Methods (1975).
    """
    s = sum((later > earlier) - (later < earlier) for earlier, later in combinations(values, 2))
    has_ties = len(set(values)) < len(values)
    return s, normal_p(s, values) if has_ties else exact_p(s, len(values))


def exact_p(s: int, n: int) -> float:
    """How many of the n! orders of n different values have an S as far from 0 as `s`, or farther."""
    pairs = n * (n - 1) // 2
    as_extreme = sum(
        orders for falling, orders in enumerate(_orders_by_falling_pairs(n)) if abs(pairs - 2 * falling) >= abs(s)
    )
    # Whole numbers far beyond a float, until the quotient.
    return as_extreme / factorial(n)


def normal_p(s: int, values: Sequence[float]) -> float:
    """The same by the normal distribution, with correction for ties and continuity."""
    n = len(values)
    ties = sum(times * (times - 1) * (2 * times + 5) for times in Counter(values).values())
    variance = (n * (n - 1) * (2 * n + 5) - ties) / 18
    if not s:
        return 1.0
    return 2 * NormalDist().cdf(-(abs(s) - 1) / sqrt(variance))


@cache
def _orders_by_falling_pairs(n: int) -> list[int]:
    """How many orders of n different values have 0, 1, 2 … falling pairs (the Mahonian numbers)."""
    if n < 2:
        return [1]
    fewer = _orders_by_falling_pairs(n - 1)
    # The largest value stands before 0 … n - 1 of the others, which adds so many falling pairs.
    sums = [0]
    for orders in [*fewer, *[0] * (n - 1)]:
        sums.append(sums[-1] + orders)
    return [sums[place + 1] - sums[max(0, place + 1 - n)] for place in range(len(fewer) + n - 1)]
