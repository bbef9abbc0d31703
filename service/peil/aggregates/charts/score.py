"""The score of each block of a unit as a dot, with its interval as a line."""

from collections.abc import Sequence

from peil.aggregates.charts.frame import Json
from peil.aggregates.charts.model import Chart, Paper, Subject
from peil.aggregates.charts.sheet import Sheet, across
from peil.aggregates.charts.texts import hidden, notes_on, remark, say, when
from peil.aggregates.words import number
from peil.releases.cells_model import Cell, ProtectedCell


def draw_scores(paper: Paper, about: Subject, blocks: Sequence[tuple[str, Cell]]) -> Chart:
    """`blocks`: title and cell, in the order in which they are asked."""
    language = paper.language
    # Lines of two kinds beside each other would be compared: that of now is the narrower one.
    is_now = any(not isinstance(cell, ProtectedCell) and cell.now is not None for _, cell in blocks)
    rows = [_row(title, cell, about, language, is_now=is_now) for title, cell in blocks]
    sheet = Sheet(paper, rows, step=56)
    _draw(sheet)
    reading = _reading(rows, language, is_now=is_now)
    notes = [reading, *notes_on([cell for _, cell in blocks], language)]
    sentences = [reading, *(_sentence(row, language) for row in rows)]
    return sheet.chart(say("score", language, unit=about.unit), when(about, language), notes, sentences)


def _draw(sheet: Sheet) -> None:
    accent = {"color": sheet.paper.theme.accent}
    line = {"type": "rule", "strokeWidth": 2.5, **accent}
    sheet.mark(line, "low", "high", y=sheet.y, x=sheet.axis("low"), x2={"field": "high"})
    for end in ("low", "high"):
        sheet.mark({"type": "tick", "thickness": 2.5, "size": 22, **accent}, end, y=sheet.y, x=across(end))
    dot = {"type": "point", "filled": True, "size": 120}
    sheet.mark({**dot, **accent}, "score", y=sheet.y, x=across("score"))
    sheet.write()


def _row(title: str, cell: Cell, about: Subject, language: str, *, is_now: bool) -> Json:
    if isinstance(cell, ProtectedCell):
        nothing = dict.fromkeys(("score", "low", "high", "figure", "remark"))
        return {"label": title, **nothing, "hatched": hidden(cell, about.names, language)}
    interval = cell.now if is_now else cell.climate
    return {
        "label": title,
        "score": cell.mean,
        "low": None if interval is None else interval.low,
        "high": None if interval is None else interval.high,
        "figure": number(cell.mean, language),
        "remark": remark(cell, language),
        "hatched": None,
    }


def _reading(rows: Sequence[Json], language: str, *, is_now: bool) -> str:
    """How the picture is read: which interval its lines are, of which there is one kind only."""
    told = [row for row in rows if row["score"] is not None]
    drawn = [row for row in told if row["low"] is not None]
    keys = ["scale"]
    if told:
        keys.append("no-interval" if not drawn else "now" if is_now else "climate")
    if drawn and len(drawn) < len(told):
        keys.append("no-line")
    return " ".join(say(key, language) for key in keys)


def _sentence(row: Json, language: str) -> str:
    if row["hatched"] is not None:
        return f"{row['label']}: {row['hatched']}"
    parts = [f"{row['label']}: {row['figure']}"]
    if row["low"] is not None:
        parts.append(say("interval", language, low=number(row["low"], language), high=number(row["high"], language)))
    return ", ".join([*parts, row["remark"]])
