"""The signed part of an opt-out link: opens without a sign-in, and tells nobody else whose it is."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import blake2b
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.secret import Aead

_FOR = b"peil opt-out 1"


def seal_ticket(secret: bytes, employer_id: UUID, person_id: UUID) -> str:
    """An opaque text for somebody (XChaCha20-Poly1305); the same person has the same one, so that it can be kept."""
    plain = employer_id.bytes + person_id.bytes
    nonce = blake2b(plain, digest_size=Aead.NONCE_SIZE, key=secret, person=b"peil opt-out").digest()
    return urlsafe_b64encode(Aead(_key(secret)).encrypt(plain, _FOR, nonce)).rstrip(b"=").decode()


def open_ticket(secret: bytes, ticket: str) -> tuple[UUID, UUID] | None:
    """Employer and person; None for a text that was not sealed here."""
    try:
        sealed = urlsafe_b64decode(ticket + "=" * (-len(ticket) % 4))
        plain = Aead(_key(secret)).decrypt(sealed, _FOR)
    except (ValueError, CryptoError):
        return None
    return UUID(bytes=plain[:16]), UUID(bytes=plain[16:])


def _key(secret: bytes) -> bytes:
    # Cursors are sealed under the secret itself.
    return blake2b(_FOR, digest_size=Aead.KEY_SIZE, key=secret).digest()
