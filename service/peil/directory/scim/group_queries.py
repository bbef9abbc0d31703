"""SQL of what SCIM says of units, and of who belongs to them."""

from collections.abc import Sequence
from uuid import UUID

from peil.database import Rows
from peil.directory.scim.model import GroupRow, UnitRef

_GROUPS = """
select
  unit.unit_id,
  unit.external_id,
  unit.name,
  unit.parent_id,
  (
    select parent.external_id
    from peil.unit as parent
    where
      parent.employer_id = unit.employer_id
      and parent.unit_id = unit.parent_id
  ) as parent_external_id,
  unit.valid_from,
  unit.valid_to,
  unit.modified_at,
  scim.unit_id is not null as provisioned,
  scim.external_id as scim_id,
  scim.manager_id,
  scim.valid_from as said_from,
  scim.valid_to as said_to,
  scim.created_at,
  scim.modified_at as said_at
from peil.unit as unit
left join peil.scim_group as scim on
  scim.employer_id = unit.employer_id
  and scim.unit_id = unit.unit_id
where
  unit.employer_id = $1
  and unit.valid_to is null"""

_SELECT_GROUPS = f"""-- select_scim_groups{_GROUPS}
  and ($2::uuid is null or unit.unit_id = $2)
order by unit.unit_id
"""


async def select_groups(rows: Rows, employer_id: UUID, unit_id: UUID | None = None) -> list[GroupRow]:
    """All units that stand, or the one with this id, by id."""
    return await rows.many(GroupRow, _SELECT_GROUPS, employer_id, unit_id)


_UPSERT_GROUP = """-- upsert_scim_group
insert into peil.scim_group (
  employer_id, unit_id, external_id, manager_id, valid_from, valid_to, created_at, modified_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict on constraint scim_group_pkey
do update set
  external_id = excluded.external_id,
  manager_id = excluded.manager_id,
  valid_from = excluded.valid_from,
  valid_to = excluded.valid_to,
  modified_at = excluded.modified_at
"""


async def upsert_group(rows: Rows, employer_id: UUID, row: GroupRow) -> None:
    """Writes what SCIM says of a unit."""
    await rows.execute(
        _UPSERT_GROUP,
        employer_id,
        row.unit_id,
        row.scim_id,
        row.manager_id,
        row.said_from,
        row.said_to,
        row.created_at,
        row.said_at,
    )


_SELECT_MEMBERS = """-- select_scim_members
select
  member.person_id,
  member.unit_id,
  unit.external_id,
  unit.name,
  unit.valid_to is null as stands
from peil.scim_member as member
join peil.unit as unit on
  unit.employer_id = member.employer_id
  and unit.unit_id = member.unit_id
join peil.scim_user as scim on
  scim.employer_id = member.employer_id
  and scim.person_id = member.person_id
where
  member.employer_id = $1
  and ($2::uuid[] is null or member.unit_id = any($2))
  and ($3::uuid[] is null or member.person_id = any($3))
  and scim.deleted_at is null
order by
  member.person_id,
  member.place,
  member.unit_id
"""


async def select_members(
    rows: Rows, employer_id: UUID, units: Sequence[UUID] | None, people: Sequence[UUID] | None
) -> list[UnitRef]:
    """Who SCIM has put where, of these units and these people (None: of all), by person, the last said last."""
    return await rows.many(
        UnitRef,
        _SELECT_MEMBERS,
        employer_id,
        None if units is None else list(units),
        None if people is None else list(people),
    )


_INSERT_MEMBERS = """-- insert_scim_members
insert into peil.scim_member (employer_id, unit_id, person_id, place)
select
  $1,
  $2,
  wanted.person_id,
  (
    select coalesce(max(member.place), 0) + 1
    from peil.scim_member as member
    where
      member.employer_id = $1
      and member.person_id = wanted.person_id
  )
from unnest($3::uuid[]) as wanted (person_id)
"""


async def insert_members(rows: Rows, employer_id: UUID, unit_id: UUID, people: Sequence[UUID]) -> None:
    await rows.execute(_INSERT_MEMBERS, employer_id, unit_id, list(people))


_DELETE_MEMBERS = """-- delete_scim_members
delete from peil.scim_member
where
  employer_id = $1
  and ($2::uuid is null or unit_id = $2)
  and person_id = any($3::uuid[])
"""


async def delete_members(rows: Rows, employer_id: UUID, unit_id: UUID | None, people: Sequence[UUID]) -> None:
    """Takes these people out of a group (None: out of every one)."""
    await rows.execute(_DELETE_MEMBERS, employer_id, unit_id, list(people))
