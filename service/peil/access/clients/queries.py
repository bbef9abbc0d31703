"""SQL of clients and of what they prove themselves with.

`owner_id` is the employer, or the vendor whose own client it is; None: the operator.
"""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from peil.access.clients.model import Client, ClientChange, ClientKey
from peil.database import Rows


class StoredClient(msgspec.Struct, frozen=True, kw_only=True):
    """A client as the token endpoint needs it."""

    client_id: UUID
    employer_id: UUID | None
    vendor_id: UUID | None
    roles: list[str]
    origins: list[str]
    public: bool
    keys: list[ClientKey]
    dpop_bound: bool
    digests: list[bytes]
    """SHA-256 of its secrets that work."""
    secret_ids: list[UUID]
    """Their ids, in the same order."""
    state: str
    """revoked also where its vendor is, or may not act for the employer any more: also if it was made just then."""


class Owner(NamedTuple):
    """Whose a client is: an employer's, made by a vendor or not, a vendor's own, or neither: the operator's."""

    employer_id: UUID | None
    vendor_id: UUID | None


_INSERT_CLIENT = """-- insert_client
insert into peil.client (
  client_id, employer_id, vendor_id, name, roles, origins, public, keys, dpop_bound, state, created_at,
  modified_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'active', $10, $10)
"""


async def insert_client(
    rows: Rows, client_id: UUID, owner: Owner, said: ClientChange, roles: list[str], at: datetime, *, public: bool
) -> None:
    await rows.execute(
        _INSERT_CLIENT,
        client_id,
        *owner,
        said.name,
        roles,
        said.origins,
        public,
        said.keys,
        said.dpop_bound,
        at,
    )


_UPDATE_CLIENT = """-- update_client
update peil.client
set
  name = $3,
  origins = $4,
  keys = $5,
  dpop_bound = $6,
  modified_at = $7
where
  coalesce(employer_id, vendor_id) is not distinct from $1
  and client_id = $2
"""


async def update_client(rows: Rows, owner_id: UUID | None, client_id: UUID, said: ClientChange, at: datetime) -> None:
    await rows.execute(_UPDATE_CLIENT, owner_id, client_id, said.name, said.origins, said.keys, said.dpop_bound, at)


_SELECT_STORED_CLIENT = """-- select_stored_client
select
  client.client_id,
  client.employer_id,
  client.vendor_id,
  client.roles,
  client.origins,
  client.public,
  client.keys,
  client.dpop_bound,
  case
    when client.vendor_id is null then client.state
    when not exists (
      select
      from peil.vendor as vendor
      where
        vendor.vendor_id = client.vendor_id
        and vendor.state = 'active'
    ) then 'revoked'
    when client.employer_id is not null and not exists (
      select
      from peil.vendor_link as link
      where
        link.employer_id = client.employer_id
        and link.vendor_id = client.vendor_id
        and link.state = 'active'
    ) then 'revoked'
    else client.state
  end as state,
  array(
    select secret.digest
    from peil.client_secret as secret
    where
      secret.employer_id is not distinct from client.employer_id
      and secret.client_id = client.client_id
      and (secret.expires_at is null or secret.expires_at > $2)
    order by secret.secret_id
  ) as digests,
  array(
    select secret.secret_id
    from peil.client_secret as secret
    where
      secret.employer_id is not distinct from client.employer_id
      and secret.client_id = client.client_id
      and (secret.expires_at is null or secret.expires_at > $2)
    order by secret.secret_id
  ) as secret_ids
from peil.client as client
where client.client_id = $1
"""


async def select_stored_client(rows: Rows, client_id: UUID, at: datetime) -> StoredClient | None:
    return await rows.one(StoredClient, _SELECT_STORED_CLIENT, client_id, at)


_SELECT_LINK_STATE = """-- select_vendor_link_state
select state
from peil.vendor_link
where
  employer_id = $1
  and vendor_id = $2
"""


async def select_link_state(rows: Rows, employer_id: UUID | None, vendor_id: UUID | None) -> str | None:
    """waiting, active or ended; None: the vendor has no link to the employer."""
    state: str | None = await rows.value(_SELECT_LINK_STATE, employer_id, vendor_id)
    return state


