"""GraphQL types made from the msgspec Structs, so that REST and GraphQL cannot say different things."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import date, datetime, time
from enum import Enum
from inspect import cleandoc
from typing import Annotated, Any, Optional, Protocol, Union, get_args, get_origin
from uuid import UUID

import strawberry
from msgspec import NODEFAULT, UNSET, inspect
from strawberry.scalars import JSON

from peil.graphql.scalars import Long
from peil.structs import Texts, Value

# Strawberry's types are made at run time, so to a type checker every annotation here is `Any`.
Annotation = Any
Convert = Callable[[Any], Any]
Form = tuple[Annotation, Convert | None]
"""What a type is in GraphQL, and what turns a value of one into the other; None: they are the same."""

_PLAIN: dict[type[inspect.Type], Annotation] = {
    inspect.StrType: str,
    inspect.BoolType: bool,
    inspect.FloatType: float,
    inspect.UUIDType: UUID,
    inspect.DateTimeType: datetime,
    inspect.DateType: date,
    inspect.TimeType: time,
    inspect.AnyType: JSON,
    inspect.RawType: JSON,
    inspect.DictType: JSON,
}
_LISTS = (inspect.ListType, inspect.SetType, inspect.FrozenSetType, inspect.VarTupleType)
_INT_32 = (-(2**31), 2**31 - 1)


class Text(Value, frozen=True, kw_only=True):
    """A text in one language, by BCP 47 tag: GraphQL has no maps."""

    language: str
    text: str


class Names:
    """Who has which name in one schema, and the enums, which are the same in output and input."""

    def __init__(self) -> None:
        self._owners: dict[str, Any] = {}
        self._enums: dict[tuple[str, ...], type[Enum]] = {}

    def take(self, name: str, owner: Any) -> str:
        """`name`, for `owner` from now on. Raises TypeError when it is another's."""
        if self._owners.setdefault(name, owner) != owner:
            raise TypeError(f"two things would be called {name} in GraphQL: {self._owners[name]} and {owner}")
        return name

    def enum(self, name: str, values: tuple[str, ...]) -> type[Enum]:
        """The enum of `values`: `traffic-light` is TRAFFIC_LIGHT. The same values are one enum."""
        if values not in self._enums:
            names = {_enum_name(value): value for value in values}
            if len(names) < len(values):
                raise TypeError(f"the values of {name} have no names in GraphQL: {values}")
            choice: type[Enum] = Enum(self.take(name, values), names)  # type: ignore[misc]  # named at run time
            self._enums[values] = strawberry.enum(choice, name=name)
        return self._enums[values]


