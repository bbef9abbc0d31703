"""Chains the audit rows of each trail, so that nothing in it can be changed without being seen."""

from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

import msgspec

from peil.database import Rows
from peil.operation import Transaction
from peil.structs import encode
from peil.worker import WorkerParts


class AuditRow(msgspec.Struct, frozen=True, kw_only=True):
    """An audit row as its hash covers it."""

    audit_id: UUID
    at: str
    actor_kind: str
    actor_id: UUID
    event: str
    subject: str


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """The end of the chain."""

    position: int
    hash: bytes


class Trails(NamedTuple):
    """The statements of a table of trails; whose trail it is comes first in each."""

    select_unchained: str
    select_last: str
    chain: str


async def chain_audit(tx: Transaction, _: WorkerParts, __: UUID) -> None:
    """Adds the new audit rows to the employer's chain: each hash covers the row and the hash before."""
    await _chain(tx, _OF_EMPLOYERS, tx.employer_id)


async def chain_vendor_audit(parts: WorkerParts) -> int:
    """Adds the new audit rows of each vendor, and of the operator, to their own chain; tells how many chains grew.

    Nothing is due for them: what is due is an employer's.
    """
    async with parts.database.transaction(None, service=True) as rows:
        owners = await rows.many(UUID, _SELECT_OWNERS)
    grown = 0
    for owner_id in owners:
        async with parts.database.transaction(None, service=True) as rows:
            grown += await _chain(rows, _OF_VENDORS, owner_id) > 0
    return grown


async def _chain(rows: Rows, trails: Trails, owner_id: UUID) -> int:
    # They are held before the end of the chain is read: another worker that has them waits, and then finds none.
    new = await rows.many(AuditRow, trails.select_unchained, owner_id)
    last = await rows.one(Link, trails.select_last, owner_id) or Link(position=0, hash=b"")
    for row in new:
        last = Link(position=last.position + 1, hash=chain(last.hash, row))
        await rows.execute(trails.chain, owner_id, row.audit_id, last.position, last.hash)
    return len(new)


def chain(previous: bytes, row: AuditRow) -> bytes:
    """SHA-256 over the previous hash and the canonical JSON of the row."""
    return sha256(previous + encode(row)).digest()


_AUDIT_COLUMNS = """
  audit_id,
  to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  actor_kind,
  actor_id,
  event,
  subject"""

_SELECT_UNCHAINED = f"""-- select_unchained_audit
select{_AUDIT_COLUMNS}
from peil.audit
where
  employer_id = $1
  and position is null
order by audit_id
for update
"""

_SELECT_LAST = """-- select_last_audit
select
  position,
  hash
from peil.audit
where
  employer_id = $1
  and position is not null
order by position desc
limit 1
"""

_CHAIN = """-- chain_audit
update peil.audit
set
  position = $3,
  hash = $4
where
  employer_id = $1
  and audit_id = $2
"""

_OF_EMPLOYERS = Trails(_SELECT_UNCHAINED, _SELECT_LAST, _CHAIN)

_SELECT_OWNERS = """-- select_unchained_vendors
select distinct vendor_id
from peil.vendor_audit
where position is null
order by vendor_id
"""

_SELECT_UNCHAINED_OF_VENDOR = f"""-- select_unchained_vendor_audit
select{_AUDIT_COLUMNS}
from peil.vendor_audit
where
  vendor_id = $1
  and position is null
order by audit_id
for update
"""

_SELECT_LAST_OF_VENDOR = """-- select_last_vendor_audit
select
  position,
  hash
from peil.vendor_audit
where
  vendor_id = $1
  and position is not null
order by position desc
limit 1
"""

_CHAIN_OF_VENDOR = """-- chain_vendor_audit
update peil.vendor_audit
set
  position = $3,
  hash = $4
where
  vendor_id = $1
  and audit_id = $2
"""

_OF_VENDORS = Trails(_SELECT_UNCHAINED_OF_VENDOR, _SELECT_LAST_OF_VENDOR, _CHAIN_OF_VENDOR)
