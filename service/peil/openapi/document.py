"""The OpenAPI 3.1 document of everything under /v1."""

from collections.abc import Sequence
from typing import Any, get_args

from peil import __version__
from peil.access import table
from peil.api import ENDPOINTS
from peil.openapi.examples import EXAMPLES, LINES
from peil.openapi.links import links_of
from peil.openapi.responses import component_headers, component_responses, responses_of
from peil.openapi.schemas import Schema, Schemas, properties_of
from peil.openapi.words import DESCRIPTION, TAGS, camel, sentences
from peil.patching import patch_type
from peil.problems import Problem
from peil.rest import CSV, IDEMPOTENCY_KEY, JSON, MERGE_PATCH, NDJSON, PREFIX, Endpoint, path_names

_REACH = {1: "person", 2: "units", 3: "subtree", 4: "employer", 5: "vendor", 6: "service"}


def document(endpoints: Sequence[Endpoint] = ENDPOINTS) -> dict[str, Any]:
    """The document as JSON values."""
    schemas = Schemas([Problem, *_shapes(endpoints)])
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in endpoints:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint, schemas, endpoints)
    tags = dict.fromkeys(endpoint.tag for endpoint in endpoints)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Peil",
            "version": __version__,
            "description": DESCRIPTION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": PREFIX}],
        "tags": [{"name": tag, **({"description": TAGS[tag]} if tag in TAGS else {})} for tag in tags],
        "paths": paths,
        "components": {
            "schemas": schemas.components,
            "parameters": _PARAMETERS,
            "headers": component_headers(),
            "responses": component_responses(),
            "securitySchemes": _security_schemes(),
        },
    }


def _shapes(endpoints: Sequence[Endpoint]) -> list[Any]:
    shapes: list[Any] = []
    for endpoint in endpoints:
        shapes += endpoint.path_types.values()
        if endpoint.consumes == JSON:
            shapes.append(endpoint.body)
        elif endpoint.consumes == MERGE_PATCH:
            shapes.append(patch_type(get_args(endpoint.body)[0]))
        elif endpoint.consumes == NDJSON:
            shapes.append(LINES[endpoint.name].shape)
        if endpoint.status != 204:
            shapes += [endpoint.result, *endpoint.also.values()]
    return shapes


def _operation(endpoint: Endpoint, schemas: Schemas, endpoints: Sequence[Endpoint]) -> Schema:
    docstring = endpoint.handler.__doc__ if endpoint.on_intake else endpoint.operation.__doc__
    summary, told = sentences(docstring)
    described: Schema = {
        "operationId": camel(endpoint.name),
        "summary": summary,
        "description": told if endpoint.on_intake else f"{told}\n\nNeeds the scope `{endpoint.scope}`.",
        "tags": [endpoint.tag],
        "security": _security(endpoint),
        "parameters": _parameters(endpoint, schemas),
    }
    if endpoint.consumes is not None:
        described["requestBody"] = _request_body(endpoint, schemas)
    described["responses"] = responses_of(endpoint, schemas, links_of(endpoint, endpoints))
    if not endpoint.on_intake:
        described["x-roles"] = _roles(endpoint.scope)
    return described


def _parameters(endpoint: Endpoint, schemas: Schemas) -> list[Schema]:
    parameters: list[Schema] = [
        {"name": name, "in": "path", "required": True, "schema": schemas.of(endpoint.path_types[argument])}
        for name, argument in path_names(endpoint.path).items()
    ]
    for name, required, schema in () if endpoint.query is None else properties_of(endpoint.query):
        said = {"description": schema.pop("description")} if "description" in schema else {}
        parameters.append({"name": name, "in": "query", "required": required, **said, "schema": schema})
    headers = ["AcceptLanguage"]
    if endpoint.method == "GET":
        headers.append("IfNoneMatch")
    if endpoint.needs_match:
        headers.append("IfMatch")
    if endpoint.heeds_match:
        headers.append("IfMatchSeen")
    if not endpoint.on_intake and endpoint.operation.creates:
        headers.append("IdempotencyKey")
    return parameters + [{"$ref": f"#/components/parameters/{name}"} for name in headers]


