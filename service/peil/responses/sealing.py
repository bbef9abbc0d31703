"""Seals answers to a wave's public key, each in an envelope of one size, and opens them at the wave's end.

libsodium's crypto_box (X25519, XSalsa20, Poly1305) through PyNaCl, with random nonces. The sender's key pair
lives in memory for an hour, so that the shared key is computed once and not for each answer: "precalculation
interface", https://libsodium.gitbook.io/doc/public-key_cryptography/authenticated_encryption. The padding is
ISO/IEC 7816-4, https://libsodium.gitbook.io/doc/padding.

An envelope is: the sender's public key (32 bytes), the nonce (24), the ciphertext with its authenticator (16
more than it holds). Inside: the BLAKE2b-256 of the context, the answers, the padding.
"""

import hashlib
import time
from functools import lru_cache
from uuid import UUID

from nacl._sodium import ffi, lib  # type: ignore[import-not-found]  # compiled, without types
from nacl.bindings import crypto_box_beforenm, crypto_box_easy_afternm, crypto_box_keypair, sodium_pad
from nacl.exceptions import CryptoError
from nacl.utils import random

_KEY = 32
_NONCE = 24
_MAC = 16
_CONTEXT = 32
_BLOCK = 64
_SENDER_SECONDS = 3600


class SealingError(Exception):
    """Cannot be sealed: the answers are longer than the wave allows, or the key is none."""


class UnsealingError(Exception):
    """Not an envelope for this key and this context, or damaged."""


class Sealer:
    """Seals the answers to one wave: `public_key` of 32 bytes, answers of at most `largest` bytes."""

    def __init__(self, public_key: bytes, largest: int) -> None:
        self._public_key = public_key
        self._largest = largest
        # One byte more than there is to hold, since the padding always has its mark.
        self._padded = -(-(_CONTEXT + largest + 1) // _BLOCK) * _BLOCK
        self._renew_sender()

    @property
    def envelope_size(self) -> int:
        """Bytes of every envelope of this wave, whatever was answered."""
        return _KEY + _NONCE + _MAC + self._padded

    def seal(self, answers: bytes, context: bytes) -> bytes:
        """The envelope of `answers`, to be opened with the same `context` only. Raises SealingError."""
        if len(answers) > self._largest:
            raise SealingError(f"{len(answers)} bytes of answers, {self._largest} fit")
        if time.monotonic() >= self._expires:
            self._renew_sender()
        nonce = random(_NONCE)
        padded = sodium_pad(_digest(context) + answers, self._padded)
        return self._sender + nonce + crypto_box_easy_afternm(padded, nonce, self._shared)

    def _renew_sender(self) -> None:
        """Forget the sender's key pair; its secret half was never anywhere but here."""
        self._sender, secret = crypto_box_keypair()
        self._shared = _shared(self._public_key, secret, SealingError)
        self._expires = time.monotonic() + _SENDER_SECONDS


class Unsealer:
    """Opens the envelopes of one wave with its secret key of 32 bytes, in one thread; computes each shared key once."""

    def __init__(self, secret_key: bytes) -> None:
        self._secret_key = secret_key
        self._shared: dict[bytes, bytes] = {}
        self._digests: dict[bytes, bytes] = {}
        self._make_room(1024)

    def unseal(self, envelope: bytes, context: bytes) -> bytes:
        """The answers in an envelope that was sealed with `context`. Raises UnsealingError."""
        sender, box = envelope[:_KEY], envelope[_KEY + _NONCE :]
        size = len(box) - _MAC
        if size < _CONTEXT + 1:
            raise UnsealingError("too short for an envelope")
        shared = self._shared.get(sender)
        if shared is None:
            shared = self._shared[sender] = _shared(sender, self._secret_key, UnsealingError)
        digest = self._digests.get(context)
        if digest is None:
            digest = self._digests[context] = _digest(context)
        if size > len(self._content):
            self._make_room(size)
        # Not by PyNaCl, which makes room for each anew, and a message for the case that a size is wrong.
        if lib.crypto_box_open_easy_afternm(self._room, box, len(box), envelope[_KEY : _KEY + _NONCE], shared):
            raise UnsealingError("not sealed to this key, or damaged")
        # libsodium's own function takes as long as opening the box; what is authentic has nothing to hide by its time.
        marked = self._content[:size].rstrip(b"\0")
        if not marked.endswith(b"\x80"):
            raise UnsealingError("not padded")
        if not marked.startswith(digest):
            raise UnsealingError("sealed for another employer, wave or reporting group")
        answers: bytes = marked[_CONTEXT:-1]
        return answers

    def _make_room(self, size: int) -> None:
        self._room = ffi.new("unsigned char[]", size)
        self._content = ffi.buffer(self._room)


def unseal(secret_key: bytes, envelope: bytes, context: bytes) -> bytes:
    """The answers in a single envelope; for many of one wave keep an `Unsealer`. Raises UnsealingError."""
    return Unsealer(secret_key).unseal(envelope, context)


def context_of(employer_id: UUID, wave_id: UUID, key_id: UUID) -> bytes:
    """What a sealed response is bound to: it opens nowhere else."""
    return employer_id.bytes + wave_id.bytes + key_id.bytes


def _shared(public_key: bytes, secret_key: bytes, refusal: type[Exception]) -> bytes:
    """The key that both sides compute. Refuses points of low order, for which libsodium computes none."""
    try:
        return crypto_box_beforenm(public_key, secret_key)
    except (CryptoError, ValueError) as error:
        raise refusal("not an X25519 key") from error


@lru_cache(maxsize=16384)
def _digest(context: bytes) -> bytes:
    return hashlib.blake2b(context, digest_size=_CONTEXT).digest()
