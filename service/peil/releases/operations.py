"""Publishes what disclosure control let through; no caller can do this, only the worker."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from peil.audit import record
from peil.instruments.model import InstrumentContent
from peil.instruments.rules import block_fingerprint, scored_blocks
from peil.operation import Transaction
from peil.releases import queries
from peil.releases.manifests import manifest
from peil.releases.model import (
    Atom,
    Manifest,
    Place,
    RangeAtom,
    ReleaseContent,
    ResponseAtom,
    ResponseRelease,
    TableAtom,
    UnitAtoms,
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
    await queries.insert_atoms(tx, tx.employer_id, wave_id, _unit_atoms(content))
    fingerprints = {block.key: block_fingerprint(block) for block in scored_blocks(questionnaire)}
    await queries.insert_blocks(
        tx, tx.employer_id, wave_id, content.blocks, [fingerprints[block.key] for block in content.blocks]
    )
    await record(tx, f"releases/{wave_id}")
    return signed


def _unit_atoms(content: ReleaseContent) -> dict[UUID, UnitAtoms]:
    """The atoms of every kind of figure by the unit at which they stand."""
    found: dict[UUID, dict[str, dict[str, Any]]] = {}
    for figures, key, atoms in _atoms(content):
        for atom in atoms:
            found.setdefault(atom.unit_id, {}).setdefault(figures, {})[key] = atom
    return {unit_id: UnitAtoms(**by_figures) for unit_id, by_figures in found.items()}


def _atoms(
    content: ReleaseContent,
) -> Iterator[tuple[str, str, Sequence[ResponseAtom | Atom | TableAtom | RangeAtom]]]:
    """Per kind of figure and block or item its atoms."""
    yield "response", "*", content.response.atoms
    if isinstance(content.comments, ResponseRelease):
        yield "comments", "*", content.comments.atoms
    for block in content.blocks:
        yield "mean", block.key, block.atoms
        yield "bands", block.key, block.bands.atoms
        yield "distribution", block.key, block.distributions.atoms
    for choice in content.choices:
        yield "distribution", choice.key, choice.distributions.atoms
    for item in content.sensitive:
        yield "sensitive", item.key, item.atoms
