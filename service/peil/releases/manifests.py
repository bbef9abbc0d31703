"""The manifest of a release: one hash over all that was decided and said, chained to the one before.

What the key store settles is the hash of the numbers alone: a wave that is closed again, by newer code or behind
another release, gives the same numbers, and any others would tell of a person.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from uuid import UUID

import msgspec

from peil import __version__
from peil.releases.model import Manifest, ReleaseContent, ResponseRelease, UnitSnapshot, WrittenRelease
from peil.structs import encode


def manifest(release: WrittenRelease, wave_id: UUID, policy_version: int, previous: str | None) -> Manifest:
    """`previous`: the manifest hash of the employer's release before this one; None: this is the first.

    The hash is the SHA-256 of the manifest's own canonical JSON with an empty `hash`.
    """
    content = release.content
    unsigned = Manifest(
        wave_id=wave_id,
        policy_version=policy_version,
        code_version=__version__,
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
        comments=content.comments.published if isinstance(content.comments, ResponseRelease) else None,
        statistics=release.hash,
        previous=previous,
        hash="",
    )
    return msgspec.structs.replace(unsigned, hash=sha256(encode(unsigned)).hexdigest())


def write_release(content: ReleaseContent, tree: bytes) -> WrittenRelease:
    """The numbers of one wave as they are hashed, whatever was released before; `tree` as `write_tree` writes it."""
    written = encode(content)
    return WrittenRelease(content, written, sha256(written).hexdigest(), tree)


def write_tree(units: Sequence[UnitSnapshot], invited: Mapping[UUID, int]) -> bytes:
    """The snapshot as it is hashed: units in depth-first order, and the people invited per reporting group."""
    return encode((units, sorted(invited.items())))


def hash_tree(units: Sequence[UnitSnapshot], invited: Mapping[UUID, int]) -> str:
    """SHA-256 of the snapshot."""
    return sha256(write_tree(units, invited)).hexdigest()
