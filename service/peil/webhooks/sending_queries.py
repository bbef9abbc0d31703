"""SQL of deliveries, as the worker sends them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from peil.database import Rows
from peil.ids import ordered_id
from peil.outbox import unless_of_another
from peil.webhooks.sending_model import Batch, Claimed, Sent

WINDOW = 512
"""Waiting deliveries that are looked at; all of them only where these do not fill a batch, however many there are."""

_UNLESS_OF_ANOTHER = unless_of_another("endpoint.vendor_id")

_FAN_OUT = f"""-- fan_out_events
with endpoint as (
  select
    endpoint_id,
    null::uuid as own_vendor_id,
    vendor_id,
    types
  from peil.webhook_endpoint
  where
    employer_id = $1
    and state = 'active'
  union all
  select
    own.endpoint_id,
    own.vendor_id,
    own.vendor_id,
    own.types
  from peil.vendor_link as link
  inner join peil.webhook_endpoint as own on
    own.vendor_id = link.vendor_id
    and own.employer_id is null
    and own.state = 'active'
  where link.employer_id = $1
),
made as (
  insert into peil.delivery (
    employer_id, endpoint_id, event_id, vendor_id, subject, position, state, attempts, created_at, next_at
  )
  select
    event.employer_id,
    endpoint.endpoint_id,
    event.event_id,
    endpoint.own_vendor_id,
    event.subject,
    event.position,
    'waiting',
    0,
    $3,
    $4
  from endpoint
  inner join peil.event as event on
    event.employer_id = $1
    and event.position > $2
    and (cardinality(endpoint.types) = 0 or event.type = any(endpoint.types)){_UNLESS_OF_ANOTHER}
  where
    endpoint.vendor_id is null
    or exists (
      select 1
      from peil.vendor_link as link
      where
        link.employer_id = $1
        and link.vendor_id = endpoint.vendor_id
        and link.state = 'active'
    )
  order by
    event.position,
    endpoint.endpoint_id
  returning endpoint_id
)
select distinct endpoint_id
from made
order by endpoint_id
"""  # noqa: S608  # a constant


async def insert_deliveries(rows: Rows, employer_id: UUID, after: int, real: datetime, now: datetime) -> list[UUID]:
    """A delivery of each event behind place `after` to each endpoint that wants it; gives these endpoints."""
    return await rows.many(UUID, _FAN_OUT, employer_id, after, real, now)


# Of what is about the same thing only the oldest that waits may go. `$3` bounds how much is looked at, in the order of
# the feed (null: all): whatever is older than something in there is in there too.
_OLDEST = """
with waiting as materialized (
  select
    event_id,
    subject,
    position,
    next_at,
    last_at,
    outcome
  from peil.delivery
  where
    employer_id = $1
    and endpoint_id = $2
    and state = 'waiting'
  order by position
  limit $3
),
oldest as (
  select distinct on (subject)
    event_id,
    next_at,
    last_at,
    outcome
  from waiting
  order by
    subject,
    position
)"""

_CLAIM = f"""-- claim_deliveries{_OLDEST},
ready as (
  select event_id
  from peil.delivery
  where
    employer_id = $1
    and endpoint_id = $2
    and event_id = any(array(select event_id from oldest))
    and state = 'waiting'
    and (next_at <= $4 or $5 and next_at <= $4 + least($6 - last_at, $7::interval))
    and (last_at is null or outcome is not null or last_at <= $6 - $8::interval)
  order by position
  limit $9
  for update skip locked
),
claimed as (
  update peil.delivery as delivery
  set
    last_at = $6,
    outcome = null,
    status = null
  from ready
  where
    delivery.employer_id = $1
    and delivery.endpoint_id = $2
    and delivery.event_id = ready.event_id
  returning
    delivery.event_id,
    delivery.position,
    delivery.attempts,
    delivery.created_at
)
select
  event.employer_id,
  event.event_id,
  event.at,
  event.type,
  event.subject,
  event.state,
  claimed.position,
  claimed.attempts,
  claimed.created_at
from claimed
inner join peil.event as event on
  event.employer_id = $1
  and event.event_id = claimed.event_id
