"""What releases say of one block in one unit, for goals and actions that are measured by it."""

from collections.abc import Sequence
from uuid import UUID

from peil.aggregates import metric_queries, queries
from peil.aggregates.model import Asked, Reading, Start
from peil.errors import Finding
from peil.operation import Transaction
from peil.releases.model import Cell, PublishedCell


async def find_start(tx: Transaction, wave_id: UUID, block: str, unit_id: UUID | None) -> Start | Finding:
    """The figure of a block in a unit (None: the top one) of a released wave, or why there is none."""
    found = await metric_queries.select_start(tx, tx.employer_id, wave_id, block, unit_id)
    if found is None:
        is_wave = await queries.select_wave_state(tx, tx.employer_id, wave_id) is not None
        return Finding("/waveId", "wave-not-released" if is_wave else "unknown-wave")
    if found.fingerprint is None:
        return Finding("/block", "unknown-block")
    if found.unit_id is None or found.content is None:
        return Finding("/waveId", "unit-not-in-wave")
    cell = found.content.blocks[block]
    if not isinstance(cell, PublishedCell):
        return Finding("/waveId", "unit-protected", {"unit": await _reported_in(tx, wave_id, cell)})
    return Start(unit_id=found.unit_id, fingerprint=found.fingerprint, value=cell.mean)


async def newest_readings(tx: Transaction, asked: Sequence[Asked]) -> list[Reading | None]:
    """Of each what the newest release says that asked the same items of the unit; None where there is none."""
    if not asked:
        return []
    found = await metric_queries.select_newest(
        tx,
        tx.employer_id,
        [one.unit_id for one in asked],
        [one.block for one in asked],
        [one.fingerprint for one in asked],
    )
    by_place = {stored.place: Reading(wave_id=stored.wave_id, value=_value(stored.cell)) for stored in found}
    return [by_place.get(place) for place in range(1, len(asked) + 1)]


def _value(cell: Cell) -> float | None:
    return cell.mean if isinstance(cell, PublishedCell) else None


async def _reported_in(tx: Transaction, wave_id: UUID, cell: Cell) -> str:
    """The name of the unit in which people are counted whose own unit has no figure."""
    if isinstance(cell, PublishedCell) or cell.reported_at is None:
        return "–"
    [home] = await queries.select_aggregates(tx, tx.employer_id, wave_id, [cell.reported_at])
    return home.name
