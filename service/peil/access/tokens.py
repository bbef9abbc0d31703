"""Peil's own access tokens: RFC 9068 JWTs, signed with one of the key store's signing keys."""

import logging
import secrets
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import Key, KeySet, RSAKey
from joserfc.jws import JWSRegistry
from joserfc.util import urlsafe_b64decode

from peil import clock
from peil.access.model import Holder
from peil.access.widget_model import WIDGETS, Behalf, WidgetGranted
from peil.errors import Invalid, Unauthenticated
from peil.json_text import parse
from peil.keys.key_files import KeyStoreError
from peil.keys.signing_keys import REREAD, SigningKey, Term, published, signing

LIFETIME = 600
"""Seconds that an access token is good for."""
_LONGEST_LIFETIME = 86_400
"""Seconds that any token may be good for, whoever made it."""
_SKEW = 60
"""Seconds that another clock may be ahead of ours."""

_ALGORITHMS = ["RS256"]
_log = logging.getLogger(__name__)


class AccessClaims(msgspec.Struct, frozen=True, kw_only=True):
    """The claims of an access token of ours; of a person it also says whose, and of a widget what it shows."""

    iss: str
    aud: str
    sub: UUID
    client_id: UUID
    exp: int
    iat: int
    jti: str
    scope: str
    employer: UUID | None = None
    authorization_details: tuple[WidgetGranted] | None = None
    behalf: Behalf | None = None
    credential: str | None = None
    """By what the client had proven itself: the id of the secret, or the thumbprint of the key; None: by nothing."""
    cnf: dict[str, str] | None = None


class TokenKeys:
    """Signs and verifies access tokens: every published key verifies, the newest that has been published long signs.

    `read` gives the keys that there are at a moment, oldest first; it is asked again each minute, and where it fails
    those that are known go on.
    """

    def __init__(self, read: Callable[[datetime], Sequence[SigningKey]], issuer: str) -> None:
        self.issuer = issuer
        self._read = read
        self._known = read(clock.now())
        self._read_at = clock.elapsed()

    def jwks(self) -> dict[str, Any]:
        """The public keys, as RFC 7517 says."""
        return {"keys": [term.key.as_dict(private=False) for term in self._published()]}

    @property
    def newest(self) -> RSAKey:
        """The key that signs now."""
        return signing(self._published(), clock.now()).key

    def _published(self) -> list[Term]:
        if clock.elapsed() - self._read_at >= REREAD:
            self._read_at = clock.elapsed()
            try:
                self._known = self._read(clock.now())
            except (KeyStoreError, OSError) as error:
                _log.error("the keys of access tokens cannot be read again: %s", error)
        return published(self._known, clock.now())

    def sign(self, holder: Holder, employer_id: UUID | None, scopes: list[str]) -> str:
        """An access token (RFC 9068, section 2) for a client, good for `LIFETIME` seconds."""
        claims = {"sub": str(holder.client_id)} | holder.claims()
        return self._sign(holder.client_id, employer_id, scopes, LIFETIME, claims)

    def sign_person(self, holder: Holder, employer_id: UUID, behalf: Behalf, scopes: list[str], seconds: int) -> str:
        """An access token with which a client acts for a person."""
        claims = {"sub": behalf.subject, "behalf": behalf} | holder.claims()
        return self._sign(holder.client_id, employer_id, scopes, seconds, msgspec.to_builtins(claims))

    def sign_widget(
        self, holder: Holder, employer_id: UUID, granted: WidgetGranted, behalf: Behalf, seconds: int
    ) -> str:
        """An access token that shows what was granted and nothing else (RFC 9396, section 9.1)."""
        claims = {"sub": behalf.subject, "authorization_details": (granted,), "behalf": behalf} | holder.claims()
        return self._sign(holder.client_id, employer_id, [WIDGETS], seconds, msgspec.to_builtins(claims))

    def _sign(
        self, client_id: UUID, employer_id: UUID | None, scopes: list[str], seconds: int, more: dict[str, Any]
    ) -> str:
        issued_at = int(clock.now().timestamp())
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "aud": self.issuer,
            "client_id": str(client_id),
            "exp": issued_at + seconds,
            "iat": issued_at,
            "jti": secrets.token_urlsafe(16),
            "scope": " ".join(scopes),
        } | more
        if employer_id is not None:
            claims["employer"] = str(employer_id)
        key = self.newest
        header = {"alg": "RS256", "typ": "at+jwt", "kid": key.kid}
        return jwt.encode(header, claims, key, algorithms=_ALGORITHMS)

    def verify(self, token: str) -> AccessClaims:
        """The claims of a token of ours. Raises Unauthenticated for any other (RFC 9068, section 4)."""
        header, claims = verified(token, KeySet([term.key for term in self._published()]), _ALGORITHMS)
        if header.get("typ") not in ("at+jwt", "application/at+jwt"):
            raise Unauthenticated("typ")
        try:
            read = msgspec.convert(claims, AccessClaims)
        except msgspec.ValidationError:
            raise Unauthenticated("claims") from None
        if read.iss != self.issuer or read.aud != self.issuer:
            raise Unauthenticated("audience")
        check_times(claims)
        return read


def check_times(claims: dict[str, Any]) -> None:
    """Refuses a token that is over, not yet good, or good for longer than a day. Raises Unauthenticated."""
    now = clock.now().timestamp()
    expires, issued, not_before = claims.get("exp"), claims.get("iat"), claims.get("nbf", 0)
    if type(expires) is not int or type(issued) is not int or type(not_before) not in (int, float):
        raise Unauthenticated("times")
    if not (issued - _SKEW <= now < expires <= issued + _LONGEST_LIFETIME and not_before - _SKEW <= now):
        raise Unauthenticated("expired")


def verified(
    token: str, keys: KeySet | Key, algorithms: list[str] | None = None, registry: JWSRegistry | None = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims of a JWT whose signature one of `keys` verifies, by one of `algorithms` or as `registry` says.

    Claims that appear twice and payloads that are no JSON object are refused, and every `crit`: no extension that it
    could name is understood here (RFC 7515, section 4.1.11). Times are the caller's to check.
    """
    if "crit" in unverified(token, 0):
        raise Unauthenticated("crit")
    unverified(token, 1)
    try:
        with without_advice():
            decoded = jwt.decode(token, keys, algorithms=algorithms, registry=registry)
    except (JoseError, ValueError, TypeError, KeyError):
        raise Unauthenticated("signature") from None
    return dict(decoded.header), dict(decoded.claims)


@contextmanager
def without_advice() -> Iterator[None]:
    """Hushes warnings about algorithms and keys: which of them are taken is decided here, by name and by size."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SecurityWarning)
        yield


def unverified(token: str, part: int) -> dict[str, Any]:
    """Header (0) or claims (1) before anything is verified: only to find out whose keys to ask."""
    segments = token.split(".")
    if len(segments) != 3:
        raise Unauthenticated("malformed")
    try:
        value, odd = parse(_bytes_of(segments[part]))
    except Invalid:
        raise Unauthenticated("malformed") from None
    if odd or not isinstance(value, dict):
        raise Unauthenticated("malformed")
    return value


def _bytes_of(segment: str) -> bytes:
    try:
        return urlsafe_b64decode(segment.encode("ascii"))
    except ValueError:
        raise Unauthenticated("malformed") from None
