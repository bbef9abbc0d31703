"""Which route a path means: one spelling per path, fixed segments before parameters."""

import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from functools import lru_cache
from typing import Any, Literal
from urllib.parse import unquote_to_bytes

import msgspec

from peil.http.http_problem import Headers

Scope = MutableMapping[str, Any]
Answer = tuple[int, Headers, bytes]

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# RFC 3986 section 3.3: pchar and the slash, without percent-encoding.
_PLAIN = re.compile(rb"/[A-Za-z0-9._~!$&'()*+,;=:@/-]*")
_ENCODED = re.compile(rb"/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-F]{2})*")
_BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
# Section 6.2.2.2: letters, digits, `-._~` are never encoded. A slash or a control character is in no segment.
_NEEDLESS_ESCAPE = re.compile(rb"%(?:2[DEF]|3[0-9]|[46][1-9A-F]|[57][0-9A]|5F|7E|[01][0-9A-F]|7F)")


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """One operation as the edge sees it. Media types are without parameters; `max_body` is in bytes.

    A route that consumes nothing takes no body. One that produces nothing accepts any `Accept`.
    """

    method: str
    path_template: str
    consumes: tuple[str, ...] = ()
    produces: tuple[str, ...] = ("application/json",)
    max_body: int = 1 << 20
    errors: Literal["problem", "oauth", "scim"] = "problem"
    answer: Callable[[Scope], Awaitable[Answer]] | None = None
    """What the edge asks for the answer; None: the application behind it."""


class MalformedPathError(ValueError):
    """Broken percent-encoding, or text that is not UTF-8."""


class Resource:
    """What one path template answers: its routes by method, and the exact `Allow`."""

    __slots__ = ("allow", "any_route", "by_method", "names", "path_template")

    def __init__(self, path_template: str, routes: list[Route]) -> None:
        self.path_template = path_template
        self.any_route = routes[0]
        # The names of parameters may differ between the templates of two methods on one path.
        self.names = {route.method: _names(route.path_template) for route in routes}
        self.by_method = {route.method: route for route in routes}
        if "GET" in self.by_method:
            self.by_method.setdefault("HEAD", self.by_method["GET"])
            self.names.setdefault("HEAD", self.names["GET"])
        allowed = {*self.by_method, "OPTIONS"}
        order = [*_METHODS, *sorted(allowed - set(_METHODS))]
        self.allow = ", ".join(method for method in order if method in allowed)


class _Node:
    __slots__ = ("fixed", "parameter", "resource", "routes")

    def __init__(self) -> None:
        self.fixed: dict[str, _Node] = {}
        self.parameter: _Node | None = None
        self.routes: list[Route] = []
        self.resource: Resource | None = None


class Routes:
    """All routes as a tree of segments, built once. Raises ValueError for two routes that are the same."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._root = _Node()
        for route in routes:
            node = self._root
            for segment in route.path_template[1:].split("/"):
                if segment.startswith("{"):
                    node.parameter = node.parameter or _Node()
                    node = node.parameter
                else:
                    node = node.fixed.setdefault(segment, _Node())
            if any(other.method == route.method for other in node.routes):
                raise ValueError(f"two routes are {route.method} {route.path_template}")
            node.routes.append(route)
            node.resource = Resource(route.path_template, node.routes)

    def find(self, raw_path: bytes) -> tuple[Resource, tuple[str, ...]] | None:
        """The resource and the values of its parameters; None if there is nothing, or under another spelling.

        Raises MalformedPathError.
        """
        segments = _segments(raw_path)
        return None if segments is None else _find(self._root, segments, 0, ())


def _find(
    node: _Node, segments: list[str], depth: int, values: tuple[str, ...]
) -> tuple[Resource, tuple[str, ...]] | None:
    for place in range(depth, len(segments)):
        segment = segments[place]
        fixed = node.fixed.get(segment)
        if fixed is not None and node.parameter is not None:
            found = _find(fixed, segments, place + 1, values)
            if found is not None:
                return found
            fixed = None
        if fixed is not None:
            node = fixed
        elif node.parameter is not None and segment:
            node, values = node.parameter, (*values, segment)
        else:
            return None
    return None if node.resource is None else (node.resource, values)


def _segments(raw_path: bytes) -> list[str] | None:
    if _PLAIN.fullmatch(raw_path):
        segments = raw_path.decode("ascii")[1:].split("/")
    else:
        if _BROKEN_ESCAPE.search(raw_path):
            raise MalformedPathError
        try:
            unquote_to_bytes(raw_path).decode()
        except UnicodeDecodeError:
            raise MalformedPathError from None
        if not _ENCODED.fullmatch(raw_path) or _NEEDLESS_ESCAPE.search(raw_path):
            return None
        segments = [unquote_to_bytes(segment).decode() for segment in raw_path[1:].split(b"/")]
    return None if "." in segments or ".." in segments else segments


@lru_cache(maxsize=4096)
def _names(path_template: str) -> tuple[str, ...]:
    return tuple(part[1:-1] for part in path_template.split("/") if part.startswith("{"))
