"""What an agenda still shows goes by the clock on the wall where it is held."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from msgspec.structs import replace

from peil.campaigns.agenda_model import Activity
from peil.widgets.rules import is_coming

TODAY = date(2026, 11, 10)
AMSTERDAM = "Europe/Amsterdam"


def activity(on: date) -> Activity:
    """From half past nine to ten."""
    return Activity(
        activity_id=UUID(int=1), campaign_id=UUID(int=2), kind="workshop", title="", on=on, from_="09:30", to="10:00",
        unit_ids=None, variant="live", host=None, attended=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("on", "at", "zone", "shown"),
    [
        # Ten in the morning is nine in UTC.
        (TODAY, datetime(2026, 11, 10, 8, 59, tzinfo=UTC), AMSTERDAM, True),
        (TODAY, datetime(2026, 11, 10, 9, 0, tzinfo=UTC), AMSTERDAM, False),
        (TODAY, datetime(2026, 11, 10, 9, 0, tzinfo=UTC), "UTC", True),
        # After midnight there it is still the day before in UTC.
        (date(2026, 11, 9), datetime(2026, 11, 9, 23, 30, tzinfo=UTC), AMSTERDAM, False),
        (date(2027, 2, 9), datetime(2026, 11, 9, 23, 30, tzinfo=UTC), AMSTERDAM, True),
        (date(2027, 2, 10), datetime(2026, 11, 9, 23, 30, tzinfo=UTC), AMSTERDAM, False),
    ],
)
def test_what_has_ended_is_not_next(on: date, at: datetime, zone: str, shown: bool) -> None:
    """Nor what is later than thirteen weeks from today, whatever day it is in UTC."""
    assert shown == is_coming(activity(on), zone, at)


def test_an_evening_far_west_is_yesterday_in_utc() -> None:
    """What is on the agenda there tonight is still to come."""
    tonight = replace(activity(date(2026, 11, 9)), from_="19:00", to="20:00")

    assert is_coming(tonight, "Pacific/Honolulu", datetime(2026, 11, 10, 4, 0, tzinfo=UTC))
