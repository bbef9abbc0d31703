"""The first part: what was missing when the campaign had a name and a year, and what is left."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from rich.text import Text

from peil.demo.drawing.lines import fit, heading, short_day, wrapped
from peil.readiness.model import Mistake, ReadinessFinding

MISTAKES: Mapping[Mistake | None, str] = {
    "M1": "M1 ad-hoc actions without baseline or follow-up",
    "M2": "M2 events without policy",
    "M3": "M3 little involvement of management",
    "M4": "M4 no link with RI&E and PSA",
    "M5": "M5 a full agenda without recovery",
    "M6": "M6 no evaluation or follow-up",
    None: "besides the six common mistakes",
}
"""The common mistakes in the words of the contract."""

_COLUMN, _WIDEST = 13, 60
_MISSING, _SOLVED = "✗", "✓"


def draw_readiness(
    before: Sequence[ReadinessFinding],
    after: Sequence[ReadinessFinding],
    days: tuple[date, date],
    width: int,
) -> Iterator[Text]:
    """A line per finding, by the mistake it belongs to, and what to do about those that are left."""
    yield from heading(f"Readiness: {len(before)} findings at the start, {len(after)} left", width)
    # No wider than it must be: the eye has to find its way to the marks.
    names = min(width - 2 * _COLUMN, _WIDEST)
    columns = "".join(short_day(on).rjust(_COLUMN) for on in days)
    yield Text(fit(f"{_MISSING} missing  {_SOLVED} solved", names) + columns, "dim")
    found = list({_key(one): one for one in (*before, *after)}.values())
    for mistake, words in MISTAKES.items():
        mine = [one for one in found if one.mistake == mistake]
        if mine:
            yield Text(words, "bold")
        for one in mine:
            # What first turned up later was nothing that had been solved before.
            marks = [_mark(one, before, "–"), _mark(one, after, _SOLVED)]
            yield Text(fit(f"  {one.title}", names) + "".join(mark.rjust(_COLUMN) for mark in marks))
    for one in after:
        yield from wrapped(f"Still open: {one.title} {one.advice}", width)


def _mark(finding: ReadinessFinding, then: Sequence[ReadinessFinding], otherwise: str) -> str:
    return _MISSING if _key(finding) in {_key(one) for one in then} else otherwise


def _key(finding: ReadinessFinding) -> tuple[str, str]:
    return finding.code, finding.resource
