"""Webhook endpoints that are active, and what the worker would have written of deliveries there."""

from typing import Any
from uuid import UUID, uuid4

from peil import clock
from support.apis import Api, Rest
from support.house import Vendor
from support.personas import Cast


async def active_endpoint(cast: Cast, api: Api | None = None, **new: Any) -> dict[str, Any]:
    """An endpoint of the employer's whose receiver has agreed, as it was created."""
    caller = api or Rest(cast.administrator)
    made: dict[str, Any] = (await caller.create_webhook_endpoint({"url": cast.house.receiver_url} | new)).must()
    (await caller.verify_webhook_endpoint(made["endpointId"])).must()
    return made


async def active_vendor_endpoint(vendor: Vendor) -> dict[str, Any]:
    """The vendor's own endpoint, whose receiver has agreed, as it was created."""
    itself = Rest(await vendor.itself())
    new = {"url": vendor.house.receiver_url}
    made: dict[str, Any] = (await itself.create_vendor_webhook_endpoint(vendor.vendor_id, new)).must()
    (await itself.verify_vendor_webhook_endpoint(vendor.vendor_id, made["endpointId"])).must()
    return made


async def make_events(cast: Cast, count: int) -> list[str]:
    """Ids of so many new events, in the order of the feed."""
    for name in range(count):
        made = {"kind": "reporting-route", "name": str(name), "contact": "x"}
        (await Rest(cast.hr).create_support_route(made)).must()
    await cast.house.work()
    async with cast.house.worker.parts.database.transaction(cast.employer.employer_id) as rows:
        found = await rows.many(
            UUID,
            "select event_id from peil.event where employer_id = $1 and type = 'support-route.created'"
            " order by position desc limit $2",
            *(cast.employer.employer_id, count),
        )
    return [str(one) for one in reversed(found)]


_PLANT = """
insert into peil.delivery (
  employer_id, endpoint_id, event_id, vendor_id, subject, position, state, attempts, created_at, next_at, last_at,
  outcome, status
)
select
  employer_id, $2, event_id, $4, subject, position, $5::text, 2, $6::timestamptz,
  case when $5::text = 'waiting' then $6::timestamptz end, $6::timestamptz, $7, $8
from peil.event
where employer_id = $1 and event_id = $3
on conflict (employer_id, endpoint_id, event_id)
do update set state = excluded.state, attempts = excluded.attempts, next_at = excluded.next_at
"""
_ATTEMPT = """
insert into peil.delivery_attempt (
  employer_id, endpoint_id, event_id, attempt_id, vendor_id, at, outcome, status, milliseconds
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""


async def plant(cast: Cast, endpoint_id: str, event_id: str, state: str, vendor: Vendor | None = None) -> None:
    """Leaves of a delivery what two attempts leave: one that nobody answered, and one that came to this state."""
    vendor_id = None if vendor is None else UUID(vendor.vendor_id)
    key = cast.employer.employer_id, UUID(endpoint_id), UUID(event_id)
    outcome, status = ("delivered", 204) if state == "delivered" else ("refused", 500)
    now = clock.now()
    async with cast.house.worker.parts.database.transaction(cast.employer.employer_id) as rows:
        await rows.execute(_PLANT, *key, vendor_id, state, now, outcome, status)
        await rows.execute(_ATTEMPT, *key, UUID(int=1), vendor_id, now, "unreachable", None, 5000)
        await rows.execute(_ATTEMPT, *key, uuid4(), vendor_id, now, outcome, status, 12)


async def due_of(cast: Cast, endpoint_id: str) -> int:
    """How many jobs of the worker's send what waits for this endpoint."""
    async with cast.house.worker.parts.database.transaction(cast.employer.employer_id) as rows:
        found = await rows.value(
            "select count(*) from peil.due where employer_id = $1 and kind = 'deliver_events' and subject = $2",
            *(cast.employer.employer_id, UUID(endpoint_id)),
        )
    return int(found)
