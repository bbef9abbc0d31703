"""The days of a series: on the wall clock, around exceptions and Dutch public holidays, and always to an end."""

import itertools
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peil.waves import cadence
from peil.waves.series_model import MOST_WAVES, WaveSeriesNew


def plan(**changed: Any) -> WaveSeriesNew:
    """Four pulses on Tuesdays, every other week, from nine to five."""
    plain: dict[str, Any] = {
        "name": "Puls",
        "instrument_id": UUID(int=1),
        "mode": "split",
        "languages": ["nl"],
        "first_on": date(2026, 11, 3),
        "from_": "09:00",
        "to": "17:00",
    }
    return WaveSeriesNew(**plain | ({} if {"count", "last_on"} & changed.keys() else {"count": 4}) | changed)


def days(**changed: Any) -> list[str]:
    """Month and day of each wave."""
    return [f"{one.on:%m-%d}" for one in cadence.preview_of(plan(**changed), "nl").dates]


def found(**changed: Any) -> list[tuple[str, str]]:
    """What is wrong with a plan on the first of November 2026."""
    new = plan(**changed)
    findings = cadence.plan_findings(new, date(2026, 11, 1))
    findings = findings or cadence.date_findings(cadence.preview_of(new, "nl"))
    return [(one.pointer, one.code) for one in findings]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, ["11-03", "11-17", "12-01", "12-15"]),
        ({"cadence": "weekly"}, ["11-03", "11-10", "11-17", "11-24"]),
        ({"cadence": "monthly"}, ["11-03", "12-01", "01-05", "02-02"]),
        ({"cadence": "monthly", "first_on": date(2026, 11, 30)}, ["11-30", "12-28", "01-25", "02-22"]),
        ({"last_on": date(2026, 12, 1)}, ["11-03", "11-17", "12-01"]),
        ({"last_on": date(2026, 11, 30)}, ["11-03", "11-17"]),
    ],
)
def test_days_follow_the_cadence(changed: dict[str, Any], expected: list[str]) -> None:
    """Every other week unless it says otherwise; monthly is the same weekday of the same week, a fifth one the last."""
    assert expected == days(**changed)


@pytest.mark.parametrize(
    ("holidays", "expected", "skipped"),
    [
        ("move", ["03-30", "04-07", "04-13"], []),
        ("skip", ["03-30", "04-13", "04-20"], ["04-06"]),
        ("ignore", ["03-30", "04-06", "04-13"], []),
    ],
)
def test_easter_monday(holidays: str, expected: list[str], skipped: list[str]) -> None:
    """Is moved to the Tuesday, or left out and made up for at the end; the Mondays after it stay Mondays."""
    preview = cadence.preview_of(plan(first_on=date(2026, 3, 30), cadence="weekly", count=3, holidays=holidays), "nl")
    moved = [(f"{one.moved_from:%m-%d}", one.holiday) for one in preview.dates if one.moved_from]

    assert expected == [f"{one.on:%m-%d}" for one in preview.dates]
    assert skipped == [f"{one.on:%m-%d}" for one in preview.skipped]
    assert ([("04-06", "Tweede paasdag")] if holidays == "move" else []) == moved


def test_a_moved_day_goes_past_weekends_holidays_and_exceptions() -> None:
    """Christmas on a Friday: not the Saturday, nor the Monday that was excepted, but the Tuesday."""
    changed = {"cadence": "weekly", "count": 1, "exceptions": [date(2026, 12, 28)]}

    assert ["12-29"] == days(first_on=date(2026, 12, 25), **changed)


def test_an_exception_is_made_up_for_at_the_end() -> None:
    """Four waves are asked for, and four there are."""
    preview = cadence.preview_of(plan(exceptions=[date(2026, 11, 17)]), "nl")

    assert ["11-03", "12-01", "12-15", "12-29"] == [f"{one.on:%m-%d}" for one in preview.dates]
    assert [(date(2026, 11, 17), "exception", None)] == [(one.on, one.reason, one.holiday) for one in preview.skipped]


