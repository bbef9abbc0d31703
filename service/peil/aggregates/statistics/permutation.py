"""Whether a difference of means is more than chance: by all ways to deal the answers out over the two waves."""

from collections.abc import Sequence
from math import exp, lgamma, log
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np

MOST_WORK = 40_000_000
"""Additions up to which every way is counted: a twentieth of a second."""
DRAWS = 10_000


class Permuted(NamedTuple):
    """A two-sided p; `is_exact`: every way was counted, else so many were drawn from a seed."""

    p: float
    is_exact: bool


def permutation_test(before: Sequence[int], after: Sequence[int], seed: int) -> Permuted:
    """How often chance makes a difference of the means as large as this one, or larger, in either direction.

    `before` and `after`: how many gave each answer, in equal steps. The answers of both are dealt out anew in
    all ways (Fisher, The Design of Experiments, 1935, § 21; R's coin::oneway_test(distribution = "exact")):
    counted where that is feasible, else drawn from `seed` (Phipson and Smyth, Statistical Applications in
    Genetics and Molecular Biology 9 (2010) 39: the wave as it was counts as one draw).
    """
    # Imported at the first test and not at start.
    import numpy as np

    pooled = [one + other for one, other in zip(before, after, strict=True)]
    dealt = min(before, after, key=sum)
    n, size = sum(pooled), sum(dealt)
    total = sum(step * count for step, count in enumerate(pooled))
    # In whole numbers, so that a tie with what was seen is one.
    observed = abs(n * sum(step * count for step, count in enumerate(dealt)) - size * total)
    if n * size * size * (len(pooled) - 1) <= MOST_WORK:
        chances = sums_dealt(pooled, size)
        is_extreme = np.abs(n * np.arange(len(chances)) - size * total) >= observed
        return Permuted(min(1.0, float(chances[is_extreme].sum() / chances.sum())), is_exact=True)
    draws = np.random.default_rng(seed).multivariate_hypergeometric(pooled, size, DRAWS, method="marginals")
    extreme = np.count_nonzero(np.abs(n * (draws @ np.arange(len(pooled))) - size * total) >= observed)
    return Permuted((int(extreme) + 1) / (DRAWS + 1), is_exact=False)


def sums_dealt(pooled: Sequence[int], size: int) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """The chance of each sum of steps 0 … of `size` answers dealt out of the pooled ones, up to one factor.

    Each answer is taken alone with the chance size / n: all hands of `size` are then equally likely, and the
    chances of its count multiply. A table of (answers taken, sum of steps) grows by one step at a time.
    """
    import numpy as np

    table = np.ones((1, 1))
    for step, count in enumerate(pooled):
        most = min(size, len(table) - 1 + count)
        grown = np.zeros((most + 1, most * step + 1))
        for taken, chance in enumerate(_binomial(count, size / sum(pooled))[: most + 1]):
            kept = table[: most + 1 - taken, : (most - taken) * step + 1]
            grown[taken : taken + len(kept), taken * step : taken * step + kept.shape[1]] += chance * kept
        table = grown
    dealt: np.ndarray[tuple[int], np.dtype[np.float64]] = table[size]
    return dealt


def _binomial(count: int, chance: float) -> list[float]:
    """The chance of 0 … `count` of so many; `chance` is at most a half and not nought."""
    ways = lgamma(count + 1)
    odds = log(chance), log(1 - chance)
    return [
        exp(ways - lgamma(taken + 1) - lgamma(count - taken + 1) + taken * odds[0] + (count - taken) * odds[1])
        for taken in range(count + 1)
    ]
