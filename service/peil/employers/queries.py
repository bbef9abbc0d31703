"""SQL of employers, policies and preconditions."""

from datetime import datetime
from uuid import UUID

import msgspec

from peil.database import Rows
from peil.employers.model import ConsentNew, CouncilAnswer, EmployerNew, Policy, Precondition, PreconditionNew
from peil.releases.model import Thresholds


class StoredEmployer(msgspec.Struct, frozen=True, kw_only=True):
    """An employer as it is stored."""

    employer_id: UUID
    name: str
    language: str
    external_id: str | None
    sandbox: bool
    clock_at: datetime | None
    created_at: datetime
    vendor_id: UUID | None


_INSERT_EMPLOYER = """-- insert_employer
insert into peil.employer (
  employer_id, name, language, external_id, sandbox, clock_at, created_at, vendor_id, vendor_ids, modified_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, array_remove(array[$8::uuid], null), $9)
"""


async def insert_employer(
    rows: Rows,
    employer_id: UUID,
    new: EmployerNew,
    clock_at: datetime | None,
    at: datetime,
    vendor_id: UUID | None,
    written_at: datetime,
) -> None:
    """`vendor_id`: the vendor that creates it and acts for it from now on; None: the operator does.

    `written_at`: in real time, which is that of whoever has several employers.
    """
    values = (new.name, new.language, new.external_id, new.sandbox, clock_at, at, vendor_id, written_at)
    await rows.execute(_INSERT_EMPLOYER, employer_id, *values)


_SELECT_EMPLOYER = """-- select_employer
select
  employer_id,
  name,
  language,
  external_id,
  sandbox,
  clock_at,
  created_at,
  vendor_id
from peil.employer
where
  employer_id = $1
  and ($2::uuid is null or $2 = any(vendor_ids))
"""


async def select_employer(rows: Rows, employer_id: UUID, vendor_id: UUID | None = None) -> StoredEmployer | None:
    """`vendor_id`: only where this vendor acts for it."""
    return await rows.one(StoredEmployer, _SELECT_EMPLOYER, employer_id, vendor_id)


_SELECT_EMPLOYERS = """-- select_employers
select
  employer_id,
  name,
  language,
  external_id,
  sandbox,
  clock_at,
  created_at,
  vendor_id
from peil.employer
where
  employer_id > $1
  and ($2::uuid is null or employer_id = $2)
  and ($3::uuid is null or $3 = any(vendor_ids))
  and (
    $4::timestamptz is null
    or modified_at > $4
    -- It is new to whom it lets act, and to no other vendor.
    or exists (
      select
      from peil.vendor_link as link
      where
        link.employer_id = employer.employer_id
        and link.vendor_id = $3
        and link.modified_at > $4
    )
  )
order by employer_id
limit $5
"""


async def select_employers(
    rows: Rows, after: UUID, only: UUID | None, vendor_id: UUID | None, since: datetime | None, limit: int
) -> list[StoredEmployer]:
    """Employers after id `after`; `only` one of them, those of a vendor, or all where both are None.

    `since`: only those that were written, or let the vendor act, after this moment, None: whenever.
    """
    return await rows.many(StoredEmployer, _SELECT_EMPLOYERS, after, only, vendor_id, since, limit)


_UPDATE_CLOCK = """-- update_clock
update peil.employer
set
  clock_at = $2,
  modified_at = $3
where employer_id = $1
"""


async def update_clock(rows: Rows, employer_id: UUID, to: datetime, written_at: datetime) -> None:
    """`written_at`: in real time."""
    await rows.execute(_UPDATE_CLOCK, employer_id, to, written_at)


_INSERT_POLICY = """-- insert_policy
insert into peil.policy (employer_id, version, thresholds, created_at)
values ($1, $2, $3, $4)
"""


async def insert_policy(rows: Rows, employer_id: UUID, version: int, thresholds: Thresholds, at: datetime) -> None:
    await rows.execute(_INSERT_POLICY, employer_id, version, thresholds, at)


_SELECT_POLICIES = """-- select_policies
select
  version,
  thresholds,
  created_at
from peil.policy
where
  employer_id = $1
  and version < $2
  and ($3::timestamptz is null or created_at > $3)
order by version desc
limit $4
"""


