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
    rows = [_row(title, cell, about, language) for title, cell in blocks]
    sheet = Sheet(paper, rows, step=56)
    _draw(sheet)
    notes = [_reading(rows, language), *notes_on([cell for _, cell in blocks], language)]
    sentences = [say("scale", language), *(_sentence(row, language) for row in rows)]
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


def _row(title: str, cell: Cell, about: Subject, language: str) -> Json:
    if isinstance(cell, ProtectedCell):
        nothing = dict.fromkeys(("score", "low", "high", "isNow", "figure", "remark"))
        return {"label": title, **nothing, "hatched": hidden(cell, about.names, language)}
    interval = cell.now or cell.climate
    return {
        "label": title,
        "score": cell.mean,
        "low": None if interval is None else interval.low,
        "high": None if interval is None else interval.high,
        "isNow": cell.now is not None,
        "figure": number(cell.mean, language),
        "remark": remark(cell, language),
        "hatched": None,
    }


def _reading(rows: Sequence[Json], language: str) -> str:
    """How the picture is read."""
    scale = say("scale", language)
    if all(row["score"] is None for row in rows):
        return scale
    drawn = [row for row in rows if row["low"] is not None]
    key = "no-interval" if not drawn else "now" if all(row["isNow"] for row in drawn) else "climate"
    return f"{scale} {say(key, language)}"


def _sentence(row: Json, language: str) -> str:
    if row["hatched"] is not None:
        return f"{row['label']}: {row['hatched']}"
    parts = [f"{row['label']}: {row['figure']}"]
    if row["low"] is not None:
        parts.append(say("interval", language, low=number(row["low"], language), high=number(row["high"], language)))
    return ", ".join([*parts, row["remark"]])
