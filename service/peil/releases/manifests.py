"""The manifest of a release: one hash over all that was decided and said, chained to the one before."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from uuid import UUID

import msgspec

from peil.releases.model import Manifest, ReleaseContent, UnitSnapshot
from peil.structs import encode


def manifest(content: ReleaseContent, wave_id: UUID, previous: str | None) -> Manifest:
    """`previous`: the manifest hash of the employer's release before this one; None: this is the first.

    The hash is the SHA-256 of the manifest's own canonical JSON with an empty `hash`.
    """
    unsigned = Manifest(
        wave_id=wave_id,
        tree=content.tree,
        thresholds=content.thresholds,
        method=content.method,
        participation=content.response.published,
        published={block.key: block.published for block in content.blocks},
        bands={block.key: block.bands.published for block in content.blocks},
        distributions={
            **{block.key: block.distributions.published for block in content.blocks},
            **{choice.key: choice.distributions.published for choice in content.choices},
        },
        sensitive={item.key: item.published for item in content.sensitive},
        statistics=hash_of(content),
        previous=previous,
        hash="",
    )
    return msgspec.structs.replace(unsigned, hash=sha256(encode(unsigned)).hexdigest())


def hash_of(content: ReleaseContent) -> str:
    """SHA-256 of the numbers of one wave, whatever was released before it."""
    return sha256(encode(content)).hexdigest()


def write_tree(units: Sequence[UnitSnapshot], invited: Mapping[UUID, int]) -> bytes:
    """The snapshot as it is hashed: units in depth-first order, and the people invited per reporting group."""
    return encode((units, sorted(invited.items())))


def hash_tree(units: Sequence[UnitSnapshot], invited: Mapping[UUID, int]) -> str:
    """SHA-256 of the snapshot."""
    return sha256(write_tree(units, invited)).hexdigest()