order by claimed.position
"""  # noqa: S608  # the part above


async def claim_deliveries(
    rows: Rows,
    employer_id: UUID,
    endpoint_id: UUID,
    now: datetime,
    real: datetime,
    impatience: timedelta | None,
    lease: timedelta,
    limit: int,
) -> list[Claimed]:
    """Takes in hand what may go now; nobody else does so before the lease is over.

    `impatience`: pauses up to this one also end by real time; None: by the employer's clock alone.
    """
    by = now, impatience is not None, real, impatience, lease
    near = await rows.many(Claimed, _CLAIM, employer_id, endpoint_id, WINDOW, *by, limit)
    if len(near) == limit or not await _is_longer(rows, employer_id, endpoint_id):
        return near
    far = await rows.many(Claimed, _CLAIM, employer_id, endpoint_id, None, *by, limit - len(near))
    return near + far


_SELECT_NEXT = f"""-- select_next_delivery{_OLDEST}
select min(case when outcome is null and last_at is not null then $4::timestamptz + $5::interval else next_at end)
from oldest
"""  # noqa: S608  # as above


async def select_next(
    rows: Rows, employer_id: UUID, endpoint_id: UUID, now: datetime, lease: timedelta
) -> datetime | None:
    """When something may go, by the employer's clock (None: nothing waits); what is in hand may after the lease."""
    near: datetime | None = await rows.value(_SELECT_NEXT, employer_id, endpoint_id, WINDOW, now, lease)
    if near is None or near <= now or not await _is_longer(rows, employer_id, endpoint_id):
        return near
    far: datetime | None = await rows.value(_SELECT_NEXT, employer_id, endpoint_id, None, now, lease)
    return far


_SELECT_BEHIND = """-- select_delivery_behind_window
select position
from peil.delivery
where
  employer_id = $1
  and endpoint_id = $2
  and state = 'waiting'
order by position
offset $3
limit 1
"""


async def _is_longer(rows: Rows, employer_id: UUID, endpoint_id: UUID) -> bool:
    """Whether more waits than is looked at at first."""
    return await rows.value(_SELECT_BEHIND, employer_id, endpoint_id, WINDOW) is not None


_RECORD = """-- record_attempts
with sent as (
  select
    event_id,
    outcome,
    status,
    state,
    next_at,
    attempt_id,
    milliseconds
  from
    unnest(
      $4::uuid[], $5::text[], $6::integer[], $7::text[], $8::timestamptz[], $9::uuid[], $10::integer[]
    ) as sent (event_id, outcome, status, state, next_at, attempt_id, milliseconds)
),
recorded as (
  update peil.delivery as delivery
  set
    state = sent.state,
    attempts = delivery.attempts + 1,
    next_at = sent.next_at,
    outcome = sent.outcome,
    status = sent.status
  from sent
  where
    delivery.employer_id = $1
    and delivery.endpoint_id = $2
    and delivery.event_id = sent.event_id
    and delivery.state = 'waiting'
    and delivery.outcome is null
    and delivery.last_at = $3
  returning
    delivery.event_id,
    delivery.vendor_id
)
insert into peil.delivery_attempt (
  employer_id, endpoint_id, event_id, attempt_id, vendor_id, at, outcome, status, milliseconds
)
select
  $1,
  $2,
  sent.event_id,
  sent.attempt_id,
  recorded.vendor_id,
  $3,
  sent.outcome,
  sent.status,
  sent.milliseconds
from sent
inner join recorded on recorded.event_id = sent.event_id
order by sent.attempt_id
"""


async def record_attempts(
    rows: Rows, employer_id: UUID, batch: Batch, ends: Sequence[tuple[Sent, str, datetime | None]]
) -> None:
    """What each attempt came to, the state of its delivery after it, and when it is tried again.

    Nothing of what somebody else has taken in hand meanwhile, or ended.
    """
    await rows.execute(
        _RECORD,
        employer_id,
        batch.target.endpoint_id,
        batch.claimed_at,
        [sent.delivery.event_id for sent, _, _ in ends],
        [sent.outcome for sent, _, _ in ends],
        [sent.status for sent, _, _ in ends],
        [state for _, state, _ in ends],
        [next_at for _, _, next_at in ends],
        [ordered_id() for _ in ends],
        [sent.milliseconds for sent, _, _ in ends],
    )
