"""Where a name is broken, and where it ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peil.aggregates.charts.lettering import lines_of, width_of


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("Zorg", 100, ["Zorg"]),
        ("Ambulante begeleiding", 90, ["Ambulante", "begeleiding"]),
        ("Arbeidsongeschiktheidsverzekering", 100, ["Arbeidson-", "geschiktheidsver…"]),
        ("Klant-contactcentrum", 90, ["Klant-", "contactcentrum"]),
        ("een twee drie vier vijf zes zeven", 60, ["een twee", "drie vier v…"]),
        (" ", 60, []),
    ],
)
def test_a_name_is_broken_with_care(text: str, width: float, lines: list[str]) -> None:
    """Between words, at a hyphen of its own, else where the line is full; the rest is an ellipsis."""
    assert lines == lines_of(text, width)


@given(text=st.text(max_size=200), width=st.floats(30, 300), most=st.integers(1, 4))
def test_no_line_is_too_wide(text: str, width: float, most: int) -> None:
    """Nor are there too many, whatever the name."""
    lines = lines_of(text, width, most=most)

    assert len(lines) <= most
    assert all(width_of(line) <= width for line in lines)
