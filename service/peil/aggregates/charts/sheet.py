"""A chart of rows: the name of each left of the plot, and its figure in words right of it."""

from collections.abc import Sequence
from typing import Any

from peil.aggregates.charts.frame import GAP, LINE, NOTE, Frame, Json, stacked, widest
from peil.aggregates.charts.lettering import SIZE, lines_of
from peil.aggregates.charts.model import Paper

HATCH, HATCH_HIGH = 56, 14
"""How wide and high the stripes are that stand for a protected figure."""
_BESIDE = ("remark", "range", "verdict")
_NAME_LINES = 6
"""On which a name is written where rows are so high."""


class Sheet(Frame):
    """Rows of one height, in the order given.

    Of each row the `label` is written on its left; on its right, where they are not None, the `figure` in bold,
    the `remark` on it, the `range` it may lie in and the `verdict`. Where it is `hatched`, that says why there is no
    figure; `aside` says why there is none for another reason.
    """

    def __init__(self, paper: Paper, rows: Sequence[Json], *, step: int, has_figures: bool = True) -> None:
        # Where a plot is narrow, the words need more of the width than they do elsewhere.
        left = widest((row["label"] for row in rows), 80, paper.width * 32 // 100)
        beside = (row.get(name) for row in rows for name in ("figure", *_BESIDE))
        right = GAP + widest(beside, 56, paper.width * 27 // 100, NOTE) if has_figures else 0
        data: list[Json] = [{"row": place, **row} for place, row in enumerate(rows)]
        super().__init__(paper, left=left, right=right, height=step * len(rows), data=data)
        self.step = step
        for row in data:
            row |= self._words(row)
        scale = {"domain": list(range(len(rows))), "padding": 0}
        self.y: Json = {"field": "row", "type": "ordinal", "axis": None, "scale": scale}

    def _words(self, row: Json) -> Json:
        """What is written of a row, line by line."""
        beside = [("figure", row["figure"])] if row.get("figure") else []
        for name in _BESIDE:
            lines = lines_of(row.get(name) or "", self.right - GAP, NOTE)
            beside += [(name, line) for line in lines]
        across = self.plot + self.right
        # With room between a name and the next one.
        names = min(self.step // (LINE + 2), _NAME_LINES)
        return {
            **stacked([("name", line) for line in lines_of(row["label"], self.left - GAP, most=names)]),
            **stacked([("why", line) for line in lines_of(row.get("hatched") or "", self.plot)]),
            **stacked([("apart", line) for line in lines_of(row.get("aside") or "", across)]),
            **stacked(beside),
        }

    def write(self) -> None:
        """All words of the rows, and stripes in place of the figures that are protected."""
        theme = self.paper.theme
        names = {"x": {"value": -self.left}}
        beside = {"x": {"value": self.plot + GAP}}
        self._write("name", **names)
        self._write("figure", **beside, fontWeight="bold", fontSize=SIZE + 1)
        for name in _BESIDE:
            self._write(name, **beside, fontSize=NOTE, color=theme.soft)
        if any(row.get("hatched") for row in self.data):
            # Where the figure would be written: on the scale they would look like a low score.
            bar = {"type": "rect", "fill": theme.hatch, "stroke": theme.line, "strokeWidth": 1, "height": HATCH_HIGH}
            self.mark({**bar, "width": HATCH}, "hatched", x={"value": self.plot + GAP + HATCH / 2}, y=self.y)
        # With room around them, so that no line runs through them.
        around = {"stroke": theme.background, "strokeWidth": 6, "strokeJoin": "round"}
        for name in ("why", "apart"):
            self._write(name, x={"value": 0}, **around)
            self._write(name, x={"value": 0}, color=theme.soft)

    def _write(self, name: str, **said: Any) -> None:
        for field, below in self.lines(name):
            self.text(field, y=self.y, align="left", dy=below, **said)

    def rule_after_first(self) -> None:
        """A line under the first row, of which the others are parts."""
        line = {"type": "rule", "color": self.paper.theme.line, "strokeWidth": 1}
        ends = {"x": {"value": -self.left}, "x2": {"value": self.plot + self.right}}
        self.mark(line, data=[{}], **ends, y={"value": self.step})

    def axis(self, field: str, values: Sequence[int] = (0, 25, 50, 75, 100)) -> Json:
        """The horizontal scale from 0 to 100, with light lines behind the plot."""
        self.beneath = 22
        return {**across(field), "scale": {"domain": [0, 100]}, "axis": {"values": list(values)}}


def across(field: str) -> Json:
    """A field on the horizontal scale."""
    return {"field": field, "type": "quantitative", "title": None}
