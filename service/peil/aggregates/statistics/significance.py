"""How sure a change between two waves is: a pooled spread, Student's t, false discoveries and a label."""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from peil.aggregates.changes.model import ChangeLabel
from peil.releases.model import PooledSd
from peil.releases.statistics import t_quantile

# What a spread on 0-100 usually is: for the change that could be seen where none may be told.
REFERENCE_SD = 22.0
# Points. Less is of no use to a team, however sure it is.
CLEAR_CHANGE = 10
# What no p is told to be less than: the model behind it is not as exact as that.
LEAST_P = 0.0001
# Respondents in each wave below which nobody says that a programme worked.
FEWEST_FOR_A_CLAIM = 100


class Certainty(NamedTuple):
    """A difference in standard deviations, half its 95 % interval in points, and its two-sided p."""

    standardised: float
    half: float
    p: float


def pool(before: PooledSd | None, after: PooledSd | None) -> PooledSd | None:
    """The spread of both waves, by their degrees of freedom; of one where the other tells none; None: neither does.

    The root of Σ(degrees · sd²) over Σ degrees, as of the within mean square. A spread of nought is no yardstick
    and counts as none.
    """
    told = [spread for spread in (before, after) if spread is not None and spread.sd > 0]
    degrees = sum(spread.degrees for spread in told)
    if not degrees:
        return None
    return PooledSd(
        sd=sqrt(sum(spread.degrees * spread.sd**2 for spread in told) / degrees),
        degrees=degrees,
        bound=any(spread.bound for spread in told),
    )


def certainty(difference: float, spread: PooledSd, before: int, after: int) -> Certainty:
    """Student's t of a difference between the means of `before` and `after` respondents.

    Standard error s · √(1/n₁ + 1/n₂) with the pooled degrees of freedom (Student's two-sample test with a
    spread from elsewhere). The waves are taken as independent. Many people answer both, which makes the true
    error smaller; who did is not known, so this is conservative.
    """
    # Imported at the first comparison and not at start, where it would cost most of half a second.
    from scipy.special import stdtr

    error = spread.sd * sqrt(1 / before + 1 / after)
    p = 2 * float(stdtr(spread.degrees, -abs(difference) / error))
    return Certainty(difference / spread.sd, t_quantile(spread.degrees) * error, p)


def rounded_p(p: float) -> float:
    """A p or q to four decimals, as it is told; never nought, for chance makes anything: `LEAST_P` is that or less."""
    return max(LEAST_P, round(p, 4))


def false_discovery_rates(ps: Sequence[float]) -> list[float]:
    """q of each p: the share of false discoveries if everything with a q so small is taken for one.

    Benjamini and Hochberg, Journal of the Royal Statistical Society B 57 (1995) 289-300; R's p.adjust.
    """
    rates = [1.0] * len(ps)
    least = 1.0
    descending = sorted(range(len(ps)), key=ps.__getitem__, reverse=True)
    for rank, place in zip(range(len(ps), 0, -1), descending, strict=True):
        least = min(least, ps[place] * (len(ps) / rank))
        rates[place] = least
    return rates


def label(difference: float, p: float, q: float) -> ChangeLabel:
    """What to call it: large and sure, one of the two, or neither.

    Ten points alone are seen in 40 % of unchanged teams of 7, so size is never enough.
    """
    is_large = abs(difference) >= CLEAR_CHANGE
    if is_large and q < 0.05:
        return "clear-signal"
    return "possible-signal" if q < 0.10 or (is_large and p < 0.10) else "no-clear-difference"
