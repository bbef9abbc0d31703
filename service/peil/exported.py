"""What exports have in common: the forms that a caller can prefer, and how a table is written."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from peil.errors import Finding, Invalid
from peil.rest import CSV, JSON, NDJSON, XLSX, File

Separator = Annotated[
    Literal["comma", "semicolon"] | None,
    Meta(
        description="Of CSV and of nothing else. `comma` is RFC 4180, with a decimal point; `semicolon`, with a "
        "decimal comma, is what a spreadsheet set to Dutch opens by itself. None: comma."
    ),
]
Cell = str | float | int | date | None
"""What stands in one place of a table."""

_ENDINGS = {JSON: "json", NDJSON: "ndjson", CSV: "csv", XLSX: "xlsx"}


def file_as(media_type: str, stem: str, forms: Mapping[str, Callable[[], bytes]]) -> File:
    """The form of this media type as a file, whose name is `stem` with the ending of its form."""
    return File(forms[media_type](), media_type, f"{stem}.{_ENDINGS[media_type]}")


def validate_separator(separator: Separator, media_type: str) -> None:
    """Raises Invalid `not-of-this-file`."""
    if separator is not None and media_type != CSV:
        raise Invalid(Finding("/query/separator", "not-of-this-file", {"type": media_type}))
