"""SQL of issuers."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from peil.access.issuers.model import Issuer, IssuerChange, IssuerNew, IssuerState, Profile, Registered, Tenant
from peil.database import Rows


class StoredIssuer(msgspec.Struct, frozen=True, kw_only=True):
    """An issuer as verification needs it."""

    issuer_id: UUID
    employer_id: UUID
    issuer: str
    audience: str
    tenant: Tenant | None
    profile: Profile
    jwks_url: str | None
    algorithms: list[str]
    identity_claim: str
    directory_attribute: str
    role_claim: str | None
    role_mapping: dict[str, str]
    origins: list[str]
    inline_form_by: str | None


_INSERT_ISSUER = """-- insert_issuer
insert into peil.issuer (
  issuer_id, employer_id, issuer, audience, tenant, state, created_at,
  profile, jwks_url, identity_claim, directory_attribute, algorithms, role_claim, role_mapping, origins, inline_form_by,
  modified_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
"""


async def insert_issuer(
    rows: Rows,
    issuer_id: UUID,
    employer_id: UUID,
    new: IssuerNew,
    state: IssuerState,
    at: datetime,
    written_at: datetime,
) -> None:
    """`new` with what its profile says filled in; `written_at` in real time, as are the days of sign-ins."""
    values = (new.issuer, new.audience, new.tenant, state, at, *_changeable(new), written_at)
    await rows.execute(_INSERT_ISSUER, issuer_id, employer_id, *values)


_UPDATE_ISSUER = """-- update_issuer
update peil.issuer
set
  profile = $3,
  jwks_url = $4,
  identity_claim = $5,
  directory_attribute = $6,
  algorithms = $7,
  role_claim = $8,
  role_mapping = $9,
  origins = $10,
  inline_form_by = $11,
  modified_at = $12
where
  employer_id = $1
  and issuer_id = $2
"""


async def update_issuer(
    rows: Rows, employer_id: UUID, issuer_id: UUID, said: IssuerChange, written_at: datetime
) -> None:
    """`said` with what its profile says filled in; `written_at` as in `insert_issuer`."""
    await rows.execute(_UPDATE_ISSUER, employer_id, issuer_id, *_changeable(said), written_at)


def _changeable(said: IssuerChange) -> tuple[object, ...]:
    return (
        said.profile,
        said.jwks_url,
        said.identity_claim,
        "external_id" if said.directory_attribute == "externalId" else "user_name",
        list(said.algorithms),
        said.role_claim,
        said.role_mapping,
        said.origins,
        said.inline_form_by,
    )


_ISSUER_COLUMNS = """
  issuer_id,
  issuer,
  audience,
  tenant,
  profile,
  jwks_url,
  identity_claim,
  case directory_attribute when 'external_id' then 'externalId' else 'userName' end as directory_attribute,
  algorithms,
  role_claim,
  role_mapping,
  origins,
  inline_form_by,
  state,
  created_at,
  (
    select coalesce(sum(unknown.count), 0)::integer
    from peil.unknown_sign_in as unknown
    where
      unknown.employer_id = issuer.employer_id
      and unknown.issuer_id = issuer.issuer_id
      and unknown."on" > $3
  ) as not_in_directory"""

_SELECT_ISSUER = f"""-- select_issuer
select{_ISSUER_COLUMNS}
from peil.issuer
where
  employer_id = $1
  and issuer_id = $2
"""


async def select_issuer(rows: Rows, employer_id: UUID, issuer_id: UUID, since: date) -> Issuer | None:
    """With the sign-ins of nobody in the directory after the day `since`."""
    return await rows.one(Issuer, _SELECT_ISSUER, employer_id, issuer_id, since)


_LOCK_ISSUER = """-- lock_issuer
select issuer_id
from peil.issuer
where
  employer_id = $1
  and issuer_id = $2
for update
"""


async def lock_issuer(rows: Rows, employer_id: UUID, issuer_id: UUID) -> None:
    """Holds it until the transaction ends."""
    await rows.value(_LOCK_ISSUER, employer_id, issuer_id)


# Of sign-ins only the day is kept: those of the whole day count, and so do those that are told no longer.
_CHANGED = """(
    $4::timestamptz is null
    or modified_at > $4
    or exists (
      select
      from peil.unknown_sign_in as unknown
      where
        unknown.employer_id = issuer.employer_id
        and unknown.issuer_id = issuer.issuer_id
        and (unknown."on" >= $5 or unknown."on" > $6 and unknown."on" <= $3)
    )
  )"""

_SELECT_ISSUERS = f"""-- select_issuers
select{_ISSUER_COLUMNS}
from peil.issuer
where
  employer_id = $1
  and issuer_id > $2
  and {_CHANGED}
order by issuer_id
limit $7
"""


class Changed(NamedTuple):
    """Since when something is to have changed: the moment, its day, and after which day sign-ins were told then."""

    since: datetime
    on: date
    told_since: date


async def select_issuers(
    rows: Rows, employer_id: UUID, after: UUID, since: date, changed: Changed | None, limit: int
) -> list[Issuer]:
    """Each with the sign-ins of nobody in the directory after the day `since`; `changed` None: whenever."""
    asked = changed or (None, None, None)
    return await rows.many(Issuer, _SELECT_ISSUERS, employer_id, after, since, *asked, limit)


_SELECT_NAMED_ISSUERS = f"""-- select_named_issuers
select{_ISSUER_COLUMNS}
from peil.issuer
where
  employer_id = $1
  and issuer = $2
order by issuer_id
"""


async def select_named_issuers(rows: Rows, employer_id: UUID, issuer: str, since: date) -> list[Issuer]:
    """All that this employer has registered under this name, in whatever state."""
    return await rows.many(Issuer, _SELECT_NAMED_ISSUERS, employer_id, issuer, since)


_LOCK_NAME = """-- lock_issuer_name
select pg_advisory_xact_lock(hashtextextended('issuer/' || $1::text, 0))
"""

_SELECT_REGISTERED = """-- select_registered_elsewhere
select tenant
from peil.issuer
where
  employer_id <> $1
  and issuer = $2
  and audience = $3
  and state = 'active'
order by issuer_id
"""


async def select_registered_elsewhere(rows: Rows, employer_id: UUID, issuer: str, audience: str) -> list[Registered]:
    """What other employers have active of it; none becomes active until the transaction ends."""
    await rows.execute(_LOCK_NAME, issuer)
    async with rows.of_everybody():
        return await rows.many(Registered, _SELECT_REGISTERED, employer_id, issuer, audience)


_COUNT_UNKNOWN = """-- count_unknown_sign_in
insert into peil.unknown_sign_in as unknown (employer_id, issuer_id, "on", count)
values ($1, $2, $3, 1)
on conflict on constraint unknown_sign_in_pkey do update set count = unknown.count + 1
"""


async def count_unknown(rows: Rows, employer_id: UUID, issuer_id: UUID, on: date) -> None:
    """One more sign-in of somebody whom the directory does not know."""
    await rows.execute(_COUNT_UNKNOWN, employer_id, issuer_id, on)


_FORGET_UNKNOWN = """-- forget_unknown_sign_ins
delete from peil.unknown_sign_in
where
  employer_id = $1
  and issuer_id = $2
  and "on" <= $3
"""


async def forget_unknown(rows: Rows, employer_id: UUID, issuer_id: UUID, until: date) -> None:
    """Those that nobody is told of any more."""
    await rows.execute(_FORGET_UNKNOWN, employer_id, issuer_id, until)


_CONFIRM_ISSUER = """-- confirm_issuer
update peil.issuer
set
  state = 'active',
  modified_at = $3
where
  employer_id = $1
  and issuer_id = $2
  and state = 'inactive'
"""


async def confirm_issuer(rows: Rows, employer_id: UUID, issuer_id: UUID, written_at: datetime) -> bool:
    """False where it did not wait for that."""
    return await rows.execute(_CONFIRM_ISSUER, employer_id, issuer_id, written_at) > 0


_REVOKE_ISSUER = """-- revoke_issuer
update peil.issuer
set
  state = 'revoked',
  modified_at = $3
where
  employer_id = $1
  and issuer_id = $2
  and state <> 'revoked'
"""


async def revoke_issuer(rows: Rows, employer_id: UUID, issuer_id: UUID, written_at: datetime) -> bool:
    """False where that was done before."""
    return await rows.execute(_REVOKE_ISSUER, employer_id, issuer_id, written_at) > 0


_STORED_ISSUER = """
  issuer_id,
  employer_id,
  issuer,
  audience,
  tenant,
  profile,
  jwks_url,
  algorithms,
  identity_claim,
  directory_attribute,
  role_claim,
  role_mapping,
  origins,
  inline_form_by"""

_SELECT_ACTIVE_ISSUERS = f"""-- select_active_issuers
select{_STORED_ISSUER}
from peil.issuer
where
  issuer = $1
  and state = 'active'
order by issuer_id
"""


async def select_active_issuers(rows: Rows, issuer: str) -> list[StoredIssuer]:
    return await rows.many(StoredIssuer, _SELECT_ACTIVE_ISSUERS, issuer)


_SELECT_ACTIVE_ISSUER = f"""-- select_active_issuer
select{_STORED_ISSUER}
from peil.issuer
where
  employer_id = $1
  and issuer_id = $2
  and state = 'active'
"""


async def select_active_issuer(rows: Rows, employer_id: UUID, issuer_id: UUID) -> StoredIssuer | None:
    return await rows.one(StoredIssuer, _SELECT_ACTIVE_ISSUER, employer_id, issuer_id)
