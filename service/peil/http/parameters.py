"""Query and path parameters: text that must mean exactly one value of its type."""

import re
from functools import cache
from typing import Any, TypeVar
from urllib.parse import unquote_to_bytes
from uuid import UUID

import msgspec
from msgspec import inspect

from peil.decoding import decoder_for
from peil.errors import Finding, Invalid, NotFound
from peil.json_text import pointer_to, refuse

T = TypeVar("T")

_UUID_LENGTH = 36

_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_BOOLEAN = re.compile(r"true|false")
_BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


def decode_query(query_string: bytes, shape: type[T]) -> T:
    """The query as a Struct of scalars, by their wire names.

    Raises Invalid with all findings. Pointers are `/query/<key>`, and beside those of a body the codes are
    `percent-encoding` and `invalid-utf8`. `+` is a space (WHATWG URL, form encoding); an empty pair is a key
    without a name, and unknown.
    """
    hashable: Any = shape
    if not query_string:
        nothing: T = _of_nothing(hashable)
        return nothing
    findings: list[Finding] = []
    texts: dict[str, str] = {}
    for pair in query_string.split(b"&"):
        name, _, raw = pair.partition(b"=")
        key = _text(name, "/query", findings)
        pointer = "/query" + pointer_to((key,))
        text = _text(raw, pointer, findings)
        if key in texts:
            findings.append(Finding(pointer, "duplicate-key"))
        texts[key] = text
    kinds = _member_kinds(hashable)
    return _decode({key: _json_of(text, kinds.get(key)) for key, text in texts.items()}, shape, findings)


@cache
def _of_nothing(shape: Any) -> Any:
    """What an empty query says: always the same. Where something is required nothing is remembered."""
    return _decode({}, shape, [])


def decode_path(raw: str, shape: type[T]) -> T:
    """One segment of a path, percent-decoded; what is not of the type does not exist: NotFound."""
    hashable: Any = shape
    try:
        if hashable is UUID and len(raw) == _UUID_LENGTH:
            # Nearly every path has one. With its hyphens it is one to msgspec exactly if it is one to the decoder.
            return msgspec.convert(raw, shape)
        return decoder_for(shape).decode(msgspec.json.encode(_json_of(raw, _own_kind(hashable))))
    except (Invalid, msgspec.ValidationError):
        raise NotFound from None


def _decode(members: dict[str, Any], shape: type[T], findings: list[Finding]) -> T:
    try:
        value = decoder_for(shape).decode(msgspec.json.encode(members))
    except Invalid as error:
        findings.extend(Finding("/query" + f.pointer, f.code, f.params) for f in error.findings)
    refuse(findings)
    return value


def _text(raw: bytes, pointer: str, findings: list[Finding]) -> str:
    """The text of a key or a value of the query; a finding and replacement characters where it has none."""
    if _BROKEN_ESCAPE.search(raw):
        findings.append(Finding(pointer, "percent-encoding"))
    octets = unquote_to_bytes(raw.replace(b"+", b" "))
    try:
        return octets.decode()
    except UnicodeDecodeError as error:
        findings.append(Finding(pointer, "invalid-utf8", {"byte": error.start}))
        return octets.decode(errors="replace")


def _json_of(text: str, kind: re.Pattern[str] | None) -> str | msgspec.Raw:
    """`text` as JSON has it: a bare number or boolean where one is expected and it is written as one."""
    return msgspec.Raw(text.encode()) if kind is not None and kind.fullmatch(text) else text


@cache
def _own_kind(shape: Any) -> re.Pattern[str] | None:
    return _kind_of(inspect.type_info(shape))


@cache
def _member_kinds(shape: Any) -> dict[str, re.Pattern[str] | None]:
    described = inspect.type_info(shape)
    if not isinstance(described, inspect.StructType):
        raise TypeError(f"{shape} is not a Struct")
    return {field.encode_name: _kind_of(field.type) for field in described.fields}


def _kind_of(described: Any) -> re.Pattern[str] | None:
    """How a value of this type is written if JSON has no quotes around it; None if it has."""
    match described:
        case inspect.Metadata(type=inner):
            return _kind_of(inner)
        case inspect.UnionType(types=types):
            return next((kind for kind in map(_kind_of, types) if kind is not None), None)
        case inspect.IntType():
            return _INTEGER
        case inspect.FloatType():
            return _NUMBER
        case inspect.BoolType():
            return _BOOLEAN
        case inspect.LiteralType(values=values) if isinstance(values[0], int):
            return _INTEGER
        case inspect.EnumType(cls=cls) if isinstance(next(iter(cls)).value, int):
            return _INTEGER
        case _:
            return None
