"""One block of a unit over the waves: a dot with its interval per wave, and a gap where there is no figure."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import ceil

from peil.aggregates.charts.frame import GAP, NOTE, Frame, Json
from peil.aggregates.charts.lettering import lines_of
from peil.aggregates.charts.model import Chart, Gap, Paper, ReadPoint, Subject, TrendPoint
from peil.aggregates.charts.texts import day, hidden, month, notes_on, number, remark, say
from peil.releases.cells_model import ProtectedCell
from peil.zones import day_in

_HIGH = 220
_LEFT = 34
_RIGHT = 10
_NAME, _MONTH, _FIGURE = 64, 56, 34
"""Pixels that a wave's name, its month and its figure need."""
_LINE = 14


def draw_trend(paper: Paper, about: Subject, block: str, points: Sequence[TrendPoint], verdict: str | None) -> Chart:
    """`points` of the block in the order of time, one at least; `verdict`: what can be said of them together."""
    language = paper.language
    rows = [_row(place, point, about, language) for place, point in enumerate(points)]
    # A line goes on until there is a wave without a figure.
    for row, run in zip(rows, accumulate(int(row["score"] is None) for row in rows), strict=True):
        row["run"] = run
    frame = Frame(paper, left=_LEFT, right=_RIGHT, height=_HIGH, data=rows)
    _draw(frame)
    _label(frame, points)
    notes = [f"{say('scale', language)} {say('trend-reading', language)}"]
    notes += notes_on([point.cell for point in points], language)
    span = " – ".join(dict.fromkeys(day(point.on, language) for point in (points[0], points[-1])))
    subtitle = span if verdict is None else f"{span}. {verdict}"
    sentences = [say("scale", language), *(_sentence(row, language) for row in rows)]
    return frame.chart(say("trend", language, unit=about.unit, block=block), subtitle, notes, sentences)


def trend_point(read: ReadPoint, fingerprint: str | None, block: str) -> TrendPoint:
    """What a release says of a block; `fingerprint` of its items as they are now: others are not compared."""
    cell = None if read.content is None else read.content.blocks.get(block)
    gap: Gap | None = "not-asked" if cell is None else "other-questions" if read.fingerprint != fingerprint else None
    return TrendPoint(read.wave, day_in(read.closes_at, read.zone), None if gap else cell, gap)


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
    ends = {"type": "tick", "thickness": 2, "size": 10, "orient": "horizontal", "color": theme.accent}
    for end in ("low", "high"):
        frame.mark(ends, end, x=x, y={"field": end, **upright})
    dot = {"type": "point", "filled": True, "size": 130, "strokeWidth": 2, "stroke": theme.background}
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


def _label(frame: Frame, points: Sequence[TrendPoint]) -> None:
    """Name and month of each wave beneath it; where they are many, the month of every so many."""
    is_named, every = _every(frame, _NAME) == 1, _every(frame, _MONTH)
    wide = frame.plot / len(points) - GAP if is_named else 0
    lines = [list(_lines(point, wide, frame.paper.language)) for point in points]
    deepest = max(map(len, lines), default=0)
    for down in range(deepest):
        places = range(len(points) - 1, -1, -every)
        data = [{"place": place, "line": lines[place][down]} for place in places if down < len(lines[place])]
        y = {"value": _HIGH + 16 + down * _LINE}
        frame.text("line", data=data, x=_place(frame), y=y, fontSize=NOTE, color=frame.paper.theme.soft)
    frame.beneath = 8 + deepest * _LINE


def _every(frame: Frame, wide: float) -> int:
    """Of every how many waves something so wide can be written."""
    return ceil(wide * len(frame.data) / frame.plot)


def _lines(point: TrendPoint, wide: float, language: str) -> Iterator[str]:
    """`wide` 0: there is room for its month only."""
    if wide:
        yield from lines_of(point.wave, wide, NOTE)
    yield month(point.on, language)


def _row(place: int, point: TrendPoint, about: Subject, language: str) -> Json:
    cell = point.cell
    row = {"place": place, "wave": point.wave, "day": day(point.on, language), **dict.fromkeys(_FIELDS)}
    if cell is None:
        return row | {"gap": say(point.gap or "not-asked", language)}
    if isinstance(cell, ProtectedCell):
        return row | {"gap": say("protected", language), "hatched": hidden(cell, about.names, language)}
    interval = cell.climate
    return row | {
        "score": cell.mean,
        "low": None if interval is None else interval.low,
        "high": None if interval is None else interval.high,
        "top": cell.mean if interval is None else interval.high,
        "figure": number(cell.mean, language),
        "remark": remark(cell, language),
    }


_FIELDS = ("score", "low", "high", "top", "figure", "remark", "hatched", "gap")


def _sentence(row: Json, language: str) -> str:
    at = f"{row['wave']} ({row['day']})"
    if row["figure"] is None:
        return f"{at}: {row['hatched'] or row['gap']}"
    parts = [f"{at}: {row['figure']}"]
    if row["low"] is not None:
        parts.append(say("interval", language, low=number(row["low"], language), high=number(row["high"], language)))
    return ", ".join([*parts, row["remark"]])
