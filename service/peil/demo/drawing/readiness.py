"""The first part: what was missing when the campaign had a name and a year, and what is left."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import get_args

from rich.text import Text

from peil.demo.drawing.lines import fit, heading, short_day, wrapped
from peil.readiness.model import Mistake, ReadinessFinding

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
    for mistake in (*get_args(Mistake), None):
        mine = [one for one in found if one.mistake == mistake]
        if mine:
            yield Text(_heading(mine[0]), "bold")
        for one in mine:
            # What first turned up later was nothing that had been solved before.
            marks = [_mark(one, before, "–"), _mark(one, after, _SOLVED)]
            yield Text(fit(f"  {one.title}", names) + "".join(mark.rjust(_COLUMN) for mark in marks))
    for one in after:
        yield from wrapped(f"Still open: {one.title} {one.advice}", width)


def _heading(finding: ReadinessFinding) -> str:
    if finding.mistake is None:
        return "besides the six common mistakes"
    return f"{finding.mistake} {finding.mistake_title}"


def _mark(finding: ReadinessFinding, then: Sequence[ReadinessFinding], otherwise: str) -> str:
    return _MISSING if _key(finding) in {_key(one) for one in then} else otherwise


def _key(finding: ReadinessFinding) -> tuple[str, str]:
    return finding.code, finding.resource
