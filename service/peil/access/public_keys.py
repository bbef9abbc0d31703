"""Which public keys are taken, whoever they are of: a client, its proofs, or an employer's issuer."""

from collections.abc import Sequence
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key, RSAKey

from peil.access.tokens import without_advice

_SMALLEST_RSA = 2048
# To verify by a larger one takes everybody's time.
_LARGEST_RSA = 8192
# RFC 7518, section 3.1, and RFC 8037, section 3.1.
_FITTING: dict[str, tuple[str, str | None]] = {
    **dict.fromkeys(("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"), ("RSA", None)),
    "ES256": ("EC", "P-256"),
    "ES384": ("EC", "P-384"),
    "ES512": ("EC", "P-521"),
    "EdDSA": ("OKP", "Ed25519"),
}


def usable(members: dict[str, Any]) -> Key | None:
    """A public key of these members; None where they make none, a secret, or one that is too small or too large.

    Nor is one that is there to encrypt by (RFC 7517, section 4.2).
    """
    if members.get("kty") == "oct" or members.get("use") == "enc":
        return None
    try:
        with without_advice():
            found = JWKRegistry.import_key(members)
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    if isinstance(found, RSAKey) and not _SMALLEST_RSA <= found.public_key.key_size <= _LARGEST_RSA:
        return None
    return found


def fits(algorithm: str, kty: object, crv: object) -> bool:
    """Whether an algorithm that is taken goes with keys of this type and curve."""
    return (kty, crv) == _FITTING[algorithm]


def fits_any(key: Key, algorithms: Sequence[str]) -> bool:
    """Whether one of these algorithms goes with the key."""
    return any(fits(algorithm, key.key_type, key.as_dict(private=False).get("crv")) for algorithm in algorithms)
