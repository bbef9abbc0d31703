"""The fifth part: what is due today and what comes next."""

from collections.abc import Iterator

from rich.text import Text

from peil.demo.drawing.lines import day, fit, heading, plain, short_day, wrapped
from peil.readiness.model import Timeline

_STATE, _DAY, _KIND = 9, 13, 16


def draw_due(timeline: Timeline, width: int) -> Iterator[Text]:
    """Everything of the timeline that is not over, in the order of its days."""
    yield from heading(f"What is due next (today is {day(timeline.today)})", width)
    yield from list_due(timeline, width)


def list_due(timeline: Timeline, width: int) -> Iterator[Text]:
    """The same without its heading."""
    open_entries = [entry for entry in timeline.entries if entry.state != "past"]
    for entry in open_entries:
        first = fit(plain(entry.state), _STATE) + fit(short_day(entry.to), _DAY) + fit(plain(entry.kind), _KIND)
        yield Text(first + fit(entry.title, width - len(first)).rstrip())
    if not open_entries:
        yield from wrapped("Nothing.", width)
