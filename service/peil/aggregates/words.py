"""How texts about figures write numbers, days and a few names, in Dutch and English."""

from datetime import date
from math import floor

Text = dict[str, str]

PROTECTED: Text = {"nl": "beschermd", "en": "protected"}
KINDS: dict[str, Text] = {
    "baseline": {"nl": "nulmeting", "en": "baseline"},
    "pulse": {"nl": "puls", "en": "pulse"},
    "post": {"nl": "nameting", "en": "post"},
    "survey": {"nl": "onderzoek", "en": "survey"},
    "traffic-light": {"nl": "stoplicht", "en": "traffic light"},
}
SIGNALS: dict[str, Text] = {
    "clear-signal": {"nl": "duidelijk signaal", "en": "clear signal"},
    "possible-signal": {"nl": "mogelijk signaal", "en": "possible signal"},
    "no-clear-difference": {"nl": "geen duidelijk verschil", "en": "no clear difference"},
}
_MONTHS: Text = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "January February March April May June July August September October November December",
}
_POINTS = {"nl": ("punt", "punten"), "en": ("point", "points")}
_LARGE_CHANGE = 10
_DUTCH = str.maketrans({",": ".", ".": ",", "-": "\u2212"})
_ENGLISH = str.maketrans({"-": "\u2212"})


def number(value: float, language: str, *, places: int = 1, signed: bool = False) -> str:
    """To so many decimals: `1.062,5` in Dutch, `1,062.5` in English; a minus is as wide as a plus."""
    written = f"{value:{'+' if signed else ''},.{places}f}"
    # What rounds to nought has no direction.
    written = written.lstrip("+-") if float(written.replace(",", "")) == 0 else written
    return written.translate(_DUTCH if language == "nl" else _ENGLISH)


def points(value: float, language: str, *, places: int = 1) -> str:
    """A distance on the scale 0-100: `12,3 punten` in Dutch, `12.3 points` in English."""
    singular, plural = _POINTS[language]
    return f"{number(value, language, places=places)} {singular if round(value, places) == 1 else plural}"


def detectable(change: float, language: str) -> str:
    """The change that a group would show, to one decimal where that matters: of very many people it is a fraction."""
    return points(change, language, places=0 if change >= _LARGE_CHANGE else 1)


def count(people: int, language: str) -> str:
    """A whole number: `1.146` in Dutch, `1,146` in English."""
    return number(people, language, places=0)


def per_cent(rate: float, language: str) -> str:
    """A response rate to one decimal, rounded down: what is below a mark is not said to be there."""
    return number(floor(round(rate * 10, 6)) / 10, language)


def day(on: date, language: str) -> str:
    """3 maart 2026, 3 March 2026."""
    return f"{on.day} {_MONTHS[language].split()[on.month - 1]} {on.year}"


def month(on: date, language: str) -> str:
    """mrt 2026, Mar 2026."""
    name = "mrt" if language == "nl" and on.month == 3 else _MONTHS[language].split()[on.month - 1][:3]
    return f"{name} {on.year}"