def test_nothing_is_moved_beyond_the_last_day() -> None:
    """Christmas as last day is skipped rather than held after it."""
    preview = cadence.preview_of(plan(first_on=date(2026, 12, 11), last_on=date(2026, 12, 25)), "en")

    assert [date(2026, 12, 11)] == [one.on for one in preview.dates]
    assert [(date(2026, 12, 25), "Christmas Day")] == [(one.on, one.holiday) for one in preview.skipped]


def test_the_clock_on_the_wall_stays_the_same() -> None:
    """Nine o'clock in Amsterdam before and after the clocks change, in spring and in autumn."""
    opens = [
        one.opens_at
        for first in (date(2026, 3, 24), date(2026, 10, 20))
        for one in cadence.preview_of(plan(first_on=first, cadence="weekly", count=2), "nl").dates
    ]

    assert [
        datetime(2026, 3, 24, 8, tzinfo=UTC),
        datetime(2026, 3, 31, 7, tzinfo=UTC),
        datetime(2026, 10, 20, 7, tzinfo=UTC),
        datetime(2026, 10, 27, 8, tzinfo=UTC),
    ] == opens


def test_a_wave_of_several_days_closes_by_the_wall_clock_too() -> None:
    """From Friday nine to Monday five, over the night in which an hour is lost."""
    [one] = cadence.preview_of(plan(first_on=date(2026, 3, 27), days=4, count=1), "nl").dates

    assert (datetime(2026, 3, 27, 8, tzinfo=UTC), datetime(2026, 3, 30, 15, tzinfo=UTC)) == (
        one.opens_at,
        one.closes_at,
    )


@pytest.mark.parametrize(
    ("changed", "finding"),
    [
        ({"count": None}, ("/count", "never-ends")),
        ({"count": 3, "last_on": date(2026, 12, 1)}, ("/lastOn", "two-ends")),
        ({"last_on": date(2026, 11, 2)}, ("/lastOn", "ends-before-start")),
        ({"last_on": date(9999, 12, 31)}, ("/lastOn", "series-too-long")),
        ({"first_on": date(9999, 12, 31)}, ("/firstOn", "day-out-of-range")),
        ({"first_on": date(2026, 10, 1)}, ("/firstOn", "day-out-of-range")),
        ({"to": "09:00"}, ("/to", "ends-before-start")),
        ({"zone": "Mars/Olympus"}, ("/zone", "unknown-zone")),
        ({"exceptions": [date(2026, 11, 17)] * 2}, ("/exceptions/1", "duplicate-item")),
        ({"last_on": date(2026, 11, 3), "exceptions": [date(2026, 11, 3)]}, ("/exceptions", "no-day-left")),
        ({"cadence": "weekly", "days": 9}, ("/days", "waves-overlap")),
    ],
)
def test_a_plan_that_cannot_be(changed: dict[str, Any], finding: tuple[str, str]) -> None:
    """Above all one that never ends: it is refused before anything is counted out."""
    assert [finding] == found(**changed)


@settings(deadline=None)
@given(
    st.builds(
        plan,
        cadence=st.sampled_from(["weekly", "fortnightly", "monthly"]),
        first_on=st.dates(date(2024, 1, 1), date(2034, 12, 31)),
        count=st.integers(1, MOST_WAVES),
        holidays=st.sampled_from(["move", "skip", "ignore"]),
        exceptions=st.lists(st.dates(date(2024, 1, 1), date(2036, 1, 1)), max_size=100),
    )
)
def test_every_plan_ends_with_as_many_waves_as_it_says(new: WaveSeriesNew) -> None:
    """In order, none on an excepted day, each day of the cadence either held, moved or skipped."""
    preview = cadence.preview_of(new, "nl")
    held = [one.on for one in preview.dates]
    by_cadence = sorted([*(one.moved_from or one.on for one in preview.dates), *(one.on for one in preview.skipped)])

    assert new.count == len(held)
    assert not set(held) & set(new.exceptions)
    assert len(set(by_cadence)) == len(by_cadence)
    assert {new.first_on.weekday()} == {on.weekday() for on in by_cadence}
    if new.cadence != "monthly":
        step = {"weekly": 7, "fortnightly": 14}[new.cadence]
        assert {step} >= {(after - before).days for before, after in itertools.pairwise(by_cadence)}
