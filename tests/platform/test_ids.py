"""Ids tell when things were made, also of many that were made at once."""

import time
from itertools import pairwise

import pytest

from peil import ids


def test_what_is_made_at_once_stays_in_its_order() -> None:
    """More in a millisecond than it has places, and each is of version 7 and of about now."""
    began = time.time_ns() // 1_000_000
    made = [ids.ordered_id() for _ in range(20_000)]
    ended = time.time_ns() // 1_000_000

    assert all(one < other for one, other in pairwise(made))
    assert {(7, "specified in RFC 4122")} == {(one.version, one.variant) for one in made}
    assert began <= made[0].int >> 80
    assert made[-1].int >> 80 <= ended + 10


def test_a_clock_that_is_set_back_makes_nothing_earlier(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next id follows the last one, until the clock has caught up."""
    last = ids.ordered_id()
    monkeypatch.setattr(time, "time_ns", lambda: 0)

    assert last < ids.ordered_id()
