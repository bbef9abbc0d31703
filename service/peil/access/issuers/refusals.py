"""By what a token fails the registrations of an employer: told to that employer's own clients, and to no other."""

from typing import Any, NamedTuple

from peil.access.issuers.model import Issuer
from peil.access.issuers.verifying import fitting
from peil.access.tokens import unverified
from peil.errors import Unauthenticated

ABOUT_THE_TOKEN = frozenset({"not-a-jwt", "times", "expired", "identity", "person-not-in-directory"})
"""What anybody may hear who has the token: it can be read, or the issuer's own signature has been verified before."""
_SAID = ABOUT_THE_TOKEN - {"not-a-jwt"} | {"two-employers", "typ", "kid", "signature"}
_LONGEST = 200


class Refusal(NamedTuple):
    """A code that `refusal_texts` has, and what fills its text."""

    code: str
    params: dict[str, str]


def refusal(reason: str | None, token: str, issuers: list[Issuer], own: str) -> Refusal:
    """Why this token was refused, for `reason` (that of Unauthenticated, or the code of Denied).

    `issuers`: what the client's employer has registered under the name that the token has, in whatever state. Only
    these count, so that nobody learns what another employer has. `own`: Peil's own name as an issuer.
    """
    try:
        header, claims = unverified(token, 0), unverified(token, 1)
    except Unauthenticated:
        return Refusal("not-a-jwt", {})
    if reason == "scheme":
        return Refusal("not-a-jwt", {})
    if claims.get("iss") == own:
        return Refusal("own-token", {})
    active = [issuer for issuer in issuers if issuer.state == "active"]
    if not active:
        return _not_active(issuers, claims)
    found = fitting(claims, active)
    return _not_good(reason, header, found[0]) if found else _not_fitting(active, claims)


def _not_active(issuers: list[Issuer], claims: dict[str, Any]) -> Refusal:
    waiting = next((issuer for issuer in issuers if issuer.state == "inactive"), None)
    if waiting is not None:
        return Refusal("issuer-inactive", {"issuer_id": str(waiting.issuer_id)})
    return Refusal("issuer-revoked" if issuers else "issuer-unknown", {"issuer": str(claims.get("iss"))[:_LONGEST]})


def _not_fitting(active: list[Issuer], claims: dict[str, Any]) -> Refusal:
    """The token is for another audience than any that is registered, or of another tenant."""
    for issuer in active:
        if issuer.tenant is not None and fitting(claims | {issuer.tenant.claim: issuer.tenant.value}, [issuer]):
            return Refusal("tenant", {"claim": issuer.tenant.claim, "value": issuer.tenant.value})
    return Refusal("audience", {"audience": active[0].audience})


def _not_good(reason: str | None, header: dict[str, Any], issuer: Issuer) -> Refusal:
    params = {
        "issuer_id": str(issuer.issuer_id),
        "profile": issuer.profile,
        "algorithms": ", ".join(issuer.algorithms),
        "claim": issuer.identity_claim,
        "attribute": issuer.directory_attribute,
    }
    if reason == "signature" and header.get("alg") not in issuer.algorithms:
        return Refusal("algorithm", params)
    return Refusal(reason if reason in _SAID else "not-exchangeable", params)
