"""How sure a change is, against reference values computed elsewhere."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from peil.aggregates.statistics.significance import certainty, false_discovery_rates, label, pool, rounded_p
from peil.releases.model import PooledSd

BASE = [25, 50, 50, 75, 75, 75, 100, 50, 75, 50]
POST = [50, 25, 25, 50, 50, 75, 50, 25, 50]


def spread(sd: float, degrees: int) -> PooledSd:
    """A spread that was measured."""
    return PooledSd(sd=sd, degrees=degrees, bound=False)


def spread_of(scores: list[int]) -> PooledSd:
    return spread(sd=float(stats.tstd(scores)), degrees=len(scores) - 1)


def test_the_reference_change_has_its_p() -> None:
    """As R has it: Student p .0567870 and d -.93906 of ten answers and nine."""
    spread = pool(spread_of(BASE), spread_of(POST))
    assert spread is not None

    change = certainty(sum(POST) / 9 - sum(BASE) / 10, spread, 10, 9)

    assert (17, -0.93906, 0.0567870) == (spread.degrees, round(change.standardised, 5), round(change.p, 7))


def test_by_hand() -> None:
    """SE = 20 · √(1/40 + 1/35) = 4.6291; t = 2.65710; the 97.5 % point of t with 120 degrees is 1.97993."""
    change = certainty(12.3, spread(sd=20, degrees=120), 40, 35)

    assert (0.615, 9.1653) == (round(change.standardised, 4), round(change.half, 4))
    assert pytest.approx(2 * float(stats.t.sf(2.65710, 120)), rel=1e-4) == change.p


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            spread(sd=20, degrees=40),
            spread(sd=20, degrees=60),
            spread(sd=20, degrees=100),
        ),
        (
            spread(sd=10, degrees=30),
            spread(sd=30, degrees=90),
            spread(sd=700**0.5, degrees=120),
        ),
        (spread(sd=10, degrees=30), None, spread(sd=10, degrees=30)),
        (None, spread(sd=10, degrees=30), spread(sd=10, degrees=30)),
        (
            spread(sd=0, degrees=30),
            spread(sd=10, degrees=50),
            spread(sd=10, degrees=50),
        ),
        (spread(sd=0, degrees=30), None, None),
        (None, None, None),
    ],
)
def test_spreads_are_pooled_by_their_degrees(
    before: PooledSd | None, after: PooledSd | None, expected: PooledSd | None
) -> None:
    """Squares weigh by degrees of freedom; what is not told, or nought, does not count."""
    assert expected == pool(before, after)


def test_false_discovery_rates_are_those_of_r() -> None:
    """R's p.adjust(method = "BH"), in whatever order the p are."""
    ps = [0.205, 0.001, 0.041, 0.008, 0.039, 0.042, 0.074, 0.06]

    assert [0.205, 0.008, 0.0672, 0.032, 0.0672, 0.0672, 0.084571, 0.08] == [
        round(q, 6) for q in false_discovery_rates(ps)
    ]


@pytest.mark.parametrize(("p", "told"), [(0.0, 0.0001), (2e-59, 0.0001), (0.00014, 0.0001), (0.00016, 0.0002), (1, 1)])
def test_no_p_is_told_as_nought(p: float, told: float) -> None:
    """Of very many people it is less than four decimals can say, and chance could still have made the difference."""
    assert told == rounded_p(p)


def test_no_test_has_no_rate() -> None:
    """Where nothing was compared nothing is wrong."""
    assert [] == false_discovery_rates([])


probabilities = st.floats(0, 1)


@given(st.lists(probabilities))
def test_a_rate_is_never_below_its_p(ps: list[float]) -> None:
    """And they come in the order of their p, and none is above 1."""
    rates = false_discovery_rates(ps)

    assert all(p <= q <= 1 for p, q in zip(ps, rates, strict=True))
    assert [q for _, q in sorted(zip(ps, rates, strict=True))] == sorted(rates)


@pytest.mark.parametrize(
    ("difference", "p", "q", "expected"),
    [
        (10.0, 0.01, 0.0499, "clear-signal"),
        (-10.0, 0.01, 0.0499, "clear-signal"),
        (9.99, 0.01, 0.0499, "possible-signal"),
        (10.0, 0.01, 0.05, "possible-signal"),
        (2.0, 0.01, 0.0999, "possible-signal"),
        (10.0, 0.0999, 0.5, "possible-signal"),
        (9.99, 0.0999, 0.1, "no-clear-difference"),
        (30.0, 0.1, 0.1, "no-clear-difference"),
    ],
)
def test_a_label_takes_size_and_certainty(difference: float, p: float, q: float, expected: str) -> None:
    """At each of its borders."""
    assert expected == label(difference, p, q)


STRENGTH = ["no-clear-difference", "possible-signal", "clear-signal"]


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=2), probabilities, probabilities)
def test_more_certainty_never_says_less(differences: list[float], one: float, other: float) -> None:
    """Nor does a larger difference: a label only grows with its size and as p and q shrink."""
    small, large = sorted(differences, key=abs)
    sure, unsure = sorted((one, other))

    for p, q in product((sure, unsure), repeat=2):
        assert STRENGTH.index(label(small, p, q)) <= STRENGTH.index(label(large, min(p, sure), min(q, sure)))
