"""SQL of the feed."""

from uuid import UUID

from peil.database import Rows
from peil.webhooks.events import StoredEvent

_SELECT_EVENTS = """-- select_events
select
  employer_id,
  event_id,
  at,
  type,
  subject,
  state,
  position
from peil.event
where
  employer_id = $1
  and position > $2
order by position
limit $3
"""


async def select_events(rows: Rows, employer_id: UUID, after: int, limit: int) -> list[StoredEvent]:
    return await rows.many(StoredEvent, _SELECT_EVENTS, employer_id, after, limit)


_SELECT_VENDOR_EVENTS = """-- select_vendor_events
select
  event.employer_id,
  event.event_id,
  event.at,
  event.type,
  event.subject,
  event.state,
  event.position
from peil.vendor_event as event
inner join peil.vendor_link as link on
  link.employer_id = event.employer_id
  and link.vendor_id = event.vendor_id
  and link.state = 'active'
where
  event.vendor_id = $1
  and event.position > $2
order by event.position
limit $3
"""


async def select_vendor_events(rows: Rows, vendor_id: UUID, after: int, limit: int) -> list[StoredEvent]:
    """Events of the employers that let a vendor act now, in the order of its feed."""
    return await rows.many(StoredEvent, _SELECT_VENDOR_EVENTS, vendor_id, after, limit)