class Forms(ABC):
    """What is common to output and input: everything but Structs, texts and enums' values."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def form(self, type_: inspect.Type, hint: str) -> Form:
        """The form of `type_`; `hint` names an enum or union without `Meta(title=…)`. Raises TypeError."""
        if isinstance(type_, inspect.Metadata):
            return self.form(type_.type, (type_.extra_json_schema or {}).get("title", hint))
        if type_ == _TEXTS:
            return self.texts()
        if type(type_) in _PLAIN:
            return _PLAIN[type(type_)], None
        if isinstance(type_, inspect.IntType):
            return (Long if _is_long(type_) else int), None
        if isinstance(type_, inspect.LiteralType | inspect.EnumType):
            return self._choice(type_, hint)
        if isinstance(type_, _LISTS):
            item, convert = self.form(type_.item_type, hint)
            return list[item], convert and (lambda values: self.items(values, convert))  # type: ignore[valid-type]  # a run-time type
        if isinstance(type_, inspect.UnionType):
            return self._either(type_, hint)
        if isinstance(type_, inspect.StructType):
            return self.struct(type_.cls)
        raise TypeError(f"{hint} has no GraphQL form: {type_}")

    def items(self, values: Any, convert: Convert) -> list[Any]:
        return [convert(value) for value in values]

    @abstractmethod
    def struct(self, struct: Any) -> Form: ...

    @abstractmethod
    def union(self, name: str, structs: tuple[Any, ...]) -> Form: ...

    @abstractmethod
    def texts(self) -> Form: ...

    @abstractmethod
    def choice(self, choice: type[Enum]) -> Form: ...

    def _choice(self, type_: inspect.LiteralType | inspect.EnumType, hint: str) -> Form:
        values: Any
        if isinstance(type_, inspect.EnumType):
            values, name = tuple(member.value for member in type_.cls), type_.cls.__name__
        else:
            values, name = tuple(type_.values), hint
        if all(isinstance(value, int) for value in values):
            return int, None
        return self.choice(self.names.enum(name, values))

    def _either(self, type_: inspect.UnionType, hint: str) -> Form:
        members = tuple(member for member in type_.types if not isinstance(member, inspect.NoneType))
        if len(members) == 1:
            annotation, convert = self.form(members[0], hint)
        elif {type(member) for member in members} == {inspect.IntType, inspect.FloatType}:
            annotation, convert = float, None
        else:
            structs = [member.cls for member in members if isinstance(member, inspect.StructType)]
            if len(structs) < len(members):
                raise TypeError(f"{hint} has no GraphQL form: {type_}")
            annotation, convert = self.union(hint, tuple(structs))
        if len(members) == len(type_.types):
            return annotation, convert
        return nullable(annotation), convert and (lambda value: None if value is None else convert(value))


class Extras(Protocol):
    """What output types have beside the fields of their Structs."""

    def bases(self, struct: Any) -> tuple[type, ...]:
        """The interfaces of the type."""

    def fields(self, struct: Any) -> dict[str, tuple[Annotation, Any]]:
        """Its further fields; they may lead to any type, this one among them."""


class Outputs(Forms):
    """Object types; resolvers give the Structs themselves."""

    def __init__(self, names: Names, extras: Extras) -> None:
        super().__init__(names)
        self._extras = extras
        self._types: dict[Any, Annotation] = {}

    def output(self, struct: Any) -> Annotation:
        """The object type of a Struct, or of a generic Struct with its parameters."""
        if struct in self._types:
            return self._types[struct]
        origin = get_origin(struct) or struct
        name = self.names.take(graphql_name(struct), struct)
        # Known before its fields are: a Struct may hold itself.
        cls = self._types[struct] = type(
            name, self._extras.bases(struct), {"is_type_of": lambda value, _: isinstance(value, origin)}
        )
        fields = {field.name: self._field(field, struct) for field in struct_fields(struct)}
        fields |= self._extras.fields(struct)
        return define(cls, fields, strawberry.type, name=name, description=description(origin))

    def result(self, name: str, members: list[Annotation]) -> Annotation:
        """The union of these object types; nullable, so that an unforeseen error costs one field only."""
        self.names.take(name, tuple(members))
        return nullable(Annotated[Union[tuple(members)], strawberry.union(name)])  # noqa: UP007  # a run-time type

    def struct(self, struct: Any) -> Form:
        return self.output(struct), None

    def union(self, name: str, structs: tuple[Any, ...]) -> Form:
        self.names.take(name, structs)
        members = tuple(self.output(struct) for struct in structs)
        return Annotated[Union[members], strawberry.union(name)], None  # noqa: UP007  # a run-time type

    def texts(self) -> Form:
        return list[self.output(Text)], lambda texts: [Text(language=k, text=v) for k, v in texts.items()]  # type: ignore[misc]  # a run-time type

    def choice(self, choice: type[Enum]) -> Form:
        return choice, None

    def _field(self, field: inspect.Field, struct: Any) -> tuple[Annotation, Any]:
        annotation, convert = self.form(field.type, graphql_name(struct) + upper_first(field.encode_name))
        told: dict[str, Any] = {"name": field.encode_name, "description": field_description(struct, field)}
        if _may_be_absent(field):
            annotation, convert = nullable(annotation), _present(convert)
        if convert is None:
            return annotation, strawberry.field(**told)
        return annotation, strawberry.field(**told, resolver=_reader(field.name, convert), graphql_type=annotation)


def _may_be_absent(field: inspect.Field) -> bool:
    """Whether its default is UNSET, which msgspec does not tell otherwise: JSON leaves it out, GraphQL says null."""
    return not field.required and field.default is NODEFAULT and field.default_factory is NODEFAULT


def _present(convert: Convert | None) -> Convert:
    return lambda value: None if value is UNSET else value if convert is None else convert(value)


def _reader(name: str, convert: Convert) -> Callable[..., Any]:
    def read(root: Any) -> Any:
        return convert(getattr(root, name))

    return read


def define(cls: type, fields: dict[str, tuple[Annotation, Any]], decorate: Any, **told: Any) -> Annotation:
    """Completes `cls` with fields (annotation and default by name) and makes it Strawberry's."""
    cls.__annotations__ = {name: annotation for name, (annotation, _) in fields.items()}
    for name, (_, default) in fields.items():
        setattr(cls, name, default)
    return decorate(cls, **told)


def nullable(annotation: Annotation) -> Annotation:
    return Optional[annotation]  # noqa: UP045  # a run-time type


def struct_fields(struct: Any) -> tuple[inspect.Field, ...]:
    info = inspect.type_info(struct)
    if not isinstance(info, inspect.StructType):
        raise TypeError(f"not a Struct: {struct}")
    return info.fields


def graphql_name(struct: Any) -> str:
    """`Wave` for Wave, `WaveConnection` for Connection[Wave]."""
    parameters = "".join(graphql_name(parameter) for parameter in get_args(struct))
    return f"{parameters}{(get_origin(struct) or struct).__name__}"


def upper_first(name: str) -> str:
    return name[:1].upper() + name[1:]


def description(cls: Any) -> str | None:
    return cleandoc(cls.__doc__) if cls.__doc__ else None


def field_description(struct: Any, field: inspect.Field) -> str | None:
    """What the Struct says of its field, else what the field's type says of itself."""
    types = field.type.types if isinstance(field.type, inspect.UnionType) else (field.type,)
    schemas = [type_.extra_json_schema or {} for type_ in types if isinstance(type_, inspect.Metadata)]
    own: dict[str, str] = getattr(get_origin(struct) or struct, "__field_docs__", {})
    return own.get(field.name) or next((schema.get("description") for schema in schemas), None)


def _enum_name(value: str) -> str:
    name = re.sub(r"[^A-Za-z0-9]+", "_", value).upper()
    return f"_{name}" if not name or name[0].isdigit() else name


def _is_long(type_: inspect.IntType) -> bool:
    """Whether its bounds need more than 32 bits; an integer without bounds is small, such as a count."""
    bounds = [bound for bound in (type_.gt, type_.ge, type_.lt, type_.le) if bound is not None]
    return any(not _INT_32[0] <= bound <= _INT_32[1] for bound in bounds)


def _bare(type_: inspect.Type) -> inspect.Type:
    return type_.type if isinstance(type_, inspect.Metadata) else type_


_TEXTS = _bare(inspect.type_info(Texts))
