"""The picture of `docs/disclosure.md` is what disclosure control gives; its tables are tested where they are made."""

from demo.promises import page_of
from demo.running import SOURCE
from pages.bias_picture import draw_bias
from peil.aggregates.charts.rendering import render
from peil.rest import SVG

PICTURES = SOURCE.parent / "docs" / "images" / "disclosure"


def test_the_picture_of_the_bias_is_that_of_the_release() -> None:
    """Drawn anew it is the same bytes, and the page shows it."""
    assert (PICTURES / "bias.svg").read_bytes() == render(draw_bias(), SVG, 1)
    assert "(images/disclosure/bias.svg)" in page_of("disclosure.md")
