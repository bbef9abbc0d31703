"""The body of a request: of a type its route consumes, not too large, and whole before anybody reads it."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from peil.errors import Finding, Invalid
from peil.http.http_problem import HttpProblem
from peil.http.negotiation import Kind, kind_of, media_type_of, media_type_of_cached
from peil.http.routing import Route
from peil.json_text import MAX_DEPTH, is_too_deep

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

_LENGTH = re.compile(rb"[0-9]{1,18}")
# Longer values are worked out each time, so that nobody fills the memory of the cache.
CACHED_LENGTH = 256


async def read_body(http_version: str, headers: Mapping[bytes, bytes], route: Route, receive: Receive) -> bytes:
    """The whole body, b"" if there is none.

    Raises HttpProblem 400 (`body-not-allowed`, `malformed-content-length`, `disconnected`), 413
    (`body-too-large`) and 415 (`unsupported-media-type`, `unsupported-content-encoding`); Invalid if it should
    be text and is not UTF-8, or JSON and nested too deep.
    """
    length = _length_of(headers)
    # HTTP/1.1 has no body without a length or an encoding (RFC 9112 section 6.3); HTTP/2 may have one.
    if length is None and b"transfer-encoding" not in headers and http_version.startswith("1"):
        return b""
    if length == 0:
        return b""
    media_type = _check_head(headers, route, length)
    try:
        async with asyncio.timeout(_SLOWEST):
            body = await _read(receive, route)
    except TimeoutError:
        raise HttpProblem(408, "request-timeout", ((b"connection", b"close"),), seconds=_SLOWEST) from None
    if body and media_type is None:
        raise _not_consumed(route)
    if media_type is not None:
        _check_text(body, kind_of(media_type))
    return body


_SLOWEST = 30
"""Seconds within which a body must be there whole."""


class Replay:
    """An ASGI `receive` that gives a body that was read before, and then tells when the caller leaves."""

    __slots__ = ("_body", "_receive")

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> MutableMapping[str, Any]:
        if self._body is not None:
            body, self._body = self._body, None
            return {"type": "http.request", "body": body, "more_body": False}
        while True:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                return message


def _length_of(headers: Mapping[bytes, bytes]) -> int | None:
    length = headers.get(b"content-length")
    if length is None:
        return None
    if not _LENGTH.fullmatch(length):
        raise HttpProblem(400, "malformed-content-length")
    return int(length)


def _check_head(headers: Mapping[bytes, bytes], route: Route, length: int | None) -> str | None:
    """The media type, None if there is no Content-Type; refuses what the headers alone show to be wrong."""
    media_type = None
    content_type = headers.get(b"content-type")
    if route.consumes and content_type is not None:
        parse = media_type_of_cached if len(content_type) <= CACHED_LENGTH else media_type_of
        media_type = parse(content_type.decode("latin-1"))
        if media_type not in route.consumes:
            raise _not_consumed(route)
    if length is not None and media_type is None:
        raise _not_consumed(route)
    if headers.get(b"content-encoding", b"identity").strip().lower() != b"identity":
        accepted = ((b"accept-encoding", b"identity"),)
        raise HttpProblem(415, "unsupported-content-encoding", accepted, supported="identity")
    if length is not None and length > route.max_body:
        raise HttpProblem(413, "body-too-large", limit=route.max_body)
    return media_type


async def _read(receive: Receive, route: Route) -> bytes:
    limit = route.max_body if route.consumes else 0
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            # Servers also say so of a body whose chunks they cannot read: there somebody waits for an answer.
            raise HttpProblem(400, "disconnected")
        chunk = message.get("body", b"")
        if chunk:
            chunks.append(chunk)
            size += len(chunk)
        if size > limit:
            raise HttpProblem(413, "body-too-large", limit=limit) if route.consumes else _not_consumed(route)
        if not message.get("more_body", False):
            return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def _not_consumed(route: Route) -> HttpProblem:
    """A body without meaning is refused, not ignored: RFC 9110 section 9.3.1 warns of request smuggling."""
    if not route.consumes:
        return HttpProblem(400, "body-not-allowed")
    supported = ", ".join(route.consumes)
    headers = [(b"accept", supported.encode())]
    if route.method in ("PATCH", "POST"):
        headers.append((f"accept-{route.method.lower()}".encode(), supported.encode()))
    return HttpProblem(415, "unsupported-media-type", headers, supported=supported)


def _check_text(body: bytes, kind: Kind) -> None:
    if kind == "other":
        return
    if not body.isascii():
        try:
            body.decode()
        except UnicodeDecodeError as error:
            raise Invalid(Finding("", "invalid-utf8", {"byte": error.start})) from None
    if kind == "json" and is_too_deep(body):
        raise Invalid(Finding("", "too-deep", {"limit": MAX_DEPTH}))
