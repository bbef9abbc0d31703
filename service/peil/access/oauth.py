"""The OAuth endpoints: tokens for clients and the metadata by which clients find them."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from authlib.oauth2.rfc6749.errors import (
    InvalidClientError,
    InvalidGrantError,
    InvalidRequestError,
    InvalidScopeError,
    OAuth2Error,
    UnsupportedGrantTypeError,
)
from authlib.oauth2.rfc6749.util import extract_basic_authorization
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata
from litestar import Request, get, post
from litestar.response.base import ASGIResponse

from peil import clock, problems
from peil.access import dpop, table
from peil.access.clients.model import AssertionProof, Proof, PublicProof, SecretProof
from peil.access.clients.operations import issue_access_token
from peil.access.clients.rules import ALGORITHMS
from peil.access.clients.targets import EMPLOYER, VENDOR, InvalidTarget, Target, target_of
from peil.access.dpop import HeldKey, Shown
from peil.access.issuers.refusal_texts import plain
from peil.access.revoking import revoke_access_token
from peil.access.widget_model import DETAILS_TYPE
from peil.actor import NOBODY
from peil.errors import Denied, ProofRefused, Unauthenticated
from peil.http.routing import Route
from peil.keys.signing_keys import CACHED
from peil.operation import Call
from peil.parts import Parts
from peil.problems import language_of
from peil.rest import JSON
from peil.rest_handlers import headers_of
from peil.structs import encode

FORM = "application/x-www-form-urlencoded"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_FORM = frozenset({"client_assertion", "client_assertion_type"})

TOKEN_PATH = "/oauth/token"  # noqa: S105  # a path
_REVOKE_PATH = "/oauth/revoke"
_RESOURCE_METADATA = "/.well-known/oauth-protected-resource"

_METHODS = ["client_secret_basic", "private_key_jwt", "none"]
_SAID = {
    "invalid_client": "no such client, or not proven as it must: look at its state, secrets, keys and origins",
    "invalid_grant": "what was given for a token is not good, or not for this client",
    "unsupported_grant_type": "grant_type is none of those that the metadata names",
}
"""One sentence for each, whatever the reason is: whoever is refused learns nothing of what there is."""
# RFC 7617, section 2. The decoder would skip what is no Base64, such as the comma that joins two headers.
_BASIC = re.compile(r"basic +[A-Za-z0-9+/]+={0,2}", re.IGNORECASE)

ROUTES = (
    Route(method="POST", path_template=TOKEN_PATH, consumes=(FORM,), max_body=32_768, errors="oauth"),
    Route(method="POST", path_template=_REVOKE_PATH, consumes=(FORM,), max_body=16_384, errors="oauth"),
    Route(method="GET", path_template="/.well-known/oauth-authorization-server"),
    Route(method="GET", path_template=_RESOURCE_METADATA),
    Route(method="GET", path_template=f"{_RESOURCE_METADATA}{EMPLOYER}"),
    Route(method="GET", path_template=f"{_RESOURCE_METADATA}{VENDOR}"),
    Route(method="GET", path_template="/.well-known/jwks.json"),
)


class InvalidTargetError(OAuth2Error):  # type: ignore[misc]  # Authlib has no types
    """The resource is none that there is a token for (RFC 8707, section 2)."""

    error = "invalid_target"


class InvalidDpopProofError(OAuth2Error):  # type: ignore[misc]  # Authlib has no types
    """The proof that a key is held is missing or wrong (RFC 9449, section 5)."""

    error = "invalid_dpop_proof"


class TokenRequest(NamedTuple):
    """What a grant goes by. `origin` None: no page of a browser asks. `held` None: the token is bound to no key.

    `language`: in which a refusal is told.
    """

    parts: Parts
    form: Mapping[str, str]
    target: Target
    proof: Proof
    origin: str | None
    held: HeldKey | None
    language: str

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
        return await issue_access_token(asked.nobody, asked.proof, asked.held, asked.form.get("scope"), asked.target)
    except InvalidTarget as refused:
        raise _no_target(refused, asked.language) from None
    except Denied:
        raise InvalidScopeError(description="the client's roles do not give this scope") from None


def handlers(parts: Parts, grants: Mapping[str, Grant]) -> list[Any]:
    """Litestar handlers of the OAuth endpoints; `grants` by grant type."""
    url = parts.settings.public_url
    server = _server_metadata(url, grants)

    @post(TOKEN_PATH, status_code=200)
    async def token(request: Request[Any, Any, Any]) -> ASGIResponse:
        try:
            issued = await _issue(parts, grants, request.scope)
        except OAuth2Error as error:
            return _refused(error)
        return ASGIResponse(
            body=encode(issued), status_code=200, media_type=JSON, headers={"cache-control": "no-store"}
        )

    @post(_REVOKE_PATH, status_code=200)
    async def revoke(request: Request[Any, Any, Any]) -> ASGIResponse:
        try:
            await _revoke(parts, request.scope)
        except OAuth2Error as error:
            return _refused(error)
        return ASGIResponse(body=b"{}", status_code=200, media_type=JSON, headers={"cache-control": "no-store"})

    @get("/.well-known/oauth-authorization-server")
    async def server_metadata() -> ASGIResponse:
        return _public(server)

    # Whether the employer or the vendor is there, it does not say (RFC 9728, section 3.1: the path follows).
    @get([_RESOURCE_METADATA, *(f"{_RESOURCE_METADATA}{_litestar(form)}" for form in (EMPLOYER, VENDOR))])
    async def resource_metadata(request: Request[Any, Any, Any]) -> ASGIResponse:
        path = request.scope["path"].removeprefix(_RESOURCE_METADATA)
        return _public(_resource_metadata(url, path))

    @get("/.well-known/jwks.json")
    async def jwks() -> ASGIResponse:
        return _public(parts.token_keys.jwks())

    return [token, revoke, server_metadata, resource_metadata, jwks]


def _litestar(template: str) -> str:
    return template.replace("}", ":str}")


def _server_metadata(url: str, grants: Mapping[str, Grant]) -> dict[str, Any]:
    metadata = AuthorizationServerMetadata(
        {
            "issuer": url,
            "token_endpoint": f"{url}{TOKEN_PATH}",
            "jwks_uri": f"{url}/.well-known/jwks.json",
            "scopes_supported": sorted(table.SCOPES),
            "response_types_supported": [],
            "grant_types_supported": sorted(grants),
            "token_endpoint_auth_methods_supported": _METHODS,
            "token_endpoint_auth_signing_alg_values_supported": list(ALGORITHMS),
            "revocation_endpoint": f"{url}{_REVOKE_PATH}",
            "revocation_endpoint_auth_methods_supported": _METHODS,
            "revocation_endpoint_auth_signing_alg_values_supported": list(ALGORITHMS),
        }
    )
    return {
        **metadata,
        "protected_resources": [url],
        "authorization_details_types_supported": [DETAILS_TYPE],
        "dpop_signing_alg_values_supported": list(ALGORITHMS),
    }


def _resource_metadata(url: str, path: str) -> dict[str, Any]:
    """RFC 9728, section 2; `resource_forms` is of our own: what a client can name as `resource` (RFC 8707)."""
    return {
        "resource": f"{url}{path}",
        "resource_name": "Peil",
        "authorization_servers": [url],
        "scopes_supported": sorted(table.SCOPES),
        "bearer_methods_supported": ["header"],
        "authorization_details_types_supported": [DETAILS_TYPE],
        "dpop_signing_alg_values_supported": list(ALGORITHMS),
        "dpop_bound_access_tokens_required": False,
        "resource_forms": [url, f"{url}{EMPLOYER}", f"{url}{VENDOR}"],
    }


async def _issue(parts: Parts, grants: Mapping[str, Grant], scope: Any) -> Any:
    headers = headers_of(scope)
    asked = _read(parts, headers, scope["peil.body"], _held(parts, headers))
    if "grant_type" not in asked.form:
        raise InvalidRequestError(description="grant_type is missing")
    grant = grants.get(asked.form["grant_type"])
    if grant is None:
        raise UnsupportedGrantTypeError(asked.form["grant_type"])
    if asked.target.kind != "service" and grant is not client_credentials:
        # What is exchanged says for which employer it is.
        url = parts.settings.public_url
        refused = InvalidTarget(
            f"bij deze grant is er geen andere resource dan {url}", f"this grant takes no resource but {url}"
        )
        raise _no_target(refused, asked.language)
    try:
        return await grant(asked)
    except ProofRefused as error:
        raise _no_proof(error, asked.language) from None
    except Unauthenticated:
        raise _no_client(asked.proof) from None


async def _revoke(parts: Parts, scope: Any) -> None:
    """RFC 7009, section 2.1: what is no good token is revoked already; one of another client's is not revoked."""
    asked = _read(parts, headers_of(scope), scope["peil.body"], None)
    if "token" not in asked.form:
        raise InvalidRequestError(description="token is missing")
    try:
        await revoke_access_token(asked.nobody, asked.proof, asked.form["token"])
    except Unauthenticated:
        raise _no_client(asked.proof) from None
    except Denied:
        raise InvalidGrantError from None


