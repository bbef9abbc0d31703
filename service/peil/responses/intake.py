"""The intake: a small ASGI application of its own that knows answers and never persons."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from peil import health, problems
from peil.answering import pages
from peil.database import Database
from peil.http.edge import Answer, Edge, Scope, Send
from peil.http.http_problem import Headers
from peil.http.parameters import decode_query
from peil.http.routing import MalformedPathError, Route, Routes
from peil.responses.model import Receipt
from peil.responses.rest import ENDPOINTS
from peil.responses.taking import Intake
from peil.responses.writer import Writer
from peil.rest import JSON, Endpoint, Ready
from peil.rest_handlers import NoQuery, arguments_of
from peil.structs import encode

# Anybody may ask and answer: there is no credential that a foreign page could abuse.
_ANY_ORIGIN = (b"access-control-allow-origin", b"*")
_JSON: Headers = [(b"content-type", JSON.encode())]

_ROUTES = tuple(
    Route(
        method=endpoint.method,
        path_template=endpoint.template,
        consumes=endpoint.accepts,
        produces=(JSON,),
        max_body=endpoint.max_body,
    )
    for endpoint in ENDPOINTS
)
_OWN = Routes([*_ROUTES, *pages.ROUTES])
_Handle = Callable[[Scope], Awaitable[Answer]]


def create_intake(database: Database, writer: Writer) -> Edge:
    """The intake as an ASGI application."""
    intake = Intake(database, writer)
    handlers: dict[str, _Handle] = {
        **{endpoint.template: _handler_of(endpoint, intake) for endpoint in ENDPOINTS},
        **{path: _handler_of_page(page) for path, page in pages.PAGES.items()},
        **{route.path_template: _handler_of_health(route.path_template, database) for route in health.ROUTES},
    }

    async def application(scope: Any, _: Any, send: Send) -> None:
        if scope["type"] != "http":
            return
        status, headers, body = await handlers[scope["peil.route"].path_template](scope)
        headers = [*headers, (b"content-length", str(len(body)).encode()), _ANY_ORIGIN]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return Edge(application, [*_ROUTES, *pages.ROUTES, *health.ROUTES], _refusal, preflight=_preflight)


def is_for_intake(scope: Scope) -> bool:
    """Whether a request is the intake's, where it shares an address with the API."""
    try:
        return _OWN.find(scope.get("raw_path") or quote(scope["path"]).encode()) is not None
    except MalformedPathError:
        return False


def _handler_of(endpoint: Endpoint, intake: Intake) -> _Handle:
    read_arguments = arguments_of(endpoint)

    async def handle(scope: Scope) -> Answer:
        result = await endpoint.handler(intake, **read_arguments(scope))
        if isinstance(result, Ready):
            return _unless_known(scope, [*_JSON, (b"etag", result.etag.encode())], result.etag, result.body)
        is_repeat = isinstance(result, Receipt) and result.result == "already-recorded"
        return (endpoint.repeat_status or 200) if is_repeat else endpoint.status, _JSON, encode(result)

    return handle


def _handler_of_page(page: pages.Page) -> _Handle:
    headers = pages.headers_of(page)

    async def handle(scope: Scope) -> Answer:
        decode_query(scope["query_string"], NoQuery)
        return _unless_known(scope, headers, page.etag, page.body)

    return handle


def _handler_of_health(path: str, database: Database) -> _Handle:
    async def handle(scope: Scope) -> Answer:
        decode_query(scope["query_string"], NoQuery)
        status, body = await health.tell(path, database)
        return status, _JSON, body

    return handle


def _unless_known(scope: Scope, headers: Headers, etag: str, body: bytes) -> Answer:
    """The body, or 304 where the caller has it."""
    seen = next((value for name, value in scope["headers"] if name == b"if-none-match"), b"")
    return (304, headers, b"") if etag.encode() in seen else (200, headers, body)


def _refusal(scope: Any, error: Exception) -> Answer:
    status, headers, body = problems.render(scope, error)
    return status, [*headers, _ANY_ORIGIN], body


async def _preflight(_: Any, allow: str) -> Answer:
    """Lets a page of any origin send answers (Fetch standard, CORS-preflight): no credential goes with them."""
    allowed = [(b"access-control-allow-methods", allow.encode()), (b"access-control-allow-headers", b"content-type")]
    return 204, [_ANY_ORIGIN, *allowed, (b"access-control-max-age", b"86400")], b""
