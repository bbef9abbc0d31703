"""Puts events in their order, so that readers never miss one that came late."""

from uuid import UUID

from peil.operation import Transaction
from peil.outbox import unless_of_another
from peil.webhooks import sending
from peil.worker import WorkerParts


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

_UNLESS_OF_ANOTHER = unless_of_another("$3::uuid")

_COPIED = """
  event.employer_id,
  $3,
  event.event_id,
  $4 + row_number() over (order by event.position),
  event.at,
  event.type,
  event.subject,
  event.state"""

_COPY_EVENTS = f"""-- copy_events_to_vendor
insert into peil.vendor_event (employer_id, vendor_id, event_id, position, at, type, subject, state)
select{_COPIED}
from peil.event as event
where
  event.employer_id = $1
  and event.position > $2{_UNLESS_OF_ANOTHER}
order by event.position
"""

_MOVE_FEED = """-- move_vendor_feed
update peil.vendor
set position = $2
where vendor_id = $1
"""
