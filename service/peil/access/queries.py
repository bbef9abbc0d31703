"""SQL of issuers and who a person is."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from peil.access.model import Issuer, IssuerNew, IssuerState
from peil.database import Rows


class StoredIssuer(msgspec.Struct, frozen=True, kw_only=True):
    """An issuer as verification needs it."""

    issuer_id: UUID
    employer_id: UUID
    issuer: str
    audience: str
    jwks_url: str
    algorithms: list[str]
    identity_claim: str
    directory_attribute: str
    role_claim: str | None
    role_mapping: dict[str, str]
    origins: list[str]
    inline_form_by: str | None


class KnownPerson(msgspec.Struct, frozen=True, kw_only=True):
    """A person as an actor: where they belong and what they manage today."""

    person_id: UUID
    units: list[UUID]
    managed: list[UUID]


class KnownEmployer(msgspec.Struct, frozen=True, kw_only=True):
    """What every request must know of its employer."""

    sandbox: bool
    language: str
    clock_at: datetime | None


_INSERT_ISSUER = """-- insert_issuer
insert into peil.issuer (
  issuer_id, employer_id, issuer, audience, jwks_url, algorithms,
  identity_claim, directory_attribute, role_claim, role_mapping, origins, inline_form_by, state, created_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
"""


async def insert_issuer(
    rows: Rows,
    issuer_id: UUID,
    employer_id: UUID,
    new: IssuerNew,
    attribute: str,
    state: IssuerState,
    at: datetime,
) -> None:
    await rows.execute(
        _INSERT_ISSUER,
        issuer_id,
        employer_id,
        new.issuer,
        new.audience,
        new.jwks_url,
        list(new.algorithms),
        new.identity_claim,
        attribute,
        new.role_claim,
        new.role_mapping,
        new.origins,
        new.inline_form_by,
        state,
        at,
    )


_ISSUER_COLUMNS = """
  issuer_id,
  issuer,
  audience,
  jwks_url,
  identity_claim,
  case directory_attribute when 'external_id' then 'externalId' else 'userName' end as directory_attribute,
  algorithms,
  role_claim,
  role_mapping,
  origins,
  inline_form_by,
  state,
  created_at"""

_SELECT_ISSUER = f"""-- select_issuer
select{_ISSUER_COLUMNS}
from peil.issuer
where
  employer_id = $1
  and issuer_id = $2
"""


async def select_issuer(rows: Rows, employer_id: UUID, issuer_id: UUID) -> Issuer | None:
    return await rows.one(Issuer, _SELECT_ISSUER, employer_id, issuer_id)


_SELECT_ISSUERS = f"""-- select_issuers
select{_ISSUER_COLUMNS}
from peil.issuer
where
  employer_id = $1
  and issuer_id > $2
order by issuer_id
limit $3
"""


async def select_issuers(rows: Rows, employer_id: UUID, after: UUID, limit: int) -> list[Issuer]:
    return await rows.many(Issuer, _SELECT_ISSUERS, employer_id, after, limit)


_CONFIRM_ISSUER = """-- confirm_issuer
update peil.issuer
set state = 'active'
where
  employer_id = $1
  and issuer_id = $2
  and state = 'inactive'
"""


async def confirm_issuer(rows: Rows, employer_id: UUID, issuer_id: UUID) -> bool:
    """False where it did not wait for that."""
    return await rows.execute(_CONFIRM_ISSUER, employer_id, issuer_id) > 0


_REVOKE_ISSUER = """-- revoke_issuer
update peil.issuer
set state = 'revoked'
where
  employer_id = $1
  and issuer_id = $2
  and state <> 'revoked'
"""


async def revoke_issuer(rows: Rows, employer_id: UUID, issuer_id: UUID) -> bool:
    """False where that was done before."""
    return await rows.execute(_REVOKE_ISSUER, employer_id, issuer_id) > 0


_STORED_ISSUER = """
  issuer_id,
  employer_id,
  issuer,
  audience,
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


_SELECT_ORIGINS = """-- select_origins
select coalesce(array_agg(distinct origin order by origin), '{}')
from (
  select origins
  from peil.issuer
  where state = 'active'
  union all
  select origins
  from peil.client
  where state = 'active'
) as registered
cross join unnest(origins) as origin
"""


async def select_origins(rows: Rows) -> list[str]:
    """The origins of all active issuers and clients, of every employer."""
    return list(await rows.value(_SELECT_ORIGINS))


_SELECT_KNOWN_EMPLOYER = """-- select_known_employer
select
  sandbox,
  language,
  clock_at
from peil.employer
where employer_id = $1
"""


async def select_known_employer(rows: Rows, employer_id: UUID) -> KnownEmployer | None:
    return await rows.one(KnownEmployer, _SELECT_KNOWN_EMPLOYER, employer_id)


_SELECT_KNOWN_PERSON = """-- select_known_person
select
  person.person_id,
  coalesce(
    array_agg(membership.unit_id) filter (where membership.role = 'member'), '{}'
  ) as units,
  coalesce(
    array_agg(membership.unit_id) filter (where membership.role = 'manager'), '{}'
  ) as managed
from peil.person as person
left join peil.membership as membership on
  membership.employer_id = person.employer_id
  and membership.person_id = person.person_id
  and membership.valid_from <= $4
  and (membership.valid_to is null or membership.valid_to > $4)
where
  person.employer_id = $1
  and person.active
  and case $2
    when 'person_id' then person.person_id::text
    when 'external_id' then person.external_id
    else person.user_name
  end = $3
group by person.person_id
"""


async def select_known_person(
    rows: Rows, employer_id: UUID, attribute: str, value: str, on: date
) -> KnownPerson | None:
    return await rows.one(KnownPerson, _SELECT_KNOWN_PERSON, employer_id, attribute, value, on)
