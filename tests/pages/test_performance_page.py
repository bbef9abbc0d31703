"""The picture of `docs/performance.md` is what the figures beside it draw."""

from demo.promises import page_of
from demo.running import SOURCE
from pages.growth_picture import draw_growth
from peil.aggregates.charts.rendering import render
from peil.rest import SVG

PICTURES = SOURCE.parent / "docs" / "images" / "performance"


def test_the_picture_of_growth_is_that_of_its_figures() -> None:
    """Drawn anew it is the same bytes, and the page shows it and where its figures are."""
    assert (PICTURES / "growth.svg").read_bytes() == render(draw_growth(), SVG, 1)
    assert "(images/performance/growth.svg)" in page_of("performance.md")
    assert "(images/performance/growth.json)" in page_of("performance.md")
