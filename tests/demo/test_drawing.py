"""What the parts of the picture share: bars, signs, and the words of the contract."""

import pytest

from peil.aggregates.changes.model import ChangeInterval
from peil.demo.drawing.bars import draw_change, draw_scale
from peil.demo.drawing.lines import points


@pytest.mark.parametrize(
    ("difference", "interval", "bar"),
    [
        (0, (-6, 6), "·····╶●╴·····"),
        (-17, (-30, -4), "·╶─●──┊······"),
        (9, (-21, 39), "···───┼●─────"),
        (-60, (-70, -50), "●·····┊······"),
        (20, None, "······┊··●···"),
    ],
)
def test_draws_a_change_around_none(difference: float, interval: tuple[float, float] | None, bar: str) -> None:
    """What lies beyond the scale stands at its edge; a crossed line means that the interval holds no change."""
    around = ChangeInterval(low=interval[0], high=interval[1]) if interval else None

    assert bar == draw_change(difference, around, 13).plain


@pytest.mark.parametrize("width", [13, 14, 20])
def test_the_scale_is_as_wide_as_the_bar(width: int) -> None:
    """Its ends are those of the bar."""
    scale = draw_scale(width)

    assert (width, "−40", "+40") == (len(scale), scale[:3], scale[-3:])


@pytest.mark.parametrize(("difference", "told"), [(1.04, "+1.0"), (-1.06, "−1.1"), (0.04, "0.0"), (-0.04, "0.0")])
def test_says_points_with_their_sign(difference: float, told: str) -> None:
    """Where there is no difference to be seen there is no sign either."""
    assert told == points(difference)
