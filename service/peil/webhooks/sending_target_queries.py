"""SQL of the endpoints that deliveries go to, and of the deliveries whose endpoint can be sent nothing."""

from datetime import datetime
from uuid import UUID

from peil.database import Rows
from peil.webhooks.sending_model import Disabled, Outcome, Target

_SELECT_TARGET = """-- select_target
select
  endpoint_id,
  url,
  state,
  disabled_for,
  case when employer_id is null then vendor_id end as own_vendor_id,
  vendor_id as made_by,
  vendor_id is null or exists (
    select 1
    from peil.vendor_link as link
    where
      link.employer_id = $1
      and link.vendor_id = webhook_endpoint.vendor_id
      and link.state = 'active'
  ) as may_act
from peil.webhook_endpoint
where
  endpoint_id = $2
  and (employer_id = $1 or employer_id is null)
"""


async def select_target(rows: Rows, employer_id: UUID, endpoint_id: UUID) -> Target | None:
    return await rows.one(Target, _SELECT_TARGET, employer_id, endpoint_id)


_SELECT_SECRETS = """-- select_signing_secrets
select secret_id
from peil.webhook_secret
where
  endpoint_id = $2
  and (employer_id = $1 or employer_id is null)
  and (expires_at is null or expires_at > $3)
order by
  created_at,
  secret_id
"""


async def select_secrets(rows: Rows, employer_id: UUID, endpoint_id: UUID, real: datetime) -> list[UUID]:
    """Ids of the secrets that sign now."""
    return await rows.many(UUID, _SELECT_SECRETS, employer_id, endpoint_id, real)


_SELECT_TAKEN = """-- select_taken_lately
select exists (
  select 1
  from peil.delivery
  where
    (employer_id = $1 or vendor_id = $4)
    and endpoint_id = $2
    and state = 'delivered'
    and last_at > $3
)
"""


async def is_taking(rows: Rows, employer_id: UUID, target: Target, since: datetime) -> bool:
    """Whether the endpoint has taken anything since then, of any employer that the transaction sees."""
    return bool(await rows.value(_SELECT_TAKEN, employer_id, target.endpoint_id, since, target.own_vendor_id))


_DISABLE = """-- disable_endpoint
update peil.webhook_endpoint
set
  state = 'disabled',
  disabled_at = $3,
  disabled_for = $4
where
  endpoint_id = $2
  and (employer_id = $1 or employer_id is null)
  and state = 'active'
"""


async def disable_endpoint(
    rows: Rows, employer_id: UUID, endpoint_id: UUID, real: datetime, disabled_for: Disabled
) -> bool:
    """Whether it was active until now."""
    return await rows.execute(_DISABLE, employer_id, endpoint_id, real, disabled_for) > 0


_FAIL = """-- fail_waiting_deliveries
update peil.delivery
set
  state = 'failed',
  next_at = null,
  outcome = $3,
  status = null
where
  employer_id = $1
  and endpoint_id = $2
  and state = 'waiting'
"""


async def fail_waiting(rows: Rows, employer_id: UUID, endpoint_id: UUID, outcome: Outcome) -> int:
    return await rows.execute(_FAIL, employer_id, endpoint_id, outcome)


_DELETE_WAITING = """-- delete_waiting_deliveries
delete from peil.delivery
where
  employer_id = $1
  and endpoint_id = $2
  and state = 'waiting'
"""


async def delete_waiting(rows: Rows, employer_id: UUID, endpoint_id: UUID) -> None:
    await rows.execute(_DELETE_WAITING, employer_id, endpoint_id)


_FORGET = """-- forget_deliveries
delete from peil.delivery
where
  employer_id = $1
  and (endpoint_id, event_id) in (
    select
      delivery.endpoint_id,
      delivery.event_id
    from peil.delivery as delivery
    inner join peil.event as event on
      event.employer_id = $1
      and event.event_id = delivery.event_id
    where
      delivery.employer_id = $1
      and delivery.state <> 'waiting'
      and case when $2 then event.at else coalesce(delivery.last_at, delivery.created_at) end < $3
    limit $4
  )
"""


async def forget_deliveries(rows: Rows, employer_id: UUID, *, by_event: bool, before: datetime, limit: int) -> int:
    """Deletes deliveries that ended before then, with their attempts; `by_event`: whose event is from before then."""
    return await rows.execute(_FORGET, employer_id, by_event, before, limit)


_SELECT_ENDED = """-- select_ended_deliveries
select exists (
  select 1
  from peil.delivery
  where
    employer_id = $1
    and state <> 'waiting'
)
"""


async def has_ended(rows: Rows, employer_id: UUID) -> bool:
    """Whether there is a delivery that will have to be forgotten."""
    return bool(await rows.value(_SELECT_ENDED, employer_id))