_CLIENT_COLUMNS = """
  client.client_id,
  client.vendor_id as made_by,
  client.name,
  client.roles,
  client.origins,
  client.public,
  client.keys,
  client.dpop_bound,
  client.state,
  client.created_at,
  (
    select
      coalesce(
        jsonb_agg(
          jsonb_build_object(
            'secretId', secret.secret_id, 'createdAt', secret.created_at, 'expiresAt', secret.expires_at
          ) order by secret.secret_id
        ),
        '[]'
      )
    from peil.client_secret as secret
    where
      secret.client_id = client.client_id
      and (secret.expires_at is null or secret.expires_at > $3)
  ) as secrets"""

_SELECT_CLIENT = f"""-- select_client
select{_CLIENT_COLUMNS}
from peil.client as client
where
  coalesce(client.employer_id, client.vendor_id) is not distinct from $1
  and client.client_id = $2
  and ($4::uuid is null or client.vendor_id is null or client.vendor_id = $4)
"""


async def select_client(
    rows: Rows, owner_id: UUID | None, client_id: UUID, at: datetime, seer: UUID | None
) -> Client | None:
    """`seer`: as this vendor may see it; None: as anybody else."""
    return await rows.one(Client, _SELECT_CLIENT, owner_id, client_id, at, seer)


_LOCK_CLIENT = """-- lock_client
select client_id
from peil.client
where
  coalesce(employer_id, vendor_id) is not distinct from $1
  and client_id = $2
for update
"""


async def lock_client(rows: Rows, owner_id: UUID | None, client_id: UUID) -> bool:
    """Holds it until the transaction ends; False where there is none."""
    return await rows.value(_LOCK_CLIENT, owner_id, client_id) is not None


# A secret that is over is told no longer, and nobody writes that.
_CHANGED = """(
    $4::timestamptz is null
    or client.modified_at > $4
    or exists (
      select
      from peil.client_secret as written
      where
        written.client_id = client.client_id
        and (written.modified_at > $4 or written.expires_at > $4 and written.expires_at <= $3)
    )
  )"""

_SELECT_CLIENTS = f"""-- select_clients
select{_CLIENT_COLUMNS}
from peil.client as client
where
  (
    client.employer_id = $1
    or (client.employer_id is null and client.vendor_id = $1)
    or ($1::uuid is null and client.employer_id is null and client.vendor_id is null)
  )
  and client.client_id > $2
  and {_CHANGED}
  and ($6::uuid is null or client.vendor_id is null or client.vendor_id = $6)
order by client.client_id
limit $5
"""


async def select_clients(
    rows: Rows, owner_id: UUID | None, after: UUID, at: datetime, since: datetime | None, limit: int, seer: UUID | None
) -> list[Client]:
    """Those after an id, as they are at `at`, that this vendor (`seer`) may see; None: all.

    `since`: only what has changed after this moment, None: whenever.
    """
    return await rows.many(Client, _SELECT_CLIENTS, owner_id, after, at, since, limit, seer)


_HAS_HAD_ADMINISTRATOR = """-- has_had_administrator
select exists (
  select
  from peil.client
  where
    employer_id = $1
    and 'administrator' = any(roles)
)
"""


async def has_had_administrator(rows: Rows, employer_id: UUID) -> bool:
    """Whether a client of an administrator was ever made, also one that is revoked."""
    return bool(await rows.value(_HAS_HAD_ADMINISTRATOR, employer_id))


_REVOKE_CLIENT = """-- revoke_client
update peil.client
set
  state = 'revoked',
  modified_at = $3
where
  coalesce(employer_id, vendor_id) is not distinct from $1
  and client_id = $2
  and state = 'active'
"""


async def revoke_client(rows: Rows, owner_id: UUID | None, client_id: UUID, at: datetime) -> bool:
    """False where that was done before."""
    return await rows.execute(_REVOKE_CLIENT, owner_id, client_id, at) > 0


_USE_ASSERTION = """-- use_assertion
insert into peil.used_assertion (employer_id, client_id, jti_digest, expires_at)
values ($1, $2, $3, $4)
on conflict on constraint used_assertion_pkey do nothing
"""


async def use_assertion(rows: Rows, client: StoredClient, jti_digest: bytes, expires_at: datetime) -> bool:
    """Remembers an assertion until it is over; False where it was used before."""
    return await rows.execute(_USE_ASSERTION, client.employer_id, client.client_id, jti_digest, expires_at) > 0
