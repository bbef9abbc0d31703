"""SQL of memberships: who belongs to a unit, or manages it, and when."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from peil.active import ACTIVE
from peil.database import Rows
from peil.directory.model import MemberOf, Period, PersonPlace

_SELECT_MAIN_UNITS = f"""-- select_main_units
select
  person.person_id,
  membership.unit_id
from peil.person as person
left join peil.membership as membership on
  membership.employer_id = person.employer_id
  and membership.person_id = person.person_id
  and membership.role = 'member'
  and membership.valid_from <= $2
  and (membership.valid_to is null or membership.valid_to > $2)
where
  person.employer_id = $1
  and person.person_id = any($3::uuid[])
  and {ACTIVE}
order by
  person.person_id,
  membership.unit_id
"""  # noqa: S608  # a constant


async def select_main_units(rows: Rows, employer_id: UUID, person_ids: Collection[UUID], on: date) -> list[PersonPlace]:
    """Of these people the active ones, with the unit of the main job that day."""
    return await rows.many(PersonPlace, _SELECT_MAIN_UNITS, employer_id, on, list(person_ids))


_SELECT_PERIODS = """-- select_periods
select
  membership.person_id,
  membership.unit_id,
  unit.external_id as unit_external_id,
  membership.role,
  membership.valid_from,
  membership.valid_to
from unnest($2::uuid[]) as wanted (person_id)
join peil.membership as membership on
  membership.employer_id = $1
  and membership.person_id = wanted.person_id
join peil.unit as unit on
  unit.employer_id = membership.employer_id
  and unit.unit_id = membership.unit_id
order by membership.person_id, membership.role, membership.valid_from, membership.unit_id
"""


async def select_periods(rows: Rows, employer_id: UUID, person_ids: Sequence[UUID]) -> list[Period]:
    """All memberships there ever were of these people, by day within a person and role."""
    return await rows.many(Period, _SELECT_PERIODS, employer_id, list(person_ids))


_DELETE_PERIODS = """-- delete_periods
delete from peil.membership as membership
using unnest($2::uuid[], $3::uuid[], $4::text[], $5::date[]) as gone (person_id, unit_id, role, valid_from)
where
  membership.employer_id = $1
  and membership.person_id = gone.person_id
  and membership.unit_id = gone.unit_id
  and membership.role = gone.role
  and membership.valid_from = gone.valid_from
"""


async def delete_periods(rows: Rows, employer_id: UUID, periods: Sequence[Period]) -> None:
    await rows.execute(
        _DELETE_PERIODS,
        employer_id,
        [period.person_id for period in periods],
        [period.unit_id for period in periods],
        [period.role for period in periods],
        [period.valid_from for period in periods],
    )


_INSERT_PERIODS = """-- insert_periods
insert into peil.membership (employer_id, person_id, unit_id, role, valid_from, valid_to)
select
  $1,
  person_id,
  unit_id,
  role,
  valid_from,
  valid_to
from unnest($2::uuid[], $3::uuid[], $4::text[], $5::date[], $6::date[])
  as new (person_id, unit_id, role, valid_from, valid_to)
"""


async def insert_periods(rows: Rows, employer_id: UUID, periods: Sequence[Period]) -> None:
    await rows.execute(
        _INSERT_PERIODS,
        employer_id,
        [period.person_id for period in periods],
        [period.unit_id for period in periods],
        [period.role for period in periods],
        [period.valid_from for period in periods],
        [period.valid_to for period in periods],
    )


_SELECT_MEMBERS_ON = f"""-- select_members_on
select
  membership.person_id,
  membership.unit_id,
  person.employment_type,
  person.absent
from peil.membership as membership
join peil.person as person on
  person.employer_id = membership.employer_id
  and person.person_id = membership.person_id
where
  membership.employer_id = $1
  and membership.role = 'member'
  and membership.valid_from <= $2
  and (membership.valid_to is null or membership.valid_to > $2)
  and ($3::uuid[] is null or membership.unit_id = any($3))
  and {ACTIVE}
order by membership.person_id, membership.unit_id
"""  # noqa: S608  # a constant


async def select_members_on(rows: Rows, employer_id: UUID, on: date, unit_ids: Sequence[UUID] | None) -> list[MemberOf]:
    units = None if unit_ids is None else list(unit_ids)
    return await rows.many(MemberOf, _SELECT_MEMBERS_ON, employer_id, on, units)


_SELECT_DOUBLED_ON = f"""-- select_doubled_on
select membership.person_id
from peil.membership as membership
join peil.person as person on
  person.employer_id = membership.employer_id
  and person.person_id = membership.person_id
where
  membership.employer_id = $1
  and membership.role = 'member'
  and membership.valid_from <= $2
  and (membership.valid_to is null or membership.valid_to > $2)
  and {ACTIVE}
group by membership.person_id
having count(*) > 1
order by membership.person_id
"""  # noqa: S608  # a constant


async def select_doubled_on(rows: Rows, employer_id: UUID, on: date) -> list[UUID]:
    return await rows.many(UUID, _SELECT_DOUBLED_ON, employer_id, on)
