"""What holds for every request: one spelling of paths, methods, media types, sizes, headers, errors."""

import logging
import re
import traceback
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from peil.errors import PeilError
from peil.http.http_problem import Headers, HttpProblem
from peil.http.negotiation import preferred, preferred_cached
from peil.http.request_body import CACHED_LENGTH, Receive, Replay, read_body
from peil.http.response_head import complete
from peil.http.routing import Answer, MalformedPathError, Resource, Route, Routes, Scope

__all__ = ["AbortedError", "Answer", "Edge", "HttpProblem", "Preflight", "Render", "Route", "Scope"]

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Any, Any, Any], Awaitable[None]]
Render = Callable[[Scope, Exception], Answer]
Preflight = Callable[[Scope, str], Awaitable[Answer]]

_WITHOUT_BODY = frozenset({204, 304})
# RFC 3986 section 3.2. Nothing here reads it, but libraries may; two of them are joined, which is none.
_HOST = re.compile(rb"[0-9A-Za-z!$&'()*+,;=\-._~:\[\]@%]*")
_log = logging.getLogger(__name__)


class AbortedError(Exception):
    """The application failed in the middle of its answer; makes the server close the connection."""


class Edge:
    """ASGI middleware in front of the application; all that can be is built once, here.

    `render` turns an HttpProblem, a domain error or an unknown exception into an answer, in the style of
    `scope["peil.route"].errors` (there is no route when the path is unknown); the edge adds the headers of an
    HttpProblem. `preflight` gets CORS preflights with the `Allow` of the resource; without it they are
    answered like any OPTIONS.

    Who answers finds in the scope `peil.route`, `peil.target` (method and path as they were sent, the path without
    query), `peil.headers` (by name, joined), `peil.path` (parameters, decoded), `peil.media_type` (what the caller
    prefers of `produces`) and `peil.body` (bytes); `render` finds `peil.request_id` (urn:uuid).
    """

    def __init__(
        self,
        application: Application,
        routes: Iterable[Route],
        render: Render,
        *,
        preflight: Preflight | None = None,
    ) -> None:
        self._application = application
        self._routes = Routes(routes)
        self._render = render
        self._preflight = preflight

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._answer({**scope}, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
        else:
            await self._application(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = _Response(send, is_head=scope["method"] == "HEAD")
        try:
            answer = await self._admit(scope, receive, response)
            if answer is None and scope["peil.route"].answer is not None:
                answer = await scope["peil.route"].answer(scope)
            if answer is None:
                await self._application(scope, Replay(scope["peil.body"], receive), response.send)
                if response.has_started:
                    return
                raise RuntimeError("the application gave no answer")
        except Exception as error:
            scope["peil.request_id"] = uuid4().urn
            if response.has_started:
                _report(scope, error)
                if response.is_complete:
                    return
                # Its own text may hold what somebody answered, and servers log what they get.
                raise AbortedError from None
            answer = self._refusal(scope, error)
        await response.give(answer)

    async def _admit(self, scope: Scope, receive: Receive, response: "_Response") -> Answer | None:
        """Check the request and put what is known of it into `scope`; an answer if there is no more to do."""
        raw_path = scope.get("raw_path") or quote(scope["path"]).encode()
        scope["peil.target"] = scope["method"], raw_path.decode("latin-1")
        resource, values = self._find(raw_path)
        headers = scope["peil.headers"] = _joined(scope["headers"])
        if not _HOST.fullmatch(headers.get(b"host", b"")):
            raise HttpProblem(400, "malformed-host")
        method = scope["method"]
        route = resource.by_method.get(method)
        if route is None:
            scope["peil.route"] = resource.any_route
            if method == "OPTIONS":
                return await self._options(scope, headers, resource)
            allow = ((b"allow", resource.allow.encode()),)
            raise HttpProblem(405, "method-not-allowed", allow, allow=resource.allow)
        scope["peil.route"] = route
        # A HEAD is answered by its GET; the response drops the body.
        scope["method"] = route.method
        scope["peil.path"] = dict(zip(resource.names[method], values, strict=True)) if values else {}
        if route.produces:
            response.is_negotiated = len(route.produces) > 1
            scope["peil.media_type"] = _negotiated(headers.get(b"accept"), route)
        scope["peil.body"] = await read_body(scope["http_version"], headers, route, receive)
        return None

    def _find(self, raw_path: bytes) -> tuple[Resource, tuple[str, ...]]:
        try:
            found = self._routes.find(raw_path)
        except MalformedPathError:
            raise HttpProblem(400, "malformed-path") from None
        if found is None:
            raise HttpProblem(404, "unknown-path")
        return found

    async def _options(self, scope: Scope, headers: dict[bytes, bytes], resource: Resource) -> Answer:
        is_preflight = b"origin" in headers and b"access-control-request-method" in headers
        if is_preflight and self._preflight is not None:
            return await self._preflight(scope, resource.allow)
        return 204, ((b"allow", resource.allow.encode()),), b""

    def _refusal(self, scope: Scope, error: Exception) -> Answer:
        if not isinstance(error, HttpProblem | PeilError):
            _report(scope, error)
        status, headers, body = self._render(scope, error)
        if isinstance(error, HttpProblem):
            given = {name for name, _ in headers}
            headers = [*headers, *(pair for pair in error.headers if pair[0] not in given)]
        return status, headers, body


class _Response:
    """The way back: completes the headers, and drops the body where there must be none."""

    __slots__ = ("_drops_body", "_send", "has_started", "is_complete", "is_negotiated")

    def __init__(self, send: Send, *, is_head: bool) -> None:
        self._send = send
        self._drops_body = is_head
        self.is_negotiated = False
        self.has_started = False
        self.is_complete = False

    async def send(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.has_started = True
            is_bare = message["status"] in _WITHOUT_BODY
            self._drops_body = self._drops_body or is_bare
            headers = complete(message.get("headers", ()), has_body=not is_bare, is_negotiated=self.is_negotiated)
            message = {**message, "headers": headers}
        elif message["type"] == "http.response.body":
            more = message.get("more_body", False)
            if self._drops_body:
                if more:
                    return
                message = {"type": "http.response.body", "body": b"", "more_body": False}
            self.is_complete = not more
        await self._send(message)

    async def give(self, answer: Answer) -> None:
        status, headers, body = answer
        headers = [*headers, (b"content-length", str(len(body)).encode())]
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body, "more_body": False})


def _joined(pairs: Headers) -> dict[bytes, bytes]:
    """The request's headers by name; those that come twice are joined (RFC 9110 section 5.3)."""
    headers: dict[bytes, bytes] = dict(pairs)
    if len(headers) != len(pairs):
        headers = {}
        for name, value in pairs:
            headers[name] = b", ".join((headers[name], value)) if name in headers else value
    return headers


def _negotiated(accept: bytes | None, route: Route) -> str:
    if accept is None or accept == b"*/*":
        return route.produces[0]
    choose = preferred_cached if len(accept) <= CACHED_LENGTH else preferred
    chosen = choose(accept.decode("latin-1"), route.produces)
    if chosen is None:
        raise HttpProblem(406, "not-acceptable", supported=", ".join(route.produces))
    return chosen


def _report(scope: Scope, error: Exception) -> None:
    """Log where it failed. Neither path, query nor body, nor the error's own text, which may quote them."""
    route = scope.get("peil.route")
    _log.error(
        "%s %s failed with %s, request %s\n%s",
        scope["method"],
        "an unknown path" if route is None else route.path_template,
        type(error).__qualname__,
        scope["peil.request_id"],
        "".join(traceback.format_tb(error.__traceback__)),
    )
