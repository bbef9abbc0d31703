"""A unit and the units right under it, block by block: the figure in each field, and its shade by its height."""

from collections.abc import Mapping, Sequence

from peil.aggregates.charts.frame import MARGIN, NOTE, Json
from peil.aggregates.charts.lettering import SIZE, lines_of
from peil.aggregates.charts.model import Chart, Paper, Subject
from peil.aggregates.charts.sheet import HATCH, HATCH_HIGH, Sheet
from peil.aggregates.charts.texts import hidden, notes_on, say, when
from peil.aggregates.words import count, number
from peil.releases.cells_model import Cell, PartialCell, ProtectedCell

_STEP = 36
_HEADING = 14
_LEAST = 48


def draw_heat(
    paper: Paper,
    about: Subject,
    blocks: Mapping[str, str],
    units: Sequence[tuple[str, Mapping[str, Cell]]],
    more: int,
) -> Chart:
    """`blocks`: titles by key; `units`: name and cells by block, the unit itself first; `more`: how many there are
    that are not drawn."""
    language = paper.language
    # Where there are many blocks the picture is wider than was asked: a figure must fit in its field.
    paper = paper._replace(width=max(paper.width, round(_LEAST * len(blocks) / 0.62) + 2 * MARGIN))
    sheet = Sheet(paper, [{"label": name} for name, _ in units], step=_STEP, has_figures=False)
    fields = [
        {"row": row, "block": key, **_field(cells[key], paper)}
        for row, (_, cells) in enumerate(units)
        for key in blocks
    ]
    _draw(sheet, blocks, fields)
    shown = [cells[key] for _, cells in units for key in blocks]
    notes = [f"{say('scale', language)} {say('shades', language)}", *notes_on(shown, language)]
    if any(not isinstance(cell, ProtectedCell) and cell.warnings for cell in shown):
        notes.append(say("marked", language))
    if more:
        notes.append(say("more", language, more=count(more, language)))
    sentences = [say("scale", language), *(_sentence(name, cells, blocks, about, language) for name, cells in units)]
    title = say("heat" if len(units) > 1 else "score", language, unit=about.unit)
    return sheet.chart(title, when(about, language), notes, sentences)


def _draw(sheet: Sheet, blocks: Mapping[str, str], fields: Sequence[Json]) -> None:
    theme = sheet.paper.theme
    scale = {"domain": list(blocks), "padding": 0}
    x: Json = {"field": "block", "type": "ordinal", "axis": None, "scale": scale}
    box = {
        "type": "rect",
        "width": {"band": 0.97},
        "height": {"band": 0.92},
    }
    fill = {"field": "fill", "type": "nominal", "scale": None}
    sheet.mark(box, "fill", data=fields, x=x, y=sheet.y, fill=fill)
    # An empty field with a few stripes: figures are what one looks for, not what is missing.
    empty = {**box, "fill": theme.background, "stroke": theme.grid, "strokeWidth": 1}
    sheet.mark(empty, "striped", data=fields, x=x, y=sheet.y)
    wide = min(HATCH, 0.7 * sheet.plot / max(len(blocks), 1))
    stripes = {"type": "rect", "width": wide, "height": HATCH_HIGH, "fill": theme.hatch}
    sheet.mark({**stripes, "stroke": theme.line, "strokeWidth": 1}, "striped", data=fields, x=x, y=sheet.y)
    ink = {"field": "ink", "type": "nominal", "scale": None}
    sheet.text("figure", data=fields, x=x, y=sheet.y, color=ink, align="center", fontSize=SIZE + 1)
    _head(sheet, blocks, x)
    sheet.write()
    if len(sheet.data) > 1:
        sheet.rule_after_first()


def _head(sheet: Sheet, blocks: Mapping[str, str], x: Json) -> None:
    """The titles of the blocks over their columns."""
    wide = sheet.plot / max(len(blocks), 1) - 8
    heads = {key: lines_of(title, wide, NOTE, most=4) for key, title in blocks.items()}
    deepest = max(map(len, heads.values()), default=0)
    for up in range(deepest):
        lines = [{"block": key, "head": lines[-1 - up]} for key, lines in heads.items() if up < len(lines)]
        y = {"value": -10 - up * _HEADING}
        sheet.text("head", data=lines, x=x, y=y, align="center", fontSize=NOTE)
    sheet.above = deepest * _HEADING + 6


def _field(cell: Cell, paper: Paper) -> Json:
    if isinstance(cell, ProtectedCell):
        return {"figure": None, "fill": None, "ink": None, "striped": True}
    theme = paper.theme
    fill = theme.shade(cell.mean)
    return {"figure": _figure(cell, paper.language), "fill": fill, "ink": theme.ink(fill), "striped": None}


def _figure(cell: Cell, language: str) -> str:
    if isinstance(cell, ProtectedCell):
        return say("protected", language).lower()
    signs = (" ◊" if isinstance(cell, PartialCell) else "") + (" !" if cell.warnings else "")
    return number(cell.mean, language) + signs


def _sentence(name: str, cells: Mapping[str, Cell], blocks: Mapping[str, str], about: Subject, language: str) -> str:
    kept = [cells[key] for key in blocks]
    first = kept[0] if kept else None
    if isinstance(first, ProtectedCell) and all(cell == first for cell in kept):
        return f"{name}: {hidden(first, about.names, language)}"
    figures = (f"{title} {_figure(cells[key], language)}" for key, title in blocks.items())
    return f"{name}: {', '.join(figures)}"
