"""The answers of an endpoint in the document: exactly the statuses it can give, with their headers."""

from typing import Any

from peil import problems
from peil.openapi.schemas import Schema, Schemas
from peil.rest import CSV, JSON, MARKDOWN, NDJSON, PNG, SVG, VEGALITE, XLSX, ZIP, Endpoint

_PROBLEM = "#/components/schemas/Problem"

# What an error status means, and the headers that come with it beside those of every answer.
_ERRORS: dict[int, tuple[str, str, tuple[str, ...]]] = {
    400: ("Invalid", "The request is malformed or breaks a rule; `errors` has all that is wrong.", ()),
    401: ("Unauthenticated", "There is no access token, or it is not valid any more.", ("WWW-Authenticate",)),
    403: ("Denied", "The caller is known, and may not do this.", ("WWW-Authenticate-Scope",)),
    404: ("NotFound", "There is no such thing, or it is another employer's.", ()),
    406: ("NotAcceptable", "`Accept` names nothing that this operation gives.", ()),
    409: ("Conflict", "The state of the thing forbids it, or the same request is still under way.", ()),
    412: ("Stale", "The thing has changed since the version in `If-Match`.", ()),
    413: ("TooLarge", "The body is larger than this operation takes.", ()),
    415: ("UnsupportedMediaType", "The body is not of the media type that this operation takes.", ("Accept",)),
    422: ("KeyReused", "The `Idempotency-Key` came before, with another request.", ()),
    428: ("MatchRequired", "`If-Match` is missing.", ()),
    500: ("Internal", "The service failed; nothing was done.", ()),
    503: ("Busy", "The service cannot take more at this moment.", ("Retry-After",)),
}

HEADERS: dict[str, Schema] = {
    "Content-Disposition": {
        "description": "Present where it is a file: the name to keep it under (RFC 6266).",
        "schema": {"type": "string"},
    },
    "API-Version": {
        "description": "The full version of this API.",
        "required": True,
        "schema": {"type": "string", "pattern": r"^[0-9]+\.[0-9]+\.[0-9]+"},
    },
    "Content-Language": {
        "description": "The language of the texts in the body.",
        "required": True,
        "schema": {"type": "string", "enum": list(problems.LANGUAGES)},
    },
    "ETag": {
        "description": "The version of the representation, a strong tag.",
        "required": True,
        "schema": {"type": "string", "pattern": '^"[^"]+"$'},
    },
    "Idempotency-Replayed": {
        "description": "Present where this is the answer to an earlier request with the same `Idempotency-Key`.",
        "schema": {"type": "string", "enum": ["true"]},
    },
    "Link": {
        "description": 'The next page, as `rel="next"`; absent on the last one.',
        "schema": {"type": "string"},
    },
    "Location": {
        "description": "The path of what was created.",
        "required": True,
        "schema": {"type": "string", "format": "uri-reference"},
    },
    "Retry-After": {
        "description": "Seconds to wait.",
        "required": True,
        "schema": {"type": "integer", "minimum": 0},
    },
    "WWW-Authenticate": {
        "description": "How to authenticate, and where that is described (RFC 9728).",
        "required": True,
        "schema": {"type": "string"},
    },
    "WWW-Authenticate-Scope": {
        "description": "Present where a scope is missing (RFC 6750).",
        "schema": {"type": "string"},
    },
    "Accept": {"description": "What is taken instead.", "schema": {"type": "string"}},
}


def component_headers() -> dict[str, Schema]:
    """Every header of an answer, by the name it has among the components."""
    return HEADERS


def component_responses() -> dict[str, Schema]:
    """The answers to requests that fail, the same for all operations."""
    return {
        name: {
            "description": text,
            "headers": _headers("API-Version", "Content-Language", *headers),
            "content": {problems.MEDIA_TYPE: {"schema": {"$ref": _PROBLEM}}},
        }
        for name, text, headers in _ERRORS.values()
    }


