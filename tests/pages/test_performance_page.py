"""The picture of `docs/performance.md` is what the figures beside it draw."""

from operator import itemgetter

from demo.promises import page_of
from demo.running import SOURCE
from pages.growth_picture import draw_growth
from peil.aggregates.charts.rendering import render
from peil.rest import SVG

_LINE = itemgetter("over", "path")
PICTURES = SOURCE.parent / "docs" / "images" / "performance"


def test_the_picture_of_growth_is_that_of_its_figures() -> None:
    """Drawn anew it is the same bytes, and the page shows it and where its figures are."""
    assert (PICTURES / "growth.svg").read_bytes() == render(draw_growth(), SVG, 1)
    assert "(images/performance/growth.svg)" in page_of("performance.md")
    assert "(images/performance/growth.json)" in page_of("performance.md")


def test_each_line_begins_at_one() -> None:
    """A line is compared with its own first point, however the points were mixed when they were measured."""
    shown = [row for panel in draw_growth().spec["hconcat"] for row in panel["data"]["values"]]
    lines = {line: [row["speed"] for row in shown if _LINE(row) == line] for line in map(_LINE, shown)}

    assert {1.0} == {speeds[0] for speeds in lines.values()}
    assert all(1.0 not in speeds[1:] for speeds in lines.values())
