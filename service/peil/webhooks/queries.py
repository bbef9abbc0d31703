"""SQL of the feed."""

from datetime import datetime
from uuid import UUID

import msgspec

from peil.database import Rows


class StoredEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event as it is stored, in its place."""

    event_id: UUID
    at: datetime
    type: str
    subject: str
    state: str | None
    position: int


_SELECT_EVENTS = """-- select_events
select
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
