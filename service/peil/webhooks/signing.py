"""Signs deliveries as Standard Webhooks has it, by secrets that stand nowhere: each is derived when it is needed."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from standardwebhooks.webhooks import Webhook

PREFIX = "whsec_"
_PURPOSE = b"peil webhook "
_BYTES = 32


def secret_of(service_secret: bytes, secret_id: UUID) -> str:
    """The secret of this id as its receiver keeps it: HKDF-SHA256 (RFC 5869) of the service's own, without a salt."""
    derive = HKDF(algorithm=SHA256(), length=_BYTES, salt=None, info=_PURPOSE + secret_id.bytes)
    return PREFIX + b64encode(derive.derive(service_secret)).decode()


def sign(secrets: Sequence[str], webhook_id: str, at: datetime, body: bytes) -> str:
    """The header `webhook-signature`: a signature by each secret, so that a receiver may know either of them."""
    return " ".join(Webhook(secret).sign(webhook_id, at.astimezone(UTC), body.decode()) for secret in secrets)


def stamp(at: datetime) -> str:
    """The header `webhook-timestamp`: whole seconds since 1970."""
    return str(int(at.timestamp()))
