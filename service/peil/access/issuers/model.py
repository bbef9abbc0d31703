"""The shapes of issuers."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from peil.access.model import Origin
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
Profile = Annotated[
    Literal["generic", "entra", "okta", "keycloak", "google"],
    Meta(description="The product that issues the tokens: says what is taken where nothing else is said."),
]
IssuerState = Literal["inactive", "active", "revoked"]
DirectoryAttribute = Literal["externalId", "userName"]
Algorithm = Literal["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
Url = Annotated[
    str,
    Meta(
        min_length=8,
        max_length=500,
        pattern=r"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[^\s\x00-\x1f#]*)?(?![\s\S])",
        description="An absolute https URL without fragment, of a public host; http only for a loopback test.",
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


class Tenant(Value, frozen=True, kw_only=True):
    """Which of the issuer's tenants is this employer's: the claim that says so, and what it says."""

    claim: ClaimName
    value: Name


class IssuerChange(Value, frozen=True, kw_only=True):
    """What can be changed of an issuer; another name, audience or tenant is another issuer."""

    profile: Profile = "generic"
    jwks_url: Annotated[
        Url | None, Meta(description="Where its keys are; null: where its discovery document says, at each renewal.")
    ] = None
    identity_claim: Annotated[
        ClaimName | None,
        Meta(description="The immutable claim that names the person; never e-mail. null: the profile's."),
    ] = None
    directory_attribute: DirectoryAttribute
    algorithms: Annotated[list[Algorithm], Meta(min_length=1, max_length=10)] = msgspec.field(
        default_factory=lambda: ["RS256"]
    )
    role_claim: Annotated[
        ClaimName | None, Meta(description="The claim with what the mapping maps; null: the profile's, if it has one.")
    ] = None
    role_mapping: Annotated[dict[Name, PersonRole], Meta(max_length=200)] = {}
    origins: Annotated[
        list[Origin],
        Meta(max_length=20, description="Where the pages are that may use its tokens in a browser; none: no page may."),
    ] = []
    inline_form_by: Annotated[
        Name | None,
        Meta(description="Whose page may draw the form in itself, and can then see what is typed; null: nobody's."),
    ] = None


class IssuerNew(IssuerChange, frozen=True, kw_only=True):
    """An OIDC issuer whose tokens sign people of this employer in."""

    issuer: Annotated[Url, Meta(description="The `iss` of its tokens, exactly.")]
    audience: Annotated[Name, Meta(description="The `aud` its tokens carry for Peil.")]
    tenant: Annotated[
        Tenant | None, Meta(description="null: every token of this issuer for this audience is this employer's.")
    ] = None


class Issuer(Value, frozen=True, kw_only=True):
    """A registered OIDC issuer."""

    issuer_id: UUID
    issuer: str
    audience: str
    tenant: Tenant | None
    profile: Profile
    jwks_url: Annotated[str | None, Meta(description="null: found by discovery.")]
    identity_claim: str
    directory_attribute: DirectoryAttribute
    algorithms: list[str]
    role_claim: str | None
    role_mapping: dict[str, str]
    origins: list[str]
    inline_form_by: str | None
    not_in_directory: Annotated[
        int, Meta(description="Sign-ins of the last 30 days with a good token of somebody the directory does not know.")
    ]
    state: IssuerState
    created_at: datetime


class Registration(Value, frozen=True, kw_only=True):
    """That an issuer signs in the people of an employer, as the operator sees it."""

    employer_id: UUID
    issuer_id: UUID
    issuer: str
    audience: str
    tenant: Tenant | None


class Registered(Value, frozen=True, kw_only=True):
    """What another employer has of the same issuer and audience; null: all its tokens."""

    tenant: Tenant | None


class IssuerKey(Value, frozen=True, kw_only=True):
    """A key that an issuer publishes and that Peil can verify with."""

    kid: str
    kty: str


Outcome = Literal[
    "ok",
    "unreachable",
    "not-a-document",
    "issuer-differs",
    "no-usable-keys",
    "no-key-for-algorithms",
    "not-active",
]


class IssuerCheck(Value, frozen=True, kw_only=True):
    """What Peil finds where an issuer says that its keys are."""

    outcome: Annotated[
        Outcome,
        Meta(description="ok: people can sign in. Else why not; not-active: the keys are well."),
    ]
    detail: Annotated[str, Meta(description="The same in a sentence, in the caller's language.")]
    jwks_url: Annotated[str | None, Meta(description="Where the keys are; null: not found.")]
    keys: list[IssuerKey]
