"""Tables as CSV (RFC 4180) in which no text is a formula to a spreadsheet, and no number is text."""

import csv
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from io import StringIO

# A byte order mark, without which Excel reads UTF-8 as something else.
MARK = "\ufeff"

Written = str | int | None

# What begins a formula somewhere, also in the wide forms of East Asian keyboards.
_FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


# The same few texts stand on every line.
@lru_cache(maxsize=4096)
def safe_cell(text: str) -> str:
    """A text that a spreadsheet shows as it is, on one line.

    One that would begin a formula, whatever space is in front, gets an apostrophe: whoever reads the table with a
    program takes it away again before `= + - @`. Control characters, of which a spreadsheet makes nothing, are spaces.
    """
    text = _CONTROL.sub(" ", text)
    return f"'{text}" if _is_marked(text) else text


def plain_cell(text: str) -> str:
    """What a cell says that `safe_cell` has written."""
    return text[1:] if text.startswith("'") and _is_marked(text[1:]) else text


def _is_marked(text: str) -> bool:
    """Whether it would begin a formula, or looks like one that was kept from it: so that each is read as it was."""
    return text.lstrip("'").lstrip().startswith(_FORMULA)


def csv_table(names: Sequence[str], rows: Iterable[Sequence[object]], *, comma: str = ",") -> bytes:
    """A line of names, and the rows; None is an empty cell."""
    return csv_lines(names, (cells_of(row, comma) for row in rows), comma=comma)


def csv_lines(names: Sequence[str], rows: Iterable[Sequence[Written]], *, comma: str = ",") -> bytes:
    """The same of rows that were made by `cells_of`, for a table in which many begin alike."""
    text = StringIO()
    lines = csv.writer(text, delimiter=comma)
    lines.writerow(names)
    lines.writerows(rows)
    return text.getvalue().encode()


def cells_of(values: Iterable[object], comma: str = ",") -> list[Written]:
    """Values as they are written.

    `comma` other than a comma is for spreadsheets of countries that write the decimals of a number behind one.
    """
    # Most cells of a wide table are empty or whole numbers, and the writer knows what these are.
    return [value if value is None or type(value) is int else _cell(value, comma) for value in values]


def _cell(value: object, comma: str) -> str:
    if isinstance(value, str):
        return safe_cell(value)
    if isinstance(value, float):
        return f"{value:.2f}" if comma == "," else f"{value:.2f}".replace(".", ",")
    return safe_cell(str(value))
