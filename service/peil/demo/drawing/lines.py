"""Words and widths that all parts of the picture share."""

from collections.abc import Iterator
from datetime import date

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text


def heading(text: str, width: int) -> Iterator[Text]:
    """An empty line and the title of a part."""
    yield Text()
    yield from wrapped(text, width, "bold")


def wrapped(text: str, width: int, style: str = "", margin: str = "", hang: str = "  ") -> Iterator[Text]:
    """A paragraph in lines of `width`, from the second on further in by `hang`."""
    lines = Text(text, style).wrap(Console(width=width), width - len(margin) - len(hang))
    for number, line in enumerate(lines):
        line.rstrip()
        yield Text(margin if number == 0 else margin + hang) + line


def fit(text: str, width: int) -> str:
    """Exactly `width` characters; what is too long ends in an ellipsis."""
    return set_cell_size(text, width) if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"


def day(on: date) -> str:
    """A date as people write it."""
    return f"{on:%-d %B %Y}"


def short_day(on: date) -> str:
    """The same where there is little room."""
    return f"{on:%-d %b %Y}"


def points(difference: float) -> str:
    """A difference in points, with a sign where there is any."""
    told = f"{difference:+.1f}"
    return "0.0" if float(told) == 0 else told.replace("-", "−")


def plain(code: str) -> str:
    """A code of the service as words: `no-clear-difference` as `no clear difference`."""
    return code.replace("-", " ")
