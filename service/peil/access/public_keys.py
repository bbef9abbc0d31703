"""Which public keys are taken, whoever they are of: a client, its proofs, or an employer's issuer."""

from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key, RSAKey

from peil.access.tokens import without_advice

_SMALLEST_RSA = 2048
# To verify by a larger one takes everybody's time.
_LARGEST_RSA = 8192


def usable(members: dict[str, Any]) -> Key | None:
    """A public key of these members; None where they make none, a secret, or one that is too small or too large."""
    if members.get("kty") == "oct":
        return None
    try:
        with without_advice():
            found = JWKRegistry.import_key(members)
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    if isinstance(found, RSAKey) and not _SMALLEST_RSA <= found.public_key.key_size <= _LARGEST_RSA:
        return None
    return found
