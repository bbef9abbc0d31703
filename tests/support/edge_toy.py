"""A tiny application behind the edge, and a caller that speaks raw ASGI."""

import json
from collections.abc import Iterator, MutableMapping
from typing import Any

from peil import __version__
from peil.errors import Invalid, NotFound, PeilError
from peil.http.edge import Answer, Edge, HttpProblem, Route, Scope

JSON = ("application/json",)


async def ready(scope: Scope) -> Answer:
    """Answers without the application, or fails in the way it is told."""
    how = scope["peil.path"]["how"]
    if how == "early":
        raise ValueError("secret answer")
    if how == "not-found":
        raise NotFound
    said = f"{scope['method']} {how}: {scope['peil.headers'].get(b'etag', b'').decode()}"
    return 200, [(b"content-type", b"application/json")], said.encode()


ROUTES = (
    Route(method="GET", path_template="/v1/waves"),
    Route(method="POST", path_template="/v1/waves", consumes=JSON, max_body=100),
    Route(method="GET", path_template="/v1/waves/current"),
    Route(method="GET", path_template="/v1/waves/{waveId}"),
    Route(method="PATCH", path_template="/v1/waves/{waveId}", consumes=("application/merge-patch+json",)),
    Route(method="DELETE", path_template="/v1/waves/{id}", produces=()),
    Route(method="POST", path_template="/v1/waves/{waveId}/open"),
    Route(method="GET", path_template="/v1/waves/{waveId}/items/{key}"),
    Route(method="GET", path_template="/v1/export", produces=("application/json", "text/csv")),
    Route(method="POST", path_template="/v1/people", consumes=("application/x-ndjson",)),
    Route(method="POST", path_template="/oauth/token", consumes=("application/x-www-form-urlencoded",)),
    Route(method="GET", path_template="/"),
    Route(method="GET", path_template="/v1/fails/{how}"),
    Route(method="GET", path_template="/v1/ready/{how}", answer=ready),
)
STANDARD = {
    "api-version": __version__,
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "vary": "Accept-Language, Origin",
}


async def application(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
    """Says what it was given; `/v1/fails/…` fails in the way it is told."""
    how = scope["peil.path"].get("how")
    if how == "early":
        raise ValueError("secret answer")
    if how == "not-found":
        raise NotFound
    if how == "silent":
        return
    headers: list[tuple[bytes, bytes]] = [(b"content-type", b"application/json")]
    if how == "own-headers":
        headers = [
            (b"content-type", b"text/html"),
            (b"Cache-Control", b"private, no-cache"),
            (b"vary", b"accept, ORIGIN"),
        ]
    message = await receive()
    seen = {
        "method": scope["method"],
        "path": scope["peil.path"],
        "template": scope["peil.route"].path_template,
        "body": message["body"].decode("latin-1"),
        "mediaType": scope.get("peil.media_type"),
    }
    body = json.dumps(seen).encode()
    status = int(how) if how in ("204", "304") else 200
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body[:5], "more_body": True})
    if how == "late":
        raise ValueError("secret answer")
    await send({"type": "http.response.body", "body": body[5:]})
    if how == "after":
        raise ValueError("secret answer")


def render(scope: Any, error: Exception) -> Answer:
    status, code = 500, "internal"
    if isinstance(error, HttpProblem):
        status, code = error.status, error.code
    elif isinstance(error, PeilError):
        status, code = (400 if isinstance(error, Invalid) else 404), error.code
    codes = [finding.code for finding in error.findings] if isinstance(error, Invalid) else []
    said = {"status": status, "code": code, "codes": codes, "instance": scope["peil.request_id"]}
    body = json.dumps(said).encode()
    return status, [(b"content-type", b"application/problem+json")], body


async def preflight(_: Any, allow: str) -> Answer:
    return 204, [(b"access-control-allow-methods", allow.encode())], b""


EDGE = Edge(application, ROUTES, render, preflight=preflight)


def scope_of(method: str, raw_path: bytes, *headers: tuple[bytes, bytes], http_version: str = "1.1") -> dict[str, Any]:
    return {
        "type": "http",
        "http_version": http_version,
        "method": method,
        "path": raw_path.decode("latin-1"),
        "raw_path": raw_path,
        "query_string": b"",
        "headers": list(headers),
    }


async def exchange(
    scope: dict[str, Any], *messages: dict[str, Any], edge: Edge = EDGE
) -> tuple[int, dict[str, str], bytes]:
    """One exchange by raw messages: status, headers and body; status 0 if there was no answer."""
    incoming: Iterator[dict[str, Any]] = iter((*messages, {"type": "http.disconnect"}))
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return next(incoming)

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    await edge(scope, receive, send)
    if not sent:
        return 0, {}, b""
    headers = {name.decode(): value.decode("latin-1") for name, value in sent[0]["headers"]}
    assert len(headers) == len(sent[0]["headers"])
    return sent[0]["status"], headers, b"".join(message["body"] for message in sent[1:])


def part(body: bytes, *, more: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


async def status_of(method: str, raw_path: bytes, *headers: tuple[bytes, bytes]) -> int:
    return (await exchange(scope_of(method, raw_path, *headers)))[0]
