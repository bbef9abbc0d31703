"""What follows on schedule: people leave on their day and are erased later, and units end on theirs."""

from datetime import timedelta
from uuid import UUID

from peil import schedule
from peil.audit import record
from peil.directory import erasure_queries, operations, people_rules, queries
from peil.directory.model import ERASE_AFTER
from peil.directory.scim import group_queries, user_queries
from peil.operation import Transaction
from peil.outbox import publish

_DAY = timedelta(days=1)
_AT_A_TIME = 1000


async def erase_people(tx: Transaction, _: UUID) -> None:
    """Erases what names those who left when their term is over, some at a time; who came back meanwhile stays.

    The rows stay for what refers to them, with the opaque id alone.
    """
    await operations.lock_directory(tx)
    await erasure_queries.begin_terms(tx, tx.employer_id, tx.now + timedelta(days=ERASE_AFTER))
    erased = await erasure_queries.erase_people(tx, tx.employer_id, tx.now, _AT_A_TIME)
    await user_queries.erase_users(tx, tx.employer_id, erased, tx.now)
    for person_id in erased:
        await record(tx, f"people/{person_id}")
        await publish(tx, "person.erased", f"people/{person_id}")
    following = await erasure_queries.select_next_erasure(tx, tx.employer_id)
    if following is not None:
        await schedule.due(tx, "erase_people", at=following)


async def publish_leaving(tx: Transaction, person_id: UUID) -> None:
    """Tells of somebody on the day of leaving, which was said before; not of who stays after all, or leaves later."""
    await operations.lock_directory(tx)
    later = await erasure_queries.select_leaving_day(tx, tx.employer_id, person_id, tx.now.date())
    if later is not None:
        await schedule.due(tx, "publish_leaving", person_id, at=people_rules.start_of(later))
    elif await erasure_queries.touch_left(tx, tx.employer_id, person_id, tx.now):
        await record(tx, f"people/{person_id}")
        await publish(tx, "person.updated", f"people/{person_id}")


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
    await queries.close_unit(tx, tx.employer_id, unit_id, tx.now)
    await record(tx, f"units/{unit_id}")
    await publish(tx, "unit.deleted", f"units/{unit_id}")
