"""Verifies tokens of employers' own OIDC issuers, each product's in its own way."""

import logging
from typing import Any, TypeVar
from urllib.parse import urlsplit

from joserfc.jwk import KeySet

from peil.access.issuers.keys import IssuerKeys, Source
from peil.access.issuers.model import Issuer
from peil.access.issuers.profiles import ACCESS_TOKEN, PROFILES, Conventions
from peil.access.issuers.queries import StoredIssuer
from peil.access.tokens import check_times, unverified, verified
from peil.errors import Unauthenticated

# RFC 8693, section 4.2, and what Entra ID and Okta call it: one string with spaces, or a list.
_SCOPE_CLAIMS = frozenset({"scope", "scp"})
_OF_ID_TOKENS = frozenset({"nonce", "at_hash", "c_hash", "s_hash"})

_log = logging.getLogger(__name__)

T = TypeVar("T", StoredIssuer, Issuer)


async def verify(
    token: str, issuers: list[StoredIssuer], keys: IssuerKeys, *, exchanged: bool
) -> tuple[StoredIssuer, dict[str, Any]]:
    """The registered issuer and the claims of a person's token; `exchanged`: it is not used, only turned into ours.

    Raises Unauthenticated, also for a token that fits registrations of two employers: nobody knows whose it is.
    """
    header, claims = unverified(token, 0), unverified(token, 1)
    found = fitting(claims, issuers)
    if not found:
        raise Unauthenticated("audience" if issuers else "issuer")
    if len({one.employer_id for one in found}) > 1:
        _log.warning("tokens of the issuer at %s fit two employers", urlsplit(found[0].issuer).hostname)
        raise Unauthenticated("two-employers")
    issuer = found[0]
    product, kid, kind = PROFILES[issuer.profile], header.get("kid"), _type_of(header)
    if not isinstance(kid, str):
        raise Unauthenticated("kid")
    if kind not in product.types:
        raise Unauthenticated("typ")
    if not exchanged and not product.is_direct:
        raise Unauthenticated("exchange")
    key = await keys.key(Source(issuer.issuer, issuer.jwks_url), kid)
    _, claims = verified(token, KeySet([key]), issuer.algorithms)
    if not exchanged and not _is_access_token(kind, claims, product):
        raise Unauthenticated("typ")
    check_times(claims)
    return issuer, claims


def _type_of(header: dict[str, Any]) -> Any:
    """The `typ` of a header as the profiles have it; LemonLDAP::NG writes at+JWT, and a media type has no case."""
    kind = header.get("typ")
    return kind.lower() if isinstance(kind, str) and kind.lower() in ACCESS_TOKEN else kind


def _is_access_token(kind: Any, claims: dict[str, Any], product: Conventions) -> bool:
    """Whether it is one for Peil to take, and no ID token: that is for the page in which somebody signed in.

    Where the product itself does not say which it is, an ID token is known by what only that has (OpenID Connect
    Core 1.0, sections 2 and 3.1.3.6), unless it has a scope: some providers write a nonce into either.
    """
    if product.kind_claim is not None:
        said = claims.get(product.kind_claim)
        return isinstance(said, str) and said in product.kinds and (said != "DPoP" or "cnf" in claims)
    has_scope = not claims.keys().isdisjoint(_SCOPE_CLAIMS)
    return kind in ACCESS_TOKEN or has_scope or claims.keys().isdisjoint(_OF_ID_TOKENS)


def fitting(claims: dict[str, Any], issuers: list[T]) -> list[T]:
    """Those whose audience and tenant the token has; whoever names a tenant comes before who takes all."""
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    found = [
        known
        for known in issuers
        if known.audience in audiences
        and (known.tenant is None or claim(claims, known.tenant.claim) == known.tenant.value)
    ]
    return sorted(found, key=lambda known: known.tenant is None)


def claim(claims: dict[str, Any], path: str) -> Any:
    """A claim by name, or by a path of names with dots; None where it is not there."""
    if path in claims:
        return claims[path]
    value: Any = claims
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def roles_of(claims: dict[str, Any], issuer: StoredIssuer) -> frozenset[str]:
    """The roles that the issuer's mapping gives these claims; everybody is an employee."""
    given = claim(claims, issuer.role_claim) if issuer.role_claim else None
    if isinstance(given, str) and issuer.role_claim in _SCOPE_CLAIMS:
        given = given.split(" ")
    values = given if isinstance(given, list) else [given]
    mapped = {issuer.role_mapping[value] for value in values if isinstance(value, str) and value in issuer.role_mapping}
    return frozenset(mapped | {"employee"})


def has_left_out(claims: dict[str, Any], issuer: StoredIssuer) -> bool:
    """Whether the roles are not in the token because there were too many.

    Entra ID leaves groups out above 200 and says where they could be asked for ("groups overage claim"); nobody has
    a role by groups that are not there.
    """
    names = claims.get("_claim_names")
    return issuer.role_claim == "groups" and (
        claims.get("hasgroups") is True or (isinstance(names, dict) and "groups" in names)
    )
