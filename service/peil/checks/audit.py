"""`peil check audit`: recomputes the chain of every employer's audit trail, or of exports of it."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg

from peil.checks.model import CheckError, Line, judge
from peil.settings import PREFIX, Settings, SettingsError
from peil.trail.verify_audit import TEXTS, Entry, findings

_AT_A_TIME = 10_000
_TO_DO = "compare with exports and backups that were kept; somebody wrote to the database beside the service"


async def check_audit(chosen: Settings) -> list[Line]:
    """A line per employer, also of one without a chain. Raises SettingsError, CheckError where there is no database."""
    if not chosen.database_url_owner:
        raise SettingsError(f"the check needs {PREFIX}DATABASE_URL_OWNER")
    try:
        owner = await asyncpg.connect(chosen.database_url_owner)
    except (OSError, asyncpg.PostgresError) as error:
        raise CheckError(f"the database does not let the owner in: {error}") from error
    try:
        await owner.execute("set default_transaction_read_only = on")
        return [
            await _look_at(owner, row["employer_id"], begun=row["begun"]) for row in await owner.fetch(_SELECT_AUDITED)
        ]
    finally:
        await owner.close()


async def _look_at(owner: Any, employer_id: Any, *, begun: bool) -> Line:
    """`begun`: the trail has the employer's creation, chained or not; what is new waits for the worker to chain it."""
    last: Entry | None = None
    found = [] if begun else ["the creation of the employer, with which a trail begins, is missing"]
    async for entries in _read(owner, employer_id):
        if last is None and entries[0]["position"] > 1:
            # An export may be a part; the database has the chain from its first entry.
            found.append(TEXTS["missing"][1].format(1, entries[0]["position"] - 1))
        found += [TEXTS[code][1].format(*said) for code, said in findings(entries, last)]
        last = entries[-1]
    head = f"{last['position']} entries, the last hash {last['hash']}" if last else "no entries"
    return judge("audit", f"audit trail of employer {employer_id}: {head}", found, _TO_DO)


async def _read(owner: Any, employer_id: Any) -> AsyncIterator[list[Entry]]:
    """Some entries at a time, by position."""
    after = 0
    while rows := await owner.fetch(_SELECT_CHAIN, employer_id, after, _AT_A_TIME):
        yield [dict(row) for row in rows]
        after = rows[-1]["position"]


_SELECT_AUDITED = """-- select_audited_employers
select
  employer.employer_id,
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

_SELECT_CHAIN = """-- select_chain
select
  audit_id::text as "auditId",
  position,
  to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  actor_kind as "actorKind",
  actor_id::text as "actorId",
  event,
  subject,
  encode(hash, 'hex') as hash
from peil.audit
where
  employer_id = $1
  and position > $2
order by position
limit $3
"""