def statuses_of(endpoint: Endpoint) -> list[int]:
    """Every status the endpoint can answer with, beside those of an unknown path or method."""
    creates = not endpoint.on_intake and endpoint.operation.creates
    possible = {
        endpoint.status: True,
        endpoint.repeat_status: endpoint.repeat_status is not None,
        304: endpoint.method == "GET",
        400: True,
        401: not endpoint.on_intake,
        403: not endpoint.on_intake or endpoint.method == "POST",
        404: endpoint.seeks,
        406: endpoint.status != 204,
        409: endpoint.conflicts or creates,
        412: endpoint.needs_match or endpoint.heeds_match,
        413: endpoint.consumes is not None,
        415: endpoint.consumes is not None,
        422: creates,
        428: endpoint.needs_match,
        500: True,
        503: True,
    }
    return sorted(status for status, can_happen in possible.items() if can_happen and status is not None)


def responses_of(endpoint: Endpoint, schemas: Schemas, links: dict[str, Schema]) -> dict[str, Schema]:
    """The responses of an endpoint by status; links start from those that succeed."""
    responses: dict[str, Schema] = {}
    for status in statuses_of(endpoint):
        if status == 304:
            responses["304"] = {
                "description": "The caller has this version already.",
                "headers": _headers("API-Version", "ETag"),
            }
        elif status < 300:
            responses[str(status)] = _success(endpoint, status, schemas, links)
        else:
            responses[str(status)] = {"$ref": f"#/components/responses/{_ERRORS[status][0]}"}
    return responses


def _success(endpoint: Endpoint, status: int, schemas: Schemas, links: dict[str, Schema]) -> Schema:
    headers = ["API-Version"]
    if status == endpoint.status and endpoint.has_location:
        headers.append("Location")
    if not endpoint.on_intake and endpoint.operation.creates:
        headers.append("Idempotency-Replayed")
    if status == 204:
        return {"description": "It is done.", "headers": _headers(*headers)}
    if endpoint.is_file or (
        endpoint.produces in (JSON, SVG) and not (endpoint.on_intake and endpoint.method == "POST")
    ):
        headers.append("ETag")
    if endpoint.is_file:
        headers.append("Content-Disposition")
    if "next" in getattr(endpoint.result, "__struct_fields__", ()) or hasattr(endpoint.result, "__origin__"):
        headers.append("Link")
    shapes = {endpoint.produces: endpoint.result, **endpoint.also}
    response = {
        "description": _SAID.get(status, "The answer.") if status == endpoint.status else "It had been done before.",
        "headers": _headers(*headers),
        "content": {
            media_type: {"schema": _schema(media_type, shape, schemas)} for media_type, shape in shapes.items()
        },
    }
    return response | ({"links": links} if links else {})


def _schema(media_type: str, shape: Any, schemas: Schemas) -> Schema:
    if media_type == JSON:
        return schemas.of(shape)
    if media_type == NDJSON:
        return {"type": "array", "items": schemas.of(shape), "description": "One value a line."}
    return _FILES[media_type]


_FILES: dict[str, Schema] = {
    CSV: {"type": "string", "description": "A table with a line of names (RFC 4180)."},
    MARKDOWN: {"type": "string", "description": "A page of text (RFC 7763)."},
    XLSX: {"type": "string", "description": "A workbook."},
    ZIP: {"type": "string", "description": "An archive."},
    SVG: {"type": "string", "description": "A picture (SVG), with a title and in words what it shows."},
    PNG: {"type": "string", "format": "binary", "description": "The same in pixels (PNG), with the words in it."},
    VEGALITE: {
        "type": "object",
        "description": "What the picture is drawn from: a specification of Vega-Lite 6.",
        "properties": {"$schema": {"type": "string"}, "description": {"type": "string"}},
        "required": ["$schema", "description"],
    },
}


_SAID = {
    200: "The answer.",
    201: "It was created.",
    202: "It was accepted; the worker goes on with it, and events tell how far.",
}


def _headers(*names: str) -> dict[str, Schema]:
    return {name.removesuffix("-Scope"): {"$ref": f"#/components/headers/{name}"} for name in sorted(names)}
