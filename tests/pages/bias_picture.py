"""The picture of `docs/disclosure.md`: how far protection moves figures where people answer alike."""

from disclosure.bias import SHARES, bias
from pages.pictures import paper
from pages.stacks import Line, Words, draw_lines
from peil.aggregates.charts.model import Chart


def draw_bias() -> Chart:
    found = [bias(7, 15, favourable) for favourable in SHARES]
    words = Words(
        "How far protection moves the figures of the whole",
        "Points, in an organisation of 300 teams of 7 to 15 people",
        ["From left to right: per cent of the people who answer favourably."],
    )
    lines = [
        Line("mean", [one.of_mean for one in found], [1, 0]),
        Line("favourable share", [one.of_share for one in found], [6, 4]),
    ]
    return draw_lines(paper(), words, [f"{share} %" for share in SHARES], lines, (-6, -4, -2, 0))
