"""SQL of where pages are, of who a person is, and of which proofs and tokens are used up."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from peil.active import ACTIVE
from peil.database import Rows


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


# $2: the day; $3: who.
_KNOWN_PERSON = f"""
select
  person.person_id,
  coalesce(
    array_agg(membership.unit_id) filter (where membership.role = 'member'), '{{}}'
  ) as units,
  coalesce(
    array_agg(membership.unit_id) filter (where membership.role = 'manager'), '{{}}'
  ) as managed
from peil.person as person
left join peil.membership as membership on
  membership.employer_id = person.employer_id
  and membership.person_id = person.person_id
  and membership.valid_from <= $2
  and (membership.valid_to is null or membership.valid_to > $2)
where
  person.employer_id = $1
  and {ACTIVE}"""  # noqa: S608  # a constant

_SELECT_PERSON_BY_ID = f"""-- select_known_person_by_id{_KNOWN_PERSON}
  and person.person_id = $3
group by person.person_id
"""

_SELECT_PERSON_BY_EXTERNAL_ID = f"""-- select_known_person_by_external_id{_KNOWN_PERSON}
  and person.external_id = $3
group by person.person_id
"""

_SELECT_PERSON_BY_USER_NAME = f"""-- select_known_person_by_user_name{_KNOWN_PERSON}
  and lower(person.user_name) = lower($3)
group by person.person_id
"""

# A statement each, so that each goes by its index: people sign in while others import a hundred thousand.
_SELECT_KNOWN_PERSON = {
    "person_id": _SELECT_PERSON_BY_ID,
    "external_id": _SELECT_PERSON_BY_EXTERNAL_ID,
    "user_name": _SELECT_PERSON_BY_USER_NAME,
}


async def select_known_person(
    rows: Rows, employer_id: UUID, attribute: str, value: str, on: date
) -> KnownPerson | None:
    """Who has this `attribute` (person_id, external_id or user_name, that in whatever case); not who has left."""
    return await rows.one(KnownPerson, _SELECT_KNOWN_PERSON[attribute], employer_id, on, value)


_USE_PROOF = """-- use_proof
insert into peil.used_proof (employer_id, proof_digest, expires_at)
values ($1, $2, $3)
on conflict on constraint used_proof_pkey do nothing
"""


async def use_proof(rows: Rows, employer_id: UUID | None, digest: bytes, forgotten_at: datetime) -> bool:
    """Remembers a proof of possession for as long as it could be sent again; False where it was used before."""
    return await rows.execute(_USE_PROOF, employer_id, digest, forgotten_at) > 0


_REVOKE = """-- revoke_token
insert into peil.revoked_token (employer_id, jti_digest, expires_at)
values ($1, $2, $3)
on conflict on constraint revoked_token_pkey do nothing
"""


async def revoke_token(rows: Rows, employer_id: UUID | None, jti_digest: bytes, expires_at: datetime) -> None:
    await rows.execute(_REVOKE, employer_id, jti_digest, expires_at)


_SELECT_REVOKED = """-- select_revoked_token
select 1
from peil.revoked_token
where jti_digest = any($1::bytea[])
limit 1
"""


async def is_any_revoked(rows: Rows, jti_digests: list[bytes]) -> bool:
    """Whether one of these tokens was ended before its time."""
    return await rows.value(_SELECT_REVOKED, jti_digests) is not None
