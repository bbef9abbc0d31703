"""The API as it is shipped, by Granian in processes of its own, with two pages more: constants, for comparison."""

import os
from typing import Any

import granian
from granian.constants import Interfaces, Loops
from litestar import get
from litestar.response.base import ASGIResponse

from peil import pages, server, settings
from peil.http.routing import Answer, Route, Scope

_shipped = pages.handlers
_BODY = b'"' + b"x" * (int(os.environ.get("BENCH_BYTES", "2")) - 2) + b'"'
_HEADERS = ((b"content-type", b"application/json"), (b"cache-control", b"private, no-cache"))


@get("/constant")
async def get_constant() -> ASGIResponse:
    """As many bytes as an aggregate, for whoever asks, by a handler of the framework."""
    return ASGIResponse(body=_BODY, status_code=200, headers={"cache-control": "private, no-cache"})


async def answer_constant(_: Scope) -> Answer:
    """The same as a read of a release is answered, without anything that is checked or looked up."""
    return 200, _HEADERS, _BODY


_ROUTES = (
    Route(method="GET", path_template="/constant"),
    Route(method="GET", path_template="/edge-constant", answer=answer_constant),
)


def application() -> server.Served:
    """What Granian imports."""
    extend_pages()
    return server.application()


def extend_pages() -> None:
    """Has every application that is made from now on serve the constants too."""
    pages.handlers = _handlers
    pages.ROUTES = (*pages.ROUTES, *_ROUTES)  # type: ignore[assignment]  # two more than there are


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
