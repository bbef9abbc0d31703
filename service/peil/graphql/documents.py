"""Persisted documents: what callers without a developer's scope may ask, by the SHA-256 of the text."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files


@cache
def read_documents() -> Mapping[str, str]:
    """The shipped documents by `sha256:` and the hash of their text in hexadecimal."""
    folder = files(__package__) / "documents"
    texts = [file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".graphql")]
    return {f"sha256:{sha256(text.encode()).hexdigest()}": text for text in texts}
