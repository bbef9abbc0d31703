"""The public list of a wave's keys, byte by byte, so that everybody can see that nobody has a key of their own."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from peil.keys.blind_signatures import SUITE
from peil.structs import Value, encode


class GroupKey(Value, frozen=True, kw_only=True):
    """One key of a wave, and how many people share it."""

    invited: int
    key_id: UUID
    public_key_sha256: Annotated[str, Meta(description="Of the SubjectPublicKeyInfo in DER, in hexadecimal.")]


class KeyManifest(Value, frozen=True, kw_only=True):
    """The keys of a wave: public, and never changed. Its SHA-256 is told wherever the wave is announced."""

    keys: list[GroupKey]
    mode: Literal["blind"]
    suite: str
    wave_id: UUID


def manifest_of(wave_id: UUID, keys: Iterable[tuple[UUID, bytes, int]]) -> bytes:
    """The manifest as it is served for ever; `keys`: id, SubjectPublicKeyInfo in DER, number of invited people.

    Its keys are in the order of their ids, which are random.
    """
    entries = [
        GroupKey(invited=invited, key_id=key_id, public_key_sha256=sha256(public_key).hexdigest())
        for key_id, public_key, invited in sorted(keys)
    ]
    return encode(KeyManifest(keys=entries, mode="blind", suite=SUITE, wave_id=wave_id))


def key_ids_of(manifest: bytes) -> list[UUID]:
    """The ids of the keys in a manifest."""
    return [key.key_id for key in msgspec.json.decode(manifest, type=KeyManifest).keys]
