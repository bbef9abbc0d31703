"""The picture of `docs/performance.md`: how fast Peil is with more responses and more employers."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import msgspec

from benchmarks.growth import Growth, Point
from peil.aggregates.charts.frame import SCHEMA, Json
from peil.aggregates.charts.model import Chart
from peil.aggregates.charts.theme import Theme, config, theme

MEASURED = Path(__file__).parents[2] / "docs" / "images" / "performance" / "growth.json"
_TITLE = "How fast, compared with the smallest"
_SUBTITLE = "1: as many a second as with the fewest responses or with one employer; bare work beside it takes noise out"
_AXES = {"responses": "responses there (close: in the wave)", "employers": "employers"}
_PATHS = ("submit", "read", "close")
_SIZE = 270
_LINE = attrgetter("over", "path")


def draw_growth() -> Chart:
    """From the figures beside the picture."""
    points = sorted(msgspec.json.decode(MEASURED.read_bytes(), type=Growth).points, key=_LINE)
    shown = [row for _, line in groupby(points, _LINE) for row in _line(list(line))]
    return Chart(title=_TITLE, description=_description(shown), spec=_spec(shown), language="en")


def _line(points: list[Point]) -> Iterator[Json]:
    first = points[0].ratio
    for point in points:
        yield {"path": point.path, "over": point.over, "number": point.number, "speed": point.ratio / first}


def _description(rows: list[Json]) -> str:
    told = [f"{_TITLE}. {_SUBTITLE}."]
    for (path, over), line in groupby(rows, lambda row: (row["path"], row["over"])):
        speeds = ", ".join(f"{row['speed']:.2f} at {row['number']:,}" for row in line)
        told.append(f"{path} by {over}: {speeds}.")
    return " ".join(told)


def _spec(rows: list[Json]) -> Json:
    paper = theme("light")
    return {
        "$schema": SCHEMA,
        "description": _description(rows),
        "title": {"text": _TITLE, "subtitle": _SUBTITLE, "offset": 14},
        "padding": 20,
        "hconcat": [_panel(paper, rows, over) for over in _AXES],
        "spacing": 36,
        "config": _config(paper),
    }


def _panel(paper: Theme, rows: list[Json], over: str) -> Json:
    """One quantity from left to right, each ten times the one before; flat is good."""
    shown = [row for row in rows if row["over"] == over]
    values = sorted({row["number"] for row in shown})
    x: Json = {"field": "number", "type": "quantitative", "title": _AXES[over]}
    x |= {"scale": {"type": "log"}, "axis": {"values": values, "format": "~s", "grid": False}}
    top = max(1.5, *(row["speed"] for row in rows))
    y: Json = {"field": "speed", "type": "quantitative", "title": None, "scale": {"domain": [0, top]}}
    even = {"data": {"values": [{}]}, "mark": {"type": "rule", "color": paper.line}, "encoding": {"y": {"datum": 1}}}
    colours, shapes = (paper.accent, paper.against, paper.text), ("circle", "square", "triangle-up")
    lines = [
        {
            "transform": [{"filter": {"field": "path", "equal": path}}],
            "mark": {"type": "line", "strokeWidth": 2.5, "color": colour, "strokeDash": dash},
            "encoding": {"x": x, "y": y},
        }
        for path, colour, dash in zip(_PATHS, colours, ([1, 0], [6, 4], [2, 3]), strict=True)
    ]
    dots = {
        "mark": {"type": "point", "filled": True, "size": 80, "opacity": 1},
        "encoding": {"x": x, "y": y, "color": _by_path(colours), "shape": _by_path(shapes)},
    }
    return {"width": _SIZE, "height": _SIZE, "data": {"values": shown}, "layer": [even, *lines, dots]}


def _by_path(values: Sequence[str]) -> Json:
    return {"field": "path", "type": "nominal", "title": None, "scale": {"domain": list(_PATHS), "range": list(values)}}


def _config(paper: Theme) -> Json:
    known = config(paper)
    legend = {"orient": "bottom", "labelColor": paper.text, "labelFontSize": 12, "symbolSize": 120, "columns": 3}
    axis = {**known["axis"], "titleColor": paper.soft, "titleFontSize": 12, "titleFontWeight": "normal"}
    del axis["title"]
    return {**known, "axis": axis, "legend": legend}
