"""The OAuth endpoints: tokens for clients and the metadata by which clients find them."""

import re
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

from peil.access import table
from peil.access.clients.model import AssertionProof, Proof, PublicProof, SecretProof
from peil.access.clients.operations import issue_access_token
from peil.access.clients.rules import ALGORITHMS
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
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_FORM = frozenset({"client_assertion", "client_assertion_type"})

# RFC 7617, section 2. The decoder would skip what is no Base64, such as the comma that joins two headers.
_BASIC = re.compile(r"basic +[A-Za-z0-9+/]+={0,2}", re.IGNORECASE)

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
    """What a grant goes by. `origin` None: no page of a browser asks."""

    parts: Parts
    form: Mapping[str, str]
    proof: Proof
    origin: str | None

    @property
    def nobody(self) -> Call:
        """The call of whoever has proven nothing yet."""
        return Call(NOBODY, self.parts)


Grant = Callable[[TokenRequest], Awaitable[Any]]
"""Gives a token for one grant type. Raises OAuth2Error, Unauthenticated where the client is not the one it says."""


async def client_credentials(asked: TokenRequest) -> Any:
    """The grant of RFC 6749, section 4.4."""
    if isinstance(asked.proof, PublicProof):
        raise Unauthenticated("client")
    try:
        return await issue_access_token(asked.nobody, asked.proof, asked.form.get("scope"))
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
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "private_key_jwt", "none"],
            "token_endpoint_auth_signing_alg_values_supported": list(ALGORITHMS),
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
        raise _no_client(asked.proof) from None


def _read(parts: Parts, headers: Mapping[str, str], body: bytes) -> TokenRequest:
    """The request, with how its client proves itself: in one way only (RFC 6749, section 2.3)."""
    authorization, origin = headers.get("authorization"), headers.get("origin")
    proof: Proof | None = None if authorization is None else _basic(authorization)
    form = _form(body)
    if not ASSERTION_FORM.isdisjoint(form):
        if proof is not None:
            raise InvalidRequestError(description="a client proves itself in one way, in the header or by an assertion")
        proof = _assertion(form)
    if proof is None:
        if "client_id" not in form:
            raise _no_client(None)
        proof = PublicProof(form["client_id"], origin)
    return TokenRequest(parts, form, proof, origin)


def _basic(authorization: str) -> SecretProof:
    if _BASIC.fullmatch(authorization) is None:
        raise _no_client(None)
    try:
        client_id, secret = extract_basic_authorization({"Authorization": authorization})
    except ValueError:
        # It is no Base64, or not of UTF-8.
        raise _no_client(None) from None
    if not client_id or not secret:
        raise _no_client(None)
    return SecretProof(client_id, secret)


def _assertion(form: Mapping[str, str]) -> AssertionProof:
    """RFC 7521, section 4.2; the client that an assertion names must be the one of the form, where that has one."""
    if form.get("client_assertion_type") != ASSERTION_TYPE or "client_assertion" not in form:
        raise InvalidRequestError(description=f"client_assertion needs client_assertion_type {ASSERTION_TYPE}")
    return AssertionProof(form["client_assertion"], form.get("client_id"))


def _no_client(proof: Proof | None) -> InvalidClientError:
    # A browser that is asked for a password would ask the person who looks at the page.
    return InvalidClientError(status_code=400 if isinstance(proof, PublicProof) else 401)


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
