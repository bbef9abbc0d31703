"""Draws an interval on a line of characters."""

from rich.text import Text

from peil.aggregates.changes.model import ChangeInterval

REACH = 40
"""How many points of a change there are to either side of none."""


def draw_change(difference: float, interval: ChangeInterval | None, width: int) -> Text:
    """A difference in its interval around none, which is `┊`; what lies further than REACH stands at the edge."""

    def place(value: float) -> float:
        return min(max((value + REACH) / (2 * REACH) * width, 0), width - 0.01)

    bar = ["·"] * width
    if interval is not None:
        low, high = place(interval.low), place(interval.high)
        bar[int(low) : int(high) + 1] = "─" * (int(high) - int(low) + 1)
        # Half a line where the interval begins or ends in the middle of a character.
        if low % 1 >= 0.5:
            bar[int(low)] = "╶"
        if high % 1 < 0.5:
            bar[int(high)] = "╴"
    none = int(place(0))
    bar[none] = "┊" if bar[none] == "·" else "┼"
    bar[int(place(difference))] = "●"
    text = Text("".join(bar), "cyan")
    text.highlight_regex("·+", "dim")
    return text


def draw_scale(width: int) -> str:
    """What the ends and the middle of such a line stand for."""
    left, right = f"−{REACH}", f"+{REACH}"
    return left + "0".center(width - len(left) - len(right)) + right
