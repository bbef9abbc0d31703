"""SQL of the secrets of clients.

`owner_id` is the employer, or the vendor whose own client it is; None: the operator.
"""

from datetime import datetime
from uuid import UUID

from peil.access.clients.queries import Owner
from peil.database import Rows

_INSERT_DIGEST = """-- insert_client_secret
insert into peil.client_secret (employer_id, vendor_id, client_id, secret_id, digest, created_at, modified_at)
values ($1, $2, $3, $4, $5, $6, $6)
"""


async def insert_secret(
    rows: Rows, owner: Owner, client_id: UUID, secret_id: UUID, digest: bytes, at: datetime
) -> None:
    await rows.execute(_INSERT_DIGEST, *owner, client_id, secret_id, digest, at)


_EXPIRE_SECRETS = """-- expire_client_secrets
update peil.client_secret
set
  expires_at = $3,
  modified_at = $4
where
  coalesce(employer_id, vendor_id) is not distinct from $1
  and client_id = $2
  and expires_at is null
"""


async def expire_secrets(rows: Rows, owner_id: UUID | None, client_id: UUID, until: datetime, at: datetime) -> None:
    """Those that had no end work until `until`."""
    await rows.execute(_EXPIRE_SECRETS, owner_id, client_id, until, at)


_END_DIGEST = """-- end_client_secret
update peil.client_secret
set
  expires_at = $4,
  modified_at = $4
where
  coalesce(employer_id, vendor_id) is not distinct from $1
  and client_id = $2
  and secret_id = $3
"""


async def end_secret(rows: Rows, owner_id: UUID | None, client_id: UUID, secret_id: UUID, at: datetime) -> None:
    """From `at` on it proves nothing."""
    await rows.execute(_END_DIGEST, owner_id, client_id, secret_id, at)


_KEEP_SECRETS = """-- keep_client_secrets
update peil.client_secret
set
  expires_at = null,
  modified_at = $3
where
  coalesce(employer_id, vendor_id) is not distinct from $1
  and client_id = $2
  and expires_at > $3
"""


async def keep_secrets(rows: Rows, owner_id: UUID | None, client_id: UUID, at: datetime) -> None:
    """Those that work at `at` have no end any more."""
    await rows.execute(_KEEP_SECRETS, owner_id, client_id, at)
