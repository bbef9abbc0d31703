"""Tells whether the process is alive, and whether it can serve."""

from typing import Any

from litestar import get
from litestar.response.base import ASGIResponse

from peil.database import Database
from peil.errors import Busy
from peil.rest import JSON
from peil.routing import Route
from peil.structs import encode

ROUTES = (
    Route(method="GET", path_template="/health/live"),
    Route(method="GET", path_template="/health/ready"),
)


_ASK = """-- ask_database
select 1
"""


async def is_ready(database: Database) -> bool:
    """Whether the database answers."""
    try:
        async with database.transaction(None) as rows:
            return bool(await rows.value(_ASK) == 1)
    except Busy:
        return False


def handlers(database: Database) -> list[Any]:
    """Litestar handlers of the health endpoints."""

    @get("/health/live")
    async def live() -> ASGIResponse:
        return _answer(200, "live")

    @get("/health/ready")
    async def ready() -> ASGIResponse:
        return _answer(200, "ready") if await is_ready(database) else _answer(503, "no-database")

    return [live, ready]


def _answer(status: int, state: str) -> ASGIResponse:
    return ASGIResponse(body=encode({"status": state}), status_code=status, media_type=JSON)
