"""How many of a unit gave each answer to one item."""

from peil.aggregates.charts.frame import Json
from peil.aggregates.charts.model import Chart, Counted, ItemAnswers, Paper, Subject
from peil.aggregates.charts.sheet import Sheet, across
from peil.aggregates.charts.texts import answered, hidden, notes_on, say, when
from peil.aggregates.words import count, number
from peil.releases.cells_model import ProtectedCell


def draw_answers(paper: Paper, about: Subject, item: ItemAnswers) -> Chart:
    """A bar per answer, in their order; of a sensitive item the least and the most where they differ."""
    language = paper.language
    rows = _rows(item, about, language)
    sheet = Sheet(paper, rows, step=40)
    _draw(sheet)
    notes = [say("shares", language)]
    if any(row["most"] is not None for row in rows):
        notes.append(say("ranges", language))
    if isinstance(item.cell, Counted):
        notes.append(answered(item.cell, language))
    notes += notes_on([item.cell], language)
    sentences = [*(f"{row['label']}: {row['hatched'] or row['remark']}" for row in rows), *notes]
    title = say("distribution-item", language, unit=about.unit, item=item.title)
    return sheet.chart(title, when(about, language), notes, sentences)


def _draw(sheet: Sheet) -> None:
    theme = sheet.paper.theme
    x = sheet.axis("least", values=(0, 50, 100))
    x["axis"]["labelExpr"] = "datum.label + ' %'"
    sheet.mark({"type": "bar", "height": 18, "color": theme.accent}, "least", y=sheet.y, x=x)
    open_end = {"type": "rect", "height": 17, "fill": theme.background, "stroke": theme.accent, "strokeWidth": 1.5}
    sheet.mark(open_end, "most", y=sheet.y, x=across("least"), x2={"field": "most"})
    sheet.write()


def _rows(item: ItemAnswers, about: Subject, language: str) -> list[Json]:
    cell = item.cell
    if isinstance(cell, ProtectedCell):
        nothing = dict.fromkeys(("least", "most", "figure", "remark"))
        return [{"label": say("answers", language), **nothing, "hatched": hidden(cell, about.names, language)}]
    return [
        {
            "label": answer,
            "least": 100 * low / cell.n,
            "most": None if low == high else 100 * high / cell.n,
            "figure": _share(low, high, cell.n, language),
            "remark": say("of-invited", language, n=_range(low, high, language), invited=count(cell.n, language)),
            "hatched": None,
        }
        for answer, (low, high) in zip(item.answers, cell.counts, strict=True)
    ]


def _share(low: int, high: int, n: int, language: str) -> str:
    least, most = number(100 * low / n, language), number(100 * high / n, language)
    return f"{least} %" if low == high else f"{least}–{most} %"


def _range(low: int, high: int, language: str) -> str:
    least, most = count(low, language), count(high, language)
    return least if low == high else f"{least}–{most}"
