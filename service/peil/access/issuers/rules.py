"""What a registration has to say, and what its profile says for it."""

import re
from collections.abc import Iterable, Iterator
from typing import TypeVar

import msgspec
from joserfc.jwk import Key

from peil.access.issuers.model import Issuer, IssuerChange, IssuerNew, Outcome, Registered, Tenant
from peil.access.issuers.profiles import PROFILES
from peil.access.public_keys import fits_any
from peil.errors import Finding

T = TypeVar("T", bound=IssuerChange)

_OUTCOMES: dict[Outcome, tuple[str, str]] = {
    "ok": (
        "Peil vindt de sleutels; medewerkers kunnen zich aanmelden.",
        "Peil finds the keys; people can sign in.",
    ),
    "unreachable": (
        "Op dit adres komt geen antwoord. Het moet https zijn, op een openbaar adres, zonder doorverwijzing, "
        "binnen 5 seconden en hoogstens 64 KiB.",
        "There is no answer at this address. It has to be https, at a public address, without a redirect, "
        "within 5 seconds and of 64 KiB at most.",
    ),
    "not-a-document": (
        "Het antwoord is geen discovery-document of JWKS.",
        "The answer is no discovery document or JWKS.",
    ),
    "issuer-differs": (
        "Het discovery-document noemt een andere `issuer` dan hier is geregistreerd.",
        "The discovery document names another `issuer` than is registered here.",
    ),
    "no-usable-keys": (
        "Er staat geen sleutel die Peil gebruikt: RSA van 2048 tot 8192 bits, EC of Ed25519, met een `kid`.",
        "There is no key that Peil uses: RSA of 2048 to 8192 bits, EC or Ed25519, with a `kid`.",
    ),
    "no-key-for-algorithms": (
        "Peil vindt sleutels, maar bij geen ervan past een van de `algorithms` die voor de issuer zijn geregistreerd.",
        "Peil finds keys, and none of them goes with one of the `algorithms` that are registered for the issuer.",
    ),
    "not-active": (
        "Peil vindt de sleutels. Niemand kan zich aanmelden: een beheerder heeft de issuer nog niet bevestigd, of hij "
        "is ingetrokken; zie `state`.",
        "Peil finds the keys. Nobody can sign in: an administrator has not confirmed the issuer yet, or it is revoked; "
        "see `state`.",
    ),
}


# RFC 7519, OpenID Connect Core and what Entra ID, Okta and Keycloak add: about a token, a person or a page.
_ABOUT_ELSE = """
    acr amr at_hash aud auth_time azp azpacr c_hash cid client_id email exp iat iss jti name nbf nonce oid
    preferred_username s_hash scope scp sid sub token_type typ uid unique_name upn uti ver
"""
_CHANGING = """
    email email_address emails mail name nickname phone_number preferred_username unique_name upn userprincipalname
    verified_primary_email
"""
# What stands in the tokens of everybody who signs in, whatever for: of Keycloak the clients that each realm has and in
# which people have roles by themselves (Server Administration Guide, "Audience support"); of Entra ID Microsoft Graph
# and what was before it. An audience of Okta's `default` server is an organisation's own.
_EVERYBODYS = """
    account broker realm-management
    00000003-0000-0000-c000-000000000000 https://graph.microsoft.com
    00000002-0000-0000-c000-000000000000 https://graph.windows.net
"""
_END = re.compile(r"[^./:#]*$")


def issuer_findings(new: IssuerNew) -> Iterator[Finding]:
    """What is wrong with a registration, whoever makes it."""
    yield from change_findings(new)
    if is_everybodys(new.audience):
        yield Finding("/audience", "shared-audience", {"audience": new.audience})
    if new.tenant is not None and new.tenant.claim in _ABOUT_ELSE.split():
        yield Finding("/tenant/claim", "no-tenant-claim", {"claim": new.tenant.claim})
    if PROFILES[new.profile].needs_tenant and new.tenant is None:
        yield Finding("/tenant", "tenant-needed", {"claim": PROFILES[new.profile].tenant_claim or ""})


def change_findings(said: IssuerChange) -> Iterator[Finding]:
    """What is wrong with how tokens are to be read: an e-mail address or a name is somebody else's later.

    Nor does a mapping give anybody a role where nothing says in which claim the values are.
    """
    if said.role_mapping and filled(said).role_claim is None:
        yield Finding("/roleClaim", "role-claim-needed")
    named = said.identity_claim
    if named is not None and _END.findall(named)[0].casefold() in _CHANGING.split():
        yield Finding("/identityClaim", "identity-changes", {"claim": named})


def is_everybodys(audience: str) -> bool:
    """Whether a product puts this audience into everybody's tokens.

    Whoever registered it would make the tokens of all who register the same issuer with an audience of their own fit
    two employers, and so nobody's.
    """
    return audience.rstrip("/").casefold() in _EVERYBODYS.split()


def is_taken(tenant: Tenant | None, others: list[Registered]) -> bool:
    """Whether a token could fit this and what other employers have of the same issuer and audience.

    It cannot where both name a tenant by the same claim, and each another one.
    """
    return not all(
        tenant and other.tenant and tenant.claim == other.tenant.claim and tenant.value != other.tenant.value
        for other in others
    )


def filled(said: T) -> T:
    """The same with what the profile says where it says nothing: later versions of a profile change no registration."""
    product = PROFILES[said.profile]
    return msgspec.structs.replace(
        said,
        identity_claim=said.identity_claim or product.identity_claim,
        role_claim=said.role_claim or product.role_claim,
    )


def outcome_of(keys: Iterable[Key], issuer: Issuer) -> Outcome:
    """What a check comes to that found these keys: whether people can sign in, or what keeps them."""
    if not any(fits_any(key, issuer.algorithms) for key in keys):
        return "no-key-for-algorithms"
    return "ok" if issuer.state == "active" else "not-active"


def outcome_text(outcome: Outcome, language: str) -> str:
    """What a check found, in a sentence."""
    dutch, english = _OUTCOMES[outcome]
    return dutch if language == "nl" else english
