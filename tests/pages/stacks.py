"""Two kinds of picture that only the docs need, on the same sheet and in the same colours as Peil's charts."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from peil.aggregates.charts.frame import NOTE, Frame, Json
from peil.aggregates.charts.lettering import SIZE, width_of
from peil.aggregates.charts.model import Chart, Paper
from peil.aggregates.charts.sheet import Sheet, across
from peil.aggregates.charts.theme import Theme

_HIGH = 220


class Part(NamedTuple):
    """A piece of a bar: how long on a scale to 100, what is written in it, and what kind of piece it is."""

    long: float
    text: str
    kind: int


class Stack(NamedTuple):
    """A bar of parts, with its name left of it and its figure right of it."""

    label: str
    parts: Sequence[Part]
    figure: str
    remark: str


class Line(NamedTuple):
    """A line over the places of a picture."""

    name: str
    values: Sequence[float]
    dash: list[int]


class Words(NamedTuple):
    """What is written around a picture."""

    title: str
    subtitle: str
    notes: Sequence[str]


def draw_stacks(paper: Paper, words: Words, legend: Sequence[str], stacks: Sequence[Stack]) -> Chart:
    """Bars of parts: filled, light and striped, by their kind, which the `legend` names in this order."""
    rows = [{"label": one.label, "figure": one.figure, "remark": one.remark} for one in stacks]
    sheet = Sheet(paper, rows, step=52)
    fillings: tuple[str | Json, ...] = (
        paper.theme.accent,
        paper.theme.tint(paper.theme.accent, 0.25),
        paper.theme.hatch,
    )
    for kind, fill in enumerate(fillings):
        boxes = [box for place, one in enumerate(stacks) for box in _boxes(place, one, kind, sheet.plot)]
        ends = {"x": {**across("from"), "scale": {"domain": [0, 100]}, "axis": None}, "x2": {"field": "to"}}
        sheet.mark(_box(fill, paper.theme, height=24), data=boxes, y=sheet.y, **ends)
        inside: Json = {"y": sheet.y, "x": across("middle"), "align": "center"}
        if isinstance(fill, dict):
            sheet.text("inside", data=boxes, **inside, stroke=paper.theme.background, strokeWidth=6)
        ink = paper.theme.ink(fill) if isinstance(fill, str) else paper.theme.text
        sheet.text("inside", data=boxes, **inside, color=ink)
    at = 0.0
    for fill, name in zip(fillings, legend, strict=False):
        known, y = [{"label": name}], {"value": -16}
        sheet.mark({**_box(fill, paper.theme, height=12), "width": 12}, data=known, x={"value": at + 6}, y=y)
        sheet.text("label", data=known, x={"value": at + 18}, y=y, fontSize=NOTE, align="left")
        at += 34 + width_of(name, NOTE)
    sheet.above = 26 if legend else 0
    sheet.write()
    said = (f"{one.label}: {', '.join(part.text for part in one.parts)}; {one.figure}, {one.remark}" for one in stacks)
    return sheet.chart(words.title, words.subtitle, words.notes, said)


def draw_lines(
    paper: Paper, words: Words, places: Sequence[str], lines: Sequence[Line], scale: Sequence[float]
) -> Chart:
    """Lines over some places from left to right, each with its name at its end; `scale`: what is written upright."""
    theme, last = paper.theme, len(places) - 1
    rows = [
        {"place": place, "at": at, **{f"line{number}": line.values[place] for number, line in enumerate(lines)}}
        for place, at in enumerate(places)
    ]
    frame = Frame(paper, left=44, right=130, height=_HIGH, data=rows)
    x: Json = {
        "field": "place",
        "type": "ordinal",
        "axis": None,
        "scale": {"type": "point", "domain": [*range(last + 1)]},
    }
    upright: Json = {"type": "quantitative", "title": None}
    y = {**upright, "scale": {"domain": [min(scale), max(scale)]}, "axis": {"values": list(scale)}}
    for number, line in enumerate(lines):
        field, colour = f"line{number}", theme.accent if number == 0 else theme.against
        style = {"type": "line", "strokeWidth": 2.5, "strokeDash": line.dash, "color": colour}
        frame.mark(style, field, x=x, y={"field": field, **y})
        frame.mark(
            {"type": "point", "filled": True, "size": 60, "color": colour}, field, x=x, y={"field": field, **upright}
        )
        end = [{"place": last, "value": line.values[last], "name": line.name}]
        frame.text("name", data=end, x=x, y={"field": "value", **upright}, align="left", dx=12)
    frame.text("at", x=x, y={"value": _HIGH + 18}, fontSize=NOTE, color=theme.soft)
    frame.beneath = 26
    said = (
        f"{line.name}: {', '.join(f'{value:+.1f} at {at}' for value, at in zip(line.values, places, strict=True))}"
        for line in lines
    )
    return frame.chart(words.title, words.subtitle, words.notes, said)


def _box(fill: str | Json, theme: Theme, *, height: int) -> Json:
    edge = theme.line if isinstance(fill, dict) else theme.background
    return {"type": "rect", "height": height, "fill": fill, "stroke": edge, "strokeWidth": 1}


def _boxes(place: int, stack: Stack, kind: int, plot: int) -> list[Json]:
    ends = [0.0, *accumulate(part.long for part in stack.parts)]
    return [
        {
            "row": place,
            "from": start,
            "to": end,
            "middle": (start + end) / 2,
            "inside": part.text if width_of(part.text, SIZE) + 6 <= (end - start) / 100 * plot else None,
        }
        for part, start, end in zip(stack.parts, ends, ends[1:], strict=False)
        if part.kind == kind
    ]
