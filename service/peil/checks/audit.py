"""`peil check audit`: recomputes the chain of every audit trail, or of exports of them."""

from collections.abc import AsyncIterator
from typing import Any, NamedTuple

import asyncpg

from peil.checks.model import CheckError, Line, judge
from peil.settings import PREFIX, Settings, SettingsError
from peil.trail.verify_audit import TEXTS, Entry, findings

_AT_A_TIME = 10_000
_TO_DO = "compare with exports and backups that were kept; somebody wrote to the database beside the service"


class _Trails(NamedTuple):
    """The statements of a table of trails: whose they are, and one chain."""

    select_owners: str
    select_chain: str


async def check_audit(chosen: Settings) -> list[Line]:
    """A line per employer, per vendor and for the operator, also without a chain.

    Raises SettingsError, CheckError where there is no database.
    """
    if not chosen.database_url_owner:
        raise SettingsError(f"the check needs {PREFIX}DATABASE_URL_OWNER")
    try:
        owner = await asyncpg.connect(chosen.database_url_owner)
    except (OSError, asyncpg.PostgresError) as error:
        raise CheckError(f"the database does not let the owner in: {error}") from error
    try:
        await owner.execute("set default_transaction_read_only = on")
        return [
            await _look_at(owner, trails, row)
            for trails in (_OF_EMPLOYERS, _OF_VENDORS)
            for row in await owner.fetch(trails.select_owners)
        ]
    finally:
        await owner.close()


async def _look_at(owner: Any, trails: _Trails, row: Any) -> Line:
    """`row`: whose it is, and whether it has its beginning, chained or not: what is new waits for the worker."""
    last: Entry | None = None
    found = [] if row["begun"] else [f"the creation of {row['first']}, with which a trail begins, is missing"]
    async for entries in _read(owner, trails, row["owner_id"]):
        if last is None and entries[0]["position"] > 1:
            # An export may be a part; the database has the chain from its first entry.
            found.append(TEXTS["missing"][1].format(1, entries[0]["position"] - 1))
        found += [TEXTS[code][1].format(*said) for code, said in findings(entries, last)]
        last = entries[-1]
    head = f"{last['position']} entries, the last hash {last['hash']}" if last else "no entries"
    return judge("audit", f"audit trail of {row['whose']}: {head}", found, _TO_DO)


async def _read(owner: Any, trails: _Trails, owner_id: Any) -> AsyncIterator[list[Entry]]:
    """Some entries at a time, by position."""
    after = 0
    while rows := await owner.fetch(trails.select_chain, owner_id, after, _AT_A_TIME):
        yield [dict(row) for row in rows]
        after = rows[-1]["position"]


_ENTRY = """
select
  audit_id::text as "auditId",
  position,
  to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  actor_kind as "actorKind",
  actor_id::text as "actorId",
  event,
  subject,
  encode(hash, 'hex') as hash"""

_SELECT_AUDITED = """-- select_audited_employers
select
  employer.employer_id as owner_id,
  'employer ' || employer.employer_id as whose,
  'the employer' as first,
  exists (
    select
    from peil.audit as audit
    where
      audit.employer_id = employer.employer_id
      and audit.event = 'create_employer'
  ) as begun
from peil.employer as employer
order by employer.employer_id
"""

_SELECT_CHAIN = f"""-- select_chain{_ENTRY}
from peil.audit
where
  employer_id = $1
  and position > $2
order by position
limit $3
"""

_OF_EMPLOYERS = _Trails(_SELECT_AUDITED, _SELECT_CHAIN)

# The operator's trail begins with its first client; before that there is nobody who could do anything.
_SELECT_AUDITED_VENDORS = """-- select_audited_vendors
select
  vendor.vendor_id as owner_id,
  'vendor ' || vendor.vendor_id as whose,
  'the vendor' as first,
  exists (
    select
    from peil.vendor_audit as audit
    where
      audit.vendor_id = vendor.vendor_id
      and audit.event = 'create_vendor'
  ) as begun
from peil.vendor as vendor
union all
select
  '00000000-0000-0000-0000-000000000000',
  'the operator',
  'a client of the operator',
  exists (
    select
    from peil.vendor_audit as audit
    where
      audit.vendor_id = '00000000-0000-0000-0000-000000000000'
      and audit.event = 'create_operator_client'
  )
where
  exists (
    select
    from peil.client as client
    where
      client.employer_id is null
      and client.vendor_id is null
  )
order by owner_id
"""

_SELECT_VENDOR_CHAIN = f"""-- select_vendor_chain{_ENTRY}
from peil.vendor_audit
where
  vendor_id = $1
  and position > $2
order by position
limit $3
"""

_OF_VENDORS = _Trails(_SELECT_AUDITED_VENDORS, _SELECT_VENDOR_CHAIN)
