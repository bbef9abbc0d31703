"""A table of CSV (RFC 4180) read as the lines of NDJSON that say the same, so that there is one import and not two."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

import msgspec
from msgspec import inspect

from peil.csv_text import plain_cell
from peil.errors import Finding, Invalid
from peil.rest import CSV, Lines

_WORDS = {"true": True, "false": False}
_SEVERAL = "|"
_TOLD = re.compile(r'"?sep=([,;\t])"?', re.IGNORECASE)


def lines_of(body: Lines, shape: Any) -> bytes:
    """NDJSON of a body: itself, or of a table each row as an object on the line on which the row begins.

    The first line names the columns as the members of `shape`, behind comma or semicolon, or what a line `sep=` before
    it says. An empty cell says nothing. true and false are those, in whatever case; of a list the items stand between
    `|`. A cell that keeps a spreadsheet from a formula is read without its apostrophe. A column that `shape` does not
    have is told on line 1, and nothing else is read. Raises Invalid `malformed` for what is no table.
    """
    if body.media_type != CSV:
        return body
    try:
        text, comma = _separated(body.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Invalid(Finding("", "malformed")) from None
    lines: list[bytes] = []
    try:
        for number, line in _objects(csv.reader(StringIO(text, newline=""), delimiter=comma), shape):
            lines += [b""] * (number - 1 - len(lines))
            lines.append(line)
    except csv.Error:
        raise Invalid(Finding("", "malformed")) from None
    return b"\n".join(lines)


def _separated(text: str) -> tuple[str, str]:
    """The table, and what its cells stand behind; of a line that tells Excel so nothing is left but the line."""
    first, _, rest = text.partition("\n")
    told = _TOLD.fullmatch(first.removesuffix("\r"))
    if told is not None:
        return f"\n{rest}", told[1]
    # Dutch spreadsheets write semicolons. No name of a column has either.
    return text, ";" if ";" in first else ","


def _objects(rows: Any, shape: Any) -> Iterator[tuple[int, bytes]]:
    """The line on which a row begins, and its object."""
    described: Any = inspect.type_info(shape)
    types = {field.encode_name: field.type for field in described.fields}
    optional = {field.encode_name for field in described.fields if not field.required}
    names: Sequence[str] = ()
    begins = 1
    for cells in rows:
        if cells and not names:
            names = [name.strip() for name in cells]
            if len({*names} & types.keys()) < len(names):
                # What is right of the names would be missing, or say something.
                yield begins, _object((name, name) for name in names if name not in optional or names.count(name) > 1)
                return
        elif any(cells):
            yield begins, _object(_members(names, cells, types))
        begins = rows.line_num + 1


def _members(names: Sequence[str], cells: Sequence[str], types: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for place, cell in enumerate(cells):
        if cell:
            # What stands beyond the last column is in none that there is.
            name = names[place] if place < len(names) else f"{place + 1}"
            yield name, _value(plain_cell(cell), types.get(name))


def _object(members: Any) -> bytes:
    """Also of names that are there twice, which the import then refuses."""
    encode = msgspec.json.encode
    return b"{" + b",".join(encode(name) + b":" + encode(value) for name, value in members) + b"}"


def _value(text: str, described: Any) -> Any:
    match described:
        case inspect.Metadata(type=inner):
            return _value(text, inner)
        case inspect.ListType():
            return text.split(_SEVERAL)
        case inspect.BoolType():
            return _WORDS.get(text.lower(), text)
    return text
