"""How a slice declares its GraphQL fields: an operation, or a function like one, and its kind."""

from collections.abc import Awaitable, Callable, Hashable, Sequence
from copy import copy
from dataclasses import dataclass
from inspect import Parameter, getdoc, signature
from typing import Any, Literal, TypeVar, get_origin, get_type_hints

from strawberry.dataloader import DataLoader

from peil.operation import Call
from peil.paging import Page

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

Kind = Literal["query", "node", "mutation", "edge"]


class Context:
    """One GraphQL request: who asks, what documents the caller may send, and the loaders of this request."""

    def __init__(self, call: Call, *, introspection: bool, free_documents: bool) -> None:
        self.call = call
        self.introspection = introspection
        self.free_documents = free_documents
        self._loaders: dict[Any, DataLoader[Any, Any]] = {}

    def load(self, operation: Callable[[Call, list[K]], Awaitable[Sequence[V | Exception]]], key: K) -> Awaitable[V]:
        """What `operation` gives for `key`, asked together with every other key of this moment.

        `operation` gives one value per key, in their order; a value that is an exception is raised here.
        """
        if operation not in self._loaders:
            self._loaders[operation] = DataLoader(load_fn=lambda keys: operation(self.call, keys))
        return self._loaders[operation].load(key)


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field of the schema, before it has types."""

    kind: Kind
    name: str
    work: Callable[..., Awaitable[Any]]
    parameters: dict[str, Parameter]
    """What the caller fills, with the types as annotations."""
    returns: Any
    parent: Any = None
    """The Struct that has this edge; None for roots."""
    match: bool = False
    description: str | None

    @property
    def is_paged(self) -> bool:
        return isinstance(origin := get_origin(self.returns), type) and issubclass(origin, Page)


def query(work: Callable[..., Awaitable[Any]], name: str | None = None) -> Field:
    """A root query: `list_waves(call, query: PageQuery) -> Page[Wave]` is `waves(first, after)`."""
    return _field("query", work, name or _without_verb(work))


def node(work: Callable[..., Awaitable[Any]], name: str | None = None) -> Field:
    """A root query that `node(id)` uses too: `get_wave(call, wave_id: UUID) -> Wave` is `wave(waveId)`.

    The Struct has the id in a field with the name of the parameter.
    """
    made = _field("node", work, name or _without_verb(work))
    if len(made.parameters) != 1:
        raise TypeError(f"a node is found by one id: {made.name} takes {len(made.parameters)}")
    return made


def mutation(work: Callable[..., Awaitable[Any]], name: str | None = None, *, match: bool = False) -> Field:
    """A mutation: `plan_wave(call, new: WaveNew) -> Wave` is `planWave(input)`.

    `match`: it takes `ifMatch`, the `etag` of the version that was seen, as REST takes If-Match.
    """
    return _field("mutation", work, name or camel(_name(work)), match=match)


def edge(parent: Any, work: Callable[..., Awaitable[Any]], name: str | None = None) -> Field:
    """A field of `parent`'s type: `work(context, parent, …)`, which loads through `context.load`."""
    return _field("edge", work, name or camel(_name(work)), parent=parent)


def _field(kind: Kind, work: Callable[..., Awaitable[Any]], name: str, **more: Any) -> Field:
    # An operation is called with a Call; the function under it has a transaction in that place.
    function = getattr(work, "work", work)
    hints = get_type_hints(function, include_extras=True)
    given = list(signature(function).parameters.values())[2 if kind == "edge" else 1 :]
    return Field(
        kind=kind,
        name=name,
        work=work,
        parameters={one.name: one.replace(annotation=hints[one.name]) for one in given},
        returns=hints["return"],
        description=getdoc(work),
        **more,
    )


def matching(call: Call, if_match: str | None) -> Call:
    """`call` for one field, with the version that its caller saw."""
    changed = copy(call)
    changed.if_match = if_match
    return changed


def camel(name: str) -> str:
    """snake_case to camelCase."""
    head, *tail = name.split("_")
    return head + "".join(word.capitalize() for word in tail)


def _name(work: Any) -> str:
    return str(getattr(work, "name", None) or work.__name__)


def _without_verb(work: Any) -> str:
    return camel(_name(work).removeprefix("get_").removeprefix("list_"))
