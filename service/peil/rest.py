"""How a REST endpoint is written, and what is known of it from its signature.

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
from types import MappingProxyType
from typing import Any, Generic, Literal, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from peil.operation import ANONYMOUS, OPERATIONS, Operation
from peil.patching import Patch

T = TypeVar("T")

PREFIX = "/v1"
JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"
NDJSON = "application/x-ndjson"
CSV = "text/csv"
MARKDOWN = "text/markdown"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
SVG = "image/svg+xml"
PNG = "image/png"
VEGALITE = "application/vnd.vegalite.v6+json"
MAX_BODY = 1_048_576

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
Handler = Callable[..., Awaitable[Any]]
IDEMPOTENCY_KEY = r"[\x21-\x7e]{1,200}"


class Reply(Generic[T]):
    """A representation with what else the answer says."""

    __slots__ = ("is_kept", "location", "value")

    def __init__(self, value: T, *, location: str | None = None, is_kept: bool = False) -> None:
        self.value = value
        self.location = location
        self.is_kept = is_kept
        """The caller may keep it, and asks each time whether it still holds; other answers are not kept."""


class Ready(msgspec.Struct, frozen=True):
    """Bytes that are ready to be sent, with their strong ETag, and the cursor of the page after them, if any."""

    body: bytes
    etag: str
    next: str | None = None


class File(msgspec.Struct, frozen=True):
    """Bytes to be kept as a file of this name."""

    body: bytes
    media_type: str
    name: str


class Later(msgspec.Struct, frozen=True):
    """Bytes that are costly to make: whoever has them already, by their strong ETag, does not have them made."""

    etag: str
    make: Callable[[], Awaitable[bytes]]


class Lines(bytes):
    """A body of lines: NDJSON or CSV, decoded line by line by the operation, or a table that goes out."""

    media_type: str = NDJSON


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
    also: Mapping[str, Any]
    """What else the caller may prefer to `produces`, and of what shape it or a line of it is; the call says which."""
    is_file: bool
    """True: what is given has a name to be kept under, in one media type at least."""
    max_body: int
    on_intake: bool
    is_ruled: bool
    """True: input that fits its schema can still be refused with 400, for a rule that no schema says."""
    conflicts: bool
    """True: a state, or another request with the same Idempotency-Key, can forbid it (409)."""
    seeks: bool
    """True: what it is about, in the path or in the query, may not be there (404)."""
    has_location: bool
    repeat_status: int | None
    """The status where it had been done before and is not done again; None: there is no other."""
    heeds_match: bool
    """True: an action that may be told by If-Match which version was seen, and goes without as well."""

    @property
    def needs_match(self) -> bool:
        """Whether it changes what others change too, so that If-Match has to say which version was seen."""
        return self.method in ("PATCH", "DELETE")

    @property
    def accepts(self) -> tuple[str, ...]:
        """The media types of a body: lines may come as a table as well."""
        if self.consumes is None:
            return ()
        return (NDJSON, CSV) if self.consumes == NDJSON else (self.consumes,)

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
        also: Mapping[str, Any] = MappingProxyType({}),
        ruled: bool = False,
        conflicts: bool = False,
        seeks: bool = False,
    ) -> Callable[[Handler], Handler]:
        return self._add(
            "GET",
            path,
            200,
            result=result,
            produces=produces,
            also=also,
            ruled=ruled,
            conflicts=conflicts,
            seeks=seeks,
        )

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
        heeds_match: bool = False,
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
            heeds_match=heeds_match,
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
    also: Mapping[str, Any] = MappingProxyType({}),
    on_intake: bool = False,
    ruled: bool = False,
    conflicts: bool = True,
    seeks: bool = False,
    repeat_status: int | None = None,
    heeds_match: bool = False,
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
        also=also,
        is_file=File in (returned, *get_args(returned)),
        max_body=max_body,
        on_intake=on_intake,
        # A cursor is right or wrong by its seal.
        is_ruled=ruled or (query is not None and "cursor" in query.__struct_fields__),
        conflicts=conflicts,
        seeks=seeks or "{" in path,
        has_location=has_location,
        repeat_status=repeat_status,
        heeds_match=heeds_match,
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
