"""Secrets and signatures of webhooks, as Standard Webhooks has them."""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_PREFIX = "whsec_"


def secret_of(service_secret: bytes, secret_id: UUID) -> str:
    """The secret with this id: derived (RFC 5869), so that it stands nowhere in the database."""
    derive = HKDF(algorithm=SHA256(), length=32, salt=secret_id.bytes, info=b"peil webhook")
    return _PREFIX + b64encode(derive.derive(service_secret)).decode()


def sign(secrets: Sequence[str], webhook_id: str, at: datetime, body: bytes) -> str:
    """The header `webhook-signature`: a signature by each secret that works."""
    signed = f"{webhook_id}.{int(at.timestamp())}.".encode() + body
    keys = [b64decode(secret.removeprefix(_PREFIX)) for secret in secrets]
    return " ".join(f"v1,{b64encode(hmac.digest(key, signed, sha256)).decode()}" for key in keys)
