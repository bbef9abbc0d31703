"""What a SCIM request may ask at most, checked before its core reads it."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from scim2_models import InvalidFilterException, InvalidSyntaxException, InvalidValueException, PayloadTooLargeException

from peil import json_text
from peil.directory.scim.refusing import text_of
from peil.directory.scim.resources import MAX_OPERATIONS
from peil.errors import Finding, Invalid

MAX_EXPRESSION = 2000
"""Characters of a filter or of the path of a PATCH operation."""
_MAX_NESTED = 16
_EXPRESSIONS = ("path", "filter", "sortby")
# What is between quotes is JSON, whose escapes can hide what no text may have.
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def check_query(query: Mapping[str, str]) -> None:
    """Raises InvalidFilterException for filters that are too long, nest too deep, or look for what is no text."""
    for text in query.values():
        _check_expression(text)


def check_body(body: bytes) -> None:
    """Raises InvalidSyntaxException, InvalidValueException, InvalidFilterException, PayloadTooLargeException."""
    if not body:
        return
    try:
        document, odd = json_text.parse(body)
    except Invalid as error:
        raise InvalidSyntaxException(detail=text_of(error.findings[0])) from None
    if odd:
        raise InvalidValueException(detail=text_of(odd[0]))
    operations = 0
    for name, value in _members(document):
        if name in _EXPRESSIONS and isinstance(value, str):
            _check_expression(value)
        elif "[" in name:
            # Entra ID writes a path as the name of a member.
            _check_expression(name)
        if name == "operations" and isinstance(value, list):
            operations += len(value)
    # The operations of the PATCH requests in a bulk request count too.
    if operations > MAX_OPERATIONS * 2 or _longest(document) > MAX_OPERATIONS:
        raise PayloadTooLargeException(detail=f"More than {MAX_OPERATIONS} operations.")


def _members(value: Any) -> Iterator[tuple[str, Any]]:
    """All members of all objects within, by name in lower case: SCIM knows no other."""
    if isinstance(value, list):
        for item in value:
            yield from _members(item)
    elif isinstance(value, dict):
        for name, member in value.items():
            yield name.lower(), member
            yield from _members(member)


def _longest(document: Any) -> int:
    return max(
        (len(value) for name, value in _members(document) if name == "operations" and isinstance(value, list)),
        default=0,
    )


def _check_expression(text: str) -> None:
    if len(text) > MAX_EXPRESSION or max(text.count("("), text.count("["), text.lower().count(" not ")) > _MAX_NESTED:
        raise InvalidFilterException(
            detail=f"A filter or path has {MAX_EXPRESSION} characters and nests {_MAX_NESTED} deep at most."
        )
    for odd in filter(None, map(_odd, (text, *_QUOTED.findall(text)))):
        raise InvalidFilterException(detail=text_of(Finding("", odd)))


def _odd(text: str) -> str | None:
    """Why the directory can hold no such text and look for none, if it cannot."""
    try:
        said = str(json.loads(text)) if text.startswith('"') else text
    except ValueError:
        # It is no expression either, and the core says so.
        return None
    if "\0" in said:
        return "nul-character"
    return "lone-surrogate" if _SURROGATE.search(said) else None
