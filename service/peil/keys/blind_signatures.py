"""Blind RSA signatures of RFC 9474, suite RSABSSA-SHA384-PSS-Randomized: whoever signs never sees what is signed.

The person's side is `prepare`, `blind` and `finalize`, the service's `BlindSigner`, and everybody's `verify`.
`BlindSigner.sign` is the only raw RSA operation of the house: its base is blinded, its exponents are used in
constant time (gmpy2's powmod_sec) and its result is checked before it leaves, since one faulty signature by the
Chinese remainder theorem gives the key away (Boneh, DeMillo, Lipton: "On the Importance of Checking
Cryptographic Protocols for Faults", 1997).
"""

import secrets
from hashlib import sha384
from typing import NamedTuple

import gmpy2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA384
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
)

SUITE = "RSABSSA-SHA384-PSS-Randomized"
KEY_BITS = 2048
SIGNATURE_BYTES = KEY_BITS // 8
PREFIX_BYTES = 32
MESSAGE_BYTES = PREFIX_BYTES + 32
"""A prepared message: the random prefix and 32 random bytes of the person's own."""

_EXPONENT = 65537
_HASH = 48
_SALT = 48
_PADDING = PSS(mgf=MGF1(SHA384()), salt_length=_SALT)


class BlindSignatureError(Exception):
    """What came is no number that this key can sign, or no signature by it."""


class Blinded(NamedTuple):
    """A blinded message for the signer, and the inverse that takes the blinding off; the latter stays secret."""

    message: bytes
    inverse: bytes


def generate_key() -> bytes:
    """A new private key of 2048 bits, as PKCS #8 in DER; takes some 40 to 80 ms and lets other threads go on."""
    key = generate_private_key(_EXPONENT, KEY_BITS)
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def public_key_of(private_key: bytes) -> bytes:
    """The public half of a key of ours, as SubjectPublicKeyInfo in DER."""
    return _own(private_key).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def read_public_key(der: bytes) -> RSAPublicKey:
    """A public key from its SubjectPublicKeyInfo in DER. Raises BlindSignatureError for any other kind of key."""
    try:
        key = load_der_public_key(der)
    except ValueError:
        raise BlindSignatureError("not a public key") from None
    if not isinstance(key, RSAPublicKey) or key.key_size != KEY_BITS or key.public_numbers().e != _EXPONENT:
        raise BlindSignatureError("not an RSA key of 2048 bits and exponent 65537")
    return key


def prepare(message: bytes) -> bytes:
    """The message behind a random prefix, so that a signer's key can say nothing about it (section 4.1)."""
    return secrets.token_bytes(PREFIX_BYTES) + message


def blind(public_key: RSAPublicKey, prepared: bytes) -> Blinded:
    """What to send to the signer for a prepared message (section 4.2)."""
    modulus = public_key.public_numbers().n
    return blind_with(public_key, prepared, secrets.token_bytes(_SALT), _coprime(modulus))


def blind_with(public_key: RSAPublicKey, prepared: bytes, salt: bytes, factor: int) -> Blinded:
    """The same with this salt and this blinding factor, which must be random and used once.

    Raises BlindSignatureError where they do not fit, which happens to nobody who draws them.
    """
    numbers = public_key.public_numbers()
    size = public_key.key_size // 8
    encoded = int.from_bytes(_encode_pss(prepared, salt, public_key.key_size - 1))
    if gmpy2.gcd(encoded, numbers.n) != 1 or gmpy2.gcd(factor, numbers.n) != 1:
        raise BlindSignatureError("shares a factor with the modulus")
    inverse = int(gmpy2.invert(factor, numbers.n))
    blinded = encoded * pow(factor, numbers.e, numbers.n) % numbers.n
    return Blinded(message=blinded.to_bytes(size), inverse=inverse.to_bytes(size))


