"""OpenAPI links: from every answer that holds an id to every operation that takes it."""

import re
from collections.abc import Iterable

from msgspec import inspect

from peil.openapi.schemas import Schema, ids_of, item_of
from peil.openapi.words import camel
from peil.rest import JSON, Endpoint


def links_of(source: Endpoint, endpoints: Iterable[Endpoint]) -> dict[str, Schema]:
    """The links from a successful answer of `source`, by operationId.

    A link is there where every path parameter of its target is known: from the body by name (of a list, from
    its first item), or from the path of the request; one at least from the body. What the target takes in its
    own body by the same name goes there: an action belongs to the campaign that was just made.
    """
    if source.produces != JSON or source.status == 204:
        return {}
    known = list(endpoints)
    prefix, pointers = ids_of(source.result)
    requested = set(_names(source.path))
    links = {}
    for target in known:
        wanted, taken = _names(target.path), _taken(target) & pointers.keys()
        used = (set(wanted) & pointers.keys()) | taken
        if target is source or not used or not set(wanted) <= pointers.keys() | requested:
            continue
        parameters = {
            name: f"$response.body#{pointers[name]}" if name in pointers else f"$request.path.{name}" for name in wanted
        }
        if target.needs_match and not prefix and _shows(source, target, known):
            parameters["header.If-Match"] = "$response.header.ETag"
        link: Schema = {"operationId": camel(target.name), "parameters": parameters}
        if taken:
            link["requestBody"] = {name: f"$response.body#{pointers[name]}" for name in sorted(taken)}
        links[camel(target.name)] = link
    return links


def _taken(target: Endpoint) -> set[str]:
    """Ids that the body of something new names."""
    if target.method != "POST" or target.consumes != JSON:
        return set()
    described = inspect.type_info(target.body)
    return {field.encode_name for field in described.fields} if isinstance(described, inspect.StructType) else set()


def _shows(source: Endpoint, target: Endpoint, endpoints: list[Endpoint]) -> bool:
    """Whether the answer of `source` is the representation that `target` changes, so that its ETag fits."""
    shown = [one.result for one in endpoints if one.method == "GET" and one.path == target.path]
    return item_of(source.result) in shown


def _names(path: str) -> list[str]:
    return re.findall(r"{(\w+)}", path)
