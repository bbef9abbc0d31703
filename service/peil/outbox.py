"""Events, written in the transaction of their cause and put in order by the worker."""

from collections.abc import Iterable
from uuid import UUID

from peil import schedule
from peil.ids import ordered_id
from peil.operation import Transaction


async def publish(
    tx: Transaction, type_: str, subject: str, state: str | None = None, *, employer_id: UUID | None = None
) -> None:
    """Adds a thin event: its catalogue name, what it is about (`kind/id`) and that thing's state."""
    owner = employer_id or tx.employer_id
    await tx.execute(_INSERT, owner, ordered_id(), tx.now, type_, subject, state)
    await schedule.due(tx, "order_events", at=tx.now, employer_id=owner)


async def publish_each(tx: Transaction, type_: str, subjects: Iterable[str], state: str | None = None) -> None:
    """Adds the same event about several subjects of the actor's employer at once."""
    rows = [(tx.employer_id, ordered_id(), tx.now, type_, subject, state) for subject in subjects]
    if rows:
        await tx.execute_each(_INSERT, rows)
        await schedule.due(tx, "order_events", at=tx.now)


_INSERT = """-- insert_event
insert into peil.event (employer_id, event_id, at, type, subject, state)
values ($1, $2, $3, $4, $5, $6)
"""
