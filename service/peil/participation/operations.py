"""What can be done about who may answer."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from peil.audit import record
from peil.csv_text import csv_table
from peil.directory.operations import members_on, units_in_reach, units_on
from peil.employers.operations import get_thresholds
from peil.operation import Transaction, operation
from peil.outbox import publish
from peil.participation import queries
from peil.participation.codes import draw_code, hash_code
from peil.participation.model import (
    DrawnCode,
    Group,
    HandoutCode,
    IssuingKey,
    MeasuredUnit,
    Participation,
    TakenFigure,
)
from peil.participation.population import Node, Population, freeze_population
from peil.waves.model import Wave, WaveNew
from peil.waves.operations import get_wave, list_snapshot, lock_for_codes, mark_codes_drawn


@operation("codes:write")
async def draw_codes(tx: Transaction, wave_id: UUID) -> list[DrawnCode]:
    """Draws a one-time code for every invited person, for the vendor to deliver; shown this once.

    Until the window begins they can be drawn again, which voids the earlier ones; after that no more.
    """
    await lock_for_codes(tx, wave_id, "split")
    drawn = [(invitation, draw_code()) for invitation in await queries.select_invitations(tx, tx.employer_id, wave_id)]
    await _replace_codes(tx, wave_id, [(invitation.key_id, code) for invitation, code in drawn])
    return [DrawnCode(external_id=invitation.external_id, code=code) for invitation, code in drawn]


@operation("codes:write")
async def draw_handout_codes(tx: Transaction, wave_id: UUID) -> list[HandoutCode]:
    """Draws the codes to print and hand out: for each reporting group as many as people are invited; shown this once.

    They belong to nobody. Until the window begins they can be drawn again, which voids the earlier ones; after
    that no more.
    """
    await lock_for_codes(tx, wave_id, "handout")
    names = {unit.unit_id: unit for unit in await list_snapshot(tx, wave_id)}
    groups = sorted(await list_groups(tx, wave_id), key=lambda group: names[group.unit_id].position)
    drawn = [(group, draw_code()) for group in groups for _ in range(group.invited)]
    await _replace_codes(tx, wave_id, [(group.key_id, code) for group, code in drawn])
    return [HandoutCode(unit_id=group.unit_id, unit=names[group.unit_id].name, code=code) for group, code in drawn]


@operation("waves:read")
async def get_participation(tx: Transaction, wave_id: UUID) -> Participation:
    """Which part has answered while the wave is open, in bands, of the whole and of large units; never of a person.

    A figure is at most a day old, or older where hardly anybody has answered since. After the close the release tells.
    """
    wave = await get_wave.within(tx, wave_id)
    seen = await units_in_reach(tx)
    names = {unit.unit_id: unit.name for unit in await list_snapshot(tx, wave_id)}
    figures = {figure.unit_id: figure for figure in await queries.select_figures(tx, tx.employer_id, wave_id)}
    return Participation(
        wave_id=wave_id,
        state=wave.state,
        invited=wave.invited,
        units=[
            MeasuredUnit(
                unit_id=unit_id,
                name=name,
                invited=figures[unit_id].invited,
                band=figures[unit_id].band,
                measured_on=figures[unit_id].measured_on,
            )
            for unit_id, name in names.items()
            if unit_id in figures and (seen is None or unit_id in seen)
        ],
    )


def as_lines(codes: list[DrawnCode]) -> bytes:
    """The list as NDJSON."""
    return msgspec.json.Encoder().encode_lines(codes)


def as_table(codes: list[HandoutCode]) -> bytes:
    """The list as CSV (RFC 4180), in which no name is a formula to a spreadsheet."""
    return csv_table(["unitId", "unit", "code"], ([code.unit_id, code.unit, code.code] for code in codes))


async def draw_population(tx: Transaction, wave: Wave | WaveNew, policy_version: int) -> Population:
    """Whom the wave would invite if it opened now, from the directory of today. Raises Conflict."""
    today = tx.now.date()
    policy = await get_thresholds(tx, policy_version)
    return freeze_population(
        [Node(unit_id=unit.unit_id, parent_id=unit.parent_id, name=unit.name) for unit in await units_on(tx, today)],
        await members_on(tx, today),
        wave.unit_ids,
        wave.employment_types,
        policy.thresholds.k_n,
    )


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


async def list_taken(tx: Transaction, wave_id: UUID) -> dict[UUID, int]:
    """How many had answered in each unit when its figure was taken; the worker's alone."""
    taken = await queries.select_taken(tx, tx.employer_id, wave_id)
    return {figure.unit_id: figure.answered for figure in taken}


async def keep_figures(tx: Transaction, wave_id: UUID, figures: Sequence[TakenFigure]) -> None:
    """Writes figures in the place of those before."""
    await queries.upsert_figures(tx, tx.employer_id, wave_id, figures, tx.now.date())


async def forget_invited(tx: Transaction, wave_id: UUID) -> None:
    """Shrinks the ledger to the counts per group, and destroys the codes' hashes and the figures of the open wave."""
    await queries.delete_figures(tx, tx.employer_id, wave_id)
    await queries.delete_invitations(tx, tx.employer_id, wave_id)
    await queries.delete_codes(tx, tx.employer_id, wave_id)


async def _replace_codes(tx: Transaction, wave_id: UUID, drawn: list[tuple[UUID, str]]) -> None:
    """Voids the codes there are; `drawn`: reporting group and code, of which the hash is kept."""
    await queries.delete_codes(tx, tx.employer_id, wave_id)
    await queries.insert_codes(
        tx, tx.employer_id, wave_id, [hash_code(code) for _, code in drawn], [key_id for key_id, _ in drawn]
    )
    await mark_codes_drawn(tx, wave_id)
    await record(tx, f"waves/{wave_id}")
    await publish(tx, "wave.codes-drawn", f"waves/{wave_id}")
