"""Blind signatures: the vectors of RFC 9474, and what must not be signed or believed."""

import json
import secrets
from pathlib import Path
from typing import Any

import gmpy2
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from peil.keys import blind_signatures as blind
from peil.keys.blind_signatures import BlindSignatureError, BlindSigner

VECTORS: dict[str, dict[str, str]] = json.loads((Path(__file__).parent / "rfc9474.json").read_text())
"""Appendix A.1, and A.3, which differs from it only in having no prefix."""

KEY = blind.generate_key()
PUBLIC = blind.read_public_key(blind.public_key_of(KEY))


def key_of(vector: dict[str, str]) -> rsa.RSAPrivateKey:
    p, q, d = (int(vector[name], 16) for name in ("p", "q", "d"))
    public = rsa.RSAPublicNumbers(65537, int(vector["n"], 16))
    halves = (rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q))
    return rsa.RSAPrivateNumbers(p, q, d, *halves, public).private_key(unsafe_skip_rsa_key_validation=True)


def der_of(key: rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


@pytest.fixture(params=sorted(VECTORS))
def vector(request: pytest.FixtureRequest) -> dict[str, str]:
    return VECTORS[request.param]


def test_blinds_as_the_rfc_does(vector: dict[str, str]) -> None:
    """The blinded message of the appendix, from its salt and the inverse of its blinding factor."""
    public = key_of(vector).public_key()
    factor = int(gmpy2.invert(int(vector["inv"], 16), public.public_numbers().n))
    prepared = bytes.fromhex(vector["msg_prefix"] + vector["msg"])

    made = blind.blind_with(public, prepared, bytes.fromhex(vector["salt"]), factor)

    assert (vector["blinded_msg"], vector["inv"]) == (made.message.hex(), made.inverse.hex())


def test_signs_as_the_rfc_does(vector: dict[str, str]) -> None:
    """The blind signature of the appendix, whatever the signer blinds with on its own side."""
    signer = BlindSigner(der_of(key_of(vector)))

    assert vector["blind_sig"] == signer.sign(bytes.fromhex(vector["blinded_msg"])).hex()


def test_finalizes_as_the_rfc_does(vector: dict[str, str]) -> None:
    """The signature of the appendix."""
    prepared = bytes.fromhex(vector["msg_prefix"] + vector["msg"])
    signature = blind.finalize(
        key_of(vector).public_key(), prepared, bytes.fromhex(vector["blind_sig"]), bytes.fromhex(vector["inv"])
    )

    assert vector["sig"] == signature.hex()


def test_what_is_signed_blindly_verifies() -> None:
    """From prepare to verify with a key of ours; another message or key does not verify."""
    prepared = blind.prepare(secrets.token_bytes(32))
    blinded = blind.blind(PUBLIC, prepared)
    signature = blind.finalize(PUBLIC, prepared, BlindSigner(KEY).sign(blinded.message), blinded.inverse)
    other = blind.read_public_key(blind.public_key_of(blind.generate_key()))

    assert blind.MESSAGE_BYTES == len(prepared)
    assert [True, False, False] == [
        blind.verify(PUBLIC, prepared, signature),
        blind.verify(PUBLIC, blind.prepare(prepared[32:]), signature),
        blind.verify(other, prepared, signature),
    ]


def test_the_signer_sees_another_number_each_time() -> None:
    """The same message blinded twice has nothing in common, and nothing with the signature."""
    prepared = blind.prepare(bytes(32))
    first, second = blind.blind(PUBLIC, prepared), blind.blind(PUBLIC, prepared)

    assert first.message != second.message
    assert first.inverse != second.inverse


@pytest.mark.parametrize(
    "message",
    [
        b"",
        bytes(255),
        bytes(257),
        PUBLIC.public_numbers().n.to_bytes(256),
        b"\xff" * 256,
    ],
    ids=["empty", "short", "long", "the modulus", "above it"],
)
def test_what_is_no_number_below_the_modulus_is_not_signed(message: bytes) -> None:
    """Section 4.3: the blind signer refuses it."""
    with pytest.raises(BlindSignatureError):
        BlindSigner(KEY).sign(message)


@pytest.mark.parametrize("number", [0, 1, PUBLIC.public_numbers().n - 1], ids=["zero", "one", "last"])
def test_numbers_at_the_edge_are_signed_without_telling_anything(number: int) -> None:
    """Zero, one and minus one are their own signatures; they are no signature of any message."""
    signed = BlindSigner(KEY).sign(number.to_bytes(256))

    assert number == int.from_bytes(signed)
    assert not blind.verify(PUBLIC, bytes(64), signed)


def test_a_faulty_signature_does_not_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    """One wrong half of the remainder theorem would give the key away."""
    signer = BlindSigner(KEY)
    power = BlindSigner._power
    monkeypatch.setattr(BlindSigner, "_power", lambda self, hidden: power(self, hidden) + self._q)

    with pytest.raises(RuntimeError):
        signer.sign((7).to_bytes(256))


def test_a_signer_that_cheats_is_noticed() -> None:
    """What does not verify after unblinding is refused by the person's side."""
    prepared = blind.prepare(bytes(32))
    blinded = blind.blind(PUBLIC, prepared)
    signed = BlindSigner(blind.generate_key()).sign(bytes(1) + blinded.message[1:])

    for wrong in (signed, b"", signed[:-1]):
        with pytest.raises(BlindSignatureError):
            blind.finalize(PUBLIC, prepared, wrong, blinded.inverse)


def _spki(key: Any) -> bytes:
    return bytes(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


@pytest.mark.parametrize(
    "der",
    [
        b"",
        b"\x30\x03\x02\x01\x00",
        _spki(rsa.generate_private_key(65537, 3072)),
        _spki(rsa.generate_private_key(3, 2048)),
    ],
    ids=["empty", "something else", "long", "another exponent"],
)
def test_only_keys_of_the_suite_are_read(der: bytes) -> None:
    """A manifest that names another kind of key is not believed."""
    with pytest.raises(BlindSignatureError):
        blind.read_public_key(der)
