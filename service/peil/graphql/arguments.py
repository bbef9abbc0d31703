"""The arguments of a field in GraphQL, and the way back to the parameters of its operation."""

from collections.abc import Mapping
from inspect import Parameter, Signature
from keyword import iskeyword
from typing import Annotated, Any, get_args, get_origin

import msgspec
import strawberry
from msgspec import inspect

from peil.decoding import decoder_for
from peil.errors import Finding, Invalid
from peil.graphql.fields import Field, camel
from peil.graphql.inputs import Inputs, convert_member
from peil.graphql.types import Annotation, Form, field_description, nullable, struct_fields, upper_first
from peil.paging import PageQuery
from peil.patching import Patch, patch_type

_PAGING = {"limit": "first", "cursor": "after"}


class Arguments:
    """Read from the signature: a body is `input`, a `query` is its members, all else has its own name."""

    def __init__(self, field: Field, inputs: Inputs) -> None:
        self._field = field
        self._inputs = inputs
        self._told: dict[str, tuple[Annotation, str | None]] = {}
        self._forms: dict[str, Form] = {}
        self._parameters: dict[str, tuple[str, Any]] = {}
        self._query: tuple[str, Any] | None = None
        for parameter in field.parameters.values():
            self._add(parameter)
        if field.match:
            self._told["ifMatch"] = nullable(str), "The `etag` of the version that the change is made to."
        if field.is_paged and not (self._query and issubclass(self._query[1], PageQuery)):
            raise TypeError(f"{field.name} gives a Page and takes no PageQuery")

    @property
    def body(self) -> str:
        """The pointer of what is the body in REST."""
        return "/input" if "input" in self._parameters else ""

    def signature(self) -> Signature:
        """What Strawberry is to read as the signature of the resolver."""
        arguments = [
            Parameter(
                _spelled(name),
                Parameter.KEYWORD_ONLY,
                annotation=Annotated[annotation, strawberry.argument(description=description, name=name)],
                default=strawberry.UNSET if _is_nullable(annotation) else Parameter.empty,
            )
            for name, (annotation, description) in self._told.items()
        ]
        first = [
            Parameter("root", Parameter.POSITIONAL_OR_KEYWORD, annotation=Any),
            Parameter("info", Parameter.POSITIONAL_OR_KEYWORD, annotation=strawberry.Info),
        ]
        return Signature(first + arguments)

    def decode(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments of the operation. Raises Invalid with all that is wrong in the first bad one."""
        plain = {
            name: convert_member(given[_spelled(name)], convert, _pointer(name))
            for name, (_, convert) in self._forms.items()
            if given.get(_spelled(name)) is not None
        }
        decoded = {
            parameter: _decode(plain[name], shape, _pointer(name))
            for name, (parameter, shape) in self._parameters.items()
            if name in plain
        }
        if self._query is not None:
            parameter, shape = self._query
            names = {argument: member for member, argument in _PAGING.items()}
            members = {names.get(name, name): plain[name] for name in plain if name not in self._parameters}
            decoded[parameter] = _decode(members, shape, "/query")
        return decoded

    def _add(self, parameter: Parameter) -> None:
        shape = parameter.annotation
        if parameter.name == "query":
            self._query = parameter.name, shape
            for field in struct_fields(shape):
                self._tell(_PAGING.get(field.name, field.encode_name), field.type, field.required, shape, field)
            return
        info = inspect.type_info(_input_shape(shape))
        name = "input" if _is_body(info) else camel(parameter.name)
        if name in self._parameters:
            raise TypeError(f"{self._field.name} would have two arguments called {name}")
        self._parameters[name] = parameter.name, shape
        self._tell(name, info, parameter.default is Parameter.empty)

    def _tell(
        self,
        name: str,
        type_: inspect.Type,
        required: bool,
        struct: Any = None,
        field: inspect.Field | None = None,
    ) -> None:
        hint = upper_first(self._field.name) + upper_first(name)
        annotation, convert = self._inputs.form(type_, hint)
        # Every page says how long it is: its length is what a document costs.
        is_required = name == "first" or required
        self._forms[name] = annotation, convert
        description = field_description(struct, field) if field else None
        self._told[name] = annotation if is_required else nullable(annotation), description


def _spelled(name: str) -> str:
    """How Python spells the argument."""
    return f"{name}_" if iskeyword(name) else name


def _pointer(name: str) -> str:
    """Where an argument is for an operation; `input` is the body, whose pointers the result moves."""
    return "" if name == "input" else f"/{name}"


def _is_body(info: inspect.Type) -> bool:
    """Whether it is what REST has as its body: a Struct, or one of several."""
    members = info.types if isinstance(info, inspect.UnionType) else (info,)
    return any(isinstance(member, inspect.StructType) for member in members)


def _input_shape(shape: Any) -> Any:
    """What describes an argument: a merge patch may leave out every member, or take it away with null."""
    return patch_type(get_args(shape)[0]) if get_origin(shape) is Patch else shape


def _decode(plain: Any, shape: Any, pointer: str) -> Any:
    body = msgspec.json.encode(plain)
    if get_origin(shape) is Patch:
        return Patch(body, get_args(shape)[0])
    try:
        return decoder_for(shape).decode(body)
    except Invalid as error:
        raise Invalid(*(Finding(pointer + f.pointer, f.code, f.params) for f in error.findings)) from None


def _is_nullable(annotation: Annotation) -> bool:
    return type(None) in getattr(annotation, "__args__", ())
