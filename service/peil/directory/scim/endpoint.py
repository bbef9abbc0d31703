"""The SCIM 2.0 endpoints (RFC 7644, section 3.2): from HTTP to the core and back."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal
from urllib.parse import parse_qsl, quote

import msgspec
from litestar import Request, route
from litestar.response.base import ASGIResponse
from scim2_server.requests import ScimRequest
from scim2_server.responses import ScimResponse

from peil import telemetry
from peil.directory.scim.core import SERVICE
from peil.directory.scim.provisioning import provision
from peil.directory.scim.recognising import connection_of
from peil.directory.scim.resources import MAX_PAYLOAD
from peil.errors import Finding, Invalid
from peil.http.routing import Route
from peil.operation import Call
from peil.parts import Parts
from peil.problems import language_of
from peil.rest import JSON
from peil.rest_handlers import headers_of

PREFIX = "/scim/v2"
SCIM = "application/scim+json"
_CONFIG = "/ServiceProviderConfig"

_Methods = Sequence[Literal["GET", "POST", "PUT", "PATCH", "DELETE"]]

_PATHS: dict[str, _Methods] = {
    "": ("GET",),
    "/.search": ("POST",),
    "/Bulk": ("POST",),
    _CONFIG: ("GET",),
    "/ResourceTypes": ("GET",),
    "/ResourceTypes/{id}": ("GET",),
    "/Schemas": ("GET",),
    "/Schemas/{id}": ("GET",),
    "/Me": ("GET", "POST", "PUT", "PATCH", "DELETE"),
    "/{endpoint}": ("GET", "POST"),
    "/{endpoint}/.search": ("POST",),
    "/{endpoint}/{id}": ("GET", "PUT", "PATCH", "DELETE"),
}
_FIELDS = 20
_WITH_BODY = ("POST", "PUT", "PATCH")

ROUTES = tuple(
    Route(
        method=method,
        path_template=PREFIX + path,
        consumes=(SCIM, JSON) if method in _WITH_BODY else (),
        produces=(SCIM, JSON),
        max_body=MAX_PAYLOAD,
        errors="scim",
    )
    for path, methods in _PATHS.items()
    for method in methods
)


def handlers(parts: Parts) -> list[Any]:
    """Litestar handlers of the SCIM endpoints."""
    return [_handler(parts, path, methods) for path, methods in _PATHS.items()]


def _handler(parts: Parts, path: str, methods: _Methods) -> Any:
    location = (PREFIX + path).replace("{id}", "{id:str}").replace("{endpoint}", "{endpoint:str}")

    @route(location, http_method=list(methods), name=f"scim {path}", status_code=200)
    async def handle(request: Request[Any, Any, Any]) -> ASGIResponse:
        scope: Any = request.scope
        headers = headers_of(scope)
        with telemetry.request_span(scope["method"], PREFIX + path, headers):
            return _answer(scope, await _respond(parts, _read(parts, path, scope, headers), headers))

    return handle


def _read(parts: Parts, path: str, scope: Any, headers: Mapping[str, str]) -> ScimRequest:
    values = {name: quote(value, safe=":") for name, value in scope.get("peil.path", {}).items()}
    try:
        query = dict(
            parse_qsl(scope["query_string"].decode(), keep_blank_values=True, max_num_fields=_FIELDS, errors="strict")
        )
    except UnicodeDecodeError:
        raise Invalid(Finding("/query", "percent-encoding")) from None
    except ValueError:
        raise Invalid(Finding("/query", "too-many-items", {"limit": _FIELDS})) from None
    return ScimRequest(
        method=scope["method"],
        base_url=parts.settings.public_url + PREFIX,
        path=path.format(**values) or "/",
        query=query,
        headers=headers,
        body=scope["peil.body"],
    )


async def _respond(parts: Parts, asked: ScimRequest, headers: Mapping[str, str]) -> ScimResponse:
    if asked.path == _CONFIG:
        # Everybody may know how to sign in (RFC 7643, section 5).
        return SERVICE.service_provider_config(asked.url, asked.query)
    actor, connection_id = await connection_of(parts, headers.get("authorization"))
    language = language_of(headers.get("accept-language"))
    return await provision(Call(actor, parts, language=language), connection_id, asked)


def _answer(scope: Any, response: ScimResponse) -> ASGIResponse:
    body = b"" if response.body is None else msgspec.json.encode(response.body)
    headers = {name.lower(): value for name, value in response.headers.items() if name != "Content-Type"}
    media_type = scope.get("peil.media_type", SCIM)
    return ASGIResponse(body=body, status_code=int(response.status), headers=headers, media_type=media_type)
