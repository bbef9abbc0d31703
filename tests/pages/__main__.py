"""Draws the pictures of the docs that no running service draws: `PYTHONPATH=tests python -m pages`."""

from pathlib import Path

from pages.bias_picture import draw_bias
from pages.growth_picture import draw_growth
from pages.pictures import pictures
from peil.aggregates.charts.rendering import render
from peil.rest import SVG

FOLDER = Path(__file__).parents[2] / "docs" / "images"

for name, chart in pictures().items():
    (FOLDER / "aggregates" / f"{name}.svg").write_bytes(render(chart, SVG, 1))
(FOLDER / "disclosure" / "bias.svg").write_bytes(render(draw_bias(), SVG, 1))
(FOLDER / "performance" / "growth.svg").write_bytes(render(draw_growth(), SVG, 1))
