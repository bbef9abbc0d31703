"""Contrast: what is to be read and what is to be seen stands out, whatever colour an employer has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peil.aggregates.charts.bands import fillings
from peil.aggregates.charts.theme import theme
from peil.contrast import GRAPHICS, TEXT, contrast, legible

THEMES = ("light", "dark")
HOUSES = ("#ffffff", "#000000", "#ffcc00", "#b00020", "#0b6e4f", "#7f7f7f", "#00ffff", "#ff6600")
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#ff0000", "#ffffff", 4.0), ("#abcdef", "#abcdef", 1)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    """As others compute it, whichever of the two is named first."""
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("accent", [None, *HOUSES])
def test_words_and_marks_stand_out(name: str, accent: str | None) -> None:
    """Text at least 4.5 to 1 on the background, marks and edges 3 to 1."""
    chosen = theme(name, accent)

    words = [contrast(ink, chosen.background) for ink in (chosen.text, chosen.soft, chosen.accent, chosen.against)]
    marks = [contrast(mark, chosen.background) for mark in (chosen.line, chosen.accent, chosen.against)]
    assert min(words) >= TEXT
    assert min(marks) >= GRAPHICS


@given(accent=colours, name=st.sampled_from(THEMES))
def test_any_colour_of_a_house_will_do(accent: str, name: str) -> None:
    """None is refused: one that would not be seen is darkened or lightened until it is."""
    chosen = theme(name, accent)

    assert contrast(chosen.accent, chosen.background) >= TEXT


@given(colour=colours)
def test_a_colour_that_stands_out_stays_as_it_is(colour: str) -> None:
    """It is the house's own; only one that would not be seen is changed."""
    seen = contrast(colour, "#ffffff") >= TEXT

    assert seen == (colour == legible(colour, "#ffffff"))


@given(accent=colours, name=st.sampled_from(THEMES), score=st.floats(0, 100))
def test_a_number_in_a_shade_can_be_read(accent: str, name: str, score: float) -> None:
    """In every field of a heat table, whatever its score."""
    chosen = theme(name, accent)
    fill = chosen.shade(score)

    assert contrast(chosen.ink(fill), fill) >= TEXT


@given(accent=colours, name=st.sampled_from(THEMES))
def test_the_bands_differ_without_hue(accent: str, name: str) -> None:
    """Numbers in each can be read; the empty one has an edge that is seen."""
    chosen = theme(name, accent)

    assert all(contrast(chosen.ink(fill), fill) >= TEXT for fill, _ in fillings(chosen))
    assert contrast(fillings(chosen)[1][1], chosen.background) >= GRAPHICS
