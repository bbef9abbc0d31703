"""The OAuth endpoints: tokens for clients, their end, and the metadata by which clients find both."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from litestar import Request, get, post
from litestar.response.base import ASGIResponse

from peil.access import oauth_metadata, token_request
from peil.access.clients.model import PublicProof
from peil.access.clients.operations import issue_access_token
from peil.access.clients.targets import EMPLOYER, VENDOR, InvalidTarget
from peil.access.model import OAuthError
from peil.access.oauth_metadata import REVOKE_PATH
from peil.access.oauth_texts import told
from peil.access.revoking import revoke_access_token
from peil.access.token_request import TOKEN_PATH, OAuthRefused, TokenRequest, no_client, no_proof, no_target
from peil.errors import Denied, ProofRefused, Unauthenticated
from peil.http.routing import Route
from peil.keys.signing_keys import CACHED
from peil.parts import Parts
from peil.problems import language_of
from peil.rest import JSON
from peil.rest_handlers import headers_of
from peil.structs import encode

FORM = "application/x-www-form-urlencoded"
_RESOURCE_METADATA = "/.well-known/oauth-protected-resource"

ROUTES = (
    Route(method="POST", path_template=TOKEN_PATH, consumes=(FORM,), max_body=32_768, errors="oauth"),
    Route(method="POST", path_template=REVOKE_PATH, consumes=(FORM,), max_body=16_384, errors="oauth"),
    Route(method="GET", path_template="/.well-known/oauth-authorization-server"),
    Route(method="GET", path_template=_RESOURCE_METADATA),
    Route(method="GET", path_template=f"{_RESOURCE_METADATA}{EMPLOYER}"),
    Route(method="GET", path_template=f"{_RESOURCE_METADATA}{VENDOR}"),
    Route(method="GET", path_template="/.well-known/jwks.json"),
)

Grant = Callable[[TokenRequest], Awaitable[Any]]
"""Gives a token for one grant type. Raises OAuthRefused, Unauthenticated where the client is not the one it says."""


async def client_credentials(asked: TokenRequest) -> Any:
    """The grant of RFC 6749, section 4.4."""
    if isinstance(asked.proof, PublicProof):
        raise Unauthenticated("client")
    try:
        return await issue_access_token(asked.nobody, asked.proof, asked.held, asked.form.get("scope"), asked.target)
    except InvalidTarget as error:
        raise no_target(error) from None
    except Denied:
        raise OAuthRefused("invalid_scope", told("client-scope")) from None


def handlers(parts: Parts, grants: Mapping[str, Grant]) -> list[Any]:
    """Litestar handlers of the OAuth endpoints; `grants` by grant type."""
    url = parts.settings.public_url
    server = oauth_metadata.server_metadata(url, grants)

    @post(TOKEN_PATH, status_code=200)
    async def token(request: Request[Any, Any, Any]) -> ASGIResponse:
        return await _answer(request.scope, _issue(parts, grants, request.scope))

    @post(REVOKE_PATH, status_code=200)
    async def revoke(request: Request[Any, Any, Any]) -> ASGIResponse:
        return await _answer(request.scope, _revoke(parts, request.scope))

    @get("/.well-known/oauth-authorization-server")
    async def server_metadata() -> ASGIResponse:
        return _public(server)

    # Whether the employer or the vendor is there, it does not say (RFC 9728, section 3.1: the path follows).
    @get([_RESOURCE_METADATA, *(f"{_RESOURCE_METADATA}{_litestar(form)}" for form in (EMPLOYER, VENDOR))])
    async def resource_metadata(request: Request[Any, Any, Any]) -> ASGIResponse:
        path = request.scope["path"].removeprefix(_RESOURCE_METADATA)
        return _public(oauth_metadata.resource_metadata(url, path))

    @get("/.well-known/jwks.json")
    async def jwks() -> ASGIResponse:
        return _public(parts.token_keys.jwks())

    return [token, revoke, server_metadata, resource_metadata, jwks]


def _litestar(template: str) -> str:
    return template.replace("}", ":str}")


async def _issue(parts: Parts, grants: Mapping[str, Grant], scope: Any) -> Any:
    headers = headers_of(scope)
    asked = token_request.read(parts, headers, scope["peil.body"], token_request.held_key(parts, headers))
    if "grant_type" not in asked.form:
        raise OAuthRefused("invalid_request", told("field-missing", name="grant_type"))
    grant = grants.get(asked.form["grant_type"])
    if grant is None:
        raise OAuthRefused("unsupported_grant_type", told("grant-type"))
    if asked.target.kind != "service" and grant is not client_credentials:
        # What is exchanged says for which employer it is.
        raise OAuthRefused("invalid_target", told("exchange-resource", url=parts.settings.public_url))
    try:
        return await grant(asked)
    except ProofRefused as error:
        raise no_proof(error) from None
    except Unauthenticated:
        raise no_client(asked.proof) from None


async def _revoke(parts: Parts, scope: Any) -> dict[str, str]:
    """RFC 7009, section 2.1: what is no good token is revoked already; one of another client's is not revoked."""
    asked = token_request.read(parts, headers_of(scope), scope["peil.body"], None)
    if "token" not in asked.form:
        raise OAuthRefused("invalid_request", told("field-missing", name="token"))
    try:
        await revoke_access_token(asked.nobody, asked.proof, asked.form["token"])
    except Unauthenticated:
        raise no_client(asked.proof) from None
    except Denied:
        raise OAuthRefused("invalid_grant", told("anothers-token")) from None
    return {}


async def _answer(scope: Any, deed: Awaitable[Any]) -> ASGIResponse:
    """What came of a request for a token or for its end; a refusal in the language that the client asks for."""
    status, headers = 200, {"cache-control": "no-store"}
    try:
        body = await deed
    except OAuthRefused as refused:
        language = language_of(headers_of(scope).get("accept-language"))
        status, body = refused.status, OAuthError(error=refused.code, error_description=refused.told(language))
        headers["content-language"] = language
        if status == 401:
            headers["www-authenticate"] = 'Basic realm="peil"'
    return ASGIResponse(body=encode(body), status_code=status, media_type=JSON, headers=headers)


def _public(document: Any) -> ASGIResponse:
    return ASGIResponse(
        body=encode(document),
        status_code=200,
        media_type=JSON,
        headers={"cache-control": f"public, max-age={CACHED}"},
    )
