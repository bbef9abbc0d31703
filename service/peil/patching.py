"""JSON merge patch (RFC 7396): a change is checked as the whole that comes out of it."""

import types
import typing
from functools import cache
from typing import Annotated, Any, Generic, Literal, TypeVar

import msgspec
from msgspec import inspect

from peil.decoding import decoder_for
from peil.errors import Finding, Invalid
from peil.json_text import parse, refuse

T = TypeVar("T")


def merge_patch(current: msgspec.Struct, patch: bytes, shape: type[T]) -> T:
    """`current` with `patch` applied, decoded as strictly as if the caller had sent the whole.

    `shape` is the input Struct; what only the output has (ids, times) is left out of `current`. null takes a
    member away, which is a finding `required` where there must be one. Raises Invalid; pointers are into the
    merged document, which has the places of the patch.
    """
    change, odd = parse(patch)
    refuse(odd)
    if not isinstance(change, dict):
        raise Invalid(Finding("", "type", {"expected": "object"}))
    known = {field.encode_name for field in _struct(shape).fields}
    whole = msgspec.to_builtins(current)
    merged = _merged({name: member for name, member in whole.items() if name in known}, change)
    # Taking away what nobody knows would vanish in the merge: unknown members are looked for in the patch.
    unknown = _unknown_members(patch, shape)
    try:
        value = decoder_for(shape).decode(msgspec.json.encode(merged))
    except Invalid as error:
        told = {found.pointer for found in error.findings}
        raise Invalid(*error.findings, *(found for found in unknown if found.pointer not in told)) from None
    refuse(unknown)
    return value


def _unknown_members(patch: bytes, shape: Any) -> list[Finding]:
    try:
        decoder_for(patch_type(shape)).decode(patch)
    except Invalid as error:
        return [found for found in error.findings if found.code == "unknown-field"]
    return []


def _merged(target: Any, patch: Any) -> Any:
    """RFC 7396 section 2, MergePatch."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, member in patch.items():
        if member is None:
            result.pop(name, None)
        else:
            result[name] = _merged(result.get(name), member)
    return result


@cache
def patch_type(shape: Any) -> type[msgspec.Struct]:
    """`<Name>Patch`, which describes patches of the Struct `shape` for the OpenAPI document.

    Every member may be absent, and null where it can be taken away; members of members too, where RFC 7396
    merges them. Constraints stay, but for the least number of members of a map: a patch of a map may name one,
    or none.
    """
    described = _struct(shape)
    hints = typing.get_type_hints(shape, include_extras=True)
    fields: list[tuple[str, Any, Any]] = [
        (
            field.name,
            _patched(hints[field.name]) | (msgspec.UnsetType if field.required else None | msgspec.UnsetType),
            msgspec.UNSET,
        )
        for field in described.fields
    ]
    if described.tag_field is not None:
        tag: Any = Literal[described.tag]
        fields.append((described.tag_field, tag | None | msgspec.UnsetType, msgspec.UNSET))
    return msgspec.defstruct(
        f"{described.cls.__name__}Patch",
        fields,
        rename={field.name: field.encode_name for field in described.fields},
        kw_only=True,
        frozen=True,
        forbid_unknown_fields=True,
        module=described.cls.__module__,
    )


def _patched(hint: Any) -> Any:
    """The type of a patch of a member with the type `hint`."""
    origin: Any = typing.get_origin(hint)
    arguments: Any = typing.get_args(hint)
    if origin is Annotated:
        inner = _patched(arguments[0])
        metas = arguments[1:] if inner == arguments[0] else tuple(map(_without_minimum, arguments[1:]))
        return Annotated[(inner, *metas)]
    if origin in (typing.Union, types.UnionType):
        structs = [a for a in arguments if isinstance(a, type) and issubclass(a, msgspec.Struct)]
        return hint if len(structs) > 1 else typing.Union[tuple(map(_patched, arguments))]  # noqa: UP007  # a tuple
    if origin is dict:
        return origin[arguments[0], _patched(arguments[1]) | None]
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return patch_type(hint)
    return hint


def _without_minimum(meta: Any) -> Any:
    """A copy of `meta` for a map of which not all members are there."""
    if not isinstance(meta, msgspec.Meta):
        return meta
    kept = {name: getattr(meta, name) for name in ("max_length", "title", "description", "examples")}
    return msgspec.Meta(**kept)


def _struct(shape: Any) -> inspect.StructType:
    described = inspect.type_info(shape)
    if not isinstance(described, inspect.StructType):
        raise TypeError(f"{shape} is not a Struct")
    return described


class Patch(Generic[T]):
    """A merge patch that has not been applied: the operation knows what it changes."""

    def __init__(self, body: bytes, shape: type[T]) -> None:
        self.body = body
        self._shape = shape

    def apply(self, current: msgspec.Struct) -> T:
        """`current` with the patch, as `merge_patch` says. Raises Invalid."""
        return merge_patch(current, self.body, self._shape)
