"""JSON Schemas of the document: what msgspec knows of the Structs, with their sentences and in OpenAPI's manner."""

import inspect as python_inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec import inspect

REFERENCE = "#/components/schemas/{name}"

Schema = dict[str, Any]

# Python's `$` also matches before a last newline, so our patterns end with a look-ahead; that of ECMA 262,
# which JSON Schema uses, does not.
_END = r"(?![\s\S])"
_GENERIC = re.compile(r"(?P<outer>[A-Za-z]+)_(?P<inner>[A-Za-z_]+)_")


class Schemas:
    """The schemas of the types of all endpoints, and the components that they refer to."""

    def __init__(self, shapes: Iterable[Any]) -> None:
        known = list(dict.fromkeys(shapes))
        schemas, components = msgspec.json.schema_components(known, ref_template=REFERENCE)
        self._schemas = {shape: _in_our_manner(schema) for shape, schema in zip(known, schemas, strict=True)}
        named = {_name(name): _in_our_manner(component) for name, component in components.items()}
        self.components = {name: named[name] | {"title": name} for name in sorted(named)}
        for struct in _structs(known):
            self._complete(struct)

    def of(self, shape: Any) -> Schema:
        """The schema of a type that was asked for, which is mostly a reference."""
        schema: Schema = self._schemas[shape]
        return schema

    def _complete(self, struct: inspect.StructType) -> None:
        """Adds what msgspec leaves out: sentences per field, and that a datetime is one also where it is naive."""
        component = self.components.get(_name(_schema_name(struct.cls)))
        if component is None:
            return
        sentences: Mapping[str, str] = getattr(struct.cls, "__field_docs__", {})
        for field in struct.fields:
            property_ = component["properties"][field.encode_name]
            _date(property_, field.type)
            if field.name in sentences:
                property_.setdefault("description", sentences[field.name])


def properties_of(shape: Any) -> Iterator[tuple[str, bool, Schema]]:
    """The wire name of each field of a Struct of scalars, whether it must be there, and its schema without null."""
    described = _struct(shape)
    (schema,), components = msgspec.json.schema_components((shape,), ref_template="{name}")
    whole = _in_our_manner(components[schema["$ref"]])
    for field in described.fields:
        yield field.encode_name, field.required, _not_null(whole["properties"][field.encode_name])


def ids_of(shape: Any) -> tuple[str, dict[str, str]]:
    """Where the ids in a body are: a pointer before them, and per wire name that ends in `Id` its pointer."""
    described = inspect.type_info(shape)
    prefix = ""
    if isinstance(described, inspect.StructType):
        items = next((field.type for field in described.fields if field.encode_name == "items"), None)
        if isinstance(items, inspect.ListType) and {field.encode_name for field in described.fields} & {"next", "more"}:
            prefix, described = "/items/0", items.item_type
    if not isinstance(described, inspect.StructType):
        return prefix, {}
    names = [field.encode_name for field in described.fields if field.encode_name.endswith("Id")]
    return prefix, {name: f"{prefix}/{name}" for name in names}


def item_of(shape: Any) -> Any:
    """The type of the items of a page, or the type itself."""
    described = inspect.type_info(shape)
    if isinstance(described, inspect.StructType):
        items = next((field.type for field in described.fields if field.encode_name == "items"), None)
        if isinstance(items, inspect.ListType) and isinstance(items.item_type, inspect.StructType):
            return items.item_type.cls
    return shape


def _struct(shape: Any) -> inspect.StructType:
    described = inspect.type_info(shape)
    if not isinstance(described, inspect.StructType):
        raise TypeError(f"{shape} is not a Struct")
    return described


def _in_our_manner(schema: Any) -> Any:
    """A copy: enums have a type, patterns end as ECMA 262 has it, generics a plain name, text no indentation."""
    if isinstance(schema, list):
        return [_in_our_manner(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: _in_our_manner(part) for key, part in schema.items()}
    if isinstance(result.get("enum"), list) and all(isinstance(value, str) for value in result["enum"]):
        result = {"type": "string", **result}
    if isinstance(result.get("pattern"), str) and result["pattern"].endswith(_END):
        result["pattern"] = result["pattern"].removesuffix(_END) + "$"
    if isinstance(result.get("description"), str):
        result["description"] = python_inspect.cleandoc(result["description"])
    if isinstance(result.get("$ref"), str):
        head, _, name = result["$ref"].rpartition("/")
        result["$ref"] = f"{head}/{_name(name)}" if head else name
    return result


def _name(component: str) -> str:
    """`Page_Wave_` is called WavePage."""
    generic = _GENERIC.fullmatch(component)
    return component if generic is None else generic["inner"] + generic["outer"]


def _schema_name(cls: Any) -> str:
    """How msgspec names the component of a Struct, also of one with parameters."""
    origin, arguments = getattr(cls, "__origin__", None), getattr(cls, "__args__", ())
    return cls.__name__ if origin is None else f"{origin.__name__}_{'_'.join(a.__name__ for a in arguments)}_"


def _structs(shapes: Iterable[Any]) -> list[inspect.StructType]:
    """Every Struct within the types, once."""
    found: dict[Any, inspect.StructType] = {}
    waiting: list[Any] = [inspect.type_info(shape) for shape in shapes]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple):
            waiting.extend(part)
            continue
        if not isinstance(part, inspect.Type | inspect.Field):
            continue
        if isinstance(part, inspect.StructType):
            if part.cls in found:
                continue
            found[part.cls] = part
        waiting.extend(getattr(part, name) for name in part.__struct_fields__)
    return list(found.values())


def _date(schema: Schema, described: Any) -> None:
    """Says date-time where the type is a datetime; msgspec is silent for one that could be naive."""
    match described:
        case inspect.Metadata(type=inner):
            _date(schema, inner)
        case inspect.DateTimeType():
            schema["format"] = "date-time"
        case inspect.UnionType(types=types) if any(isinstance(_bare(one), inspect.DateTimeType) for one in types):
            for branch in schema["anyOf"]:
                if branch == {"type": "string"}:
                    branch["format"] = "date-time"
        case inspect.ListType(item_type=inner):
            _date(schema["items"], inner)
        case _:
            pass


def _bare(described: Any) -> Any:
    return described.type if isinstance(described, inspect.Metadata) else described


def _not_null(schema: Schema) -> Schema:
    """A parameter that is not there is left out; there is no null in a query."""
    branches = [branch for branch in schema.get("anyOf", ()) if branch != {"type": "null"}]
    rest = {key: value for key, value in schema.items() if key != "anyOf" and (key, value) != ("default", None)}
    return {**branches[0], **rest} if len(branches) == 1 else schema
