"""The OAuth endpoints: tokens for clients and the metadata by which clients find them."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from authlib.oauth2.rfc6749.errors import (
    InvalidClientError,
    InvalidRequestError,
    InvalidScopeError,
    OAuth2Error,
    UnsupportedGrantTypeError,
)
from authlib.oauth2.rfc6749.util import extract_basic_authorization
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata
from litestar import Request, get, post
from litestar.response.base import ASGIResponse

from peil.access import operations, table
from peil.access.widget_model import DETAILS_TYPE
from peil.actor import NOBODY
from peil.errors import Denied, Unauthenticated
from peil.http.routing import Route
from peil.operation import Call
from peil.parts import Parts
from peil.rest import JSON
from peil.rest_handlers import headers_of
from peil.structs import encode

FORM = "application/x-www-form-urlencoded"

ROUTES = (
    Route(method="POST", path_template="/oauth/token", consumes=(FORM,), max_body=16_384, errors="oauth"),
    Route(method="GET", path_template="/.well-known/oauth-authorization-server"),
    Route(method="GET", path_template="/.well-known/oauth-protected-resource"),
    Route(method="GET", path_template="/.well-known/jwks.json"),
)


class InvalidTargetError(OAuth2Error):  # type: ignore[misc]  # Authlib has no types
    """The resource is not this service (RFC 8707, section 2)."""

    error = "invalid_target"


class TokenRequest(NamedTuple):
    """What a grant goes by.

    `client_secret` None: a public client, which only says who it is. `origin` None: no page of a browser asks.
    """

    parts: Parts
    form: Mapping[str, str]
    client_id: str
    client_secret: str | None
    origin: str | None

    @property
    def nobody(self) -> Call:
        """The call of whoever has proven nothing yet."""
        return Call(NOBODY, self.parts)


Grant = Callable[[TokenRequest], Awaitable[Any]]
"""Gives a token for one grant type. Raises OAuth2Error, Unauthenticated where the client is not the one it says."""


async def client_credentials(asked: TokenRequest) -> Any:
    """The grant of RFC 6749, section 4.4."""
    if asked.client_secret is None:
        raise Unauthenticated("client")
    try:
        return await operations.issue_access_token(
            asked.nobody, asked.client_id, asked.client_secret, asked.form.get("scope")
        )
    except Denied:
        raise InvalidScopeError(description="the client's roles do not give this scope") from None


def handlers(parts: Parts, grants: Mapping[str, Grant]) -> list[Any]:
    """Litestar handlers of the OAuth endpoints; `grants` by grant type."""
    url = parts.settings.public_url
    server = _server_metadata(url, grants)
    resource = {
        "resource": url,
        "authorization_servers": [url],
        "scopes_supported": sorted(table.SCOPES),
        "bearer_methods_supported": ["header"],
    }

    @post("/oauth/token", status_code=200)
    async def token(request: Request[Any, Any, Any]) -> ASGIResponse:
        try:
            issued = await _issue(parts, grants, request.scope)
        except OAuth2Error as error:
            return _refused(error)
        return ASGIResponse(
            body=encode(issued), status_code=200, media_type=JSON, headers={"cache-control": "no-store"}
        )

    @get("/.well-known/oauth-authorization-server")
    async def server_metadata() -> ASGIResponse:
        return _public(server)

    @get("/.well-known/oauth-protected-resource")
    async def resource_metadata() -> ASGIResponse:
        return _public(resource)

    @get("/.well-known/jwks.json")
    async def jwks() -> ASGIResponse:
        return _public(parts.token_keys.jwks())

    return [token, server_metadata, resource_metadata, jwks]


def _server_metadata(url: str, grants: Mapping[str, Grant]) -> dict[str, Any]:
    metadata = AuthorizationServerMetadata(
        {
            "issuer": url,
            "token_endpoint": f"{url}/oauth/token",
            "jwks_uri": f"{url}/.well-known/jwks.json",
            "scopes_supported": sorted(table.SCOPES),
            "response_types_supported": [],
            "grant_types_supported": sorted(grants),
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "none"],
        }
    )
    return {**metadata, "authorization_details_types_supported": [DETAILS_TYPE]}


async def _issue(parts: Parts, grants: Mapping[str, Grant], scope: Any) -> Any:
    asked = _read(parts, headers_of(scope), scope["peil.body"])
    if "grant_type" not in asked.form:
        raise InvalidRequestError(description="grant_type is missing")
    grant = grants.get(asked.form["grant_type"])
    if grant is None:
        raise UnsupportedGrantTypeError(asked.form["grant_type"])
    if asked.form.get("resource", parts.settings.public_url) != parts.settings.public_url:
        raise InvalidTargetError
    try:
        return await grant(asked)
    except Unauthenticated:
        raise _no_client(asked.client_secret is None) from None


def _read(parts: Parts, headers: Mapping[str, str], body: bytes) -> TokenRequest:
    """The request, with the client of its Authorization header or, without one, the public one of its form."""
    if "authorization" not in headers:
        form = _form(body)
        if "client_id" not in form:
            raise _no_client(is_public=False)
        return TokenRequest(parts, form, form["client_id"], None, headers.get("origin"))
    try:
        client_id, client_secret = extract_basic_authorization({"Authorization": headers["authorization"]})
    except ValueError:
        # It is no Base64, or not of UTF-8.
        raise _no_client(is_public=False) from None
    if not client_id or not client_secret:
        raise _no_client(is_public=False)
    return TokenRequest(parts, _form(body), client_id, client_secret, headers.get("origin"))


def _no_client(is_public: bool) -> InvalidClientError:
    # A browser that is asked for a password would ask the person who looks at the page.
    return InvalidClientError(status_code=400 if is_public else 401)


def _form(body: bytes) -> dict[str, str]:
    """The form of RFC 6749, section 4.4.2; a field may not come twice, and unknown ones are ignored (section 3.2)."""
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=bool(body), max_num_fields=50)
    except ValueError:
        raise InvalidRequestError(description="the body is no form") from None
    form = dict(fields)
    if len(form) < len(fields):
        raise InvalidRequestError(description="a field comes twice")
    return {name: value for name, value in form.items() if value}


def _refused(error: OAuth2Error) -> ASGIResponse:
    headers = {"cache-control": "no-store"}
    if error.status_code == 401:
        headers["www-authenticate"] = 'Basic realm="peil"'
    return ASGIResponse(
        body=encode(dict(error.get_body())), status_code=error.status_code, media_type=JSON, headers=headers
    )


def _public(document: Any) -> ASGIResponse:
    return ASGIResponse(
        body=encode(document),
        status_code=200,
        media_type=JSON,
        headers={"cache-control": "public, max-age=300"},
    )
