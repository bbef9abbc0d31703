"""Makes sealed responses by the million: sealed on all cores, and copied into the table by each."""

import asyncio
import os
import random
import secrets
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple
from uuid import UUID

import asyncpg
import msgspec

from benchmarks.crowd import ITEMS
from peil.instruments.model import InstrumentContent
from peil.instruments.rules import largest_response
from peil.responses.sealing import Sealer, context_of

_COLUMNS = ["employer_id", "wave_id", "key_id", "token_hash", "envelope"]
_FLUSH = 20_000
_OPEN = "select employer_id, public_key, questionnaire from intake.open_wave where wave_id = $1"
_GROUPS = "select key_id from participation.reporting_group where wave_id = $1 order by key_id"


class _Share(NamedTuple):
    """What one process makes: of each group so many."""

    url: str
    employer_id: UUID
    wave_id: UUID
    public_key: bytes
    largest: int
    groups: list[tuple[UUID, int]]


async def sealer_of(url: str, wave_id: UUID) -> Sealer:
    """What seals answers to an open wave."""
    connection = await asyncpg.connect(url)
    try:
        [(_, public_key, questionnaire)] = await connection.fetch(_OPEN, wave_id)
    finally:
        await connection.close()
    return Sealer(public_key, largest_response(msgspec.json.decode(questionnaire, type=InstrumentContent)))


async def seal(url: str, wave_id: UUID, number: int) -> None:
    """Answers of so many people to an open wave, spread evenly over its groups; the intake is not measured here."""
    connection = await asyncpg.connect(url)
    try:
        [(employer_id, public_key, questionnaire)] = await connection.fetch(_OPEN, wave_id)
        keys = [row[0] for row in await connection.fetch(_GROUPS, wave_id)]
    finally:
        await connection.close()
    largest = largest_response(msgspec.json.decode(questionnaire, type=InstrumentContent))
    each, over = divmod(number, len(keys))
    groups = [(key, each + (place < over)) for place, key in enumerate(keys)]
    cores = len(os.sched_getaffinity(0))
    shares = [_Share(url, employer_id, wave_id, public_key, largest, groups[core::cores]) for core in range(cores)]
    with ProcessPoolExecutor(cores) as processes:
        await asyncio.gather(*(asyncio.get_running_loop().run_in_executor(processes, _make, one) for one in shares))


def _make(share: _Share) -> None:
    asyncio.run(_copy(share))


async def _copy(share: _Share) -> None:
    sealer, records = Sealer(share.public_key, share.largest), []
    connection = await asyncpg.connect(share.url)
    try:
        for key_id, number in share.groups:
            context = context_of(share.employer_id, share.wave_id, key_id)
            # Units differ, as they do in life, and people within a unit do.
            weights = [random.random() + 0.2 for _ in range(5)]
            for _ in range(number):
                answers = dict(zip(ITEMS, random.choices(range(1, 6), weights, k=len(ITEMS)), strict=True))
                envelope = sealer.seal(msgspec.json.encode(answers), context)
                records.append((share.employer_id, share.wave_id, key_id, secrets.token_bytes(32), envelope))
            if len(records) >= _FLUSH:
                await _flush(connection, records)
        await _flush(connection, records)
    finally:
        await connection.close()


async def _flush(connection: asyncpg.Connection, records: list[tuple[UUID, UUID, UUID, bytes, bytes]]) -> None:
    await connection.copy_records_to_table("sealed", schema_name="intake", columns=_COLUMNS, records=records)
    records.clear()
