"""SQL of deliveries: what became of events at the endpoint of an employer, or at that of a vendor."""

from uuid import UUID

from peil.database import Rows
from peil.outbox import unless_of_another
from peil.webhooks.deliveries.model import DeliveryAttempt, StoredDelivery

_UNLESS_OF_ANOTHER = unless_of_another("$6::uuid")
_UNLESS_OF_ANOTHER_ALONE = unless_of_another("$4::uuid")
_UNLESS_OF_ANOTHER_FAILED = unless_of_another("$2::uuid")

_COLUMNS = """
  delivery.endpoint_id,
  delivery.event_id,
  delivery.employer_id,
  event.type,
  delivery.subject,
  delivery.state,
  delivery.attempts as tries,
  delivery.created_at,
  delivery.next_at,
  delivery.last_at,
  delivery.outcome,
  delivery.status,
  event.position,
  event.at as event_at,
  event.state as event_state
from peil.delivery as delivery"""

_OF_EMPLOYER = f"""{_COLUMNS}
inner join peil.event as event on
  event.employer_id = delivery.employer_id
  and event.event_id = delivery.event_id"""

_SELECT_DELIVERIES = f"""-- select_deliveries
select{_OF_EMPLOYER}
where
  delivery.employer_id = $1
  and delivery.endpoint_id = $2
  and delivery.position > $3
  and ($4::text is null or delivery.state = $4){_UNLESS_OF_ANOTHER}
order by delivery.position
limit $5
"""


async def select_deliveries(
    rows: Rows, employer_id: UUID, endpoint_id: UUID, after: int, state: str | None, limit: int, seer: UUID | None
) -> list[StoredDelivery]:
    """In the order of the employer's feed; `state` None: in any. `seer`: what this vendor may see; None: all."""
    return await rows.many(StoredDelivery, _SELECT_DELIVERIES, employer_id, endpoint_id, after, state, limit, seer)


_SELECT_DELIVERY = f"""-- select_delivery
select{_OF_EMPLOYER}
where
  delivery.employer_id = $1
  and delivery.endpoint_id = $2
  and delivery.event_id = $3{_UNLESS_OF_ANOTHER_ALONE}
"""


async def select_delivery(
    rows: Rows, employer_id: UUID, endpoint_id: UUID, event_id: UUID, seer: UUID | None
) -> StoredDelivery | None:
    """`seer`: None where this vendor may not see it."""
    return await rows.one(StoredDelivery, _SELECT_DELIVERY, employer_id, endpoint_id, event_id, seer)


_LINKED = """
inner join peil.vendor_link as link on
  link.employer_id = event.employer_id
  and link.vendor_id = event.vendor_id
  and link.state = 'active'"""

_OF_VENDOR = f"""{_COLUMNS}
inner join peil.vendor_event as event on
  event.employer_id = delivery.employer_id
  and event.vendor_id = delivery.vendor_id
  and event.event_id = delivery.event_id{_LINKED}"""

_SELECT_VENDOR_DELIVERIES = f"""-- select_vendor_deliveries
select{_OF_VENDOR}
where
  delivery.vendor_id = $1
  and delivery.endpoint_id = $2
  and event.position > $3
  and ($4::text is null or delivery.state = $4)
order by event.position
limit $5
"""


async def select_vendor_deliveries(
    rows: Rows, vendor_id: UUID, endpoint_id: UUID, after: int, state: str | None, limit: int
) -> list[StoredDelivery]:
    """In the order of the vendor's feed; `state` None: in any."""
    return await rows.many(StoredDelivery, _SELECT_VENDOR_DELIVERIES, vendor_id, endpoint_id, after, state, limit)


_SELECT_VENDOR_DELIVERY = f"""-- select_vendor_delivery
select{_OF_VENDOR}
where
  delivery.vendor_id = $1
  and delivery.endpoint_id = $2
  and delivery.event_id = $3
"""


async def select_vendor_delivery(
    rows: Rows, vendor_id: UUID, endpoint_id: UUID, event_id: UUID
) -> StoredDelivery | None:
    return await rows.one(StoredDelivery, _SELECT_VENDOR_DELIVERY, vendor_id, endpoint_id, event_id)


_SELECT_ATTEMPTS = """-- select_delivery_attempts
select
  at,
  outcome,
  status,
  milliseconds
from peil.delivery_attempt
where
  employer_id = $1
  and endpoint_id = $2
  and event_id = $3
order by attempt_id desc
limit 100
"""


async def select_attempts(rows: Rows, employer_id: UUID, endpoint_id: UUID, event_id: UUID) -> list[DeliveryAttempt]:
    """The last first."""
    return await rows.many(DeliveryAttempt, _SELECT_ATTEMPTS, employer_id, endpoint_id, event_id)


_SELECT_FAILED = f"""-- select_failed_deliveries
select{_OF_EMPLOYER}
inner join peil.webhook_endpoint as endpoint on
  endpoint.endpoint_id = delivery.endpoint_id
  and (endpoint.employer_id = $1 or endpoint.employer_id is null)
  and (endpoint.vendor_id is null or endpoint.vendor_id = $2)
where
  delivery.employer_id = $1
  and delivery.state = 'failed'{_UNLESS_OF_ANOTHER_FAILED}
order by
  delivery.position desc,
  delivery.endpoint_id
limit $3
"""


async def select_failed(rows: Rows, employer_id: UUID, vendor_id: UUID, limit: int) -> list[StoredDelivery]:
    """Newest first, at the employer's endpoints but another vendor's and at the vendor's own; of none that is gone.

    Nothing about another vendor is among them.
    """
    return await rows.many(StoredDelivery, _SELECT_FAILED, employer_id, vendor_id, limit)


_SELECT_WAITED_FOR = """-- select_employers_with_waiting_deliveries
select distinct employer_id
from peil.delivery
where
  vendor_id = $1
  and endpoint_id = $2
  and state = 'waiting'
order by employer_id
"""


async def select_waited_for(rows: Rows, vendor_id: UUID, endpoint_id: UUID) -> list[UUID]:
    """Employers whose events wait to be sent to the vendor's endpoint."""
    return await rows.many(UUID, _SELECT_WAITED_FOR, vendor_id, endpoint_id)
