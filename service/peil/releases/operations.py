"""Publishes what disclosure control let through; no caller can do this, only the worker."""

from collections.abc import Iterator
from uuid import UUID

from peil.audit import record
from peil.instruments.model import InstrumentContent
from peil.instruments.rules import block_fingerprint, scored_blocks
from peil.operation import Transaction
from peil.releases import queries
from peil.releases.manifests import manifest
from peil.releases.model import (
    Manifest,
    Place,
    ReleaseContent,
    ResponseRelease,
    StoredAtom,
    WrittenPart,
    WrittenRelease,
)
from peil.structs import encode


async def publish_release(
    tx: Transaction,
    wave_id: UUID,
    policy_version: int,
    release: WrittenRelease,
    places: list[Place],
    questionnaire: InstrumentContent,
) -> Manifest:
    """Writes the release of a wave, made under this policy, at the end of the employer's chain; `places`: its units."""
    await queries.lock_chain(tx, tx.employer_id)
    last = await queries.select_last_release(tx, tx.employer_id)
    content = release.content
    signed = manifest(release, wave_id, policy_version, None if last is None else last.manifest_hash.hex())
    await queries.insert_release(tx, tx.employer_id, 1 if last is None else last.position + 1, signed, tx.now)
    hashed = [
        WrittenPart("manifest", encode(signed)),
        WrittenPart("content", release.written),
        WrittenPart("tree", release.tree),
    ]
    await queries.insert_written(tx, tx.employer_id, wave_id, hashed)
    by_unit = {unit.unit_id: unit for unit in content.units}
    await queries.insert_aggregates(tx, tx.employer_id, wave_id, places, [by_unit[place.unit_id] for place in places])
    await queries.insert_atoms(tx, tx.employer_id, wave_id, list(_atoms(content)))
    fingerprints = {block.key: block_fingerprint(block) for block in scored_blocks(questionnaire)}
    await queries.insert_blocks(
        tx, tx.employer_id, wave_id, content.blocks, [fingerprints[block.key] for block in content.blocks]
    )
    await record(tx, f"releases/{wave_id}")
    return signed


def _atoms(content: ReleaseContent) -> Iterator[StoredAtom]:
    for response in content.response.atoms:
        yield StoredAtom("*", "response", response)
    if isinstance(content.comments, ResponseRelease):
        for shown in content.comments.atoms:
            yield StoredAtom("*", "comments", shown)
    for block in content.blocks:
        for mean in block.atoms:
            yield StoredAtom(block.key, "mean", mean)
        for table in block.bands.atoms:
            yield StoredAtom(block.key, "bands", table)
        for table in block.distributions.atoms:
            yield StoredAtom(block.key, "distribution", table)
    for choice in content.choices:
        for table in choice.distributions.atoms:
            yield StoredAtom(choice.key, "distribution", table)
    for item in content.sensitive:
        for sensitive in item.atoms:
            yield StoredAtom(item.key, "sensitive", sensitive)
