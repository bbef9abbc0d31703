"""One block of a unit over the waves: a dot with its interval per wave, and a gap where there is no figure."""

from itertools import accumulate
from math import ceil

from peil.aggregates.charts.frame import NOTE, Frame, Json
from peil.aggregates.charts.model import Chart, Paper, Subject
from peil.aggregates.charts.texts import hidden, notes_on, remark, say
from peil.aggregates.trends.model import BlockTrend, TrendFigure, TrendPoint
from peil.aggregates.words import day, month, number
from peil.releases.cells_model import ProtectedCell

_HIGH = 220
_LEFT = 34
_RIGHT = 10
_NAME, _MONTH, _FIGURE = 72, 56, 34
"""Pixels that the kind of a wave, its month and its figure need."""
_LINE = 14


def draw_trend(paper: Paper, about: Subject, trend: BlockTrend) -> Chart:
    """A block in all waves that asked the same, one at least."""
    language = paper.language
    rows = [_row(place, point, about, language) for place, point in enumerate(trend.points)]
    # A line goes on until there is a wave without a figure.
    for row, run in zip(rows, accumulate(int(row["score"] is None) for row in rows), strict=True):
        row["run"] = run
    frame = Frame(paper, left=_LEFT, right=_RIGHT, height=_HIGH, data=rows)
    _draw(frame)
    _label(frame)
    drawn = any(row["low"] is not None for row in rows)
    reading = f"{say('scale', language)} {say('trend-reading', language)}" if drawn else say("scale", language)
    notes = [reading]
    notes += notes_on([point.cell for point in trend.points], language)
    span = " – ".join(dict.fromkeys((rows[0]["day"], rows[-1]["day"])))
    sentences = [reading, *(_sentence(row, language) for row in rows)]
    title = say("trend", language, unit=about.unit, block=trend.title)
    return frame.chart(title, f"{span}. {trend.text}", notes, sentences)


def _draw(frame: Frame) -> None:
    theme = frame.paper.theme
    x = _place(frame)
    y: Json = {"field": "score", "type": "quantitative", "title": None, "scale": {"domain": [0, 100]}}
    y["axis"] = {"values": [0, 25, 50, 75, 100]}
    upright = {"type": "quantitative", "title": None}
    line = {"type": "line", "strokeWidth": 2.5, "color": theme.accent}
    frame.mark(line, "score", x=x, y=y, detail={"field": "run", "type": "nominal"})
    interval = {"type": "rule", "strokeWidth": 2, "color": theme.accent}
    frame.mark(interval, "low", "high", x=x, y={"field": "low", **upright}, y2={"field": "high"})
    ends = {"type": "tick", "thickness": 2, "size": 20, "orient": "horizontal", "color": theme.accent}
    for end in ("low", "high"):
        frame.mark(ends, end, x=x, y={"field": end, **upright})
    dot = {"type": "point", "filled": True, "size": 110}
    frame.mark({**dot, "fill": theme.accent}, "score", x=x, y={"field": "score", **upright})
    every = _every(frame, _FIGURE)
    for row in frame.data:
        # From the last one back, for it is the one that is looked for.
        is_written = (len(frame.data) - 1 - row["place"]) % every == 0
        row["written"] = row["figure"] if is_written else None
    over: Json = {"x": x, "y": {"field": "top", **upright}, "dy": -11, "align": "center", "fontWeight": "bold"}
    frame.text("written", **over, stroke=theme.background, strokeWidth=4)
    frame.text("written", **over)
    frame.above = 18
    stripes = {"type": "rect", "fill": theme.hatch, "stroke": theme.line, "strokeWidth": 1, "width": {"band": 0.36}}
    frame.mark(stripes, "hatched", x=x, y={"value": 0}, y2={"value": _HIGH})
    empty: Json = {"x": x, "y": {"value": _HIGH / 2}, "align": "center", "angle": 270}
    frame.text("gap", **empty, stroke=theme.background, strokeWidth=8, strokeJoin="round")
    frame.text("gap", **empty, color=theme.text)


def _place(frame: Frame) -> Json:
    scale = {"type": "band", "domain": [row["place"] for row in frame.data], "padding": 0}
    return {"field": "place", "type": "ordinal", "axis": None, "scale": scale}


def _label(frame: Frame) -> None:
    """Kind and month of each wave beneath it; where they are many, the month of every so many."""
    is_named, every = _every(frame, _NAME) == 1, _every(frame, _MONTH)
    fields = ("wave", "month") if is_named else ("month",)
    shown = frame.data[::-every]
    for down, field in enumerate(fields):
        y = {"value": _HIGH + 16 + down * _LINE}
        frame.text(field, data=shown, x=_place(frame), y=y, fontSize=NOTE, color=frame.paper.theme.soft)
    frame.beneath = 8 + len(fields) * _LINE


def _every(frame: Frame, wide: float) -> int:
    """Of every how many waves something so wide can be written."""
    return ceil(wide * len(frame.data) / frame.plot)


def _row(place: int, point: TrendPoint, about: Subject, language: str) -> Json:
    cell = point.cell
    row = {
        "place": place,
        "wave": say(point.kind, language),
        "day": day(point.on, language),
        "month": month(point.on, language),
        **dict.fromkeys(_FIELDS),
    }
    if isinstance(cell, ProtectedCell):
        return row | {"gap": say("protected", language), "hatched": hidden(cell, about.names, language)}
    if not isinstance(cell, TrendFigure):
        return row | {"gap": say(cell.reason, language), "why": point.text}
    interval = cell.climate
    return row | {
        "score": cell.mean,
        "low": None if interval is None else interval.low,
        "high": None if interval is None else interval.high,
        "top": cell.mean if interval is None else interval.high,
        "figure": number(cell.mean, language),
        "remark": remark(cell, language),
    }


_FIELDS = ("score", "low", "high", "top", "figure", "remark", "hatched", "gap", "why")


def _sentence(row: Json, language: str) -> str:
    at = f"{row['wave']} ({row['day']})"
    if row["figure"] is None:
        return f"{at}: {row['hatched'] or row['why']}"
    parts = [f"{at}: {row['figure']}"]
    if row["low"] is not None:
        parts.append(say("interval", language, low=number(row["low"], language), high=number(row["high"], language)))
    return ", ".join([*parts, row["remark"]])
