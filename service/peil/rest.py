"""How a REST endpoint is written, and how it becomes a Litestar handler.

A slice writes

    waves = Router("Waves")

    @waves.post("/waves", status=201)
    async def plan_wave(call: Call, body: WaveNew) -> Reply[Wave]:
        wave = await operations.plan_wave(call, body)
        return Reply(wave, location=f"/waves/{wave.wave_id}")

The function has the name of its operation. `body` is decoded strictly, `query` is a Struct of query keys, other
parameters are taken from the path. OpenAPI is generated from the same signatures.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Generic, Literal, TypeVar, get_args, get_origin, get_type_hints
from urllib.parse import parse_qsl, urlencode

import msgspec
from litestar import Request, route
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse

from peil import problems, telemetry
from peil.decoding import decoder_for
from peil.errors import Finding, Invalid
from peil.http.edge import joined_headers
from peil.http.etag import etag_of
from peil.http.parameters import decode_path, decode_query
from peil.operation import ANONYMOUS, OPERATIONS, Call, Operation, require
from peil.paging import Page
from peil.parts import Parts
from peil.patching import Patch
from peil.structs import encode

T = TypeVar("T")

PREFIX = "/v1"
JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"
NDJSON = "application/x-ndjson"
CSV = "text/csv"
MAX_BODY = 1_048_576

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
Handler = Callable[..., Awaitable[Any]]
IDEMPOTENCY_KEY = r"[\x21-\x7e]{1,200}"
_IDEMPOTENCY_KEY = re.compile(IDEMPOTENCY_KEY + r"(?![\s\S])")


class Reply(Generic[T]):
    """A representation with what else the answer says."""

    __slots__ = ("is_kept", "location", "value")

    def __init__(self, value: T, *, location: str | None = None, is_kept: bool = False) -> None:
        self.value = value
        self.location = location
        self.is_kept = is_kept
        """The caller may keep it, and asks each time whether it still holds; other answers are not kept."""


class Ready(msgspec.Struct, frozen=True):
    """Bytes that are ready to be sent, with their strong ETag."""

    body: bytes
    etag: str


class Lines(bytes):
    """A body of lines: NDJSON, decoded line by line by the operation, or a table that goes out."""


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """One REST operation, as the router, the edge and the OpenAPI document see it."""

    method: Method
    path: str
    name: str
    handler: Handler
    tag: str
    status: int
    body: Any
    query: type[msgspec.Struct] | None
    path_types: Mapping[str, Any]
    result: Any
    consumes: str | None
    produces: str
    max_body: int
    on_intake: bool
    is_ruled: bool
    """True: input that fits its schema can still be refused with 400, for a rule that no schema says."""
    conflicts: bool
    """True: a state, or another request with the same Idempotency-Key, can forbid it (409)."""
    has_location: bool
    repeat_status: int | None
    """The status where it had been done before and is not done again; None: there is no other."""

    @property
    def scope(self) -> str:
        """The scope that allows it; the intake asks nobody who they are."""
        return ANONYMOUS if self.on_intake else self.operation.scope

    @property
    def operation(self) -> Operation[Any, Any]:
        return OPERATIONS[self.name]

    @property
    def template(self) -> str:
        """The path as callers write it, with the version."""
        return PREFIX + self.path


class Router:
    """The endpoints of one slice, under one tag."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.endpoints: list[Endpoint] = []

    def get(
        self,
        path: str,
        *,
        result: Any = None,
        produces: str = JSON,
        ruled: bool = False,
        conflicts: bool = False,
    ) -> Callable[[Handler], Handler]:
        return self._add("GET", path, 200, result=result, produces=produces, ruled=ruled, conflicts=conflicts)

    def post(
        self,
        path: str,
        *,
        status: int = 201,
        max_body: int = MAX_BODY,
        produces: str = JSON,
        result: Any = None,
        ruled: bool = False,
        conflicts: bool = True,
    ) -> Callable[[Handler], Handler]:
        return self._add(
            "POST",
            path,
            status,
            max_body=max_body,
            produces=produces,
            result=result,
            ruled=ruled,
            conflicts=conflicts,
        )

    def patch(self, path: str, *, ruled: bool = False, conflicts: bool = True) -> Callable[[Handler], Handler]:
        return self._add("PATCH", path, 200, ruled=ruled, conflicts=conflicts)

    def delete(self, path: str, *, conflicts: bool = True) -> Callable[[Handler], Handler]:
        return self._add("DELETE", path, 204, conflicts=conflicts)

    def _add(self, method: Method, path: str, status: int, **said: Any) -> Callable[[Handler], Handler]:
        def register(handler: Handler) -> Handler:
            self.endpoints.append(endpoint_of(handler, method, path, status, self.tag, **said))
            return handler

        return register