def finalize(public_key: RSAPublicKey, prepared: bytes, blind_signature: bytes, inverse: bytes) -> bytes:
    """The signature of the prepared message (section 4.4). Raises BlindSignatureError where the signer cheated."""
    modulus = public_key.public_numbers().n
    size = public_key.key_size // 8
    if len(blind_signature) != size:
        raise BlindSignatureError("of the wrong length")
    signature = (int.from_bytes(blind_signature) * int.from_bytes(inverse) % modulus).to_bytes(size)
    if not verify(public_key, prepared, signature):
        raise BlindSignatureError("not a signature by this key")
    return signature


def verify(public_key: RSAPublicKey, prepared: bytes, signature: bytes) -> bool:
    """Whether it is the key's signature of the prepared message (section 4.5)."""
    try:
        public_key.verify(signature, prepared, _PADDING, SHA384())
    except InvalidSignature:
        return False
    return True


class BlindSigner:
    """Signs blinded messages with one private key, given as PKCS #8 in DER."""

    def __init__(self, private_key: bytes) -> None:
        own = _own(private_key).private_numbers()
        self._size = (own.public_numbers.n.bit_length() + 7) // 8
        self._n, self._e = gmpy2.mpz(own.public_numbers.n), gmpy2.mpz(own.public_numbers.e)
        self._p, self._q = gmpy2.mpz(own.p), gmpy2.mpz(own.q)
        self._dp, self._dq, self._q_inverse = gmpy2.mpz(own.dmp1), gmpy2.mpz(own.dmq1), gmpy2.mpz(own.iqmp)

    def sign(self, blinded_message: bytes) -> bytes:
        """The blind signature, the same for the same message (section 4.3).

        Raises BlindSignatureError for what is not a number below the modulus, written in as many bytes.
        """
        message = gmpy2.mpz(int.from_bytes(blinded_message))
        if len(blinded_message) != self._size or message >= self._n:
            raise BlindSignatureError("not a number below the modulus")
        factor = gmpy2.mpz(_coprime(int(self._n)))
        hidden = message * gmpy2.powmod(factor, self._e, self._n) % self._n
        signature = self._power(hidden) * gmpy2.invert(factor, self._n) % self._n
        if gmpy2.powmod(signature, self._e, self._n) != message:
            raise RuntimeError("a signature that does not verify must not leave")
        return int(signature).to_bytes(self._size)

    def _power(self, hidden: gmpy2.mpz) -> gmpy2.mpz:
        """`hidden` to the private exponent, by the Chinese remainder theorem (RFC 8017, section 5.1.2)."""
        of_p = gmpy2.powmod_sec(hidden % self._p, self._dp, self._p)
        of_q = gmpy2.powmod_sec(hidden % self._q, self._dq, self._q)
        return of_q + self._q * ((of_p - of_q) * self._q_inverse % self._p)


def _own(private_key: bytes) -> RSAPrivateKey:
    # Testing the primes of a key of ours again takes longer than all that is done with it.
    key = load_der_private_key(private_key, None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, RSAPrivateKey):
        raise BlindSignatureError("not an RSA key")
    return key


def _coprime(modulus: int) -> int:
    while True:
        drawn = secrets.randbelow(modulus)
        if gmpy2.gcd(drawn, modulus) == 1:
            return drawn


def _encode_pss(message: bytes, salt: bytes, bits: int) -> bytes:
    """EMSA-PSS-ENCODE of RFC 8017, section 9.1.1, with SHA-384 and MGF1; `bits`: one fewer than the modulus has."""
    size = -(-bits // 8)
    hashed = sha384(bytes(8) + sha384(message).digest() + salt).digest()
    block = bytes(size - _SALT - _HASH - 2) + b"\x01" + salt
    masked = bytearray(left ^ right for left, right in zip(block, _mgf1(hashed, len(block)), strict=True))
    masked[0] &= 0xFF >> (8 * size - bits)
    return bytes(masked) + hashed + b"\xbc"


def _mgf1(seed: bytes, size: int) -> bytes:
    """The mask of RFC 8017, appendix B.2.1."""
    blocks = (sha384(seed + counter.to_bytes(4)).digest() for counter in range(-(-size // _HASH)))
    return b"".join(blocks)[:size]
