"""How many answered, in a unit and in the units right under it, beside the two marks by which it is judged."""

from collections.abc import Sequence

from peil.aggregates.charts.frame import NOTE, Json
from peil.aggregates.charts.model import Chart, Paper, Subject
from peil.aggregates.charts.sheet import Sheet, across
from peil.aggregates.charts.texts import hidden, notes_on, remark, say, when
from peil.aggregates.words import count, per_cent
from peil.releases.cells_model import ProtectedCell, ResponseCell

MARKS = (50, 70)
"""Per cent: below the first nothing is representative, below the second one is to be careful."""


def draw_participation(paper: Paper, about: Subject, units: Sequence[tuple[str, ResponseCell]], more: int) -> Chart:
    """`units`: name and cell, the unit itself first; `more`: how many there are that are not drawn."""
    language = paper.language
    rows = [_row(name, cell, about, language) for name, cell in units]
    sheet = Sheet(paper, rows, step=46)
    _draw(sheet)
    notes = [say("marks", language), *notes_on([cell for _, cell in units], language)]
    if any(row["figure"] == _NO_RATE for row in rows):
        notes.append(say("no-rate", language))
    if more:
        notes.append(say("more", language, more=count(more, language)))
    title = say("participation" if len(units) > 1 else "participation-alone", language, unit=about.unit)
    return sheet.chart(title, when(about, language), notes, (_sentence(row) for row in rows))


_NO_RATE = "–"


def _draw(sheet: Sheet) -> None:
    theme = sheet.paper.theme
    x = sheet.axis("rate", values=(0, 100))
    x["axis"]["labelExpr"] = "datum.label + ' %'"
    sheet.mark({"type": "bar", "height": 16, "color": theme.accent}, "rate", y=sheet.y, x=x)
    sheet.above = 24
    marks = [{"at": at, "name": f"{at} %"} for at in MARKS]
    dashes = {"type": "rule", "strokeDash": [4, 3], "strokeWidth": 1.5, "color": theme.text}
    sheet.mark(dashes, data=marks, x=across("at"), y={"value": -6}, y2={"value": sheet.height})
    sheet.text("name", data=marks, x=across("at"), y={"value": -14}, fontSize=NOTE, align="center")
    sheet.write()
    if len(sheet.data) > 1:
        sheet.rule_after_first()


def _row(name: str, cell: ResponseCell, about: Subject, language: str) -> Json:
    if isinstance(cell, ProtectedCell):
        nothing = dict.fromkeys(("rate", "figure", "remark"))
        return {"label": name, **nothing, "hatched": hidden(cell, about.names, language)}
    return {
        "label": name,
        "rate": cell.rate,
        "figure": _NO_RATE if cell.rate is None else f"{per_cent(cell.rate, language)} %",
        "remark": remark(cell, language),
        "hatched": None,
    }


def _sentence(row: Json) -> str:
    return f"{row['label']}: {row['hatched'] or ', '.join((row['figure'], row['remark']))}"
