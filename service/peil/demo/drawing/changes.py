"""The second part: what changed and what did not, for the whole organisation and unit by unit."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple, assert_never
from uuid import UUID

from rich.text import Text

from peil.aggregates.changes.model import (
    BlockChange,
    Change,
    ChangeCell,
    ComparedChange,
    IncomparableChange,
    ProtectedChange,
    WithheldChange,
)
from peil.aggregates.model import Aggregate
from peil.demo.drawing.bars import draw_change, draw_scale
from peil.demo.drawing.lines import fit, plain, points, wrapped
from peil.demo.drawing.tree import Branch, Counted, Tree, block_of
from peil.demo.programme import BLOCK
from peil.demo.told import Measurement
from peil.releases.cells_model import PartialCell, ProtectedCell, ResponseCell

_SCORE, _ANSWERED, _RATE, _POINTS, _INTERVAL, _LABEL = 6, 10, 5, 7, 15, 19
_NARROWEST_BAR = 13
_MARKS = {"low-response": "!", "not-representative": "‼"}
_UNKNOWN = "cannot be told"


class Layout(NamedTuple):
    """How wide, in characters, each part of a line is; `answered` and `interval` are 0 where there is no room."""

    name: int
    answered: int
    interval: int
    bar: int

    @property
    def column(self) -> int:
        """The width of a wave."""
        return _SCORE + self.answered + _RATE + 1

    @property
    def change(self) -> int:
        """The width of all that is said of a change."""
        return _POINTS + self.interval + 1 + self.bar + 1 + _LABEL


def layout(width: int) -> Layout:
    """What fits `width` characters: at 80 the least, with numbers of people and of the interval up to 120."""
    extra = width - 80
    name = 15 + extra // 8
    spare = extra - extra // 8
    interval = _INTERVAL if spare >= _INTERVAL else 0
    answered = _ANSWERED if spare - interval >= 2 * _ANSWERED else 0
    return Layout(name, answered, interval, _NARROWEST_BAR + spare - interval - 2 * answered)


def draw_whole(changes: Sequence[Change], width: int) -> Iterator[Text]:
    """Every block of the whole organisation, with the service's sentence; that of the picture first."""
    for block in sorted(changes[0].blocks, key=lambda block: block.key != BLOCK):
        title = block.title if block.title.endswith("?") else f"{block.title}:"
        yield from wrapped(f"{title} {_figures(block.cell)}{block.text}", width)


def _figures(cell: ChangeCell) -> str:
    if not isinstance(cell, ComparedChange):
        return ""
    interval = "" if cell.interval is None else f" (95 %: {_range(cell)})"
    return f"{cell.before.mean:.1f} → {cell.after.mean:.1f}, {points(cell.difference)} points{interval}. "


def _range(cell: ComparedChange) -> str:
    known = cell.interval
    return "" if known is None else f"{points(known.low)} to {points(known.high)}"


def draw_table(measurements: Sequence[Measurement], changes: Sequence[Change], width: int) -> Iterator[Text]:
    """The tree of units: each measurement with its rate of response, and the change between the two."""
    room = layout(width)
    cells = {change.unit_id: block_change(change) for change in changes}
    names = {change.unit_id: change.name for change in changes}
    yield from _head(room)
    for branch in Tree([one.aggregates for one in measurements], BLOCK).list_branches():
        if isinstance(branch, Counted):
            yield from _counted(branch, width)
            continue
        yield _line(branch, cells[branch.unit_id].cell, names, room)
        for note in _notes(branch, measurements):
            yield from wrapped(note, width, "italic", " " * branch.depth + "  ")


def block_change(change: Change) -> BlockChange:
    """What is said of the one block that the picture is about."""
    return next(block for block in change.blocks if block.key == BLOCK)


def _head(room: Layout) -> Iterator[Text]:
    first = Text(" " * room.name, "bold")
    second = Text(fit("unit", room.name), "dim")
    for title in ("baseline", "post"):
        first.append(title.rjust(room.column - 1) + " ")
        answered = "answered".rjust(room.answered) if room.answered else ""
        second.append("score".rjust(_SCORE) + answered + "rate".rjust(_RATE) + " ")
    first.append("  change, post against baseline")
    interval = "95 %".rjust(room.interval) if room.interval else ""
    second.append("points".rjust(_POINTS) + interval + f" {draw_scale(room.bar)}")
    yield first
    yield second


