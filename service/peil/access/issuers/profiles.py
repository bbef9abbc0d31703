"""What the products that issue tokens do each in their own way, as data."""

from typing import NamedTuple

from peil.access.issuers.model import Profile

ACCESS_TOKEN = frozenset({"at+jwt", "application/at+jwt"})
_ANY_TOKEN = ACCESS_TOKEN | {"JWT", None}


class Conventions(NamedTuple):
    """What is taken from a product's tokens where the registration says nothing else.

    `types`: the `typ` of the header, None: there is none. `kind_claim`, `kinds`: the claim that tells an access token
    from the others, and what it may say then; DPoP only of a token that is bound to a key. `is_direct`: its tokens
    are for Peil itself; else only exchanged.
    """

    identity_claim: str
    role_claim: str | None
    tenant_claim: str | None
    types: frozenset[str | None]
    kind_claim: str | None = None
    kinds: frozenset[str] = frozenset()
    is_direct: bool = True
    needs_tenant: bool = False


PROFILES: dict[Profile, Conventions] = {
    "generic": Conventions("sub", None, None, _ANY_TOKEN),
    # https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference: `oid` is the person in the
    # tenant `tid`, `roles` the app roles; the issuer of version 2.0 names the tenant too.
    "entra": Conventions("oid", "roles", "tid", frozenset({"JWT"})),
    # https://developer.okta.com/docs/api/openapi/okta-oauth/guides/overview: `uid` never changes, `sub` is the login.
    "okta": Conventions("uid", "groups", None, _ANY_TOKEN | {"application/okta-internal-at+jwt"}),
    # https://www.keycloak.org/docs/latest/server_admin: `typ` in the claims is Bearer, or DPoP where it is bound to a
    # key; ID or Refresh of the others.
    "keycloak": Conventions("sub", "realm_access.roles", None, _ANY_TOKEN, "typ", frozenset({"Bearer", "DPoP"})),
    # https://developers.google.com/identity/openid-connect/openid-connect: one issuer for all; `hd` is the domain.
    # Its access tokens are opaque, and an ID token is for the page that got it, which exchanges it.
    "google": Conventions("sub", None, "hd", frozenset({"JWT"}), is_direct=False, needs_tenant=True),
}
