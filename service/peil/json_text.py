"""JSON as text: what a body must be before anybody asks what it means, in linear time."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from math import isfinite
from typing import Any, NoReturn

import numpy as np

from peil.errors import Finding, Invalid

MAX_DEPTH = 64
MAX_FINDINGS = 100
# The schema validator lists every error before it gives the first (20 µs each), so what it sees is bounded.
_MAX_VALUES = 2000

# Possessive, and it takes an unterminated string to the end of the text: linear on any input.
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+\\?(?:"|\Z)', re.DOTALL)
_ROUND_TO_SQUARE = bytes.maketrans(b"{}", b"[]")
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_TEXT = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"')
_CONSTANT = re.compile(r"NaN|-?Infinity")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# msgspec has room for 43 digits.
_DIGITS = 40


class _Doubled(dict[str, Any]):
    """An object that had members of the same name; holds the last of each, and the names."""

    doubled: tuple[str, ...] = ()


class _ConstantError(ValueError):
    """NaN or Infinity, which Python's decoder would take."""


class _Huge(int):
    """Stands for a well-formed number that nothing here can hold."""


def pointer_to(path: Sequence[str | int]) -> str:
    """RFC 6901 pointer of `path`; the root is the empty string."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path)


def is_too_deep(body: bytes) -> bool:
    """Whether arrays and objects nest deeper than `MAX_DEPTH`; also for text that is not JSON."""
    if body.count(b"[") + body.count(b"{") <= MAX_DEPTH:
        return False
    brackets = _STRING.sub(b"", body).translate(_ROUND_TO_SQUARE, _NOT_BRACKETS)
    if not brackets:
        return False
    # `[` is 91 and `]` is 93, so 92 minus the byte is one step down or up.
    steps = np.subtract(92, np.frombuffer(brackets, np.int8), dtype=np.int8)
    return int(np.cumsum(steps, dtype=np.int32).max()) > MAX_DEPTH


def parse(body: bytes) -> tuple[Any, list[Finding]]:
    """The untyped value of JSON, and what is wrong in it that no schema says.

    Such are `duplicate-key` (the last is kept), `nul-character`, `lone-surrogate` and `number-out-of-range`
    (RFC 7493); 101 at most. Raises Invalid with one finding when it is no JSON at all: `no-body` where nothing is
    there, `malformed` (with line and column, from 1), `invalid-utf8` (with the byte, from 0) or `too-deep`.
    """
    if not body.strip():
        raise Invalid(Finding("", "no-body"))
    if is_too_deep(body):
        raise Invalid(Finding("", "too-deep", {"limit": MAX_DEPTH}))
    reader = _Reader()
    try:
        value = reader.decode(body.decode())
    except UnicodeDecodeError as error:
        raise Invalid(Finding("", "invalid-utf8", {"byte": error.start})) from None
    except json.JSONDecodeError as error:
        raise Invalid(Finding("", "malformed", {"line": error.lineno, "column": error.colno})) from None
    if reader.found_odd or b"\\u" in body:
        return value, list(islice(_oddities(value, ""), MAX_FINDINGS + 1))
    return value, []


class _Reader(json.JSONDecoder):
    """The standard decoder, which keeps an eye on doubled names and on numbers."""

    def __init__(self) -> None:
        self.found_odd = False
        super().__init__(
            object_pairs_hook=self._object,
            parse_constant=_constant,
            parse_int=self._integer,
            parse_float=self._float,
        )

    def decode(self, text: str) -> Any:  # type: ignore[override]  # the parent's second parameter is private
        try:
            return super().decode(text)
        except _ConstantError:
            constant = _CONSTANT.search(_TEXT.sub(lambda string: " " * len(string[0]), text))
            raise json.JSONDecodeError("not JSON", text, constant.start() if constant else 0) from None

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) == len(pairs):
            return members
        self.found_odd = True
        counts = Counter(name for name, _ in pairs)
        doubled = _Doubled(members)
        doubled.doubled = tuple(name for name, count in counts.items() if count > 1)
        return doubled

    def _integer(self, digits: str) -> int:
        if len(digits) <= _DIGITS:
            return int(digits)
        self.found_odd = True
        return _Huge(f"{digits[0]}{'9' * _DIGITS}")

    def _float(self, digits: str) -> float:
        number = float(digits)
        if isfinite(number):
            return number
        self.found_odd = True
        return _Huge(f"{digits[0]}{'9' * _DIGITS}")


def _constant(name: str) -> NoReturn:
    raise _ConstantError(name)


def refuse(findings: Iterable[Finding]) -> None:
    """Raise Invalid if there are any: the first 100, and then one that says there are more."""
    first = list(islice(findings, MAX_FINDINGS + 1))
    if len(first) > MAX_FINDINGS:
        first[MAX_FINDINGS] = Finding("", "more-findings")
    if first:
        raise Invalid(*first)


def _oddities(value: Any, pointer: str) -> Iterator[Finding]:
    if isinstance(value, str):
        if "\0" in value:
            yield Finding(pointer, "nul-character")
        if _SURROGATE.search(value):
            yield Finding(pointer, "lone-surrogate")
    elif isinstance(value, _Huge):
        yield Finding(pointer, "number-out-of-range")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _oddities(item, f"{pointer}/{index}")
    elif isinstance(value, dict):
        if isinstance(value, _Doubled):
            for name in value.doubled:
                yield Finding(pointer + pointer_to((_shown(name),)), "duplicate-key")
        for name, member in value.items():
            below = pointer + pointer_to((_shown(name),))
            yield from _oddities(name, below)
            yield from _oddities(member, below)


def _shown(text: str) -> str:
    """`text` as UTF-8 can hold it."""
    return _SURROGATE.sub("\ufffd", text)


class Sample:
    """The first 2,000 values of a parsed value, in the order of the text, for the schema validator.

    `cut` holds the pointers of the containers that lack members because of it: at most one per level.
    """

    def __init__(self, value: Any) -> None:
        self.cut: set[str] = set()
        self._left = _MAX_VALUES
        self.value = self._copy(value, "")

    def _copy(self, value: Any, pointer: str) -> Any:
        self._left -= 1
        if isinstance(value, str):
            return _shown(value)
        if isinstance(value, _Huge):
            return int(value)
        if isinstance(value, dict):
            members: dict[str, Any] = {}
            for name, member in value.items():
                if self._left <= 0:
                    self.cut.add(pointer)
                    break
                members[_shown(name)] = self._copy(member, pointer + pointer_to((_shown(name),)))
            return members
        if isinstance(value, list):
            items: list[Any] = []
            for index, item in enumerate(value):
                if self._left <= 0:
                    self.cut.add(pointer)
                    break
                items.append(self._copy(item, f"{pointer}/{index}"))
            return items
        return value
