"""How the answers to each item of a unit are spread over three bands, as bars of a hundred per cent."""

from collections.abc import Iterator, Sequence

from peil.aggregates.charts.frame import NOTE, Json
from peil.aggregates.charts.lettering import SIZE, width_of
from peil.aggregates.charts.model import Chart, ItemAnswers, Paper, Subject
from peil.aggregates.charts.sheet import Sheet, across
from peil.aggregates.charts.texts import hidden, notes_on, remark, say, when
from peil.aggregates.charts.theme import Theme
from peil.releases.cells_model import ProtectedCell

BANDS = ("unfavourable", "neutral", "favourable")
_HIGH = 22
_SWATCH = 12
_WIDE = 480
"""Pixels from which a question fits on the lines that a row has anyhow."""


def draw_bands(paper: Paper, about: Subject, items: Sequence[ItemAnswers]) -> Chart:
    """`items`: of each the numbers that are unfavourable, neutral and favourable."""
    language = paper.language
    rows = [_row(item, about, language) for item in items]
    # Questions begin alike: on a narrow paper their ends must fit, or nobody could tell them apart.
    sheet = Sheet(paper, rows, step=56 if paper.width >= _WIDE else 104)
    parts = [{"row": place, **part} for place, item in enumerate(items) for part in _parts(item, paper.theme)]
    _draw(sheet, parts)
    notes = [say("bands", language), *notes_on([item.cell for item in items], language)]
    sentences = [
        say("bands", language),
        *(_sentence(row, item, language) for row, item in zip(rows, items, strict=True)),
    ]
    return sheet.chart(say("distribution", language, unit=about.unit), when(about, language), notes, sentences)


def _draw(sheet: Sheet, parts: Sequence[Json]) -> None:
    for part in parts:
        # A number that is wider than its part would be read as its neighbour's.
        wide = (part["to"] - part["from"]) / 100 * sheet.plot
        part["inside"] = part["share"] if width_of(part["share"], SIZE) + 6 <= wide else None
    colours = {channel: {"field": channel, "type": "nominal", "scale": None} for channel in ("fill", "stroke")}
    x = sheet.axis("from", values=(0, 50, 100))
    x["axis"]["labelExpr"] = "datum.label + ' %'"
    box = {"type": "rect", "height": _HIGH, "strokeWidth": 1}
    sheet.mark(box, data=parts, y=sheet.y, x=x, x2={"field": "to"}, **colours)
    ink = {"field": "ink", "type": "nominal", "scale": None}
    sheet.text("inside", data=parts, y=sheet.y, x=across("middle"), color=ink, align="center")
    _legend(sheet)
    sheet.write()


def _legend(sheet: Sheet) -> None:
    """What each filling is, over the bars, from left to right as in them; from the left edge where they are narrow."""
    words = [say(name, sheet.paper.language) for name in BANDS]
    takes = sum(_SWATCH + 6 + width_of(word, NOTE) + 16 for word in words)
    at = 0.0 if takes <= sheet.plot + sheet.right else float(-sheet.left)
    colours = {channel: {"field": channel, "type": "nominal", "scale": None} for channel in ("fill", "stroke")}
    for label, (fill, stroke) in zip(words, fillings(sheet.paper.theme), strict=True):
        swatch = [{"fill": fill, "stroke": stroke, "label": label}]
        box = {"type": "rect", "width": _SWATCH, "height": _SWATCH, "strokeWidth": 1}
        y = {"value": -16}
        sheet.mark(box, data=swatch, x={"value": at + _SWATCH / 2}, y=y, **colours)
        sheet.text("label", data=swatch, x={"value": at + _SWATCH + 6}, y=y, fontSize=NOTE, align="left")
        at += _SWATCH + 6 + width_of(label, NOTE) + 16
    sheet.above = 26


def fillings(theme: Theme) -> tuple[tuple[str, str], ...]:
    """Filling and edge of the three: dark, empty and in the accent, so that one can tell them apart without hue."""
    return (
        (theme.against, theme.background),
        (theme.tint(theme.line, 0.18), theme.line),
        (theme.accent, theme.background),
    )


def _parts(item: ItemAnswers, theme: Theme) -> Iterator[Json]:
    if isinstance(item.cell, ProtectedCell):
        return
    done = 0
    for (count, _), share, (fill, stroke) in zip(item.cell.counts, shares(item), fillings(theme), strict=True):
        start, end = 100 * done / item.cell.n, 100 * (done + count) / item.cell.n
        done += count
        if count:
            yield {
                "from": start,
                "to": end,
                "middle": (start + end) / 2,
                "share": f"{share}",
                "fill": fill,
                "stroke": stroke,
                "ink": theme.ink(fill),
            }


def shares(item: ItemAnswers) -> list[int]:
    """Whole per cents that add up to a hundred (largest remainders, ties to the first)."""
    if isinstance(item.cell, ProtectedCell):
        return []
    exact = [100 * count / item.cell.n for count, _ in item.cell.counts]
    whole = [int(share) for share in exact]
    missing = sorted(range(len(exact)), key=lambda place: whole[place] - exact[place])[: 100 - sum(whole)]
    return [share + (place in missing) for place, share in enumerate(whole)]


def _row(item: ItemAnswers, about: Subject, language: str) -> Json:
    if isinstance(item.cell, ProtectedCell):
        return {
            "label": item.title,
            "figure": None,
            "remark": None,
            "hatched": hidden(item.cell, about.names, language),
        }
    favourable = say("of-favourable", language, share=shares(item)[-1])
    return {"label": item.title, "figure": favourable, "remark": remark(item.cell, language), "hatched": None}


def _sentence(row: Json, item: ItemAnswers, language: str) -> str:
    if row["hatched"] is not None:
        return f"{row['label']}: {row['hatched']}"
    told = (f"{say(name, language)} {share} %" for name, share in zip(BANDS, shares(item), strict=True))
    return f"{row['label']}: {', '.join(told)} ({row['remark']})"
