"""Tells whether the process is alive, and whether it can serve."""

from typing import Any

from litestar import Request, get
from litestar.response.base import ASGIResponse

from peil.database import Database
from peil.errors import Busy
from peil.http.routing import Route
from peil.structs import encode

PREFIX = "/health/"
LIVE, READY = PREFIX + "live", PREFIX + "ready"

ROUTES = (Route(method="GET", path_template=LIVE), Route(method="GET", path_template=READY))


async def tell(path: str, database: Database) -> tuple[int, bytes]:
    """Status and body for one of the two paths; not ready (503) where the database does not answer."""
    if path == READY and not await _answers(database):
        return 503, encode({"status": "no-database"})
    return 200, encode({"status": path.removeprefix(PREFIX)})


def handlers(database: Database) -> list[Any]:
    """Litestar handlers of the health endpoints."""

    @get([LIVE, READY])
    async def get_health(request: Request[Any, Any, Any]) -> ASGIResponse:
        status, body = await tell(request.scope["path"], database)
        return ASGIResponse(body=body, status_code=status, media_type="application/json")

    return [get_health]


async def _answers(database: Database) -> bool:
    try:
        async with database.transaction(None) as rows:
            return bool(await rows.value(_ASK) == 1)
    except Busy:
        return False


_ASK = """-- ask_database
select 1
"""
