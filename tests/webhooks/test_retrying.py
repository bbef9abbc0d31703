"""When a delivery is tried again, for how long, and what a receiver can ask for."""

from datetime import UTC, datetime, timedelta

import pytest

from peil.webhooks.retrying import FAILING, PAUSES, next_attempt, outcome_of, wait_of

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_pauses_grow_over_days() -> None:
    """From seconds to a day; all of them together outlast a weekend, and the term after which nothing is taken."""
    total = sum(PAUSES, timedelta())

    assert sorted(PAUSES) == list(PAUSES)
    assert FAILING < total < timedelta(days=4)


@pytest.mark.parametrize(("chance", "share"), [(0.0, 0.8), (0.5, 1.0), (1.0, 1.2)])
def test_pauses_are_spread(chance: float, share: float) -> None:
    """By a fifth each way, so that what failed together does not come back together."""
    for attempts, pause in enumerate(PAUSES, start=1):
        assert NOW + pause * share == next_attempt(attempts, NOW, chance, None)


def test_after_the_last_pause_it_is_over() -> None:
    """It was tried once more than there are pauses."""
    assert next_attempt(len(PAUSES), NOW, 0.5, None) is not None
    assert next_attempt(len(PAUSES) + 1, NOW, 0.5, None) is None


def test_a_receiver_that_asks_for_time_gets_it() -> None:
    """At least as much as it asks for, and never less than it would have had."""
    later = next_attempt(1, NOW, 0.5, timedelta(hours=3))
    sooner = next_attempt(5, NOW, 0.5, timedelta(seconds=1))

    assert (NOW + timedelta(hours=3), NOW + timedelta(hours=2)) == (later, sooner)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", timedelta(minutes=2)),
        (" 0 ", timedelta()),
        ("Mon, 02 Mar 2026 09:10:00 GMT", timedelta(minutes=10)),
        ("Mon, 02 Mar 2026 08:00:00 GMT", timedelta()),
        ("Wed, 02 Mar 2033 09:00:00 GMT", timedelta(days=1)),
        ("86401", timedelta(days=1)),
        ("9" * 5000, timedelta(days=1)),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("soon", None),
        ("Mon, 99 Mar 2026 09:10:00 GMT", None),
        ("", None),
        (None, None),
    ],
)
def test_what_a_retry_after_asks_for(header: str | None, wait: timedelta | None) -> None:
    """Seconds or a date, at most a day; what is neither asks for nothing."""
    assert wait == wait_of(header, NOW)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, "delivered"),
        (299, "delivered"),
        (300, "redirected"),
        (308, "redirected"),
        (410, "gone"),
        (404, "refused"),
        (429, "refused"),
        (503, "refused"),
    ],
)
def test_only_2xx_is_a_receipt(status: int, outcome: str) -> None:
    """Whatever else is answered, it comes again, or not at all where it is said to be gone."""
    assert outcome == outcome_of(status)
