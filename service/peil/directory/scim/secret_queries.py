"""SQL of the secrets of SCIM connections."""

from datetime import datetime
from uuid import UUID

from peil.database import Rows
from peil.directory.scim.model import ScimSecret, Secret

_INSERT_DIGEST = """-- insert_scim_secret
insert into peil.scim_secret (
  employer_id, connection_id, secret_id, digest, created_at, modified_at, expires_at, made_by
)
values ($1, $2, $3, $4, $5, $5, $6, $7)
"""


async def insert_secret(
    rows: Rows,
    employer_id: UUID,
    connection_id: UUID,
    secret_id: UUID,
    digest: bytes,
    at: datetime,
    end: datetime,
    made_by: UUID | None,
) -> None:
    """`made_by`: the vendor that makes it; None: none does."""
    await rows.execute(_INSERT_DIGEST, employer_id, connection_id, secret_id, digest, at, end, made_by)


_SHORTEN_SECRETS = """-- shorten_scim_secrets
update peil.scim_secret
set
  expires_at = $3,
  cut_from = coalesce(cut_from, expires_at),
  modified_at = $5
where
  employer_id = $1
  and connection_id = $2
  and expires_at > $3
  and ($4::uuid is null or made_by = $4)
"""


async def shorten_secrets(
    rows: Rows, employer_id: UUID, connection_id: UUID, until: datetime, made_by: UUID | None, at: datetime
) -> None:
    """None works longer than `until`; `made_by`: only those that this vendor made are cut short, None: all."""
    await rows.execute(_SHORTEN_SECRETS, employer_id, connection_id, until, made_by, at)


_END_DIGEST = """-- end_scim_secret
update peil.scim_secret
set
  expires_at = $4,
  modified_at = $4
where
  employer_id = $1
  and connection_id = $2
  and secret_id = $3
  and ($5::uuid is null or made_by = $5)
"""


async def end_secret(
    rows: Rows, employer_id: UUID, connection_id: UUID, secret_id: UUID, at: datetime, made_by: UUID | None
) -> bool:
    """From `at` on it proves nothing; False where `made_by` is a vendor and did not make it."""
    return await rows.execute(_END_DIGEST, employer_id, connection_id, secret_id, at, made_by) > 0


_KEEP_DIGEST = """-- keep_scim_secret
update peil.scim_secret
set
  expires_at = cut_from,
  cut_from = null,
  modified_at = $3
where
  employer_id = $1
  and connection_id = $2
  and expires_at > $3
  and cut_from is not null
returning
  secret_id,
  created_at,
  expires_at
"""


async def keep_secret(rows: Rows, employer_id: UUID, connection_id: UUID, at: datetime) -> ScimSecret | None:
    """The one that is left at `at` gets the term back that was cut; None: it was not."""
    return await rows.one(ScimSecret, _KEEP_DIGEST, employer_id, connection_id, at)


_SELECT_DIGEST = """-- select_scim_secret
select
  employer_id,
  connection_id,
  digest
from peil.scim_secret
where
  digest = $1
  and expires_at > $2
"""


async def select_secret(rows: Rows, digest: bytes, at: datetime) -> Secret | None:
    """The secret with this digest, of whichever employer, where it works at `at`."""
    return await rows.one(Secret, _SELECT_DIGEST, digest, at)


_SELECT_ENDING = """-- select_scim_secret_end
select secret.connection_id
from peil.scim_secret as secret
join peil.scim_connection as connection on
  connection.employer_id = secret.employer_id
  and connection.connection_id = secret.connection_id
where
  secret.employer_id = $1
  and secret.secret_id = $2
  and secret.expires_at > $3
  and connection.state <> 'revoked'
  and not exists (
    select
    from peil.scim_secret as later
    where
      later.employer_id = secret.employer_id
      and later.connection_id = secret.connection_id
      and later.expires_at > secret.expires_at
  )
"""


async def select_ending(rows: Rows, employer_id: UUID, secret_id: UUID, at: datetime) -> UUID | None:
    """The connection of a secret that works at `at` and is the last to end; None: another one took its place."""
    found: UUID | None = await rows.value(_SELECT_ENDING, employer_id, secret_id, at)
    return found