def _counted(branch: Counted, width: int) -> Iterator[Text]:
    homes = dict.fromkeys(home for home in branch.homes if home)
    where = f", in {' and '.join(homes)}" if homes else ""
    text = f"{len(branch.names)} more protected{where}: {'; '.join(branch.names)}"
    return wrapped(text, width, "dim", " " * branch.depth)


def _line(branch: Branch, change: ChangeCell, names: dict[UUID, str], room: Layout) -> Text:
    line = Text(fit(" " * branch.depth + branch.name, room.name), "bold" if branch.depth == 0 else "")
    for seen in branch.seen:
        line.append_text(_column(seen, room))
    line.append_text(_change(change, names, room))
    line.rstrip()
    return line


def _notes(branch: Branch, measurements: Sequence[Measurement]) -> Iterator[str]:
    """Of what a partial figure is the sum, and where everybody is counted."""
    for one, seen, home in zip(measurements, branch.seen, branch.homes, strict=True):
        cell = None if seen is None else block_of(seen, BLOCK).cell
        if isinstance(cell, PartialCell):
            names = [unit.name for unit in one.aggregates if unit.unit_id in cell.units]
            where = f"; everybody is counted in {home}" if home else ""
            yield f"{one.title} partial: only {', '.join(names)} together{where}"


def _column(seen: Aggregate | None, room: Layout) -> Text:
    """What one measurement says about a unit; None: it had no such unit."""
    if seen is None:
        return Text(" " * room.column)
    cell = block_of(seen, BLOCK).cell
    if isinstance(cell, ProtectedCell) and isinstance(seen.response, ProtectedCell):
        return Text(fit("  protected", room.column), "dim")
    score = " " * _SCORE if isinstance(cell, ProtectedCell) else f"{cell.mean:.1f}".rjust(_SCORE)
    return Text.assemble((score, "bold"), _response(seen.response, room))


def _response(cell: ResponseCell, room: Layout) -> Text:
    if isinstance(cell, ProtectedCell):
        return Text(" " * (room.answered + _RATE + 1))
    invited = "" if cell.invited is None else f"/{cell.invited}"
    answered = f"{cell.respondents}{invited}".rjust(room.answered) if room.answered else ""
    # Rounded down, so that no 70% stands beside the mark for fewer than that.
    rate = "" if cell.rate is None else f"{math.floor(cell.rate)}%"
    mark = next((_MARKS[warning] for warning in cell.warnings), " ")
    return Text.assemble(answered, rate.rjust(_RATE), (mark, "yellow"))


def _change(cell: ChangeCell, names: dict[UUID, str], room: Layout) -> Text:
    match cell:
        case ComparedChange():
            interval = _range(cell).rjust(room.interval) if room.interval else ""
            bar = draw_change(cell.difference, cell.interval, room.bar)
            label = _UNKNOWN if cell.label is None else plain(cell.label)
            figure = (points(cell.difference).rjust(_POINTS), "bold")
            return Text.assemble(figure, (interval, "dim"), " ", bar, " ", label)
        case ProtectedChange():
            where = "" if cell.reported_at is None else f", in {names[cell.reported_at]}"
            return Text(fit(f"  protected{where}", room.change), "dim")
        case IncomparableChange() | WithheldChange():
            status = "withheld" if isinstance(cell, WithheldChange) else "not comparable"
            return Text(fit(f"  {status}: {plain(cell.reason)}", room.change), "dim")
        case _:
            assert_never(cell)


def draw_counts(changes: Sequence[Change], width: int) -> Iterator[Text]:
    """Of how many units beneath the top one what is said."""
    top, *beneath = changes
    kinds = Counter(_kind(block_change(change).cell) for change in beneath)
    told = ["clear signal", "possible signal", "no clear difference", *sorted(kinds)]
    numbers = ", ".join(f"{kinds[kind]} {kind}" for kind in dict.fromkeys(told))
    yield from wrapped(f"Of {len(beneath)} units under {top.name}: {numbers}.", width)


def _kind(cell: ChangeCell) -> str:
    match cell:
        case ComparedChange():
            return _UNKNOWN if cell.label is None else plain(cell.label)
        case ProtectedChange():
            return "protected"
        case IncomparableChange():
            return "not comparable"
        case WithheldChange():
            return "withheld"
        case _:
            assert_never(cell)
