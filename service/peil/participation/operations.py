"""What can be done about who may answer."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from peil.audit import record
from peil.operation import Transaction, operation
from peil.outbox import publish
from peil.participation import queries
from peil.participation.codes import draw_code, hash_code
from peil.participation.model import DrawnCode, Group, IssuingKey
from peil.participation.population import Population
from peil.waves.operations import lock_for_codes, mark_codes_drawn


@operation("codes:write")
async def draw_codes(tx: Transaction, wave_id: UUID) -> list[DrawnCode]:
    """Draws a one-time code for every invited person, for the vendor to deliver; shown this once.

    Until the window begins they can be drawn again, which voids the earlier ones; after that no more.
    """
    await lock_for_codes(tx, wave_id)
    drawn = [(invitation, draw_code()) for invitation in await queries.select_invitations(tx, tx.employer_id, wave_id)]
    await queries.delete_codes(tx, tx.employer_id, wave_id)
    await queries.insert_codes(
        tx,
        tx.employer_id,
        wave_id,
        [hash_code(code) for _, code in drawn],
        [invitation.key_id for invitation, _ in drawn],
    )
    await mark_codes_drawn(tx, wave_id)
    await record(tx, f"waves/{wave_id}")
    await publish(tx, "wave.codes-drawn", f"waves/{wave_id}")
    return [DrawnCode(external_id=invitation.external_id, code=code) for invitation, code in drawn]


def as_lines(codes: list[DrawnCode]) -> bytes:
    """The list as NDJSON."""
    return msgspec.json.Encoder().encode_lines(codes)


async def invite(tx: Transaction, wave_id: UUID, population: Population, keys: Sequence[IssuingKey]) -> None:
    """Writes the reporting groups, each with the next of these `keys`, and the ledger of invited people."""
    groups = [
        Group(key_id=key.key_id, unit_id=unit_id, invited=len(people), public_key=key.public_key)
        for (unit_id, people), key in zip(population.groups.items(), keys, strict=True)
    ]
    await queries.insert_groups(tx, tx.employer_id, wave_id, groups)
    invitations = [(person_id, group.key_id) for group in groups for person_id in population.groups[group.unit_id]]
    await queries.insert_invitations(
        tx,
        tx.employer_id,
        wave_id,
        [person_id for person_id, _ in invitations],
        [key_id for _, key_id in invitations],
    )


async def list_groups(tx: Transaction, wave_id: UUID) -> list[Group]:
    """The reporting groups of a wave."""
    return await queries.select_groups(tx, tx.employer_id, wave_id)


async def forget_invited(tx: Transaction, wave_id: UUID) -> None:
    """Shrinks the ledger to the counts per group, and destroys the codes' hashes."""
    await queries.delete_invitations(tx, tx.employer_id, wave_id)
    await queries.delete_codes(tx, tx.employer_id, wave_id)
