"""SQL of people."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from uuid import UUID

from peil.active import ACTIVE
from peil.database import Rows
from peil.directory.model import SeenPerson, StoredPerson, UserName

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
  case when not person.active and person.leaves_on > $2 then person.leaves_on end as leaves_on"""  # a constant
_PERSON_COLUMNS = f"""{_COLUMNS}
from peil.person as person"""
_SEEN_COLUMNS = f"""{_COLUMNS},
  person.modified_at
from peil.person as person"""

# $2: the day; $3: units whose people are seen then, null for everybody's; $4: who always sees themself.
_SEEN_PERSON = """
  and (
    $3::uuid[] is null
    or person.person_id = $4
    or exists (
      select
      from peil.membership as membership
      where
        membership.employer_id = person.employer_id
        and membership.person_id = person.person_id
        and membership.role = 'member'
        and membership.unit_id = any($3)
        and membership.valid_from <= $2
        and (membership.valid_to is null or membership.valid_to > $2)
    )
  )"""

_SELECT_PERSON = f"""-- select_person{_SEEN_COLUMNS}
where
  person.employer_id = $1{_SEEN_PERSON}
  and person.person_id = $5
"""


async def select_person(
    rows: Rows, employer_id: UUID, on: date, seen: list[UUID] | None, viewer: UUID | None, person_id: UUID
) -> SeenPerson | None:
    """A person who is the `viewer` or belongs to a unit in `seen` that day (None: anybody)."""
    return await rows.one(SeenPerson, _SELECT_PERSON, employer_id, on, seen, viewer, person_id)


# A membership begins and ends on its day, when nobody writes it.
_CHANGED = """(
    $7::timestamptz is null
    or person.person_id = any(
      array(
        select changed.person_id
        from peil.person as changed
        where
          changed.employer_id = $1
          and changed.modified_at > $7
        union all
        select moved.person_id
        from peil.membership as moved
        where
          moved.employer_id = $1
          and (moved.valid_from > $8 and moved.valid_from <= $2 or moved.valid_to > $8 and moved.valid_to <= $2)
      )
    )
  )"""

_SELECT_PERSON_PAGE = f"""-- select_person_page{_SEEN_COLUMNS}
where
  person.employer_id = $1{_SEEN_PERSON}
  and person.external_id > $5
  and ($6::uuid[] is null or person.person_id = any($6))
  and {_CHANGED}
order by person.external_id
limit $9
"""


async def select_person_page(
    rows: Rows,
    employer_id: UUID,
    on: date,
    seen: list[UUID] | None,
    viewer: UUID | None,
    after: str,
    among: list[UUID] | None,
    modified_after: datetime | None,
    limit: int,
) -> list[SeenPerson]:
    """People after external id `after`, `among` these (None: all), of those who are seen as in `select_person`.

    `modified_after`: only those who were written after this, or of whom a membership began or ended after its day.
    """
    day = None if modified_after is None else modified_after.astimezone(UTC).date()
    return await rows.many(
        SeenPerson, _SELECT_PERSON_PAGE, employer_id, on, seen, viewer, after, among, modified_after, day, limit
    )


_SELECT_PEOPLE = f"""-- select_people{_PERSON_COLUMNS}
join unnest($3::text[]) as wanted (external_id) on person.external_id = wanted.external_id
where person.employer_id = $1
order by person.external_id
"""


async def select_people(rows: Rows, employer_id: UUID, on: date, external_ids: Sequence[str]) -> list[StoredPerson]:
    """The people with these external ids, as far as there are any, as they are that day."""
    return await rows.many(StoredPerson, _SELECT_PEOPLE, employer_id, on, list(external_ids))


_SELECT_USER_NAMES = """-- select_user_names
select
  wanted.user_name as said,
  lower(wanted.user_name) as folded,
  person.external_id as holder
from unnest($2::text[]) as wanted (user_name)
left join peil.person as person on
  person.employer_id = $1
  and lower(person.user_name) = lower(wanted.user_name)
order by wanted.user_name
"""


async def select_user_names(rows: Rows, employer_id: UUID, user_names: Collection[str]) -> list[UserName]:
    """Each of these user names as it is compared, and who has it now."""
    return await rows.many(UserName, _SELECT_USER_NAMES, employer_id, list(user_names))


_SELECT_ACTIVE = f"""-- select_active_people{_PERSON_COLUMNS}
where
  person.employer_id = $1
  and {ACTIVE}
order by person.external_id
"""


async def select_active(rows: Rows, employer_id: UUID, on: date) -> list[StoredPerson]:
    """Everybody who is active that day."""
    return await rows.many(StoredPerson, _SELECT_ACTIVE, employer_id, on)


_CLEAR_USER_NAMES = """-- clear_user_names
update peil.person
set user_name = null
where
  employer_id = $1
  and person_id = any($2::uuid[])
"""


async def clear_user_names(rows: Rows, employer_id: UUID, person_ids: Sequence[UUID]) -> None:
    """Frees the user names of these people, so that they can swap them."""
    await rows.execute(_CLEAR_USER_NAMES, employer_id, list(person_ids))


_UPSERT_PEOPLE = """-- upsert_people
insert into peil.person as person (
  employer_id,
  person_id,
  external_id,
  user_name,
  display_name,
  email,
  language,
  employment_type,
  absent,
  active,
  leaves_on,
  switched_off,
  modified_at,
  erase_at
)
select
  $1,
  person_id,
  external_id,
  user_name,
  display_name,
  email,
  language,
  employment_type,
  absent,
  active and leaves_on is null,
  leaves_on,
  leaves_on is not null and not active,
  $13,
  erase_at
from unnest(
  $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::boolean[], $10::boolean[],
  $11::date[], $12::timestamptz[]
)
  as new (
    person_id,
    external_id,
    user_name,
    display_name,
    email,
    language,
    employment_type,
    absent,
    active,
    leaves_on,
    erase_at
  )
on conflict (employer_id, person_id)
do update set
  user_name = excluded.user_name,
  display_name = excluded.display_name,
  email = excluded.email,
  language = excluded.language,
  employment_type = excluded.employment_type,
  absent = excluded.absent,
  active = excluded.active,
  leaves_on = excluded.leaves_on,
  switched_off = excluded.switched_off,
  modified_at = excluded.modified_at,
  erase_at = case when not excluded.active then coalesce(excluded.erase_at, person.erase_at) end
"""


async def upsert_people(
    rows: Rows,
    employer_id: UUID,
    people: Sequence[StoredPerson],
    at: datetime,
    erase_at: Sequence[datetime | None],
) -> None:
    """Writes people by id, at this moment, and when who does not stay for good is erased.

    `erase_at` None: as it was said before.
    """
    columns = [[getattr(person, name) for person in people] for name in StoredPerson.__struct_fields__]
    await rows.execute(_UPSERT_PEOPLE, employer_id, *columns, list(erase_at), at)


_SELECT_NAMES = """-- select_names
select display_name
from peil.person
where
  employer_id = $1
  and display_name is not null
order by person_id
"""


async def select_names(rows: Rows, employer_id: UUID) -> list[str]:
    """The names of all people there are or were."""
    return await rows.many(str, _SELECT_NAMES, employer_id)
