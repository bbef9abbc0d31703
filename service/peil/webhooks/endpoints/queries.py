"""SQL of webhook endpoints and of their secrets.

`owner_id` is the employer, or the vendor whose own endpoint it is.
"""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from peil.database import Rows
from peil.webhooks.endpoints.model import WebhookEndpoint, WebhookEndpointNew


class Owner(NamedTuple):
    """Whose an endpoint is: an employer's, made by a vendor or not, or a vendor's own."""

    employer_id: UUID | None
    vendor_id: UUID | None


_LOCK_EMPLOYER = """-- lock_employer_of_webhooks
select employer_id
from peil.employer
where employer_id = $1
for no key update
"""


async def lock_employer(rows: Rows, employer_id: UUID) -> None:
    """Lets one endpoint of the employer be made at a time, so that each is counted."""
    await rows.execute(_LOCK_EMPLOYER, employer_id)


_COUNT_ENDPOINTS = """-- count_webhook_endpoints
select count(*)
from peil.webhook_endpoint
where employer_id = $1
"""


async def count_endpoints(rows: Rows, employer_id: UUID) -> int:
    """How many the employer has, in whichever state."""
    return int(await rows.value(_COUNT_ENDPOINTS, employer_id))


_INSERT_ENDPOINT = """-- insert_webhook_endpoint
insert into peil.webhook_endpoint (employer_id, vendor_id, endpoint_id, url, types, state, created_at)
values ($1, $2, $3, $4, $5, 'waiting', $6)
"""


async def insert_endpoint(rows: Rows, owner: Owner, endpoint_id: UUID, new: WebhookEndpointNew, at: datetime) -> None:
    await rows.execute(_INSERT_ENDPOINT, *owner, endpoint_id, new.url, new.types, at)


_ENDPOINT_COLUMNS = """
  endpoint.endpoint_id,
  endpoint.vendor_id as made_by,
  endpoint.url,
  endpoint.types,
  endpoint.state,
  endpoint.disabled_for,
  endpoint.created_at,
  endpoint.verified_at,
  endpoint.disabled_at,
  (
    select
      coalesce(
        jsonb_agg(
          jsonb_build_object(
            'secretId', secret.secret_id, 'createdAt', secret.created_at, 'expiresAt', secret.expires_at
          ) order by secret.created_at, secret.secret_id
        ),
        '[]'
      )
    from peil.webhook_secret as secret
    where
      secret.endpoint_id = endpoint.endpoint_id
      and (secret.expires_at is null or secret.expires_at > $3)
  ) as secrets
from peil.webhook_endpoint as endpoint"""

_SELECT_ENDPOINT = f"""-- select_webhook_endpoint
select{_ENDPOINT_COLUMNS}
where
  coalesce(endpoint.employer_id, endpoint.vendor_id) is not distinct from $1
  and endpoint.endpoint_id = $2
"""


async def select_endpoint(rows: Rows, owner_id: UUID, endpoint_id: UUID, at: datetime) -> WebhookEndpoint | None:
    return await rows.one(WebhookEndpoint, _SELECT_ENDPOINT, owner_id, endpoint_id, at)


_SELECT_ENDPOINTS = f"""-- select_webhook_endpoints
select{_ENDPOINT_COLUMNS}
where
  (endpoint.employer_id = $1 or (endpoint.employer_id is null and endpoint.vendor_id = $1))
  and endpoint.endpoint_id > $2
  and ($5::uuid is null or endpoint.vendor_id is null or endpoint.vendor_id = $5)
order by endpoint.endpoint_id
limit $4
"""


async def select_endpoints(
    rows: Rows, owner_id: UUID, after: UUID, at: datetime, limit: int, seer: UUID | None
) -> list[WebhookEndpoint]:
    """`seer`: those that this vendor may see; None: all."""
    return await rows.many(WebhookEndpoint, _SELECT_ENDPOINTS, owner_id, after, at, limit, seer)


_LOCK_ENDPOINT = """-- lock_webhook_endpoint
select endpoint_id
from peil.webhook_endpoint
where
  coalesce(employer_id, vendor_id) is not distinct from $1
  and endpoint_id = $2
for update
"""


