"""SQL of the feed."""

from uuid import UUID

from peil.database import Rows
from peil.outbox import unless_of_another
from peil.webhooks.events import StoredEvent

_UNLESS_OF_ANOTHER = unless_of_another("$3::uuid")

_COLUMNS = """
  event.employer_id,
  event.event_id,
  event.at,
  event.type,
  event.subject,
  event.state,
  event.position"""

_SELECT_EVENTS = f"""-- select_events
select{_COLUMNS}
from peil.event as event
where
  event.employer_id = $1
  and event.position > $2{_UNLESS_OF_ANOTHER}
order by event.position
limit $4
"""


async def select_events(rows: Rows, employer_id: UUID, after: int, seer: UUID | None, limit: int) -> list[StoredEvent]:
    """`seer`: those that this vendor may see; None: all."""
    return await rows.many(StoredEvent, _SELECT_EVENTS, employer_id, after, seer, limit)


_SELECT_VENDOR_EVENTS = f"""-- select_vendor_events
select{_COLUMNS}
from peil.vendor_event as event
inner join peil.vendor_link as link on
  link.employer_id = event.employer_id
  and link.vendor_id = event.vendor_id
  and link.state = 'active'
where
  event.vendor_id = $1
  and event.position > $2
  and (not starts_with(event.subject, 'vendors/') or event.subject = 'vendors/' || event.vendor_id)
order by event.position
limit $3
"""


async def select_vendor_events(rows: Rows, vendor_id: UUID, after: int, limit: int) -> list[StoredEvent]:
    """Events of the employers that let a vendor act now, in the order of its feed."""
    return await rows.many(StoredEvent, _SELECT_VENDOR_EVENTS, vendor_id, after, limit)
