"""Puts events in their order and chains the audit rows, so that readers never miss one that came late."""

from hashlib import sha256
from uuid import UUID

import msgspec

from peil.operation import Transaction
from peil.structs import encode
from peil.worker import WorkerParts


class AuditRow(msgspec.Struct, frozen=True, kw_only=True):
    """An audit row as its hash covers it."""

    audit_id: UUID
    at: str
    actor_kind: str
    actor_id: UUID
    event: str
    subject: str


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """The end of the chain."""

    position: int
    hash: bytes


async def order_events(tx: Transaction, _: WorkerParts, __: UUID) -> None:
    """Gives every event that has none the next positions of the employer's feed."""
    await tx.execute(_ORDER_EVENTS, tx.employer_id)


async def chain_audit(tx: Transaction, _: WorkerParts, __: UUID) -> None:
    """Adds the new audit rows to the employer's chain: each hash covers the row and the hash before."""
    last = await tx.one(Link, _SELECT_LAST, tx.employer_id) or Link(position=0, hash=b"")
    for row in await tx.many(AuditRow, _SELECT_UNCHAINED, tx.employer_id):
        last = Link(position=last.position + 1, hash=chain(last.hash, row))
        await tx.execute(_CHAIN, tx.employer_id, row.audit_id, last.position, last.hash)


def chain(previous: bytes, row: AuditRow) -> bytes:
    """SHA-256 over the previous hash and the canonical JSON of the row."""
    return sha256(previous + encode(row)).digest()


_ORDER_EVENTS = """-- order_events
with
  last as (
    select coalesce(max(position), 0) as position
    from peil.event
    where employer_id = $1
  ),
  new as (
    select
      event_id,
      row_number() over (order by event_id) as place
    from peil.event
    where
      employer_id = $1
      and position is null
  )
update peil.event as event
set position = last.position + new.place
from
  last,
  new
where
  event.employer_id = $1
  and event.event_id = new.event_id
"""

_SELECT_LAST = """-- select_last_audit
select
  position,
  hash
from peil.audit
where
  employer_id = $1
  and position is not null
order by position desc
limit 1
"""

_AUDIT_COLUMNS = """
  audit_id,
  to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  actor_kind,
  actor_id,
  event,
  subject"""

_SELECT_UNCHAINED = f"""-- select_unchained_audit
select{_AUDIT_COLUMNS}
from peil.audit
where
  employer_id = $1
  and position is null
order by audit_id
"""

_CHAIN = """-- chain_audit
update peil.audit
set
  position = $3,
  hash = $4
where
  employer_id = $1
  and audit_id = $2
"""
