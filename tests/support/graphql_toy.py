"""A toy slice for the GraphQL layer: waves and teams in memory, with everything that a Struct can hold."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar
from uuid import UUID

import msgspec
import uvicorn
from litestar import Litestar, Request
from msgspec import UNSET, Meta, UnsetType
from msgspec.structs import force_setattr

from peil import problems
from peil.actor import NOBODY
from peil.errors import Conflict, Denied, Finding, Invalid, NotFound
from peil.graphql.fields import Context, edge, mutation, node, query
from peil.graphql.http import ROUTES, create_handlers
from peil.graphql.schema import Schema, create_schema
from peil.http.edge import Edge
from peil.operation import Call
from peil.paging import Page, PageQuery
from peil.patching import Patch
from peil.structs import Name, Texts, Value

T = TypeVar("T")
Kind = Annotated[Literal["baseline", "traffic-light", "post"], Meta(title="WaveKind")]
Moment = Annotated[datetime, Meta(tz=True)]


class Scale(Value, frozen=True, kw_only=True, tag="scale", tag_field="type"):
    """Answered with a number."""

    steps: Annotated[int, Meta(ge=2, le=11)]


class Choice(Value, frozen=True, kw_only=True, tag="multiple-choice", tag_field="type"):
    """Answered with one of some texts."""

    options: list[Texts]


class Item(Value, frozen=True, kw_only=True):
    """One thing that is asked."""

    question: Texts
    form: Scale | Choice


class Wave(Value, frozen=True, kw_only=True):
    """One time of asking."""

    __field_docs__: ClassVar[dict[str, str]] = {"day": "The day it opens."}

    wave_id: UUID
    name: Name
    kind: Kind
    opens_at: Moment
    day: date
    bytes_kept: Annotated[int, Meta(ge=0, le=2**53)]
    score: float | None
    items: list[Item]
    team_id: UUID
    kept_since: date | UnsetType = UNSET


class WaveNew(Value, frozen=True, kw_only=True):
    """A wave to plan."""

    name: Name
    kind: Kind
    opens_at: Moment
    items: list[Item] = msgspec.field(default_factory=list)
    title: Texts | None = None


class Team(Value, frozen=True, kw_only=True):
    """A team, with the teams in it."""

    team_id: UUID
    name: Name
    teams: list["Team"]


class WaveQuery(PageQuery, frozen=True, kw_only=True):
    """Which waves."""

    kind: Kind | None = None


class ToyPage(Page[T], Generic[T], frozen=True, kw_only=True, dict=True):
    """A page that can seal the place of each of its items."""


TEAM = Team(team_id=UUID(int=7), name="Zorg", teams=[Team(team_id=UUID(int=8), name="Nacht", teams=[])])
SECRET = "select secret from employer"
LOADS: list[list[UUID]] = []


def _wave(number: int, name: str = "Nulmeting", kind: Any = "traffic-light") -> Wave:
    return Wave(
        wave_id=UUID(int=number),
        name=name,
        kind=kind,
        opens_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
        day=date(2026, 11, 23),
        bytes_kept=2**40,
        score=None,
        items=[
            Item(question={"nl": "Hoe druk?", "en": "How busy?"}, form=Scale(steps=5)),
            Item(question={"nl": "Waarom?"}, form=Choice(options=[{"nl": "Werk"}])),
        ],
        team_id=TEAM.team_id,
    )


WAVES = [_wave(number) for number in range(1, 6)]


async def get_wave(call: Call, wave_id: UUID) -> Wave:
    """One wave."""
    if wave_id == UUID(int=0xDE):
        raise Denied
    if wave_id == UUID(int=0xBAD):
        raise RuntimeError(SECRET)
    found = [wave for wave in WAVES if wave.wave_id == wave_id]
    if not found:
        raise NotFound
    return found[0]


async def list_waves(call: Call, query: WaveQuery) -> Page[Wave]:
    """The waves, oldest first."""
    if query.cursor is not None and not query.cursor.isdigit():
        raise Invalid(Finding("/query/cursor", "pattern"))
    start = int(query.cursor or 0)
    items = [wave for wave in WAVES if wave.wave_id.int > start and query.kind in (None, wave.kind)]
    page = ToyPage(items=items[: query.limit], next=None)
    if len(items) > query.limit:
        page = ToyPage(items=page.items, next=str(page.items[-1].wave_id.int))
    force_setattr(page, "cursor_of", lambda wave: str(wave.wave_id.int))
    return page


async def plan_wave(call: Call, new: WaveNew) -> Wave:
    """Plans a wave."""
    if new.name == "Twice":
        raise Conflict("conflict", Finding("/name", "duplicate-item"))
    return msgspec.structs.replace(_wave(9, new.name, new.kind), opens_at=new.opens_at, items=new.items)


async def update_wave(call: Call, wave_id: UUID, patch: Patch[WaveNew]) -> Wave:
    """Changes a wave."""
    changed = patch.apply(WAVES[0])
    return msgspec.structs.replace(WAVES[0], name=changed.name, kind=changed.kind)


async def rename_wave(call: Call, wave_id: UUID, name: Name) -> Wave:
    """Gives a wave another name; shows the version it was given."""
    return _wave(wave_id.int, f"{name} {call.if_match}")


async def delete_wave(call: Call, wave_id: UUID) -> None:
    """Deletes a wave."""


async def list_teams(call: Call) -> list[Team]:
    """The teams at the top."""
    return [TEAM]


async def select_teams(call: Call, team_ids: list[UUID]) -> list[Team]:
    """The teams with these ids."""
    LOADS.append(team_ids)
    return [TEAM for _ in team_ids]


async def team(context: Context, wave: Wave) -> Team:
    """The team that is asked."""
    return await context.load(select_teams, wave.team_id)


FIELDS = [
    node(get_wave),
    query(list_waves),
    query(list_teams),
    mutation(plan_wave),
    mutation(update_wave),
    mutation(rename_wave, match=True),
    mutation(delete_wave),
    edge(Wave, team),
]


def context(*, introspection: bool = True, free_documents: bool = True, language: str = "en") -> Context:
    """A request by somebody with these rights."""
    call = Call(NOBODY, None, language=language)  # type: ignore[arg-type]  # no operation here has a database
    return Context(call, introspection=introspection, free_documents=free_documents)


def application(schema: Schema, documents: dict[str, str] | None = None, **rights: Any) -> Edge:
    """The toy behind the edge, as it is served."""

    async def context_of(request: Request[Any, Any, Any]) -> Context:
        return context(**rights)

    app = Litestar(create_handlers(schema, context_of, documents), openapi_config=None)
    return Edge(app, ROUTES, problems.render)


@asynccontextmanager
async def served(app: Any) -> AsyncIterator[str]:
    """`app` on a free port of the loopback interface; gives its address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", lifespan="off"))
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110  # uvicorn has no event for it
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


def toy_schema() -> Schema:
    """The schema of the toy slice."""
    return create_schema(FIELDS)
