"""SQL of sending again: which events of a feed, and to which endpoint."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from peil.database import Rows
from peil.webhooks.deliveries.model import Replay
from peil.webhooks.endpoints.model import WebhookEndpoint


class Place(msgspec.Struct, frozen=True):
    """Where what is sent again goes: an endpoint; `vendor_id` None: it is the employer's."""

    employer_id: UUID
    endpoint_id: UUID
    vendor_id: UUID | None


class VendorEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event of a vendor's feed, and whose it is."""

    employer_id: UUID
    event_id: UUID


_SELECT_FAILED_EVENTS = """-- select_failed_events
select event.event_id
from peil.delivery as delivery
inner join peil.event as event on
  event.employer_id = delivery.employer_id
  and event.event_id = delivery.event_id
where
  delivery.employer_id = $1
  and delivery.endpoint_id = $2
  and delivery.state = 'failed'
  and event.at >= $3
  and ($4::timestamptz is null or event.at < $4)
order by event.position
limit $5
"""

_SELECT_FED_EVENTS = """-- select_events_to_replay
select event_id
from peil.event
where
  employer_id = $1
  and position is not null
  and at >= $3
  and ($4::timestamptz is null or at < $4)
  and (cardinality($2::text[]) = 0 or type = any($2))
order by position
limit $5
"""


async def select_to_replay(
    rows: Rows, employer_id: UUID, endpoint: WebhookEndpoint, replay: Replay, limit: int
) -> list[UUID]:
    """Events of a period: those that failed at the endpoint, or all of its types."""
    if replay.state == "failed":
        failed = endpoint.endpoint_id, replay.from_, replay.to, limit
        return await rows.many(UUID, _SELECT_FAILED_EVENTS, employer_id, *failed)
    return await rows.many(UUID, _SELECT_FED_EVENTS, employer_id, endpoint.types, replay.from_, replay.to, limit)


_LINKED = """
inner join peil.vendor_link as link on
  link.employer_id = event.employer_id
  and link.vendor_id = event.vendor_id
  and link.state = 'active'"""

_FEED = f"""
from peil.vendor_event as event{_LINKED}"""

_DELIVERED = f"""
from peil.delivery as delivery
inner join peil.vendor_event as event on
  event.employer_id = delivery.employer_id
  and event.vendor_id = delivery.vendor_id
  and event.event_id = delivery.event_id{_LINKED}"""

_SELECT_EVENT_EMPLOYER = f"""-- select_employer_of_vendor_event
select event.employer_id{_FEED}
where
  event.vendor_id = $1
  and event.event_id = $2
"""


async def select_event_employer(rows: Rows, vendor_id: UUID, event_id: UUID) -> UUID | None:
    """Whose event of the vendor's feed it is; None: there is no such event there."""
    found: UUID | None = await rows.value(_SELECT_EVENT_EMPLOYER, vendor_id, event_id)
    return found


_SELECT_FAILED_VENDOR_EVENTS = f"""-- select_failed_vendor_events
select
  event.employer_id,
  event.event_id{_DELIVERED}
where
  delivery.vendor_id = $1
  and delivery.endpoint_id = $2
  and delivery.state = 'failed'
  and event.at >= $3
  and ($4::timestamptz is null or event.at < $4)
order by event.position
limit $5
"""

_SELECT_FED_VENDOR_EVENTS = f"""-- select_vendor_events_to_replay
select
  event.employer_id,
  event.event_id{_FEED}
where
  event.vendor_id = $1
  and event.at >= $3
  and ($4::timestamptz is null or event.at < $4)
  and (cardinality($2::text[]) = 0 or event.type = any($2))
order by event.position
limit $5
"""


async def select_vendor_to_replay(
    rows: Rows, vendor_id: UUID, endpoint: WebhookEndpoint, replay: Replay, limit: int
) -> list[VendorEvent]:
    """Events of a period in the vendor's feed: those that failed at its endpoint, or all of its types."""
    if replay.state == "failed":
        failed = endpoint.endpoint_id, replay.from_, replay.to, limit
        return await rows.many(VendorEvent, _SELECT_FAILED_VENDOR_EVENTS, vendor_id, *failed)
    fed = endpoint.types, replay.from_, replay.to, limit
    return await rows.many(VendorEvent, _SELECT_FED_VENDOR_EVENTS, vendor_id, *fed)


_UPSERT_DELIVERIES = """-- upsert_deliveries
insert into peil.delivery (
  employer_id, endpoint_id, event_id, vendor_id, subject, position, state, attempts, created_at, next_at
)
select
  employer_id,
  $2,
  event_id,
  $3,
  subject,
  position,
  'waiting',
  0,
  $5,
  $6
from peil.event
where
  employer_id = $1
  and event_id = any($4)
  and position is not null
order by position
on conflict (employer_id, endpoint_id, event_id)
do update set
  state = excluded.state,
  attempts = excluded.attempts,
  created_at = excluded.created_at,
  next_at = excluded.next_at
"""


async def upsert_deliveries(
    rows: Rows, place: Place, event_ids: Sequence[UUID], created_at: datetime, next_at: datetime
) -> int:
    """Has these events of the employer's feed sent from the beginning; tells how many there are."""
    return await rows.execute(
        _UPSERT_DELIVERIES,
        place.employer_id,
        place.endpoint_id,
        place.vendor_id,
        event_ids,
        created_at,
        next_at,
    )
