"""Strong entity tags: a hash of the representation, so that equal tags mean equal bytes."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from peil.structs import encode


def etag(value: Any) -> str:
    """The strong ETag (RFC 9110, section 8.8.3) of the JSON representation of `value`."""
    return etag_of(encode(value))


def etag_of(representation: bytes) -> str:
    """The strong ETag of these bytes."""
    return f'"{urlsafe_b64encode(sha256(representation).digest()[:16]).rstrip(b"=").decode()}"'
