"""SQL of sending again: which events of a feed, and to which endpoint."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from peil.database import Rows
from peil.outbox import unless_of_another
from peil.webhooks.deliveries.model import Replay
from peil.webhooks.endpoints.model import WebhookEndpoint


class Place(msgspec.Struct, frozen=True):
    """Where what is sent again goes: an endpoint; `vendor_id` None: it is the employer's.

    `made_by` is the vendor that made it or whose own it is: of another one nothing goes there. None: none.
    """

    employer_id: UUID
    endpoint_id: UUID
    vendor_id: UUID | None
    made_by: UUID | None


class VendorEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event of a vendor's feed, and whose it is."""

    employer_id: UUID
    event_id: UUID


_UNLESS_OF_ANOTHER = unless_of_another("$6::uuid")
_UNLESS_OF_ANOTHER_SENT = unless_of_another("$7::uuid")

_SELECT_FAILED_EVENTS = f"""-- select_failed_events
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
  and ($4::timestamptz is null or event.at < $4){_UNLESS_OF_ANOTHER}
order by event.position
limit $5
"""  # noqa: S608  # a constant

_SELECT_FED_EVENTS = f"""-- select_events_to_replay
select event.event_id
from peil.event as event
where
  event.employer_id = $1
  and event.position is not null
  and event.at >= $3
  and ($4::timestamptz is null or event.at < $4)
  and (cardinality($2::text[]) = 0 or event.type = any($2)){_UNLESS_OF_ANOTHER}
order by event.position
limit $5
"""  # noqa: S608  # as above


async def select_to_replay(
    rows: Rows, employer_id: UUID, endpoint: WebhookEndpoint, replay: Replay, limit: int
) -> list[UUID]:
    """Events of a period: those that failed at the endpoint, or all of its types; of none but its own vendor's."""
    asked = replay.from_, replay.to, limit, endpoint.made_by
    if replay.state == "failed":
        return await rows.many(UUID, _SELECT_FAILED_EVENTS, employer_id, endpoint.endpoint_id, *asked)
    return await rows.many(UUID, _SELECT_FED_EVENTS, employer_id, endpoint.types, *asked)


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


_UPSERT_DELIVERIES = f"""-- upsert_deliveries
insert into peil.delivery (
  employer_id, endpoint_id, event_id, vendor_id, subject, position, state, attempts, created_at, next_at
)
select
  event.employer_id,
  $2,
  event.event_id,
  $3,
  event.subject,
  event.position,
  'waiting',
  0,
  $5,
  $6
from peil.event as event
where
  event.employer_id = $1
  and event.event_id = any($4)
  and event.position is not null{_UNLESS_OF_ANOTHER_SENT}
order by event.position
on conflict (employer_id, endpoint_id, event_id)
do update set
  state = excluded.state,
  attempts = excluded.attempts,
  created_at = excluded.created_at,
  next_at = excluded.next_at
"""  # noqa: S608  # as above


async def upsert_deliveries(
    rows: Rows, place: Place, event_ids: Sequence[UUID], created_at: datetime, next_at: datetime
) -> int:
    """Has these events of the employer's feed sent from the beginning, none of another vendor's; tells how many."""
    return await rows.execute(
        _UPSERT_DELIVERIES,
        place.employer_id,
        place.endpoint_id,
        place.vendor_id,
        event_ids,
        created_at,
        next_at,
        place.made_by,
    )
