"""The shapes of issuers and tokens."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from peil.structs import Name, Value

PersonRole = Literal[
    "administrator",
    "hr",
    "board",
    "ambassador",
    "works_council",
    "prevention_officer",
    "confidential_adviser",
    "occupational_health",
]
IssuerState = Literal["inactive", "active", "revoked"]
Algorithm = Literal["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
Url = Annotated[
    str,
    Meta(
        min_length=8,
        max_length=500,
        pattern=r"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[^\s\x00-\x1f#]*)?(?![\s\S])",
        description="An absolute http or https URL without fragment; http only for a loopback test.",
    ),
]
Origin = Annotated[
    str,
    Meta(
        max_length=300,
        pattern=r"^https?://[a-z0-9.-]+(:[0-9]{1,5})?(?![\s\S])",
        description="An origin as browsers send it: https, host and port; http only for a loopback test.",
    ),
]
ClaimName = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=200,
        pattern=r"^[^\x00-\x20\x7f]+(?![\s\S])",
        description="A claim; a dot steps into an object, as in realm_access.roles.",
    ),
]


class IssuerNew(Value, frozen=True, kw_only=True):
    """An OIDC issuer whose tokens sign people of this employer in."""

    issuer: Annotated[Url, Meta(description="The `iss` of its tokens, exactly.")]
    audience: Annotated[Name, Meta(description="The `aud` its tokens carry for Peil.")]
    jwks_url: Url
    identity_claim: Annotated[ClaimName, Meta(description="The immutable claim that names the person; never e-mail.")]
    directory_attribute: Literal["externalId", "userName"]
    algorithms: Annotated[list[Algorithm], Meta(min_length=1, max_length=10)] = msgspec.field(
        default_factory=lambda: ["RS256"]
    )
    role_claim: ClaimName | None = None
    role_mapping: Annotated[dict[Name, PersonRole], Meta(max_length=200)] = {}
    origins: Annotated[
        list[Origin],
        Meta(max_length=20, description="Where the pages are that may use its tokens in a browser; none: no page may."),
    ] = []
    inline_form_by: Annotated[
        Name | None,
        Meta(description="Whose page may draw the form in itself, and can then see what is typed; null: nobody's."),
    ] = None


class Issuer(Value, frozen=True, kw_only=True):
    """A registered OIDC issuer."""

    issuer_id: UUID
    issuer: str
    audience: str
    jwks_url: str
    identity_claim: str
    directory_attribute: Literal["externalId", "userName"]
    algorithms: list[str]
    role_claim: str | None
    role_mapping: dict[str, str]
    origins: list[str]
    inline_form_by: str | None
    state: IssuerState
    created_at: datetime


class TokenResponse(Value, frozen=True, kw_only=True, rename=None):
    """RFC 6749, section 5.1."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: Annotated[int, Meta(description="Seconds.")]
    scope: Annotated[str, Meta(description="Granted scopes, separated by spaces.")]


class OAuthError(Value, frozen=True, kw_only=True, rename=None):
    """RFC 6749, section 5.2."""

    error: str
    error_description: str
