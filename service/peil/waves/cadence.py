"""The days of a series: a cadence on the wall clock, its exceptions and the Dutch public holidays."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, pairwise
from zoneinfo import ZoneInfo

from holidays import HolidayBase, country_holidays

from peil.errors import Finding, repeated_items
from peil.waves.series_model import MOST_WAVES, SeriesDate, SeriesPreview, SkippedDate, WaveSeriesNew
from peil.zones import ZONES

_DAY = timedelta(days=1)
_FARTHEST = timedelta(days=366)
_STEPS = {"weekly": timedelta(weeks=1), "fortnightly": timedelta(weeks=2)}
# What the library calls the languages in which it has the names of the Dutch holidays.
_NAMES = {"nl": "nl", "en": "en_US"}
_SATURDAY = 5


def plan_findings(new: WaveSeriesNew, today: date) -> list[Finding]:
    """What must hold before the days can be counted out: above all that the cadence ends."""
    findings = list(repeated_items(new.exceptions, "/exceptions"))
    if new.zone not in ZONES:
        findings.append(Finding("/zone", "unknown-zone"))
    if new.count is None and new.last_on is None:
        findings.append(Finding("/count", "never-ends", {"most": MOST_WAVES}))
    if new.count is not None and new.last_on is not None:
        findings.append(Finding("/lastOn", "two-ends"))
    if new.last_on is not None and new.last_on < new.first_on:
        findings.append(Finding("/lastOn", "ends-before-start"))
    # A day earlier than today may be today elsewhere; whether the window is over is asked of each wave.
    first, last = today - _DAY, today + _FARTHEST
    if not first <= new.first_on <= last:
        findings.append(Finding("/firstOn", "day-out-of-range", {"from": str(today), "to": str(last)}))
    if new.days == 1 and new.to <= new.from_:
        findings.append(Finding("/to", "ends-before-start"))
    return findings


def date_findings(preview: SeriesPreview) -> list[Finding]:
    """What is wrong with the days that came out of a plan."""
    findings = []
    if not preview.dates:
        findings.append(Finding("/exceptions", "no-day-left"))
    if len(preview.dates) > MOST_WAVES:
        findings.append(Finding("/lastOn", "series-too-long", {"most": MOST_WAVES}))
    overlaps = [after.on for before, after in pairwise(preview.dates) if before.closes_at > after.opens_at]
    if overlaps:
        findings.append(Finding("/days", "waves-overlap", {"on": str(overlaps[0])}))
    return findings


def preview_of(new: WaveSeriesNew, language: str) -> SeriesPreview:
    """The days of a plan that ends, one more than there may be at most; `language` of the holidays' names."""
    feasts = country_holidays("NL", language=_NAMES[language])
    dates: list[SeriesDate] = []
    skipped: list[SkippedDate] = []
    for on in _days(new):
        if len(dates) > MOST_WAVES or len(dates) == new.count or (new.last_on is not None and on > new.last_on):
            break
        feast = None if new.holidays == "ignore" else feasts.get(on)
        to = _moved(on, new, feasts) if feast is not None and new.holidays == "move" else on
        if on in new.exceptions:
            skipped.append(SkippedDate(on=on, reason="exception", holiday=None))
        elif feast is not None and (new.holidays == "skip" or (new.last_on is not None and to > new.last_on)):
            skipped.append(SkippedDate(on=on, reason="holiday", holiday=feast))
        else:
            dates.append(_date(new, to, on if feast is not None else None, feast))
    return SeriesPreview(dates=dates, skipped=skipped)


def _days(new: WaveSeriesNew) -> Iterator[date]:
    """The days of the cadence, without end."""
    if new.cadence != "monthly":
        yield from (new.first_on + number * _STEPS[new.cadence] for number in count())
    week = (new.first_on.day - 1) // 7
    for number in count(new.first_on.year * 12 + new.first_on.month - 1):
        first = date(number // 12, number % 12 + 1, 1)
        on = first + timedelta(days=(new.first_on.weekday() - first.weekday()) % 7, weeks=week)
        # Not every month has a fifth one: there it is the last.
        yield on if on.month == first.month else on - timedelta(weeks=1)


def _moved(on: date, new: WaveSeriesNew, feasts: HolidayBase) -> date:
    while on in feasts or on in new.exceptions or on.weekday() >= _SATURDAY:
        on += _DAY
    return on


def _date(new: WaveSeriesNew, on: date, moved_from: date | None, feast: str | None) -> SeriesDate:
    return SeriesDate(
        on=on,
        opens_at=_moment(on, new.from_, new.zone),
        closes_at=_moment(on + timedelta(days=new.days - 1), new.to, new.zone),
        moved_from=moved_from,
        holiday=feast,
    )


def _moment(on: date, at: str, zone: str) -> datetime:
    """Wall time as a moment. What the clock skips in spring is an hour later, what it repeats is the first."""
    return datetime.combine(on, time.fromisoformat(at), ZoneInfo(zone)).astimezone(UTC)
