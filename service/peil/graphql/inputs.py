"""GraphQL input made from the msgspec Structs, and back: plain data for the decoder that REST uses too."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

import strawberry
from msgspec import inspect

from peil.errors import Finding, Invalid
from peil.graphql.types import (
    Annotation,
    Convert,
    Form,
    Forms,
    Names,
    Text,
    define,
    description,
    field_description,
    graphql_name,
    nullable,
    struct_fields,
    upper_first,
)


class Inputs(Forms):
    """Input types; their converters give JSON-compatible data with the names and values of REST."""

    def __init__(self, names: Names) -> None:
        super().__init__(names)
        self._types: dict[Any, Annotation] = {}
        self._converters: dict[Any, dict[str, Convert | None]] = {}

    def struct(self, struct: Any) -> Form:
        """The input type of a Struct; what has a default may be left out."""
        if struct not in self._types:
            name = self.names.take(_input_name(graphql_name(struct)), (struct, "input"))
            cls = self._types[struct] = type(name, (), {})
            converters = self._converters[struct] = {}
            fields = {field.name: self._field(field, struct, converters) for field in struct_fields(struct)}
            _define_input(cls, fields, name=name, description=description(struct))
        return self._types[struct], lambda value: self._members(struct, value)

    def union(self, name: str, structs: tuple[Any, ...]) -> Form:
        """GraphQL has no unions in input: one of these fields is given, and its name says which Struct."""
        infos: list[Any] = [inspect.type_info(struct) for struct in structs]
        tags = {_field_name(info.tag): info for info in infos}
        if structs not in self._types:
            name = self.names.take(_input_name(name), structs)
            forms = {tag: self.struct(info.cls) for tag, info in tags.items()}
            fields = {
                tag: (nullable(annotation), strawberry.field(name=tag, default=strawberry.UNSET))
                for tag, (annotation, _) in forms.items()
            }
            self._types[structs] = _define_input(type(name, (), {}), fields, name=name, one_of=True)

        def convert(value: Mapping[str, Any]) -> Any:
            [(tag, member)] = value.items()
            info = tags[tag]
            return {info.tag_field: info.tag, **self._members(info.cls, member)}

        return self._types[structs], convert

    def items(self, values: Any, convert: Convert) -> list[Any]:
        return [convert_member(value, convert, f"/{index}") for index, value in enumerate(values)]

    def texts(self) -> Form:
        text, _ = self.struct(Text)
        return list[text], _texts  # type: ignore[valid-type]  # a run-time type

    def choice(self, choice: type[Enum]) -> Form:
        return choice, lambda value: value.value

    def _field(
        self, field: inspect.Field, struct: Any, converters: dict[str, Convert | None]
    ) -> tuple[Annotation, Any]:
        # WaveNew and a patch of it choose from what Wave shows: a choice is named after the thing.
        thing = graphql_name(struct).removesuffix("Patch").removesuffix("New")
        annotation, convert = self.form(field.type, thing + upper_first(field.encode_name))
        converters[field.encode_name] = convert
        told: dict[str, Any] = {"name": field.encode_name, "description": field_description(struct, field)}
        if field.required:
            return annotation, strawberry.field(**told)
        return nullable(annotation), strawberry.field(**told, default=strawberry.UNSET)

    def _members(self, struct: Any, value: Mapping[str, Any]) -> dict[str, Any]:
        converters = self._converters[struct]
        return {name: convert_member(member, converters[name], f"/{name}") for name, member in value.items()}


def convert_member(value: Any, convert: Convert | None, pointer: str) -> Any:
    """The plain data of one member. Raises Invalid with pointers below `pointer`."""
    if convert is None or value is None:
        return value
    try:
        return convert(value)
    except Invalid as error:
        raise Invalid(*(Finding(pointer + f.pointer, f.code, f.params) for f in error.findings)) from None


def _texts(entries: list[Mapping[str, str]]) -> dict[str, str]:
    texts = {entry["language"]: entry["text"] for entry in entries}
    if len(texts) < len(entries):
        raise Invalid(Finding("", "duplicate-key"))
    return texts


def _define_input(cls: type, fields: dict[str, tuple[Annotation, Any]], **told: Any) -> Annotation:
    define(cls, fields, strawberry.input, **told)
    # Strawberry would make an instance per input; the decoder wants what the caller sent.
    cls.__strawberry_definition__.from_input = lambda _, value, __: value  # type: ignore[attr-defined]  # set by the decorator
    return cls


def _input_name(name: str) -> str:
    return name if name.endswith("Input") else f"{name}Input"


def _field_name(tag: Any) -> str:
    head, *tail = str(tag).split("-")
    return head + "".join(map(upper_first, tail))