async def lock_endpoint(rows: Rows, owner_id: UUID, endpoint_id: UUID) -> bool:
    """Holds it until the transaction ends; False where there is none."""
    return await rows.value(_LOCK_ENDPOINT, owner_id, endpoint_id) is not None


_UPDATE_ENDPOINT = """-- update_webhook_endpoint
update peil.webhook_endpoint
set
  url = $3,
  types = $4
where
  coalesce(employer_id, vendor_id) is not distinct from $1
  and endpoint_id = $2
"""


async def update_endpoint(rows: Rows, owner_id: UUID, endpoint_id: UUID, said: WebhookEndpointNew) -> None:
    await rows.execute(_UPDATE_ENDPOINT, owner_id, endpoint_id, said.url, said.types)


_UPDATE_STATE = """-- update_webhook_endpoint_state
update peil.webhook_endpoint
set
  state = $3,
  verified_at = $4,
  disabled_at = null,
  disabled_for = null
where
  coalesce(employer_id, vendor_id) is not distinct from $1
  and endpoint_id = $2
"""


async def update_state(rows: Rows, owner_id: UUID, endpoint_id: UUID, state: str, verified_at: datetime | None) -> None:
    """Makes it wait for its receiver, or active; either way it is disabled no more."""
    await rows.execute(_UPDATE_STATE, owner_id, endpoint_id, state, verified_at)


_DELETE_SECRETS = """-- delete_webhook_secrets
delete from peil.webhook_secret
where
  coalesce(employer_id, vendor_id) is not distinct from $1
  and endpoint_id = $2
"""

_DELETE_ENDPOINT = """-- delete_webhook_endpoint
delete from peil.webhook_endpoint
where
  coalesce(employer_id, vendor_id) is not distinct from $1
  and endpoint_id = $2
"""


async def delete_endpoint(rows: Rows, owner_id: UUID, endpoint_id: UUID) -> None:
    """It is gone with its secrets; what became of events there stays for as long as that is kept."""
    await rows.execute(_DELETE_SECRETS, owner_id, endpoint_id)
    await rows.execute(_DELETE_ENDPOINT, owner_id, endpoint_id)


_INSERT_SIGNING = """-- insert_webhook_secret
insert into peil.webhook_secret (employer_id, vendor_id, endpoint_id, secret_id, created_at)
values ($1, $2, $3, $4, $5)
"""


async def insert_secret(rows: Rows, owner: Owner, endpoint_id: UUID, secret_id: UUID, at: datetime) -> None:
    await rows.execute(_INSERT_SIGNING, *owner, endpoint_id, secret_id, at)


_EXPIRE_SECRETS = """-- expire_webhook_secrets
update peil.webhook_secret
set expires_at = $3
where
  coalesce(employer_id, vendor_id) is not distinct from $1
  and endpoint_id = $2
  and expires_at is null
"""


async def expire_secrets(rows: Rows, owner_id: UUID, endpoint_id: UUID, at: datetime) -> None:
    """Those that had no end sign until `at`."""
    await rows.execute(_EXPIRE_SECRETS, owner_id, endpoint_id, at)


_END_SIGNING = """-- end_webhook_secret
update peil.webhook_secret
set expires_at = $4
where
  coalesce(employer_id, vendor_id) is not distinct from $1
  and endpoint_id = $2
  and secret_id = $3
"""


async def end_secret(rows: Rows, owner_id: UUID, endpoint_id: UUID, secret_id: UUID, at: datetime) -> None:
    """From `at` on nothing is signed by it."""
    await rows.execute(_END_SIGNING, owner_id, endpoint_id, secret_id, at)


_KEEP_SECRETS = """-- keep_webhook_secrets
update peil.webhook_secret
set expires_at = null
where
  coalesce(employer_id, vendor_id) is not distinct from $1
  and endpoint_id = $2
  and expires_at > $3
"""


async def keep_secrets(rows: Rows, owner_id: UUID, endpoint_id: UUID, at: datetime) -> None:
    """Those that sign at `at` have no end any more."""
    await rows.execute(_KEEP_SECRETS, owner_id, endpoint_id, at)
