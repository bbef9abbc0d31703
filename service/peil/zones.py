"""The time zones that people plan in."""

from zoneinfo import available_timezones

# The two are in the database of zones and nobody lives there; finding out the others reads hundreds of files.
ZONES = frozenset(available_timezones() - {"Factory", "localtime"})
