"""What releases say of one block in one unit, for goals and actions that are measured by it."""

from collections.abc import Sequence
from uuid import UUID

from peil.actor import Reach
from peil.aggregates import metric_queries, queries
from peil.aggregates.metric_queries import StoredReading
from peil.aggregates.model import Asked, Reading, Standing, Start
from peil.aggregates.operations import find_released
from peil.errors import Finding
from peil.operation import Transaction
from peil.releases.cells_model import Cell, PartialCell, ProtectedCell, PublishedCell


async def find_start(tx: Transaction, wave_id: UUID, block: str, unit_id: UUID | None) -> Start | Finding:
    """The figure of a block in a unit (None: the top one) of a released wave, or why there is none.

    What the caller may not see of the wave is not in it.
    """
    found = await metric_queries.select_start(tx, tx.employer_id, wave_id, block, unit_id)
    if found is None:
        is_wave = await queries.select_wave_state(tx, tx.employer_id, wave_id) is not None
        return Finding("/waveId", "wave-not-released" if is_wave else "unknown-wave")
    if found.fingerprint is None:
        return Finding("/block", "unknown-block")
    if found.unit_id is None or found.content is None or not await is_seen(tx, wave_id, found.unit_id):
        return Finding("/waveId", "unit-not-in-wave")
    if not found.whole:
        return Finding("/waveId", "unit-partly-asked")
    cell = found.content.blocks[block]
    if not isinstance(cell, PublishedCell):
        return await _protected(tx, wave_id, cell)
    if "not-representative" in cell.warnings:
        return Finding("/waveId", "wave-not-representative")
    return Start(unit_id=found.unit_id, fingerprint=found.fingerprint, value=cell.mean)


async def find_block(tx: Transaction, wave_id: UUID, block: str) -> str | None:
    """The fingerprint of a block of a released wave; None: it did not ask it."""
    found = await metric_queries.select_start(tx, tx.employer_id, wave_id, block, None)
    return None if found is None else found.fingerprint


async def newest_readings(tx: Transaction, asked: Sequence[Asked]) -> list[Reading | None]:
    """Of each what the newest release says that asked the same items of the unit; None where there is none."""
    return [
        None if stored is None else Reading(wave_id=stored.wave_id, value=_value(stored.cell))
        for stored in await _newest(tx, asked)
    ]


async def newest_standings(tx: Transaction, asked: Sequence[Asked]) -> list[Standing | None]:
    """Of each whether the newest release tells a figure of the unit, and if not why; None where there is none."""
    return [None if stored is None else _standing(stored.cell) for stored in await _newest(tx, asked)]


async def _newest(tx: Transaction, asked: Sequence[Asked]) -> list[StoredReading | None]:
    if not asked:
        return []
    found = await metric_queries.select_newest(
        tx,
        tx.employer_id,
        [one.unit_id for one in asked],
        [one.block for one in asked],
        [one.fingerprint for one in asked],
    )
    by_place = {stored.place: stored for stored in found}
    return [by_place.get(place) for place in range(1, len(asked) + 1)]


async def is_seen(tx: Transaction, wave_id: UUID, unit_id: UUID) -> bool:
    """Whether the caller may see a unit of a released wave, by the tree of that day."""
    if "aggregates:read" not in tx.actor.reaches:
        return False
    with tx.under("aggregates:read"):
        return tx.reach >= Reach.EMPLOYER or (await find_released(tx, wave_id)).sees(tx.actor, tx.reach, unit_id)


def _value(cell: Cell) -> float | None:
    """The mean, where there is one of the whole unit and at least half of it answered."""
    return cell.mean if isinstance(cell, PublishedCell) and _standing(cell) == "told" else None


def _standing(cell: Cell) -> Standing:
    match cell:
        case ProtectedCell():
            return "protected"
        case PartialCell():
            return "partial"
        case PublishedCell():
            return "not-representative" if "not-representative" in cell.warnings else "told"


async def _protected(tx: Transaction, wave_id: UUID, cell: PartialCell | ProtectedCell) -> Finding:
    """That a unit has no figure of its own, and in which unit its people are counted."""
    if cell.reported_at is None:
        return Finding("/waveId", "nothing-published")
    [home] = await queries.select_aggregates(tx, tx.employer_id, wave_id, [cell.reported_at])
    return Finding("/waveId", "unit-protected", {"unit": home.name})
