"""Draws what came of the demo's waves: the tree of units with scores, intervals and response, for a terminal.

It shows what the service said and nothing of its own making: no order by score, no colour for good or bad, no
statement about the difference between two waves.
"""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from peil.aggregates.model import Aggregate
from peil.demo.story import Told
from peil.demo.tree import Branch, Counted, Tree, block_of
from peil.releases.model import Cell, Interval, PartialCell, ProtectedCell, ResponseCell

BLOCK = "openness"

_SCORE, _RANGE, _ANSWERED, _RATE = 6, 8, 10, 5
_MARKS = {"low-response": "!", "not-representative": "‼"}
_LEGEND = (
    "● score from 0 to 100, more is better: the mean of three questions, whether one would talk about mental "
    "health with coworkers and with the supervisor and expects no negative consequences. "
    "─ 95 % interval of the climate that these answers are a sample of.",
    "* respondents/invited. The answers are real; the invited who did not answer are synthetic: {synthetic}.",
    "! fewer than 70 % answered: be careful. ‼ fewer than 50 %: not representative. Without a rate: some of the "
    "unit's people are counted above it.",
    "protected, in …: no figure, to protect people, who are counted in the unit that is named.",
    "Source: Mental Health in Tech Survey 2014 and 2016, Open Sourcing Mental Illness (https://osmihelp.org), "
    "CC BY-SA 4.0; reduced, recoded and translated. The editions asked different people: a difference between "
    "them says nothing about any measure.",
)


class Layout(NamedTuple):
    """How wide, in characters, each part of a line is; `range` is 0 where the interval is only drawn."""

    name: int
    bar: int
    range: int

    @property
    def column(self) -> int:
        """The width of a wave."""
        return self.figure + _ANSWERED + _RATE + 1

    @property
    def figure(self) -> int:
        """The width of a score with all that belongs to it."""
        return _SCORE + self.range + 1 + self.bar


def picture(waves: Sequence[Told], width: int) -> list[Text]:
    """The lines of the picture of some waves, `width` characters wide."""
    layout = _layout(width, len(waves))
    top = waves[-1].aggregates[0]
    lines = [Text(f"{block_of(top, BLOCK).title} at {top.name}", "bold"), Text(top.notice, "italic"), Text()]
    lines += _head(waves, layout)
    for branch in Tree([wave.aggregates for wave in waves], BLOCK).list_branches():
        lines += _branch(branch, waves, layout, width)
    lines.append(Text())
    synthetic = ", ".join(f"{wave.synthetic:,} in {wave.year}" for wave in waves)
    for paragraph in _LEGEND:
        lines += _wrapped(paragraph.format(synthetic=synthetic), width, "dim")
    for line in lines:
        line.rstrip()
    return lines


def _layout(width: int, waves: int) -> Layout:
    name = 16 + (width - 80) // 5
    column = (width - name) // waves
    bounds = _RANGE if column >= 44 else 0
    return Layout(name, column - Layout(0, 0, bounds).column, bounds)


def _head(waves: Sequence[Told], layout: Layout) -> list[Text]:
    first, second = Text(" " * layout.name), Text(_fit("unit", layout.name), "dim")
    for wave in waves:
        first.append(_fit(f"  {wave.title}", layout.column), "bold")
        scale = "0" + "100".rjust(layout.bar - 1)
        bounds = "95 %".rjust(layout.range) if layout.range else ""
        figure = "score".rjust(_SCORE) + bounds + " " + scale
        second.append(figure + "answered*".rjust(_ANSWERED) + " " * (_RATE + 1))
    return [first, second]