async def select_policies(
    rows: Rows, employer_id: UUID, before: int, limit: int, *, since: datetime | None = None
) -> list[Policy]:
    """Policies below version `before`, newest first; `since`: only those of after this moment, None: of whenever."""
    return await rows.many(Policy, _SELECT_POLICIES, employer_id, before, since, limit)


_LOCK_EMPLOYER = """-- lock_employer
select pg_advisory_xact_lock(hashtextextended($1::text, 0))
"""


async def lock_employer(rows: Rows, employer_id: UUID) -> None:
    """Lets one change of the employer's policies or directory happen at a time."""
    await rows.value(_LOCK_EMPLOYER, str(employer_id))


_INSERT_PRECONDITION = """-- insert_precondition
insert into peil.precondition (
  employer_id, precondition_id, kind, decided_on, valid_until, document_digest,
  policy_version, mode, languages, entered_by, created_at, modified_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
"""


async def insert_consent(
    rows: Rows, employer_id: UUID, precondition_id: UUID, new: ConsentNew, entered_by: str, at: datetime
) -> None:
    await rows.execute(
        _INSERT_PRECONDITION,
        employer_id,
        precondition_id,
        new.kind,
        new.decided_on,
        new.valid_until,
        new.document_sha256,
        new.policy_version,
        new.mode,
        [],
        entered_by,
        at,
    )


async def insert_precondition(
    rows: Rows, employer_id: UUID, precondition_id: UUID, new: PreconditionNew, entered_by: str, at: datetime
) -> None:
    await rows.execute(
        _INSERT_PRECONDITION,
        employer_id,
        precondition_id,
        new.kind,
        new.decided_on,
        new.valid_until,
        new.document_sha256,
        None,
        None,
        list(new.languages),
        entered_by,
        at,
    )


_PRECONDITION_COLUMNS = """
  precondition_id,
  kind,
  decided_on,
  valid_until,
  document_digest as document_sha256,
  policy_version,
  mode,
  languages,
  entered_by,
  withdrawn_at,
  withdrawn_by,
  created_at"""

_SELECT_PRECONDITION = f"""-- select_precondition
select{_PRECONDITION_COLUMNS}
from peil.precondition
where
  employer_id = $1
  and precondition_id = $2
"""


async def select_precondition(rows: Rows, employer_id: UUID, precondition_id: UUID) -> Precondition | None:
    return await rows.one(Precondition, _SELECT_PRECONDITION, employer_id, precondition_id)


_SELECT_PRECONDITIONS = f"""-- select_preconditions
select{_PRECONDITION_COLUMNS}
from peil.precondition
where
  employer_id = $1
  and precondition_id > $2
  and ($3 or policy_version is null)
  and ($4::timestamptz is null or modified_at > $4)
order by precondition_id
limit $5
"""


async def select_preconditions(
    rows: Rows,
    employer_id: UUID,
    after: UUID,
    limit: int | None,
    *,
    with_consents: bool = True,
    since: datetime | None = None,
) -> list[Precondition]:
    """Everything recorded after id `after`, in order; `limit` None: all.

    `since`: only what was written after this moment, None: whenever.
    """
    return await rows.many(Precondition, _SELECT_PRECONDITIONS, employer_id, after, with_consents, since, limit)


_WITHDRAW_PRECONDITIONS = """-- withdraw_preconditions
update peil.precondition
set
  withdrawn_by = $3,
  withdrawn_at = $4,
  modified_at = $4
where
  employer_id = $1
  and precondition_id = any($2)
"""


async def withdraw_preconditions(
    rows: Rows, employer_id: UUID, precondition_ids: list[UUID], by: str, at: datetime
) -> None:
    await rows.execute(_WITHDRAW_PRECONDITIONS, employer_id, precondition_ids, by, at)


_SELECT_ANSWERS = """-- select_council_answers
select
  policy_version,
  mode,
  state
from peil.consent_request
where employer_id = $1
order by consent_request_id
"""


async def select_council_answers(rows: Rows, employer_id: UUID) -> list[CouncilAnswer]:
    """Everything the works council was asked, oldest first."""
    return await rows.many(CouncilAnswer, _SELECT_ANSWERS, employer_id)
