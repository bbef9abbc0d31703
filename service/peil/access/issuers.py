"""Verifies tokens of employers' own OIDC issuers, with their keys fetched and kept here."""

import asyncio
import time
from typing import Any

import msgspec
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key, KeySet, RSAKey

from peil import clock
from peil.access.queries import StoredIssuer
from peil.access.tokens import unverified, verified, without_advice
from peil.errors import Busy, Unauthenticated
from peil.outbound import Outbound, Unreachable

_MAX_LIFETIME = 86_400
_FRESH = 600.0
_AGAIN = 30.0
_MAX_JWKS = 65_536


class _Kept(msgspec.Struct):
    keys: dict[str, Key]
    fetched_at: float | None
    """None: never yet."""
    tried_at: float


class IssuerKeys:
    """Public keys by JWKS address: kept ten minutes, asked again for an unknown kid at most every 30 s.

    All who need the same set wait for one fetch. A set that cannot be fetched leaves the known keys in use, and
    one bad key does not spoil the others.
    """

    def __init__(self, outbound: Outbound) -> None:
        self._outbound = outbound
        self._kept: dict[str, _Kept] = {}
        self._fetching: dict[str, asyncio.Task[_Kept]] = {}

    async def key(self, jwks_url: str, kid: str) -> Key:
        """The key `kid`. Raises Unauthenticated where the issuer does not publish it, Busy where nobody knows."""
        kept = self._kept.get(jwks_url)
        if kept is None or kept.fetched_at is None or _is_over(kept.fetched_at, _FRESH) or kid not in kept.keys:
            kept = await self._refreshed(jwks_url, kept)
        if kept.fetched_at is None:
            raise Busy(int(_AGAIN))
        if kid not in kept.keys:
            raise Unauthenticated("kid")
        return kept.keys[kid]

    async def _refreshed(self, jwks_url: str, kept: _Kept | None) -> _Kept:
        fetching = self._fetching.get(jwks_url)
        if fetching is None:
            if kept is not None and not _is_over(kept.tried_at, _AGAIN):
                return kept
            fetching = asyncio.create_task(self._fetch(jwks_url, kept))
            self._fetching[jwks_url] = fetching
            fetching.add_done_callback(lambda _: self._fetching.pop(jwks_url))
        # Who goes away must not take the keys from the others who wait.
        return await asyncio.shield(fetching)

    async def _fetch(self, jwks_url: str, kept: _Kept | None) -> _Kept:
        kept = kept or _Kept(keys={}, fetched_at=None, tried_at=0.0)
        kept.tried_at = time.monotonic()
        self._kept[jwks_url] = kept
        try:
            document = msgspec.json.decode(await self._outbound.fetch(jwks_url, max_bytes=_MAX_JWKS))
        except (Unreachable, msgspec.DecodeError, UnicodeDecodeError):
            return kept
        if isinstance(document, dict) and isinstance(document.get("keys"), list):
            kept.keys = _import(document["keys"])
            kept.fetched_at = kept.tried_at
        return kept


def _is_over(since: float, seconds: float) -> bool:
    return time.monotonic() - since > seconds


def _import(entries: list[Any]) -> dict[str, Key]:
    keys = {}
    for entry in entries[:100]:
        if not isinstance(entry, dict) or not isinstance(entry.get("kid"), str) or entry.get("kty") == "oct":
            continue
        try:
            with without_advice():
                key = JWKRegistry.import_key(entry)
        except (JoseError, ValueError, TypeError, KeyError):
            continue
        if not (isinstance(key, RSAKey) and key.public_key.key_size < 2048):
            keys[entry["kid"]] = key
    return keys


async def verify(token: str, issuers: list[StoredIssuer], keys: IssuerKeys) -> tuple[StoredIssuer, dict[str, Any]]:
    """The registered issuer and the claims of a person's token. Raises Unauthenticated."""
    header, claims = unverified(token, 0), unverified(token, 1)
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    issuer = next((known for known in issuers if known.audience in audiences), None)
    kid = header.get("kid")
    if issuer is None or not isinstance(kid, str) or header.get("typ") not in (None, "JWT", "at+jwt"):
        raise Unauthenticated("issuer")
    key = await keys.key(issuer.jwks_url, kid)
    _, claims = verified(token, KeySet([key]), issuer.algorithms)
    _check_times(claims)
    return issuer, claims


def _check_times(claims: dict[str, Any]) -> None:
    now = clock.now().timestamp()
    expires, issued, not_before = claims.get("exp"), claims.get("iat"), claims.get("nbf", 0)
    if type(expires) is not int or type(issued) is not int or type(not_before) not in (int, float):
        raise Unauthenticated("times")
    if not (issued - 60 <= now < expires <= issued + _MAX_LIFETIME and not_before - 60 <= now):
        raise Unauthenticated("expired")


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
    values = given if isinstance(given, list) else [given]
    mapped = {issuer.role_mapping[value] for value in values if isinstance(value, str) and value in issuer.role_mapping}
    return frozenset(mapped | {"employee"})
