"""Draws the pictures of the docs that no running service draws: `PYTHONPATH=tests python -m pages`."""

from pathlib import Path

from pages.pictures import pictures
from peil.aggregates.charts.rendering import render
from peil.rest import SVG

FOLDER = Path(__file__).parents[2] / "docs" / "images" / "aggregates"

for name, chart in pictures().items():
    (FOLDER / f"{name}.svg").write_bytes(render(chart, SVG, 1))
