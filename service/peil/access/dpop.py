"""Proofs of possession (DPoP, RFC 9449): that whoever sends a token holds the key that the token is bound to."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Annotated, Any, NamedTuple
from urllib.parse import urlsplit

import msgspec
from joserfc.jwk import Key
from joserfc.jws import JWSRegistry
from msgspec import Meta

from peil import base64url
from peil.access.clients.rules import ALGORITHMS
from peil.access.public_keys import fits, usable
from peil.access.tokens import unverified, verified
from peil.errors import ProofRefused, Unauthenticated

WINDOW = 60
"""Seconds that a proof is good for, from the moment that it says it was made."""
_SKEW = 30
"""Seconds that a client's clock may be ahead of ours."""
_LONGEST = 4096
_FORGOTTEN = 600
_PUBLIC = frozenset({"kty", "crv", "x", "y", "n", "e", "kid", "alg", "use", "key_ops", "ext"})
"""What a public key says of itself (RFC 7517; `ext` is of browsers); whatever else is there could be its secret."""
_PORTS = {"http": 80, "https": 443}


class Shown(NamedTuple):
    """What a request shows beside its token: how and where it was sent, and the DPoP header. None: it has none."""

    method: str
    url: str
    proof: str | None


class HeldKey(NamedTuple):
    """A key that a proof shows to be held; the proof counts once, which `once` tells until `forgotten_at`."""

    thumbprint: str
    once: bytes
    forgotten_at: datetime


class _Proof(msgspec.Struct, frozen=True, kw_only=True):
    """The claims of section 4.2; `nonce` and others are of no concern."""

    jti: Annotated[str, Meta(min_length=1, max_length=500)]
    htm: str
    htu: str
    iat: int | float
    ath: str | None = None


class _Registry(JWSRegistry):
    # The public key stands in the header; the library's 512 bytes are less than one of RSA takes.
    max_header_length = _LONGEST


def check(shown: Shown, now: datetime, token: str | None) -> HeldKey:
    """The key that a proof shows to be held (section 4.3); `token` None: none is sent, one is asked for.

    Whether the proof was used before is the caller's to find out. Raises ProofRefused.
    """
    key, claims = _verified(shown.proof)
    if claims.htm != shown.method or not is_same_place(claims.htu, shown.url):
        raise ProofRefused("dpop-other-request")
    if not now.timestamp() - WINDOW <= claims.iat <= now.timestamp() + _SKEW:
        raise ProofRefused("dpop-not-now")
    if token is not None and claims.ath != base64url.encode(sha256(token.encode()).digest()):
        raise ProofRefused("dpop-other-token")
    thumbprint = key.thumbprint()
    over = (int(claims.iat) + WINDOW) // _FORGOTTEN * _FORGOTTEN + _FORGOTTEN
    once = sha256(f"{thumbprint} {claims.jti}".encode()).digest()
    return HeldKey(thumbprint, once, datetime.fromtimestamp(over, UTC))


def require_held(bound_to: str | None, held: HeldKey | None) -> None:
    """Refuses what is bound to a key that is not the one held; None: it is bound to none. Raises ProofRefused."""
    if bound_to is not None and held is None:
        raise ProofRefused("dpop-missing")
    if bound_to is not None and held is not None and held.thumbprint != bound_to:
        raise ProofRefused("dpop-other-key")


def key_of(claims: Mapping[str, Any]) -> str | None:
    """The thumbprint of the key that a token is bound to (section 6.1); None: it is bound to none.

    Raises Unauthenticated for one that is bound in another way, which nobody here can check.
    """
    match claims.get("cnf"):
        case None:
            return None
        case {"jkt": str(thumbprint), **others} if not others:
            return thumbprint
    raise Unauthenticated("cnf")


def is_same_place(one: str, other: str) -> bool:
    """Whether two URLs are the same but for query and fragment (RFC 3986, sections 6.2.2 and 6.2.3)."""
    place = _place(one)
    return place is not None and place == _place(other)


def _place(url: str) -> tuple[str, str | None, int | None, str] | None:
    if not url.isascii() or re.search(r"[\x00-\x20\x7f\\]", url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.username is not None or parts.password is not None:
        return None
    return parts.scheme, parts.hostname, port or _PORTS.get(parts.scheme), parts.path or "/"


def _verified(proof: str | None) -> tuple[Key, _Proof]:
    if proof is None:
        raise ProofRefused("dpop-missing")
    if len(proof) > _LONGEST:
        raise ProofRefused("dpop-malformed")
    try:
        header = unverified(proof, 0)
    except Unauthenticated:
        # Two headers come here too: joined, they are no JWT.
        raise ProofRefused("dpop-malformed") from None
    algorithm, key = header.get("alg"), _key_in(header)
    if header.get("typ") != "dpop+jwt" or key is None:
        raise ProofRefused("dpop-malformed")
    try:
        _, claims = verified(proof, key, registry=_Registry(algorithms=[str(algorithm)]))
    except Unauthenticated:
        raise ProofRefused("dpop-signature") from None
    try:
        return key, msgspec.convert(claims, _Proof)
    except msgspec.ValidationError:
        raise ProofRefused("dpop-malformed") from None


def _key_in(header: Mapping[str, Any]) -> Key | None:
    """The public key in a proof's header; None where it is none, or one that its algorithm does not go with."""
    algorithm, members = header.get("alg"), header.get("jwk")
    if not isinstance(members, dict) or not members.keys() <= _PUBLIC:
        return None
    if algorithm not in ALGORITHMS or not fits(str(algorithm), members.get("kty"), members.get("crv")):
        return None
    return usable({name: members[name] for name in ("kty", "crv", "x", "y", "n", "e") if name in members})
