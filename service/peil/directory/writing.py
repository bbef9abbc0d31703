"""How units and people are written, by whichever way they were said: one by one, by import or by SCIM."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from peil import schedule
from peil.directory import erasure_queries, membership_queries, people_queries, people_rules, queries, rules
from peil.directory.model import ERASE_AFTER, PersonChange, Unit, UnitNew
from peil.ids import ordered_id
from peil.operation import Transaction

T = TypeVar("T")

_BATCH = 10_000


async def write_units(tx: Transaction, known: Mapping[str, Unit], wanted: Sequence[UnitNew]) -> list[Unit]:
    """Writes units without findings, each external id once; those of `known` keep their id."""
    ids = {external_id: unit.unit_id for external_id, unit in known.items()}
    for new in wanted:
        ids.setdefault(new.external_id, ordered_id())
    units = [rules.unit_after(known.get(new.external_id), new, ids, tx.now) for new in wanted]
    for batch in _batches(units):
        await queries.upsert_units(tx, tx.employer_id, batch)
    return units


async def write_people(tx: Transaction, changes: Sequence[PersonChange], erase_after: int = ERASE_AFTER) -> None:
    """Writes people and their memberships, each person once; who leaves is erased so many days from now."""
    renamed = [c.after.person_id for c in changes if c.before and c.before.user_name != c.after.user_name]
    if renamed:
        # Two people may swap their names.
        await people_queries.clear_user_names(tx, tx.employer_id, renamed)
    for batch in _batches([*changes]):
        await people_queries.upsert_people(
            tx,
            tx.employer_id,
            [change.after for change in batch],
            tx.now,
            [_erase_at(tx, change, erase_after) for change in batch],
        )
    for gone in _batches([period for change in changes for period in change.gone]):
        await membership_queries.delete_periods(tx, tx.employer_id, gone)
    for added in _batches([period for change in changes for period in change.added]):
        await membership_queries.insert_periods(tx, tx.employer_id, added)
    await _plan_leavings(tx, changes, erase_after)


def _erase_at(tx: Transaction, change: PersonChange, erase_after: int) -> datetime | None:
    """When the term of somebody is over whose leaving was said now; None: of nobody else."""
    if not change.is_leaving_new:
        return None
    leaves = tx.now if change.leaves_on is None else people_rules.start_of(change.leaves_on)
    return leaves + timedelta(days=erase_after)


async def _plan_leavings(tx: Transaction, changes: Sequence[PersonChange], erase_after: int) -> None:
    """Has told on the day itself who leaves on a day to come, and everybody erased when the term is over."""
    for change in changes:
        if change.leaves_on is not None and change.is_leaving_new:
            await schedule.due(
                tx, "publish_leaving", change.after.person_id, at=people_rules.start_of(change.leaves_on)
            )
    terms = [term for change in changes if (term := _erase_at(tx, change, erase_after)) is not None]
    if terms or any(not change.after.active for change in changes):
        await schedule.due(tx, "erase_people", at=min(terms, default=tx.now + timedelta(days=erase_after)))


async def plan_erasure(tx: Transaction, person_id: UUID, erase_after: int) -> None:
    """Has somebody who left erased so many days from now, whatever was said before."""
    erase_at = tx.now + timedelta(days=erase_after)
    await erasure_queries.plan_erasure(tx, tx.employer_id, person_id, erase_at)
    await schedule.due(tx, "erase_people", at=erase_at)


def _batches(rows: list[T]) -> Iterator[list[T]]:
    # Between two batches the event loop serves others.
    return (rows[start : start + _BATCH] for start in range(0, len(rows), _BATCH))