def _held(parts: Parts, headers: Mapping[str, str]) -> HeldKey | None:
    """The key that the request shows to be held; None: it shows none."""
    if "dpop" not in headers:
        return None
    try:
        shown = Shown("POST", f"{parts.settings.public_url}{TOKEN_PATH}", headers["dpop"])
        return dpop.check(shown, clock.now(), None)
    except ProofRefused as error:
        raise _no_proof(error, _language_of(headers)) from None


def _read(parts: Parts, headers: Mapping[str, str], body: bytes, held: HeldKey | None) -> TokenRequest:
    """The request, with how its client proves itself: in one way only (RFC 6749, section 2.3)."""
    authorization, origin, language = headers.get("authorization"), headers.get("origin"), _language_of(headers)
    proof: Proof | None = None if authorization is None else _basic(authorization)
    form, resources = _form(body)
    try:
        target = target_of(resources, parts.settings.public_url)
    except InvalidTarget as refused:
        raise _no_target(refused, language) from None
    if not ASSERTION_FORM.isdisjoint(form):
        if proof is not None:
            raise InvalidRequestError(description="a client proves itself in one way, in the header or by an assertion")
        proof = _assertion(form)
    if proof is None:
        if "client_id" not in form:
            raise _no_client(None)
        proof = PublicProof(form["client_id"], origin)
    return TokenRequest(parts, form, target, proof, origin, held, language)


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


