"""What a list and a get are compared with: Litestar and asyncpg written by hand, with the same SQL and nothing else.

It asks nobody who they are, checks no input, and makes no ETag; the server and its settings are those of the API.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg
import granian
import msgspec
from granian.constants import Interfaces, Loops
from litestar import Litestar, get
from litestar.datastructures import State
from litestar.response.base import ASGIResponse

from peil.campaigns.queries import _SELECT as SELECT_CAMPAIGN
from peil.ids import NONE
from peil.settings import Settings
from peil.waves.queries import _SELECT_MANY as SELECT_WAVES

PAGE = 50
_EMPLOYER = UUID(os.environ.get("BARE_EMPLOYER", str(NONE)))
# Row-level security gives nothing without it, so it belongs to the SQL.
_BEGIN = f"begin isolation level read committed; set local app.employer_id = '{_EMPLOYER}'"
_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


@get("/waves")
async def list_waves(state: State) -> ASGIResponse:
    async with state.pool.acquire() as connection:
        await connection.execute(_BEGIN)
        found = await connection.fetch(SELECT_WAVES, _EMPLOYER, _BEGINNING, NONE, None, None, PAGE + 1)
        await connection.execute("commit")
    return _answer({"items": [dict(one) for one in found[:PAGE]], "next": str(found[PAGE - 1]["wave_id"])})


@get("/campaigns/{campaign_id:uuid}")
async def get_campaign(state: State, campaign_id: UUID) -> ASGIResponse:
    async with state.pool.acquire() as connection:
        await connection.execute(_BEGIN)
        found = await connection.fetchrow(SELECT_CAMPAIGN, _EMPLOYER, campaign_id)
        await connection.execute("commit")
    return _answer(dict(found))


def _answer(body: dict[str, Any]) -> ASGIResponse:
    return ASGIResponse(body=msgspec.json.encode(body), media_type="application/json")


@asynccontextmanager
async def _pool(application: Litestar) -> AsyncIterator[None]:
    size = next(field.default for field in msgspec.structs.fields(Settings) if field.name == "pool_size")
    url = os.environ["BARE_DATABASE"]
    async with asyncpg.create_pool(url, min_size=0, max_size=size, init=_prepare, reset=_keep) as pool:
        application.state.pool = pool
        yield


async def _prepare(connection: asyncpg.Connection) -> None:
    await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=str, decoder=msgspec.Raw)


async def _keep(_: asyncpg.Connection) -> None:
    """Nothing to reset: each transaction has ended."""


def application() -> Litestar:
    """What Granian imports."""
    return Litestar([list_waves, get_campaign], lifespan=[_pool], openapi_config=None, logging_config=None)


if __name__ == "__main__":
    granian.Granian(
        "benchmarks.bare:application",
        factory=True,
        port=int(os.environ["BARE_PORT"]),
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        websockets=False,
        workers=os.cpu_count() or 1,
        backlog=1024,
    ).serve()
