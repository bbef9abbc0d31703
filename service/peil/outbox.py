"""Events, written in the transaction of their cause and put in order by the worker."""

from collections.abc import Iterable
from uuid import UUID

from peil import schedule
from peil.ids import ordered_id
from peil.operation import Transaction

_OF_ENDPOINTS = "webhook-endpoints/"

_OF_ANOTHER = """
  and not coalesce(
    starts_with(event.subject, 'vendors/') and event.subject <> 'vendors/' || {seer}, false
  )
  and event.subject not in (
    select 'clients/' || client.client_id
    from peil.client as client
    where
      client.employer_id = $1
      and client.vendor_id <> {seer}
    union all
    select 'scim-connections/' || connection.connection_id
    from peil.scim_connection as connection
    where
      connection.employer_id = $1
      and connection.made_by <> {seer}
  )
  and not coalesce(event.made_by <> {seer}, false)"""


def unless_of_another(seer: str) -> str:
    """SQL that leaves out events about another vendor than `seer`, and about what another one made.

    `seer` is SQL for a vendor's id; none are left out where that is null. For a statement on `peil.event as event` of
    the employer `$1`: with whom else it works is none of a vendor's business.
    """
    return _OF_ANOTHER.format(seer=seer)


async def publish(
    tx: Transaction, type_: str, subject: str, state: str | None = None, *, employer_id: UUID | None = None
) -> None:
    """Adds a thin event: its catalogue name, what it is about (`kind/id`) and that thing's state."""
    _require_maker_unneeded(subject)
    await _publish(tx, employer_id or tx.employer_id, type_, subject, state, None)


async def publish_of_endpoint(
    tx: Transaction,
    type_: str,
    endpoint_id: UUID,
    made_by: UUID | None,
    state: str | None,
    *,
    employer_id: UUID | None = None,
) -> None:
    """Adds an event about a webhook endpoint, which no other vendor hears of than the one that made it.

    The maker stays with the event, since the endpoint does not: once it is deleted nobody knows any more whose it was.
    """
    await _publish(tx, employer_id or tx.employer_id, type_, f"{_OF_ENDPOINTS}{endpoint_id}", state, made_by)


async def _publish(
    tx: Transaction, owner: UUID, type_: str, subject: str, state: str | None, made_by: UUID | None
) -> None:
    await tx.execute(_INSERT, owner, ordered_id(), tx.now, type_, subject, state, made_by)
    await schedule.due(tx, "order_events", at=tx.now, employer_id=owner)


async def publish_each(tx: Transaction, type_: str, subjects: Iterable[str], state: str | None = None) -> None:
    """Adds the same event about several subjects of the actor's employer at once."""
    subjects = list(subjects)
    for subject in subjects:
        _require_maker_unneeded(subject)
    rows = [(tx.employer_id, ordered_id(), tx.now, type_, subject, state, None) for subject in subjects]
    if rows:
        await tx.execute_each(_INSERT, rows)
        await schedule.due(tx, "order_events", at=tx.now)


def _require_maker_unneeded(subject: str) -> None:
    if subject.startswith(_OF_ENDPOINTS):
        raise RuntimeError("who made an endpoint has to be said: publish_of_endpoint")


_INSERT = """-- insert_event
insert into peil.event (employer_id, event_id, at, type, subject, state, made_by)
values ($1, $2, $3, $4, $5, $6, $7)
"""
