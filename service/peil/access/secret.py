"""Secrets that are shown once and kept as hashes: how they are made, and how one is recognised."""

import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple, Protocol
from uuid import UUID

from peil.errors import Conflict, NotFound

MOST_SECRETS = 2
"""The old one and the new one, while a rotation lasts."""
_NO_DIGEST = sha256(b"a secret of nobody takes as long as one of somebody").digest()


class NewSecret(NamedTuple):
    """A secret as it is shown, and what is kept of it."""

    text: str
    digest: bytes


class Working(Protocol):
    """A secret that works."""

    @property
    def secret_id(self) -> UUID: ...

    @property
    def expires_at(self) -> datetime | None: ...


def require_room(secrets: Sequence[Working]) -> None:
    """Raises Conflict `secrets-overlap` where no further one can work beside these."""
    if len(secrets) >= MOST_SECRETS:
        raise Conflict("secrets-overlap")


def is_ending_without(secrets: Sequence[Working], secret_id: UUID) -> bool:
    """Whether all that are left without this one would end with an overlap that there no longer is.

    Raises NotFound, Conflict `last-secret`.
    """
    if secret_id not in {secret.secret_id for secret in secrets}:
        raise NotFound
    if len(secrets) == 1:
        raise Conflict("last-secret")
    return all(one.expires_at is not None for one in secrets if one.secret_id != secret_id)


def create_secret(prefix: str = "") -> NewSecret:
    """A random secret of 256 bits; the prefix tells whoever finds it somewhere what it is."""
    text = prefix + secrets.token_urlsafe(32)
    return NewSecret(text, digest_of(text))


def digest_of(secret: str) -> bytes:
    """What is kept of a secret: SHA-256, which is enough for 256 random bits."""
    return sha256(secret.encode()).digest()


def place_of(secret: str, digests: Sequence[bytes]) -> int | None:
    """At which place a secret's digest stands among these; None: nowhere. It takes as long where there are none."""
    digest = digest_of(secret)
    # Each is compared, whichever it is.
    fits = [hmac.compare_digest(digest, one) for one in digests or [_NO_DIGEST]]
    return fits.index(True) if digests and any(fits) else None