def endpoint_of(
    handler: Handler,
    method: Method,
    path: str,
    status: int,
    tag: str,
    *,
    result: Any = None,
    max_body: int = MAX_BODY,
    produces: str = JSON,
    on_intake: bool = False,
    ruled: bool = False,
    conflicts: bool = True,
    repeat_status: int | None = None,
) -> Endpoint:
    """Reads an endpoint from the signature of its handler. Raises RuntimeError where no operation has its name."""
    name = handler.__name__
    if name not in OPERATIONS and not on_intake:
        raise RuntimeError(f"{method} {path}: there is no operation {name}, so nobody decided who may do it")
    hints = get_type_hints(handler, include_extras=True)
    returned = hints.pop("return")
    hints.pop("call", None)
    body, query = hints.pop("body", None), hints.pop("query", None)
    if set(path_names(path).values()) != set(hints):
        raise RuntimeError(f"{method} {path}: parameters {sorted(hints)} do not fit the path")
    has_location = status == 201 and get_origin(returned) is Reply
    if get_origin(returned) is Reply:
        (returned,) = get_args(returned)
    return Endpoint(
        method=method,
        path=path,
        name=name,
        handler=handler,
        tag=tag,
        status=status,
        body=body,
        query=query,
        path_types=hints,
        result=result or returned,
        consumes=_media_type(body),
        produces=produces,
        max_body=max_body,
        on_intake=on_intake,
        # A cursor is right or wrong by its seal.
        is_ruled=ruled or (query is not None and "cursor" in query.__struct_fields__),
        conflicts=conflicts,
        has_location=has_location,
        repeat_status=repeat_status,
    )


def _media_type(body: Any) -> str | None:
    if body is None:
        return None
    if body is Lines:
        return NDJSON
    return MERGE_PATCH if get_origin(body) is Patch else JSON


def path_names(path: str) -> dict[str, str]:
    """Names in the path (camelCase) to names of parameters (snake_case)."""
    return {name: re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower() for name in re.findall(r"{(\w+)}", path)}


def route_handler(endpoint: Endpoint, parts: Parts) -> HTTPRouteHandler:
    """The Litestar handler of an endpoint."""
    read_arguments = arguments_of(endpoint)
    location = re.sub(r"{(\w+)}", r"{\1:str}", endpoint.template)

    @route(location, http_method=[endpoint.method], name=endpoint.name, status_code=200)
    async def handle(request: Request[Any, Any, Any]) -> ASGIResponse:
        scope: Any = request.scope
        headers = headers_of(scope)
        with _span(endpoint, headers):
            actor = await parts.authentication.actor(headers.get("authorization"), headers.get("origin"))
            require(actor, endpoint.operation.scope)
            call = Call(
                actor,
                parts,
                language=problems.language_of(headers.get("accept-language"), actor.language),
                idempotency_key=idempotency_key(headers) if endpoint.operation.creates else None,
                if_match=headers.get("if-match"),
            )
            result = await endpoint.handler(call, **read_arguments(scope))
            return _response(endpoint, call, result, headers, scope["query_string"])

    return handle


def _span(endpoint: Endpoint, headers: Mapping[str, str]) -> AbstractContextManager[Any]:
    """What records the request, with the caller's own trace as parent; nothing where its moment may not be kept."""
    if endpoint.operation.traced:
        return telemetry.request_span(endpoint.method, endpoint.template, headers)
    return nullcontext()


def headers_of(scope: Any) -> dict[str, str]:
    """The request's headers by lower-case name; of two tokens or keys neither counts, for they are joined."""
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in joined_headers(scope).items()}


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
            values["body"] = _lines(scope["peil.body"])
        return values

    return read


def _lines(body: bytes) -> Lines:
    if not body:
        # Somebody who forgot the body would read in the report that all went well.
        raise Invalid(Finding("", "required"))
    return Lines(body)


class NoQuery(msgspec.Struct, forbid_unknown_fields=True):
    """The query keys of an endpoint that has none."""


def _response(
    endpoint: Endpoint, call: Call, result: Any, headers: Mapping[str, str], query_string: bytes
) -> ASGIResponse:
    extra: dict[str, str] = {}
    if isinstance(result, Reply):
        if result.location is not None:
            extra["location"] = PREFIX + result.location
        if result.is_kept:
            extra["cache-control"] = "private, no-cache"
        result = result.value
    if call.replayed:
        extra["idempotency-replayed"] = "true"
    if result is None:
        return ASGIResponse(body=b"", status_code=endpoint.status, headers=extra)
    if isinstance(result, Ready):
        body, extra["etag"] = result.body, result.etag
    elif isinstance(result, Lines):
        body = bytes(result)
    else:
        body = encode(result)
        extra["etag"] = etag_of(body)
    if isinstance(result, Page) and result.next is not None:
        extra["link"] = f'<?{_next_query(query_string, result.next)}>; rel="next"'
    if endpoint.method == "GET" and _is_known(headers.get("if-none-match"), extra.get("etag")):
        return ASGIResponse(body=b"", status_code=304, headers=extra, media_type=endpoint.produces)
    return ASGIResponse(body=body, status_code=endpoint.status, headers=extra, media_type=endpoint.produces)


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
