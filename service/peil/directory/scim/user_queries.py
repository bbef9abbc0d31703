"""SQL of what SCIM says of people."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from peil.active import ACTIVE
from peil.database import Rows
from peil.directory.scim.model import Removals, SameUser, UserRow

_COLUMNS = f"""
select
  person.person_id,
  person.external_id,
  person.user_name,
  person.display_name,
  person.email,
  person.language,
  person.employment_type,
  person.absent,
  {ACTIVE} as active,
  case when not person.active and person.leaves_on > $2 then person.leaves_on end as leaves_on,
  scim.person_id is not null as provisioned,
  scim.external_id as scim_id,
  scim.active as said_active,
  scim.absent as said_absent,
  scim.department,
  scim.cost_center,
  scim.manager_id,
  scim.came_on,
  scim.left_on,
  scim.unplaced_on,
  scim.created_at,
  nullif(greatest(scim.modified_at, person.modified_at), 'epoch') as modified_at,
  scim.deleted_at"""
_FROM = """
from peil.person as person
left join peil.scim_user as scim on
  scim.employer_id = person.employer_id
  and scim.person_id = person.person_id"""
_USERS = _COLUMNS + _FROM


_SELECT_USERS = f"""-- select_scim_users{_USERS}
where
  person.employer_id = $1
  and (
    {ACTIVE}
    or (scim.deleted_at is null and person.external_id <> 'erased-' || person.person_id::text)
  )
  and ($3::uuid[] is null or person.person_id = any($3))
  and ($4::text is null or lower(person.user_name) = lower($4))
  and ($5::text is null or lower(person.email) = lower($5))
order by person.person_id
limit $7
offset $6
"""


async def select_users(
    rows: Rows,
    employer_id: UUID,
    on: date,
    ids: Sequence[UUID] | None,
    user_name: str | None,
    email: str | None,
    skipped: int,
    limit: int,
) -> list[UserRow]:
    """Users with these ids, this user name and this address, by id, as they are that day; None: whichever."""
    wanted = None if ids is None else list(ids)
    return await rows.many(UserRow, _SELECT_USERS, employer_id, on, wanted, user_name, email, skipped, limit)


_COUNT_USERS = f"""-- count_scim_users
select count(*)
from peil.person as person
left join peil.scim_user as scim on
  scim.employer_id = person.employer_id
  and scim.person_id = person.person_id
where
  person.employer_id = $1
  and (
    {ACTIVE}
    or (scim.deleted_at is null and person.external_id <> 'erased-' || person.person_id::text)
  )
  and ($3::uuid[] is null or person.person_id = any($3))
  and ($4::text is null or lower(person.user_name) = lower($4))
  and ($5::text is null or lower(person.email) = lower($5))
"""  # noqa: S608  # a constant


async def count_users(
    rows: Rows, employer_id: UUID, on: date, ids: Sequence[UUID] | None, user_name: str | None, email: str | None
) -> int:
    wanted = None if ids is None else list(ids)
    return int(await rows.value(_COUNT_USERS, employer_id, on, wanted, user_name, email))


# An array, so that an index finds each of the three.
_WITH_SCIM_ID = """
      array(
        select person_id
        from peil.scim_user
        where
          employer_id = $1
          and external_id = $5
        order by person_id
      )"""

_SELECT_SAME_USERS = f"""-- select_same_scim_users{_COLUMNS},
  coalesce(lower(person.user_name) = lower($3), false) as has_name{_FROM}
where
  person.employer_id = $1
  and (
    lower(person.user_name) = lower($3)
    or person.external_id = $4
    or person.person_id = any({_WITH_SCIM_ID}
    )
  )
order by person.person_id
"""


async def select_same_users(
    rows: Rows, employer_id: UUID, on: date, user_name: str | None, external_id: str, scim_id: str | None
) -> list[SameUser]:
    """Whoever has this user name, the directory's external id or SCIM's, as they are that day, also who was deleted."""
    return await rows.many(SameUser, _SELECT_SAME_USERS, employer_id, on, user_name, external_id, scim_id)


_SELECT_USER_IDS = """-- select_scim_user_ids
select person_id
from peil.scim_user
where
  employer_id = $1
  and external_id = $2
