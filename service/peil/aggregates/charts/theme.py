"""How every chart looks: light or dark, in the employer's colour, and always with enough contrast."""

from typing import Any, NamedTuple

from peil.contrast import ACCENT, BACKGROUNDS, accent_on, better, mixed

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""The renderer brings the first one, and the others are as wide: what fits in one fits in all."""
_HATCHES = 9
_FAINTEST = 0.08


class Theme(NamedTuple):
    """The colours of one picture.

    `text` and `soft` are for words, `accent` for marks and words, `line` for marks without a meaning of their
    own, `against` for the other end of a scale than `accent`; `grid` is decoration, of which nothing is read.
    """

    background: str
    text: str
    soft: str
    line: str
    grid: str
    against: str
    accent: str

    def ink(self, fill: str) -> str:
        """What is written on a filled area."""
        # Of these two one always reaches 4.5; of softer ones it may be neither.
        return better(fill, "#000000", "#ffffff")

    def tint(self, colour: str, share: float) -> str:
        """A colour with so much of the background that little of it is left: 0 is the background, 1 the colour."""
        return mixed(self.background, colour, share)

    def shade(self, score: float) -> str:
        """The accent, the stronger the higher a score from 0 to 100."""
        return self.tint(self.accent, _FAINTEST + (1 - _FAINTEST) * score / 100)

    @property
    def hatch(self) -> dict[str, Any]:
        """The filling of what is protected: stripes, that need no colour to be told from a figure."""
        stripes = [
            {"offset": round((place + edge) / _HATCHES, 4), "color": colour}
            for place in range(_HATCHES)
            for edge, colour in ((0, self.line), (0.35, self.line), (0.35, self.background), (1, self.background))
        ]
        return {"gradient": "linear", "x1": 0, "y1": 0, "x2": 1, "y2": 1, "stops": stripes}


def theme(name: str, accent: str | None = None) -> Theme:
    """The theme `light` or `dark`; an accent that would not be seen is darkened or lightened until it is."""
    return _THEMES[name]._replace(accent=accent_on(name, accent))


_THEMES = {
    "light": Theme(
        background=BACKGROUNDS["light"],
        text="#18212b",
        soft="#535e6b",
        line="#7b8694",
        grid="#e4e8ed",
        against="#3d4753",
        accent=ACCENT,
    ),
    "dark": Theme(
        background=BACKGROUNDS["dark"],
        text="#eef2f6",
        soft="#aab5c1",
        line="#7d8997",
        grid="#2b333c",
        against="#c3ccd6",
        accent=ACCENT,
    ),
}


def config(chosen: Theme) -> dict[str, Any]:
    """The theme as Vega-Lite takes it."""
    return {
        "background": chosen.background,
        "aria": False,
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            "domain": False,
            "ticks": False,
            "gridColor": chosen.grid,
            "labelColor": chosen.soft,
            "labelFontSize": 11,
            "labelPadding": 6,
            "labelFlush": False,
            "title": None,
        },
        "title": {
            "anchor": "start",
            "frame": "group",
            "color": chosen.text,
            "fontSize": 16,
            "fontWeight": "bold",
            "lineHeight": 20,
            "subtitleColor": chosen.soft,
            "subtitleFontSize": 12,
            "subtitleLineHeight": 16,
            "subtitlePadding": 4,
        },
    }
