"""SQL of answer tokens: somebody's line in the ledger of a wave, and the waves somebody is invited to."""

import secrets
from datetime import date, datetime
from uuid import UUID

from peil.database import Rows
from peil.participation.model import InvitedTo, LedgerLine

_SELECT_LINE = """-- select_ledger_line
select
  key_id,
  blinded_digest
from participation.invitation
where
  employer_id = $1
  and wave_id = $2
  and person_id = $3
"""


async def select_line(rows: Rows, employer_id: UUID, wave_id: UUID, person_id: UUID) -> LedgerLine | None:
    """Somebody's line; None: not invited. Locks nothing, since a lock would stay in the line as xmax."""
    return await rows.one(LedgerLine, _SELECT_LINE, employer_id, wave_id, person_id)


_LOCK_LINE = f"""{_SELECT_LINE.replace("select_ledger_line", "lock_ledger_line")}for no key update
"""


async def lock_line(rows: Rows, employer_id: UUID, wave_id: UUID, person_id: UUID) -> LedgerLine | None:
    """The same, and nobody else changes it until the transaction ends. Who locks it writes it."""
    return await rows.one(LedgerLine, _LOCK_LINE, employer_id, wave_id, person_id)


_UPDATE_ISSUED = """-- update_issued
with
  below as (
    select person_id
    from participation.invitation
    where
      employer_id = $1
      and wave_id = $2
      and key_id = $4
      and issued_on is not null
      and person_id < $3
    order by person_id desc
    limit $7
    for no key update skip locked
  ),
  above as (
    select person_id
    from participation.invitation
    where
      employer_id = $1
      and wave_id = $2
      and key_id = $4
      and issued_on is not null
      and person_id > $3
    order by person_id
    limit 32 - (select count(*) from below)
    for no key update skip locked
  ),
  farther as (
    select person_id
    from participation.invitation
    where
      employer_id = $1
      and wave_id = $2
      and key_id = $4
      and issued_on is not null
      and person_id < coalesce((select min(person_id::text)::uuid from below), $3)
    order by person_id desc
    limit 32 - (select count(*) from below) - (select count(*) from above)
    for no key update skip locked
  )
update participation.invitation
set
  issued_on = case when person_id = $3 then $5 else issued_on end,
  blinded_digest = case when person_id = $3 then $6 else blinded_digest end
where
  employer_id = $1
  and wave_id = $2
  and (
    person_id = $3
    or person_id in (select person_id from below)
    or person_id in (select person_id from above)
    or person_id in (select person_id from farther)
  )
"""


async def update_issued(
    rows: Rows, employer_id: UUID, wave_id: UUID, person_id: UUID, key_id: UUID, on: date, digest: bytes
) -> None:
    """Notes the token in somebody's line, and writes its neighbours anew with it, so many below it as chance decides.

    A line's transaction id would else be its rank among those who got a token, and whoever answers at once has the
    same rank among the envelopes. The line stands among its neighbours: one that stood apart from them would show.
    They are neighbours among those who have a token, for with lines of others it would still be told from them.
    """
    await rows.execute(_UPDATE_ISSUED, employer_id, wave_id, person_id, key_id, on, digest, secrets.randbelow(33))


_SELECT_INVITED_TO = """-- select_invited_to
select
  wave.wave_id,
  wave.name,
  wave.kind,
  wave.state,
  wave.mode,
  wave.instrument_id,
  wave.languages,
  wave.opens_at,
  wave.closes_at,
  wave.zone,
  wave.manifest_sha256,
  reporting_group.unit_id,
  unit.name as unit_name,
  reporting_group.invited,
  reporting_group.key_id,
  reporting_group.public_key,
  invitation.issued_on
from participation.invitation as invitation
join peil.wave as wave on
  wave.employer_id = invitation.employer_id
  and wave.wave_id = invitation.wave_id
join participation.reporting_group as reporting_group on
  reporting_group.employer_id = invitation.employer_id
  and reporting_group.wave_id = invitation.wave_id
  and reporting_group.key_id = invitation.key_id
join peil.wave_unit as unit on
  unit.employer_id = reporting_group.employer_id
  and unit.wave_id = reporting_group.wave_id
  and unit.unit_id = reporting_group.unit_id
where
  invitation.employer_id = $1
  and invitation.person_id = $2
  and wave.state in ('ready', 'open')
  and (wave.opens_at, wave.wave_id) > ($3, $4)
order by
  wave.opens_at,
  wave.wave_id
limit $5
"""


async def select_invited_to(
    rows: Rows, employer_id: UUID, person_id: UUID, after: tuple[datetime, UUID], limit: int
) -> list[InvitedTo]:
    """The waves somebody is invited to and that are not over, in the order in which they open."""
    return await rows.many(InvitedTo, _SELECT_INVITED_TO, employer_id, person_id, *after, limit)