def _branch(branch: Branch | Counted, waves: Sequence[Told], layout: Layout, width: int) -> Iterator[Text]:
    """The line of a unit, or of several that are protected alike, with what there is to explain under it."""
    margin = " " * branch.depth
    if isinstance(branch, Counted):
        homes = dict.fromkeys(home for home in branch.homes if home)
        where = f", in {' and '.join(homes)}" if homes else ""
        text = f"{len(branch.names)} more protected{where}: {'; '.join(branch.names)}"
        yield from _wrapped(text, width, "dim", margin)
        return
    line = Text(_fit(margin + branch.name, layout.name), "bold" if branch.depth == 0 else "")
    notes = []
    for wave, seen, home in zip(waves, branch.seen, branch.homes, strict=True):
        line.append_text(_column(seen, home, layout))
        cell = None if seen is None else block_of(seen, BLOCK).cell
        if isinstance(cell, PartialCell):
            names = [unit.name for unit in wave.aggregates if unit.unit_id in cell.units]
            where = f"; everybody is counted in {home}" if home else ""
            notes.append(f"{wave.year} partial: only {', '.join(names)} together{where}")
    yield line
    for note in notes:
        yield from _wrapped(note, width, "italic", margin + "  ")


def _column(seen: Aggregate | None, home: str | None, layout: Layout) -> Text:
    """What one wave says about a unit; None: it had no such unit."""
    if seen is None:
        return Text(" " * layout.column)
    cell = block_of(seen, BLOCK).cell
    if isinstance(cell, ProtectedCell) and isinstance(seen.response, ProtectedCell):
        return Text(_fit(_protected(home), layout.column), "dim")
    return Text.assemble(_figure(cell, home, layout), _response(seen.response))


def _figure(cell: Cell, home: str | None, layout: Layout) -> Text:
    if isinstance(cell, ProtectedCell):
        return Text(_fit(_protected(home), layout.figure), "dim")
    bounds = ""
    if layout.range:
        known = cell.climate
        bounds = (f"{known.low:.0f}–{known.high:.0f}" if known else "").rjust(layout.range)
    score = (f"{cell.mean:.1f}".rjust(_SCORE), "bold")
    return Text.assemble(score, (bounds, "dim"), " ", draw_bar(cell.mean, cell.climate, layout.bar))


def _protected(home: str | None) -> str:
    return f"  protected, in {home}" if home else "  protected"


def _response(cell: ResponseCell) -> Text:
    if isinstance(cell, ProtectedCell):
        return Text(" " * (_ANSWERED + _RATE + 1))
    invited = "" if cell.invited is None else f"/{cell.invited}"
    # Rounded down, so that no 70% stands beside the mark for fewer than that.
    rate = "" if cell.rate is None else f"{math.floor(cell.rate)}%"
    mark = next((_MARKS[warning] for warning in cell.warnings), " ")
    return Text.assemble(f"{cell.respondents}{invited}".rjust(_ANSWERED), rate.rjust(_RATE), (mark, "yellow"))


def draw_bar(mean: float, interval: Interval | None, width: int) -> Text:
    """A score on 0-100 in its interval, `width` characters for the whole scale."""

    def place(value: float) -> float:
        return min(value / 100 * width, width - 0.01)

    bar = ["·"] * width
    if interval is not None:
        low, high = place(interval.low), place(interval.high)
        bar[int(low) : int(high) + 1] = "─" * (int(high) - int(low) + 1)
        # Half a line where the interval begins or ends in the middle of a character.
        if low % 1 >= 0.5:
            bar[int(low)] = "╶"
        if high % 1 < 0.5:
            bar[int(high)] = "╴"
    bar[int(place(mean))] = "●"
    text = Text("".join(bar), "cyan")
    text.highlight_regex("·+", "dim")
    return text


def _fit(text: str, width: int) -> str:
    """Exactly `width` characters; what is too long ends in an ellipsis."""
    return set_cell_size(text, width) if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"


def _wrapped(text: str, width: int, style: str, margin: str = "") -> Iterator[Text]:
    lines = Text(text, style).wrap(Console(width=width), width - len(margin) - 2)
    for number, line in enumerate(lines):
        yield Text(margin if number == 0 else f"{margin}  ") + line
