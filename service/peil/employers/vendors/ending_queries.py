"""SQL of what is pushed to a vendor and ends with its link: its endpoints, and what waits to be sent there."""

from datetime import datetime
from uuid import UUID

from peil.database import Rows

_DISABLE_MADE = """-- disable_webhook_endpoints_made_by_vendor
with ended as (
  update peil.webhook_endpoint
  set
    state = 'disabled',
    disabled_at = $3,
    disabled_for = 'link-ended'
  where
    employer_id = $1
    and vendor_id = $2
    and state <> 'disabled'
  returning endpoint_id
)
select endpoint_id
from ended
order by endpoint_id
"""


async def disable_endpoints_made(rows: Rows, employer_id: UUID, vendor_id: UUID, at: datetime) -> list[UUID]:
    """Those that the vendor made for the employer: nothing more is sent there."""
    return await rows.many(UUID, _DISABLE_MADE, employer_id, vendor_id, at)


_FAIL_WAITING = """-- fail_deliveries_of_ended_link
update peil.delivery
set
  state = 'failed',
  next_at = null,
  outcome = 'link-ended',
  status = null
where
  employer_id = $1
  and state = 'waiting'
  and (
    vendor_id = $2
    or endpoint_id in (
      select endpoint_id
      from peil.webhook_endpoint
      where
        employer_id = $1
        and vendor_id = $2
    )
  )
"""


async def fail_deliveries(rows: Rows, employer_id: UUID, vendor_id: UUID) -> int:
    """What waits to be sent to the vendor's own endpoint, or to one that it made: a later link sends none of it."""
    return await rows.execute(_FAIL_WAITING, employer_id, vendor_id)


_DISABLE_OWN = """-- disable_webhook_endpoint_of_vendor
update peil.webhook_endpoint
set
  state = 'disabled',
  disabled_at = $2,
  disabled_for = 'link-ended'
where
  employer_id is null
  and vendor_id = $1
  and state <> 'disabled'
"""


async def disable_own_endpoint(rows: Rows, vendor_id: UUID, at: datetime) -> None:
    await rows.execute(_DISABLE_OWN, vendor_id, at)
