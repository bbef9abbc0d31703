"""The time zones that people plan in."""

from datetime import date, datetime
from zoneinfo import ZoneInfo, available_timezones

# The two are in the database of zones and nobody lives there; finding out the others reads hundreds of files.
ZONES = frozenset(available_timezones() - {"Factory", "localtime"})


def day_in(at: datetime, zone: str) -> date:
    """Which day a moment is on the wall of a zone."""
    return at.astimezone(ZoneInfo(zone)).date()
