"""What follows on schedule: people who were deleted are erased, and units end on their day."""

from datetime import timedelta
from uuid import UUID

from peil import schedule
from peil.audit import record
from peil.directory import operations, queries
from peil.directory.scim import group_queries, user_queries
from peil.operation import Transaction
from peil.outbox import publish

_DAY = timedelta(days=1)


async def erase_person(tx: Transaction, person_id: UUID) -> None:
    """Erases what names a person who was deleted, when the term is over; who came back meanwhile stays.

    The row stays for what refers to it, with the opaque id alone.
    """
    await operations.lock_directory(tx)
    erase_at = await user_queries.select_erase_at(tx, tx.employer_id, person_id)
    if erase_at is None:
        return
    if erase_at > tx.now:
        # Deleted again after having come back: the term of the last time counts.
        await schedule.due(tx, "erase_person", person_id, at=erase_at)
        return
    if await user_queries.erase_person(tx, tx.employer_id, person_id):
        await user_queries.erase_user(tx, tx.employer_id, person_id)
        await record(tx, f"people/{person_id}")
        await publish(tx, "person.erased", f"people/{person_id}")


async def end_unit(tx: Transaction, unit_id: UUID) -> None:
    """Closes a unit on the day SCIM said, if it is empty then; else it stays, and is looked at again the next day."""
    await operations.lock_directory(tx)
    rows = await group_queries.select_groups(tx, tx.employer_id, unit_id)
    if not rows or rows[0].said_to is None or rows[0].said_to > tx.now.date():
        return
    has_children = await queries.select_has_children(tx, tx.employer_id, unit_id)
    if has_children or await queries.select_has_members(tx, tx.employer_id, unit_id, tx.now.date()):
        await schedule.due(tx, "end_unit", unit_id, at=tx.now + _DAY)
        return
    await queries.close_unit(tx, tx.employer_id, unit_id, tx.now.date())
    await record(tx, f"units/{unit_id}")
    await publish(tx, "unit.deleted", f"units/{unit_id}")
