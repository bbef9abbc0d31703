"""Relay: pages as connections, and one opaque id for every thing that can be fetched again."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar
from uuid import UUID

import strawberry

from peil.structs import Value

T = TypeVar("T")


class CursoredPage(Protocol[T]):
    """What a list operation gives: a `peil.paging.Page` whose `cursor_of` seals the place of an item."""

    @property
    def items(self) -> list[T]: ...

    @property
    def next(self) -> str | None: ...

    @property
    def cursor_of(self) -> Callable[[T], str]: ...


class PageInfo(Value, frozen=True, kw_only=True):
    """Where a page stands in its list."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


class Edge(Value, Generic[T], frozen=True, kw_only=True):
    """An item of a list and its place there."""

    node: T
    cursor: str


class Connection(Value, Generic[T], frozen=True, kw_only=True):
    """A page of a list (Relay's cursor connections)."""

    edges: list[Edge[T]]
    page_info: PageInfo


def connection(page: CursoredPage[T], after: str | None) -> Connection[T]:
    """The connection of `page`, which was asked for `after` a cursor; none: from the start.

    An edge's cursor is the sealed place of its item, so the last one is `page.next`, and REST takes them too.
    """
    edges = [Edge(node=item, cursor=page.cursor_of(item)) for item in page.items]
    info = PageInfo(
        has_next_page=page.next is not None,
        # The item that `after` was made from stood before this page; no other statement is asked to know.
        has_previous_page=after is not None,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=(page.next or edges[-1].cursor) if edges else None,
    )
    return Connection(edges=edges, page_info=info)


@strawberry.interface(description="A thing with an id that `node` takes (Relay's global object identification).")
class Node:
    """The interface of what can be fetched again."""

    id: strawberry.ID


def global_id(type_name: str, id_: UUID) -> str:
    """An opaque id that says what it is of."""
    return urlsafe_b64encode(f"{type_name}:{id_}".encode()).rstrip(b"=").decode()


def open_global_id(text: str) -> tuple[str, UUID] | None:
    """The type name and the UUID in a global id; None for anything that Peil did not make."""
    try:
        type_name, _, id_ = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().partition(":")
        opened = type_name, UUID(id_)
    except (Error, ValueError):
        return None
    return opened if global_id(*opened) == text else None
