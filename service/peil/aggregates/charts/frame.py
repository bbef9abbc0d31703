"""The frame around every chart: its title above the plot, its notes beneath it, and a Vega-Lite spec of it all."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil
from typing import Any

from peil.aggregates.charts.lettering import SIZE, lines_of, width_of
from peil.aggregates.charts.model import Chart, Paper
from peil.aggregates.charts.theme import config
from peil.aggregates.model import NOTICE

Json = dict[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
MARGIN = 20
GAP = 14
"""Between a name, the plot and a figure."""
LINE = 16
NOTE = 11
"""The size of the smallest words."""
_TITLE = 16
_BETWEEN = 14


class Frame:
    """What is drawn in a picture, layer by layer, in a plot of fixed size; words stand `left` and `right` of it."""

    def __init__(self, paper: Paper, *, left: int, right: int, height: int, data: Sequence[Json]) -> None:
        self.paper = paper
        self.left = left
        self.right = right
        self.plot = paper.width - 2 * MARGIN - left - right
        self.height = height
        self.data = data
        self.layers: list[Json] = []
        self._datasets: dict[str, Sequence[Json]] = {}
        self.above = 0
        """Pixels that words take right above the plot, and beneath it."""
        self.beneath = 0

    def mark(self, mark: Json, *needs: str, data: Sequence[Json] | None = None, **encoding: Json) -> None:
        """Draws a mark for each of the data that has all it `needs`."""
        only = [{"filter": f"isValid(datum.{field})"} for field in needs]
        own = {} if data is None else {"data": {"name": self._name_of(data)}}
        self.layers.append({**own, "transform": only, "mark": {"opacity": 1, **mark}, "encoding": encoding})

    def _name_of(self, data: Sequence[Json]) -> str:
        """What further data are called in the spec, which has them once however many layers show them."""
        for name, known in self._datasets.items():
            if known is data:
                return name
        name = f"data{len(self._datasets) + 1}"
        self._datasets[name] = data
        return name

    def text(self, field: str, *, data: Sequence[Json] | None = None, **said: Any) -> None:
        """Writes a text field; of what is said dicts are channels (a place, a colour by a field), the rest is style."""
        style = {"type": "text", "baseline": "middle", "fontSize": SIZE, "color": self.paper.theme.text}
        channels = {name: said.pop(name) for name in ("x", "y", "color") if isinstance(said.get(name), dict)}
        self.mark({**style, **said}, field, data=data, text={"field": field, "type": "nominal"}, **channels)

    def lines(self, name: str) -> Iterator[tuple[str, float]]:
        """The fields that `stacked` made for texts of this name, and how far each is below the middle in pixels."""
        known = {field for row in self.data for field in row}
        places = {_field(name, half_lines): half_lines * LINE / 2 for half_lines in range(-6, 7)}
        return ((field, below) for field, below in places.items() if field in known)

    def chart(self, title: str, subtitle: str, notes: Iterable[str], sentences: Iterable[str]) -> Chart:
        """The whole; `sentences` say what the picture shows, for those who do not see it."""
        theme, language = self.paper.theme, self.paper.language
        wide = self.paper.width - 2 * MARGIN
        titles = lines_of(title, wide, _TITLE, most=3, bold=True)
        subtitles = lines_of(subtitle, wide, SIZE, most=3)
        said = [line for note in (*notes, NOTICE[language]) for line in lines_of(note, wide, NOTE, most=6)]
        footer: Json = {"type": "text", "text": said, "x": -self.left, "y": self.height + self.beneath + 18}
        footer |= {"align": "left", "baseline": "top", "fontSize": NOTE, "lineHeight": LINE, "color": theme.soft}
        description = _paragraph([title, subtitle, *sentences, NOTICE[language]])
        spec: Json = {
            "$schema": SCHEMA,
            "description": description,
            "title": {"text": titles, "subtitle": subtitles, "dx": -self.left, "offset": _BETWEEN},
            "width": self.plot,
            "height": self.height,
            "autosize": {"type": "none"},
            "padding": {
                "left": MARGIN + self.left,
                "right": MARGIN + self.right,
                "top": MARGIN + 20 * len(titles) + 4 + LINE * len(subtitles) + _BETWEEN + self.above,
                "bottom": self.beneath + 18 + LINE * len(said) + MARGIN - 6,
            },
            "data": {"values": self.data},
            "datasets": self._datasets,
            "layer": [*self.layers, self._head(), {"data": {"values": [{}]}, "mark": footer}],
            "config": config(theme),
        }
        return Chart(title=title, description=description, spec=spec, language=language)

    def _head(self) -> Json:
        """Nothing, where the room above the plot begins: the title stands over the highest thing that is drawn."""
        here = {"x": {"value": 0}, "x2": {"value": 1}, "y": {"value": -self.above}}
        return {"data": {"values": [{}]}, "mark": {"type": "rule", "opacity": 0}, "encoding": here}


def stacked(lines: Sequence[tuple[str, str]]) -> Json:
    """Lines that stand together around the middle of a row, as fields: each a name, for how it looks, and a text."""
    return {_field(name, 2 * place - len(lines) + 1): text for place, (name, text) in enumerate(lines)}


def _field(name: str, half_lines: int) -> str:
    return f"{name}{'Up' if half_lines < 0 else 'Down'}{abs(half_lines)}"


def widest(texts: Iterable[str | None], least: int, most: int, size: float = SIZE) -> int:
    """How wide a column is in which these texts stand, each on as many lines as it needs, with room beside it."""
    lines = (line for text in texts if text for line in lines_of(text, most - GAP, size, most=9))
    width = max((width_of(line, size) for line in lines), default=0)
    return ceil(min(max(width + GAP, least), most))


def _paragraph(sentences: Iterable[str]) -> str:
    return " ".join(one if one.endswith((".", "!", "?", "…")) else f"{one}." for one in sentences)


def size_of(spec: Mapping[str, Any]) -> tuple[int, int]:
    """Width and height of a chart in pixels."""
    padding = spec["padding"]
    wide = spec["width"] + padding["left"] + padding["right"]
    high = spec["height"] + padding["top"] + padding["bottom"]
    return wide, high
