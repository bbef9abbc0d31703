"""Each block of a unit before and after, with what can be said of the difference as a sign and in words."""

from collections.abc import Sequence

from peil.aggregates.changes.model import ChangeCell, ComparedChange, ProtectedChange
from peil.aggregates.changes.texts import sentence
from peil.aggregates.charts.frame import GAP, Json
from peil.aggregates.charts.model import Chart, Paper, Subject
from peil.aggregates.charts.sheet import Sheet, across
from peil.aggregates.charts.texts import hidden, notes_on, say
from peil.aggregates.words import day, number
from peil.releases.cells_model import ProtectedCell

_SIGNED = ("clear-signal", "possible-signal")
_FIELDS = ("before", "after", "figure", "remark", "range", "verdict", "sign", "sure", "unsure", "hatched", "aside")


def draw_changes(paper: Paper, about: Subject, against: Subject, blocks: Sequence[tuple[str, ChangeCell]]) -> Chart:
    """`against`: the same unit at the earlier wave; `blocks`: title and cell, in the order in which they are asked."""
    language = paper.language
    rows = [_row(title, cell, about, language) for title, cell in blocks]
    is_sure = any(row["range"] is not None for row in rows)
    sheet = Sheet(paper, rows, step=82 if is_sure else 66)
    _draw(sheet)
    detectable = _detectable([cell for _, cell in blocks], language)
    notes = [
        say("before-after", language, before=against.wave, after=about.wave),
        *([say("range-why", language)] if is_sure else []),
        say("signs", language),
        *detectable,
        *notes_on([_protected(cell) or cell for _, cell in blocks], language),
    ]
    subtitle = say("between", language, before=_told(against, language), after=_told(about, language))
    sentences = [say("scale", language), *(_sentence(row, language) for row in rows), *detectable]
    return sheet.chart(say("change", language, unit=about.unit), subtitle, notes, sentences)


def _draw(sheet: Sheet) -> None:
    theme = sheet.paper.theme
    line = {"type": "rule", "strokeWidth": 3, "color": theme.accent}
    sheet.mark(line, "before", "after", y=sheet.y, x=sheet.axis("before"), x2={"field": "after"})
    ring = {"type": "point", "size": 110, "strokeWidth": 2.5, "stroke": theme.accent, "fill": theme.background}
    sheet.mark(ring, "before", y=sheet.y, x=across("before"))
    dot = {"type": "point", "size": 150, "strokeWidth": 2, "stroke": theme.background, "fill": theme.accent}
    sheet.mark(dot, "after", y=sheet.y, x=across("after"))
    sheet.write()
    sign = {"type": "point", "size": 70, "strokeWidth": 1.8, "color": theme.text}
    shape = {"field": "sign", "type": "nominal", "scale": None}
    for field, below in sheet.lines("figure"):
        where: Json = {"y": sheet.y, "x": {"value": sheet.plot + GAP + 58}, "shape": shape}
        sheet.mark({**sign, "filled": True, "yOffset": below}, field, "sign", "sure", **where)
        sheet.mark({**sign, "filled": False, "yOffset": below}, field, "sign", "unsure", **where)


def _row(title: str, cell: ChangeCell, about: Subject, language: str) -> Json:
    row = {"label": title, **dict.fromkeys(_FIELDS)}
    protected = _protected(cell)
    if protected is not None:
        return row | {"hatched": hidden(protected, about.names, language)}
    if not isinstance(cell, ComparedChange):
        return row | {"aside": sentence(cell, language)}
    before, after = cell.before.mean, cell.after.mean
    is_sure = cell.label == "clear-signal"
    return row | {
        "before": before,
        "after": after,
        "figure": number(cell.difference, language, signed=True),
        "remark": f"{number(before, language)} → {number(after, language)}",
        "range": _range(cell, language),
        "verdict": say(cell.label or "no-label", language),
        "sign": _sign(cell),
        "sure": is_sure or None,
        "unsure": None if is_sure else True,
    }


def _range(cell: ComparedChange, language: str) -> str | None:
    """The interval of the difference; None: no spread may be told."""
    if cell.interval is None:
        return None
    low, high = (number(end, language, signed=True) for end in (cell.interval.low, cell.interval.high))
    return say("range", language, low=low, high=high)


def _detectable(cells: Sequence[ChangeCell], language: str) -> list[str]:
    """Which change could be seen at all: of one block, or the least and the most of several."""
    found = [cell.minimal_detectable_change for cell in cells if isinstance(cell, ComparedChange)]
    if not found:
        return []
    least, most = number(min(found), language), number(max(found), language)
    return [say("detectable" if least == most else "detectable-by-block", language, least=least, most=most)]


def _sign(cell: ComparedChange) -> str | None:
    """A triangle up or down for a signal, a stroke where none is seen; None: nothing can be said."""
    if cell.label in _SIGNED:
        return "triangle-up" if cell.difference > 0 else "triangle-down"
    return None if cell.label is None else "stroke"


def _protected(cell: ChangeCell) -> ProtectedCell | None:
    return ProtectedCell(reported_at=cell.reported_at) if isinstance(cell, ProtectedChange) else None


def _told(about: Subject, language: str) -> str:
    return f"{about.wave}, {day(about.on, language)}"


def _sentence(row: Json, language: str) -> str:
    other = row["hatched"] or row["aside"]
    if other is not None:
        return f"{row['label']}: {other}"
    figure = (
        row["figure"] if row["range"] is None else f"{row['figure']}, {say('interval-of', language)} {row['range']}"
    )
    return f"{row['label']}: {figure} ({row['remark']}), {row['verdict']}"
