"""Puts events in their order and chains the audit rows, so that readers never miss one that came late."""

from hashlib import sha256
from uuid import UUID

import msgspec

from peil.operation import Transaction
from peil.structs import encode
from peil.webhooks import sending
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
    """Gives every event that has none the next positions of the employer's feed, and of its vendors' feeds.

    From there it is pushed to whoever wants it.
    """
    last = await tx.value(_SELECT_LAST_EVENT, tx.employer_id)
    await tx.execute(_ORDER_EVENTS, tx.employer_id, last)
    for vendor_id in await tx.many(UUID, _SELECT_VENDORS, tx.employer_id):
        # Held until the commit: the feed of a vendor grows by one employer after the other, so that whoever reads it
        # up to a place has read all before it. Each employer takes its vendors in the same order.
        place = await tx.value(_LOCK_FEED, vendor_id)
        added = await tx.execute(_COPY_EVENTS, tx.employer_id, last, vendor_id, place)
        await tx.execute(_MOVE_FEED, vendor_id, place + added)
    await sending.fan_out(tx, last)


async def chain_audit(tx: Transaction, _: WorkerParts, __: UUID) -> None:
    """Adds the new audit rows to the employer's chain: each hash covers the row and the hash before."""
    last = await tx.one(Link, _SELECT_LAST, tx.employer_id) or Link(position=0, hash=b"")
    for row in await tx.many(AuditRow, _SELECT_UNCHAINED, tx.employer_id):
        last = Link(position=last.position + 1, hash=chain(last.hash, row))
        await tx.execute(_CHAIN, tx.employer_id, row.audit_id, last.position, last.hash)


def chain(previous: bytes, row: AuditRow) -> bytes:
    """SHA-256 over the previous hash and the canonical JSON of the row."""
    return sha256(previous + encode(row)).digest()


_SELECT_LAST_EVENT = """-- select_last_event
select coalesce(max(position), 0)
from peil.event
where employer_id = $1
"""

_ORDER_EVENTS = """-- order_events
with new as (
  select
    event_id,
    row_number() over (order by event_id) as place
  from peil.event
  where
    employer_id = $1
    and position is null
)
update peil.event as event
set position = $2 + new.place
from new
where
  event.employer_id = $1
  and event.event_id = new.event_id
"""

_SELECT_VENDORS = """-- select_vendors_of_employer
select vendor_id
from peil.vendor_link
where
  employer_id = $1
  and state = 'active'
order by vendor_id
"""

_LOCK_FEED = """-- lock_vendor_feed
select position
from peil.vendor
where vendor_id = $1
for update
"""

_COPY_EVENTS = """-- copy_events_to_vendor
insert into peil.vendor_event (employer_id, vendor_id, event_id, position, at, type, subject, state)
select
  employer_id,
  $3,
  event_id,
  $4 + position - $2,
  at,
  type,
  subject,
  state
from peil.event
where
  employer_id = $1
  and position > $2
order by position
"""

_MOVE_FEED = """-- move_vendor_feed
update peil.vendor
set position = $2
where vendor_id = $1
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