union
select person.person_id
from peil.person as person
where
  person.employer_id = $1
  and person.external_id = $2
  and not exists (
    select
    from peil.scim_user as scim
    where
      scim.employer_id = person.employer_id
      and scim.person_id = person.person_id
  )
order by person_id
"""


async def select_user_ids(rows: Rows, employer_id: UUID, external_id: str) -> list[UUID]:
    """Who has this external id: the provisioning system's, or where that said nothing, the directory's."""
    return await rows.many(UUID, _SELECT_USER_IDS, employer_id, external_id)


_UPSERT_USER = """-- upsert_scim_user
insert into peil.scim_user (
  employer_id,
  person_id,
  external_id,
  active,
  absent,
  department,
  cost_center,
  manager_id,
  came_on,
  left_on,
  unplaced_on,
  created_at,
  modified_at,
  deleted_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
on conflict on constraint scim_user_pkey
do update set
  external_id = excluded.external_id,
  active = excluded.active,
  absent = excluded.absent,
  department = excluded.department,
  cost_center = excluded.cost_center,
  manager_id = excluded.manager_id,
  left_on = excluded.left_on,
  unplaced_on = excluded.unplaced_on,
  modified_at = excluded.modified_at,
  deleted_at = excluded.deleted_at
"""


async def upsert_user(rows: Rows, employer_id: UUID, row: UserRow) -> None:
    """Writes what SCIM says of a person."""
    await rows.execute(
        _UPSERT_USER,
        employer_id,
        row.person_id,
        row.scim_id,
        row.said_active,
        row.said_absent,
        row.department,
        row.cost_center,
        row.manager_id,
        row.came_on,
        row.left_on,
        row.unplaced_on,
        row.created_at,
        row.modified_at,
        row.deleted_at,
    )


_ERASE_USERS = """-- erase_scim_users
update peil.scim_user
set
  external_id = null,
  active = null,
  absent = null,
  department = null,
  cost_center = null,
  manager_id = null,
  deleted_at = coalesce(deleted_at, $3)
where
  employer_id = $1
  and person_id = any($2::uuid[])
"""

_DELETE_MEMBERS = """-- delete_erased_scim_members
delete from peil.scim_member
where
  employer_id = $1
  and person_id = any($2::uuid[])
"""


async def erase_users(rows: Rows, employer_id: UUID, person_ids: Sequence[UUID], at: datetime) -> None:
    """Leaves nothing of these but that there was a user, who is gone for SCIM."""
    await rows.execute(_ERASE_USERS, employer_id, list(person_ids), at)
    await rows.execute(_DELETE_MEMBERS, employer_id, list(person_ids))


_SET_UNPLACED = """-- set_scim_unplaced
update peil.scim_user
set unplaced_on = $3
where
  employer_id = $1
  and person_id = any($2::uuid[])
"""


async def set_unplaced(rows: Rows, employer_id: UUID, person_ids: Sequence[UUID], on: date) -> None:
    """Keeps that these people lost their last unit on a day."""
    await rows.execute(_SET_UNPLACED, employer_id, list(person_ids), on)


_COUNT_REMOVALS = f"""-- count_scim_removals
select
  count(*) filter (where has_left or is_unplaced) as gone,
  count(*) filter (where active or has_left) as standing,
  count(*) filter (where is_unplaced) as unplaced,
  count(*) filter (where is_unplaced or is_placed) as placed
from (
  select
    {ACTIVE} as active,
    coalesce(scim.left_on = $2, false) as has_left,
    coalesce(scim.unplaced_on = $2, false) and member.person_id is null as is_unplaced,
    {ACTIVE} and member.person_id is not null as is_placed
  from peil.person as person
  left join peil.scim_user as scim on
    scim.employer_id = person.employer_id
    and scim.person_id = person.person_id
  left join (
    select distinct person_id
    from peil.membership
    where
      employer_id = $1
      and role = 'member'
      and (valid_to is null or valid_to > $2)
  ) as member on member.person_id = person.person_id
  where
    person.employer_id = $1
    and (scim.came_on is null or scim.came_on < $2)
) as one
"""  # noqa: S608  # a constant


async def count_removals(rows: Rows, employer_id: UUID, on: date) -> Removals:
    found = await rows.one(Removals, _COUNT_REMOVALS, employer_id, on)
    return found or Removals(gone=0, standing=0, unplaced=0, placed=0)