_PARAMETERS: dict[str, Schema] = {
    "AcceptLanguage": {
        "name": "Accept-Language",
        "in": "header",
        "description": "The language of texts for people: nl or en.",
        "schema": {"type": "string"},
        "example": "nl",
    },
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "A key of the caller's making; a retry with the same one within 24 hours changes nothing.",
        "schema": {"type": "string", "pattern": f"^{IDEMPOTENCY_KEY}$", "minLength": 1, "maxLength": 200},
    },
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "required": True,
        "description": "The ETag of the version that the change was made from, or `*` for any.",
        "schema": {"type": "string"},
        "example": "*",
    },
    "IfMatchSeen": {
        "name": "If-Match",
        "in": "header",
        "description": "The ETag of the version that was looked at: another one is refused. Without it any will do.",
        "schema": {"type": "string"},
        "example": "*",
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "description": "An ETag that the caller has; the answer is 304 where it still holds.",
        "schema": {"type": "string"},
    },
}


def _request_body(endpoint: Endpoint, schemas: Schemas) -> Schema:
    if endpoint.consumes == NDJSON:
        lines = LINES[endpoint.name]
        name = schemas.of(lines.shape)["$ref"].rpartition("/")[2]
        return {
            "description": f"One JSON value a line, each a {name}; or a table whose columns are its members, where the "
            "items of a list stand between `|`. The report tells of lines that are not.",
            "required": True,
            # Whatever a line holds is accepted and reported on, so the schema allows everything; what a line
            # should be stands beside it, as OpenAPI 3.2 spells it.
            "content": {
                NDJSON: {"schema": {}, "x-itemSchema": schemas.of(lines.shape), "example": lines.example},
                CSV: {"schema": {}, "example": lines.table},
            },
        }
    shape = endpoint.body if endpoint.consumes == JSON else patch_type(get_args(endpoint.body)[0])
    content: Schema = {"schema": schemas.of(shape)}
    if endpoint.name in EXAMPLES:
        content["examples"] = {name: {"value": value} for name, value in EXAMPLES[endpoint.name].items()}
    return {"required": True, "content": {endpoint.consumes: content}}


def _security(endpoint: Endpoint) -> list[Schema]:
    return [] if endpoint.on_intake else [{"client": [endpoint.scope]}, {"person": []}, {"dpop": []}]


def _security_schemes() -> dict[str, Schema]:
    return {
        "client": {
            "type": "oauth2",
            "description": "A vendor's or an employer's system, with client credentials.",
            "flows": {
                "clientCredentials": {
                    "tokenUrl": "/oauth/token",
                    "scopes": {scope: _scope_text(scope) for scope in sorted(table.SCOPES)},
                }
            },
        },
        "person": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "Somebody of the directory, with a token of an OIDC issuer that the employer registered.",
        },
        # The name is that of IANA's registry of HTTP authentication schemes. The proof is no scheme of its own that
        # is needed too (an apiKey called DPoP): schemathesis would send one that is made up beside a bearer token.
        "dpop": {
            "type": "http",
            "scheme": "DPoP",
            "description": "Either of them, with a token that is bound to a key (RFC 9449): `Authorization: DPoP` with "
            "the token, and in the header `DPoP` a proof by that key, a new one for each request.",
        },
    }


def _scope_text(scope: str) -> str:
    resource, _, verb = scope.partition(":")
    return f"{verb.capitalize()} {resource.replace('-', ' ')}."


def _roles(scope: str) -> dict[str, str]:
    """Which roles may, and how far each reaches."""
    return {
        role: _REACH[reaches[scope]] for role in table.ROLES if scope in (reaches := table.reaches(frozenset({role})))
    }
