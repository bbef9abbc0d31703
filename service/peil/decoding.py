"""Strict decoding: a body becomes a value of its type, or the caller learns all that is wrong."""

import re
from collections.abc import Iterator
from functools import cache, cached_property
from itertools import chain
from typing import Any, Generic, TypeVar

import jsonschema_rs
import msgspec
from msgspec import inspect

from peil.errors import Finding, Invalid
from peil.findings import SchemaFindings, of_message
from peil.json_text import Sample, parse, refuse

T = TypeVar("T")

_decode_any = msgspec.json.Decoder().decode
_encode_any = msgspec.json.Encoder().encode

# What msgspec takes and we may not, found in the bytes. Each only asks for a second look, so it may ask too
# often but not too seldom. Escapes of ASCII can hide any of the others, those of surrogates a lone one.
_ESCAPE = re.compile(rb"\\u(?:00[0-7]|[dD][89a-fA-F])")
# Text that begins with a date but does not go on as RFC 3339 has it (a space for the T, no offset).
_ODD_TIME = re.compile(rb'"[0-9]{4}-[0-9]{2}-[0-9]{2}(?!"|[Tt][0-9:.]{8,}(?:[Zz]|[+-][0-9]{2}:[0-9]{2})")')
# The first and the last year: their moments may have none in UTC, or none a term later.
_FAR_TIME = re.compile(rb'"(?:0001|9999)-')
_TIME = re.compile(r"[0-9]{4}(?:-[0-9]{2}){2}[Tt][0-9]{2}(?::[0-9]{2}){2}(?:\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})")
# Beyond it a float no longer tells which integer was meant.
_LARGEST = 2**53
_ODD_UUID = re.compile(rb'"[0-9A-Fa-f]{32}"')


class Decoder(Generic[T]):
    """Decodes JSON into one type; made once per type by `decoder_for`."""

    def __init__(self, shape: Any) -> None:
        kinds = set(_kinds(inspect.type_info(shape), set()))
        self._shape = shape
        self._decode = msgspec.json.Decoder(shape).decode
        self._odd = tuple(
            odd.search
            for odd, kind in (
                (_ODD_TIME, inspect.DateTimeType),
                (_FAR_TIME, inspect.DateTimeType),
                (_ODD_UUID, inspect.UUIDType),
            )
            if kind in kinds
        )
        # msgspec makes a set of doubled items without a word.
        self._always_twice = bool(kinds & {inspect.SetType, inspect.FrozenSetType})

    def decode(self, body: bytes) -> T:
        """The value in `body`; raises Invalid with all findings, at most 100 and then `more-findings`."""
        try:
            value: T = self._decode(body)
            doubtful = self._is_doubtful(body)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            return self._look_again(body, error)
        if doubtful:
            self._look_again(body, None)
        return value

    def _is_doubtful(self, body: bytes) -> bool:
        if self._always_twice or (b"\\u" in body and _ESCAPE.search(body)):
            return True
        # Text keeps its colons when it is decoded and encoded (escapes of them were caught above), and a
        # member that is dropped because its name comes twice takes a colon with it: fewer colons, a double.
        if body.count(b":") != _encode_any(_decode_any(body)).count(b":"):
            return True
        return any(search(body) for search in self._odd)

    def _look_again(self, body: bytes, refusal: Exception | None) -> T:
        """Raise Invalid with every finding, or decode what only differs in how a number is written."""
        document, odd = parse(body)
        refuse(chain(odd, self._schema_findings(document, is_odd=bool(odd))))
        try:
            value: T = self._decode(body if refusal is None else _encode_any(_with_integers(document)))
        except msgspec.MsgspecError as error:
            raise Invalid(of_message(str(error))) from None
        return value

    def _schema_findings(self, document: Any, *, is_odd: bool) -> Iterator[Finding]:
        validator, findings = self._validator
        sample = Sample(document)
        if not sample.cut and validator.is_valid(sample.value):
            return
        some = False
        for error in validator.iter_errors(sample.value):
            for finding in findings.of(error, sample.cut):
                some = True
                yield finding
        if sample.cut and some:
            yield Finding("", "more-findings")
        elif sample.cut and not is_odd:
            # The validator takes the whole of it for the first error: no odd text or number is in its way.
            yield from self._first_finding(document)

    def _first_finding(self, document: Any) -> Iterator[Finding]:
        validator, findings = self._validator
        try:
            validator.validate(document)
        except jsonschema_rs.ValidationError as error:
            yield from findings.of(error)

    @cached_property
    def _validator(self) -> tuple[Any, SchemaFindings]:
        (schema,), components = msgspec.json.schema_components((self._shape,), ref_template="#/$defs/{name}")
        document = {**schema, "$defs": components}
        validator = jsonschema_rs.validator_for(document, validate_formats=True, formats={"date-time": _is_moment})
        return validator, SchemaFindings(document)


def _is_moment(text: str) -> bool:
    """Whether `text` is RFC 3339's date-time, in a year that leaves room for other zones and for terms."""
    return _TIME.fullmatch(text) is not None and text[:4] not in ("0001", "9999")


@cache
def _decoder(shape: Any) -> Decoder[Any]:
    return Decoder(shape)


def decoder_for(shape: type[T]) -> Decoder[T]:
    """The decoder of `shape`, a msgspec type; ask for it at import.

    Raises TypeError for a type that cannot be strict: a Struct that takes unknown fields, or a datetime
    without `Meta(tz=True)` (msgspec would take naive ones, and leave the format out of the schema).
    """
    hashable: Any = shape
    decoder: Decoder[T] = _decoder(hashable)
    return decoder


def _kinds(part: Any, seen: set[Any]) -> Iterator[type]:
    """The kinds of all types within `part`, a description by `msgspec.inspect`."""
    if isinstance(part, tuple):
        for item in part:
            yield from _kinds(item, seen)
        return
    if not isinstance(part, inspect.Type | inspect.Field):
        return
    if isinstance(part, inspect.DateTimeType) and part.tz is not True:
        raise TypeError("a datetime needs Meta(tz=True)")
    if isinstance(part, inspect.StructType):
        if part.cls in seen:
            return
        seen.add(part.cls)
        if not part.forbid_unknown_fields:
            raise TypeError(f"{part.cls.__name__} takes unknown fields")
    yield type(part)
    for name in part.__struct_fields__:
        yield from _kinds(getattr(part, name), seen)


def _with_integers(value: Any) -> Any:
    """`value` with `1.0` as 1: RFC 8259 has one kind of number, and so has JSON Schema."""
    if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST:
        return int(value)
    if isinstance(value, list):
        return [_with_integers(item) for item in value]
    if isinstance(value, dict):
        return {name: _with_integers(member) for name, member in value.items()}
    return value
