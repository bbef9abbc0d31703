"""The API as it is shipped, by Granian in processes of its own, with one page more: a constant, for comparison."""

import os
from typing import Any

import granian
from granian.constants import Interfaces, Loops
from litestar import get
from litestar.response.base import ASGIResponse

from peil import pages, server, settings
from peil.http.routing import Route

_shipped = pages.handlers
_BODY = b'"' + b"x" * (int(os.environ.get("BENCH_BYTES", "2")) - 2) + b'"'


@get("/constant")
async def get_constant() -> ASGIResponse:
    """As many bytes as an aggregate, for whoever asks."""
    return ASGIResponse(body=_BODY, status_code=200, headers={"cache-control": "private, no-cache"})


def application() -> server.Served:
    """What Granian imports."""
    pages.handlers = _handlers
    pages.ROUTES = (*pages.ROUTES, Route(method="GET", path_template="/constant"))  # type: ignore[assignment]  # one more than there are
    return server.application()


def _handlers() -> list[Any]:
    return [*_shipped(), get_constant]


if __name__ == "__main__":
    chosen = settings.read()
    granian.Granian(
        "benchmarks.served:application",
        factory=True,
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        websockets=False,
        workers=chosen.processes,
        backlog=1024,
    ).serve()
