"""Answers a request by its endpoint: reads the arguments, asks the operation, and makes an answer of the result."""

import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, get_args
from urllib.parse import parse_qsl, urlencode

import msgspec
from litestar import Request, route
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse

from peil import problems, telemetry
from peil.access.authentication import Presented
from peil.access.dpop import Shown
from peil.decoding import decoder_for
from peil.errors import Finding, Invalid
from peil.http.etag import etag_of
from peil.http.http_problem import Headers
from peil.http.negotiation import media_type_of
from peil.http.parameters import decode_path, decode_query
from peil.http.routing import Answer, Scope
from peil.operation import Call, require
from peil.paging import Page
from peil.parts import Parts
from peil.patching import Patch
from peil.rest import (
    IDEMPOTENCY_KEY,
    JSON,
    MERGE_PATCH,
    NDJSON,
    PREFIX,
    Endpoint,
    File,
    Later,
    Lines,
    Ready,
    Reply,
    path_names,
)
from peil.structs import encode

_IDEMPOTENCY_KEY = re.compile(IDEMPOTENCY_KEY + r"(?![\s\S])")


def answer_of(endpoint: Endpoint, parts: Parts) -> Callable[[Scope], Awaitable[Answer]]:
    """What makes the answer of an endpoint, whoever asks it: a Litestar handler, or the edge itself."""
    operation, read_arguments = endpoint.operation, arguments_of(endpoint)

    async def answer(scope: Scope) -> Answer:
        headers = headers_of(scope)
        with _span(endpoint, headers):
            actor = await parts.authentication.actor(presented(scope, headers, parts.settings.public_url))
            # An error is told in the language of the answers, whoever renders it.
            language = scope["peil.language"] = problems.language_of(headers.get("accept-language"), actor.language)
            require(actor, operation.scope)
            call = Call(
                actor,
                parts,
                language=language,
                idempotency_key=idempotency_key(headers) if operation.creates else None,
                if_match=headers.get("if-match"),
                media_type=scope.get("peil.media_type", endpoint.produces),
            )
            result = await endpoint.handler(call, **read_arguments(scope))
            return await _answer(endpoint, call, result, headers, scope["query_string"])

    return answer


def route_handler(endpoint: Endpoint, answer: Callable[[Scope], Awaitable[Answer]]) -> HTTPRouteHandler:
    """The Litestar handler of an endpoint, which gives what `answer` makes."""
    location = re.sub(r"{(\w+)}", r"{\1:str}", endpoint.template)

    @route(location, http_method=[endpoint.method], name=endpoint.name, status_code=200)
    async def handle(request: Request[Any, Any, Any]) -> ASGIResponse:
        scope: Any = request.scope
        status, headers, body = await answer(scope)
        told = [(name.decode(), value.decode("latin-1")) for name, value in headers]
        return ASGIResponse(body=body, status_code=status, headers=told)

    return handle


def _span(endpoint: Endpoint, headers: Mapping[str, str]) -> AbstractContextManager[Any]:
    """What records the request, with the caller's own trace as parent; nothing where its moment may not be kept."""
    if endpoint.operation.traced:
        return telemetry.request_span(endpoint.method, endpoint.template, headers)
    return nullcontext()


def headers_of(scope: Any) -> dict[str, str]:
    """The request's headers by lower-case name; of two tokens or keys neither counts, for they are joined."""
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["peil.headers"].items()}


def presented(scope: Any, headers: Mapping[str, str], public_url: str) -> Presented:
    """What a request brings to say who asks; where it was sent is told by our own name, not by its Host."""
    method, path = scope["peil.target"]
    shown = Shown(method, public_url + path, headers.get("dpop"))
    return Presented(headers.get("authorization"), headers.get("origin"), shown)


