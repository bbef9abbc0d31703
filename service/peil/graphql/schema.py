"""The schema: the fields of all slices joined to types, results and limits."""

from collections.abc import Callable, Sequence
from typing import Any, get_args

import strawberry
from graphql import GraphQLError
from msgspec import inspect
from strawberry.schema.config import StrawberryConfig

from peil.graphql import results
from peil.graphql.arguments import Arguments
from peil.graphql.connections import Connection, Node, connection, global_id, open_global_id
from peil.graphql.fields import Context, Field, matching
from peil.graphql.guard import Guard, Sound
from peil.graphql.inputs import Inputs
from peil.graphql.limits import Limits
from peil.graphql.results import Denied, Done, Listing, NotFound, Refused
from peil.graphql.scalars import SCALARS
from peil.graphql.types import Annotation, Names, Outputs, define, graphql_name, nullable
from peil.http.etag import etag

_PROBLEMS = (Denied, NotFound, Refused)
Finish = Callable[[Any, str | None], Any]
"""Makes the first member of a result of what an operation gave and of `after`."""


class Schema(strawberry.Schema):
    """Strawberry's schema, which shows no error that nobody foresaw and writes no arguments into the log."""

    def process_errors(self, errors: list[GraphQLError], execution_context: Any = None) -> None:
        """Masks in place: this list is what the caller gets."""
        errors[:] = results.mask(errors, execution_context.context.call.language)


def create_schema(fields: Sequence[Field], limits: Limits | None = None) -> Schema:
    """The schema of these fields. Raises TypeError at start-up for what has no form in GraphQL."""
    roots = _Roots(fields)
    bound, sound = limits or Limits(), Sound()
    return Schema(
        query=roots.root("Query", "query", "node"),
        mutation=roots.root("Mutation", "mutation"),
        types=roots.nodes(),
        extensions=[lambda: Guard(bound, sound)],
        config=StrawberryConfig(auto_camel_case=False, scalar_map=SCALARS),
    )


class _Roots:
    """Makes the types that the fields need, and the fields of the roots."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self._fields = fields
        self._nodes = {field.returns: field for field in fields if field.kind == "node"}
        names = Names()
        self._outputs = Outputs(names, self)
        self._inputs = Inputs(names)
        self._results: dict[Any, Annotation] = {}

    def root(self, name: str, *kinds: str) -> Any:
        made = {field.name: self._field(field) for field in self._fields if field.kind in kinds}
        if "node" in kinds:
            made["node"] = self._node()
        return define(type(name, (), {}), made, strawberry.type, name=name) if made else None

    def nodes(self) -> list[Any]:
        """The types that nothing but the interface `Node` may lead to."""
        return [self._outputs.output(struct) for struct in self._nodes]

    def bases(self, struct: Any) -> tuple[type, ...]:
        """Relay's interface for what `node` gives."""
        return (Node,) if struct in self._nodes else ()

    def fields(self, struct: Any) -> dict[str, tuple[Annotation, Any]]:
        """The edges, of a node its global id, and of what is a node or can be changed its version."""
        edges = {field.name: self._field(field) for field in self._fields if field.parent is struct}
        version = {"etag": _read("The version, for `ifMatch`; REST has it as ETag.", str, etag)}
        if struct not in self._nodes:
            return edges | (version if any(field.match and field.returns is struct for field in self._fields) else {})
        name = graphql_name(struct)
        [id_name] = self._nodes[struct].parameters
        own = {
            "id": _read(
                "Takes the thing out of `node` again.",
                strawberry.ID,
                lambda root: global_id(name, getattr(root, id_name)),
            ),
        }
        return own | version | edges

    def _field(self, field: Field) -> tuple[Annotation, Any]:
        result, finish = self._result(field)
        arguments = Arguments(field, self._inputs)

        async def resolve(root: Any, info: strawberry.Info[Context, Any], **given: Any) -> Any:
            return await results.answer(work(root, info.context, given), info.context.call.language, arguments.body)

        async def work(root: Any, context: Context, given: dict[str, Any]) -> Any:
            leading = (context.call,) if field.parent is None else (context, root)
            if field.match:
                leading = (matching(context.call, given.pop("ifMatch", None)),)
            return finish(await field.work(*leading, **arguments.decode(given)), given.get("after"))

        resolve.__signature__ = arguments.signature()  # type: ignore[attr-defined]  # Strawberry reads it
        return result, strawberry.field(
            resolver=resolve, name=field.name, description=field.description, graphql_type=result
        )

    def _result(self, field: Field) -> tuple[Annotation, Finish]:
        """The union that a field answers."""
        if field.is_paged:
            return self._union(Connection[get_args(field.returns)]), connection  # type: ignore[misc]  # a run-time type
        if field.returns is type(None):
            return self._union(Done), lambda _, __: Done(done=True)
        info = inspect.type_info(field.returns)
        if isinstance(info, inspect.ListType):
            return self._union(Listing[get_args(field.returns)]), lambda items, _: Listing(items=items)  # type: ignore[misc]  # as above
        if isinstance(info, inspect.StructType):
            return self._union(field.returns), lambda thing, _: thing
        raise TypeError(f"{field.name} gives {field.returns}, which no result can hold")

    def _union(self, struct: Any) -> Annotation:
        if struct not in self._results:
            members = [self._outputs.output(member) for member in (struct, *_PROBLEMS)]
            self._results[struct] = self._outputs.result(f"{graphql_name(struct)}Result", members)
        return self._results[struct]

    def _node(self) -> tuple[Annotation, Any]:
        by_name = {graphql_name(struct): field.work for struct, field in self._nodes.items()}

        async def resolve(info: strawberry.Info[Context, Any], id: strawberry.ID) -> Any:  # noqa: A002  # Relay's name for it
            opened = open_global_id(id)
            if opened is None or opened[0] not in by_name:
                return None
            call = info.context.call
            found = await results.answer(by_name[opened[0]](call, opened[1]), call.language, "")
            return None if isinstance(found, _PROBLEMS) else found

        told = "The thing with this id; null where there is none, or none that the caller may see."
        return nullable(Node), strawberry.field(
            resolver=resolve, name="node", description=told, graphql_type=nullable(Node)
        )


def _read(description: str, annotation: Annotation, read: Callable[[Any], Any]) -> tuple[Annotation, Any]:
    def resolve(root: Any) -> Any:
        return read(root)

    return annotation, strawberry.field(resolver=resolve, description=description, graphql_type=annotation)
