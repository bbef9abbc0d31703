"""How far two groups of answers lie apart, from their protected distributions."""

from collections.abc import Sequence
from math import exp, lgamma, sqrt
from typing import NamedTuple


class Effect(NamedTuple):
    """After against before: Hedges g (None: everybody answered alike), P(after > before), Cliff's delta."""

    g: float | None
    superiority: float
    delta: float


def effect(before: Sequence[int], after: Sequence[int]) -> Effect:
    """The effect of two distributions over the same answers, from the worst to the best.

    The probability of superiority is that somebody of `after` answered better than somebody of `before`, ties
    by half (Vargha and Delaney, Journal of Educational and Behavioral Statistics 25 (2000) 101-132); Cliff's
    delta is the same on -1 … 1 (Psychological Bulletin 114 (1993) 494-509).
    """
    better = 0
    beneath = 0
    for count_before, count_after in zip(before, after, strict=True):
        # Twice, so that a tie is a whole number.
        better += count_after * (2 * beneath + count_before)
        beneath += count_before
    superiority = better / (2 * sum(before) * sum(after))
    return Effect(hedges_g(before, after), superiority, 2 * superiority - 1)


def hedges_g(before: Sequence[int], after: Sequence[int]) -> float | None:
    """The difference of the means in pooled standard deviations, corrected for small groups.

    Equal steps between the answers. Hedges, Journal of Educational Statistics 6 (1981) 107-128, with the exact
    correction J and not its approximation. None: nobody differs from the others of the wave.
    """
    sd, difference = pooled_sd(before, after), _moments(after)[1] - _moments(before)[1]
    return small_sample_correction(sum(before) + sum(after) - 2) * difference / sd if sd else None


def pooled_sd(before: Sequence[int], after: Sequence[int]) -> float:
    """The standard deviation within two waves of at least three people together, in steps between the answers."""
    (n1, _, squares1), (n2, _, squares2) = _moments(before), _moments(after)
    return sqrt((squares1 + squares2) / (n1 + n2 - 2))


def small_sample_correction(degrees: int) -> float:
    """J = Γ(f/2) / (√(f/2) · Γ((f - 1)/2)) for f degrees of freedom, at least 2."""
    return exp(lgamma(degrees / 2) - lgamma((degrees - 1) / 2)) / sqrt(degrees / 2)


def _moments(counts: Sequence[int]) -> tuple[int, float, float]:
    """People, mean step and sum of squares about it; exactly 0 where all answered alike."""
    n = sum(counts)
    total = sum(step * people for step, people in enumerate(counts))
    squares = sum(step * step * people for step, people in enumerate(counts))
    return n, total / n, (n * squares - total * total) / n