def arguments_of(endpoint: Endpoint) -> Callable[[Any], dict[str, Any]]:
    """Reads what an endpoint's handler is called with, beside its call, from the scope of a request."""
    names = path_names(endpoint.path)
    decode = None if endpoint.body is None or endpoint.consumes != JSON else decoder_for(endpoint.body).decode
    patch_type = get_args(endpoint.body)[0] if endpoint.consumes == MERGE_PATCH else None

    def read(scope: Any) -> dict[str, Any]:
        values = {
            names[name]: decode_path(raw, endpoint.path_types[names[name]]) for name, raw in scope["peil.path"].items()
        }
        if endpoint.query is not None:
            values["query"] = decode_query(scope["query_string"], endpoint.query)
        elif scope["query_string"]:
            decode_query(scope["query_string"], NoQuery)
        if decode is not None:
            values["body"] = decode(scope["peil.body"])
        elif patch_type is not None:
            values["body"] = Patch(scope["peil.body"], patch_type)
        elif endpoint.consumes == NDJSON:
            values["body"] = _lines(scope["peil.body"], headers_of(scope).get("content-type", NDJSON))
        return values

    return read


def _lines(body: bytes, content_type: str) -> Lines:
    if not body:
        # Somebody who forgot the body would read in the report that all went well.
        raise Invalid(Finding("", "required"))
    lines = Lines(body)
    lines.media_type = media_type_of(content_type) or NDJSON
    return lines


class NoQuery(msgspec.Struct, forbid_unknown_fields=True):
    """The query keys of an endpoint that has none."""


async def _answer(
    endpoint: Endpoint, call: Call, result: Any, headers: Mapping[str, str], query_string: bytes
) -> Answer:
    extra: dict[str, str] = {}
    media_type = endpoint.produces
    if isinstance(result, Reply):
        if result.location is not None:
            extra["location"] = PREFIX + result.location
        if result.is_kept:
            extra["cache-control"] = "private, no-cache"
        result = result.value
    if call.replayed:
        extra["idempotency-replayed"] = "true"
    if result is None:
        return endpoint.status, _encoded(extra, JSON), b""
    if isinstance(result, Ready):
        body, extra["etag"] = result.body, result.etag
    elif isinstance(result, Later):
        media_type, extra["etag"] = call.media_type, result.etag
        # A picture that is opened by itself runs nothing and fetches nothing.
        extra["content-security-policy"] = "default-src 'none'; frame-ancestors 'none'"
    elif isinstance(result, Lines):
        body = bytes(result)
    elif isinstance(result, File):
        body, media_type, extra["etag"] = result.body, result.media_type, etag_of(result.body)
        extra["content-disposition"] = f'attachment; filename="{result.name}"'
    else:
        body = encode(result)
        extra["etag"] = etag_of(body)
    if isinstance(result, Page | Ready) and result.next is not None:
        extra["link"] = f'<?{_next_query(query_string, result.next)}>; rel="next"'
    if endpoint.method == "GET" and _is_known(headers.get("if-none-match"), extra.get("etag")):
        return 304, _encoded(extra, media_type), b""
    if isinstance(result, Later):
        body = await result.make()
    return endpoint.status, _encoded(extra, media_type), body


def _encoded(headers: Mapping[str, str], media_type: str) -> Headers:
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return [
        (b"content-type", f"{media_type}{charset}".encode()),
        *((name.encode(), value.encode("latin-1")) for name, value in headers.items()),
    ]


def _next_query(query_string: bytes, cursor: str) -> str:
    """The query of this page with the cursor of the next: its limit and its filters go on."""
    kept = [(name, value) for name, value in parse_qsl(query_string.decode()) if name != "cursor"]
    return urlencode([*kept, ("cursor", cursor)])


def _is_known(if_none_match: str | None, etag: str | None) -> bool:
    if if_none_match is None or etag is None:
        return False
    return if_none_match.strip() == "*" or etag in {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}


def idempotency_key(headers: Mapping[str, str]) -> str | None:
    """The Idempotency-Key, if one was sent. Raises Invalid for one that cannot be kept."""
    key = headers.get("idempotency-key")
    if key is not None and not _IDEMPOTENCY_KEY.match(key):
        raise Invalid(Finding("/header/Idempotency-Key", "pattern"))
    return key
