"""SQL of permissions to ask instruments."""

from datetime import datetime
from uuid import UUID

from peil.database import Rows
from peil.instruments.licensing_model import Permission, PermissionNew

_INSERT = """-- insert_permission
insert into peil.permission (
  employer_id, permission_id, instrument_id, reference, holder, number, valid_from, valid_until,
  commercial_use, modification_allowed, attribution, document_digest, recorded_at,
  modified_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)
"""


async def insert_permission(
    rows: Rows, employer_id: UUID, permission_id: UUID, instrument_id: UUID, new: PermissionNew, at: datetime
) -> None:
    await rows.execute(
        _INSERT,
        employer_id,
        permission_id,
        instrument_id,
        new.reference,
        new.holder,
        new.number,
        new.valid_from,
        new.valid_until,
        new.commercial_use,
        new.modification_allowed,
        new.attribution,
        new.document_sha256,
        at,
    )


_COLUMNS = """
  permission_id,
  instrument_id,
  reference,
  holder,
  number,
  valid_from,
  valid_until,
  commercial_use,
  modification_allowed,
  attribution,
  document_digest as document_sha256,
  recorded_at,
  revoked_at
from peil.permission"""

_SELECT = f"""-- select_permission
select{_COLUMNS}
where
  employer_id = $1
  and permission_id = $2
"""


async def select_permission(rows: Rows, employer_id: UUID, permission_id: UUID) -> Permission | None:
    return await rows.one(Permission, _SELECT, employer_id, permission_id)


_LOCK = f"""-- lock_permission
select{_COLUMNS}
where
  employer_id = $1
  and permission_id = $2
for no key update
"""


async def lock_permission(rows: Rows, employer_id: UUID, permission_id: UUID) -> Permission | None:
    """A permission that nobody else revokes until the transaction ends."""
    return await rows.one(Permission, _LOCK, employer_id, permission_id)


_SELECT_MANY = f"""-- select_permissions
select{_COLUMNS}
where
  employer_id = $1
  and instrument_id = $2
  and permission_id > $3
  and ($4::timestamptz is null or modified_at > $4)
order by permission_id
limit $5
"""


async def select_permissions(
    rows: Rows, employer_id: UUID, instrument_id: UUID, after: UUID, since: datetime | None, limit: int | None
) -> list[Permission]:
    """Those of an instrument after an id; `limit` None: all.

    `since`: only what was written after this moment, None: whenever.
    """
    return await rows.many(Permission, _SELECT_MANY, employer_id, instrument_id, after, since, limit)


_REVOKE = """-- revoke_permission
update peil.permission
set
  revoked_at = $3,
  modified_at = $3
where
  employer_id = $1
  and permission_id = $2
"""


async def revoke_permission(rows: Rows, employer_id: UUID, permission_id: UUID, at: datetime) -> None:
    await rows.execute(_REVOKE, employer_id, permission_id, at)


_DELETE = """-- delete_permissions
delete from peil.permission
where
  employer_id = $1
  and instrument_id = $2
"""


async def delete_permissions(rows: Rows, employer_id: UUID, instrument_id: UUID) -> None:
    await rows.execute(_DELETE, employer_id, instrument_id)