def _no_proof(error: ProofRefused, language: str) -> InvalidDpopProofError:
    (found,) = problems.problem(error, language, "").errors
    return InvalidDpopProofError(description=plain(found.detail))


def _no_target(error: InvalidTarget, language: str) -> InvalidTargetError:
    return InvalidTargetError(description=plain(error.description(language)))


def _language_of(headers: Mapping[str, str]) -> str:
    return language_of(headers.get("accept-language"))


def _no_client(proof: Proof | None) -> InvalidClientError:
    # A browser that is asked for a password would ask the person who looks at the page.
    return InvalidClientError(status_code=400 if isinstance(proof, PublicProof) else 401)


def _form(body: bytes) -> tuple[dict[str, str], list[str]]:
    """The form of RFC 6749, section 4.4.2, and its resources.

    No other field may come twice, and unknown ones are ignored (section 3.2).
    """
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=bool(body), max_num_fields=50)
    except ValueError:
        raise InvalidRequestError(description="the body is no form") from None
    resources = [value for name, value in fields if name == "resource" and value]
    others = [(name, value) for name, value in fields if name != "resource"]
    form = dict(others)
    if len(form) < len(others):
        raise InvalidRequestError(description="a field comes twice")
    return {name: value for name, value in form.items() if value}, resources


def _refused(error: OAuth2Error) -> ASGIResponse:
    body = dict(error.get_body())
    if error.error in _SAID:
        body["error_description"] = _SAID[error.error]
    headers = {"cache-control": "no-store"}
    if error.status_code == 401:
        headers["www-authenticate"] = 'Basic realm="peil"'
    return ASGIResponse(body=encode(body), status_code=error.status_code, media_type=JSON, headers=headers)


def _public(document: Any) -> ASGIResponse:
    return ASGIResponse(
        body=encode(document),
        status_code=200,
        media_type=JSON,
        headers={"cache-control": f"public, max-age={CACHED}"},
    )
