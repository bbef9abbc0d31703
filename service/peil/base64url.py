"""Bytes in JSON: base64url without padding (RFC 4648, section 5)."""

from base64 import urlsafe_b64decode, urlsafe_b64encode


def encode(content: bytes) -> str:
    """`content` in letters that need no escape anywhere."""
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """The bytes behind a text that has the right form already."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def pattern(size: int) -> str:
    """The form of `size` bytes."""
    return rf"^[A-Za-z0-9_-]{{{-(-size * 4 // 3)}}}(?![\s\S])"
