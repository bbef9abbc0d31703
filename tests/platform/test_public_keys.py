"""Which public keys are taken: one rule for clients, for proofs and for issuers."""

from typing import Any

import pytest
from joserfc.jwk import ECKey, OctKey, OKPKey

from peil import base64url
from peil.access.issuers import keys
from peil.access.public_keys import usable


def rsa(bits: int) -> dict[str, Any]:
    """An RSA key of this size; nobody knows its factors."""
    modulus = (1 << bits - 1) + 1
    return {"kty": "RSA", "n": base64url.encode(modulus.to_bytes((bits + 7) // 8, "big")), "e": "AQAB"}


@pytest.mark.parametrize(
    ("members", "is_taken"),
    [
        (rsa(2047), False),
        (rsa(2048), True),
        (rsa(8192), True),
        (rsa(8193), False),
        (ECKey.generate_key("P-256").as_dict(private=False), True),
        (OKPKey.generate_key("Ed25519").as_dict(private=False), True),
        (OctKey.generate_key(256).as_dict(), False),
        ({"kty": "RSA"}, False),
        ({}, False),
    ],
    ids=["2047", "2048", "8192", "8193", "EC", "OKP", "secret", "no-members", "nothing"],
)
def test_a_key_is_taken_from_whomever(members: dict[str, Any], is_taken: bool) -> None:
    """Neither too small nor so large that verifying takes everybody's time; what an issuer publishes too."""
    published = keys._import([members | {"kid": "one"}])

    assert is_taken == (usable(members) is not None) == ("one" in published)
