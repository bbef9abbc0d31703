"""SQL of units, and the lock on an employer's directory."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from peil.database import Rows
from peil.directory.model import Unit, UnitNode

_LOCK_DIRECTORY = """-- lock_directory
select pg_advisory_xact_lock(hashtextextended('directory/' || $1::text, 0))
"""


async def lock_directory(rows: Rows, employer_id: UUID) -> None:
    """Lets one change of the employer's directory happen at a time."""
    await rows.value(_LOCK_DIRECTORY, str(employer_id))


# The parent's id is looked up and not joined: right after a large import the planner has no statistics, takes the
# table for one row, and a self-join would be quadratic.
_UNITS = """
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
  unit.modified_at
from peil.unit as unit"""

_SELECT_UNIT = f"""-- select_unit{_UNITS}
where
  unit.employer_id = $1
  and unit.unit_id = $2
  and unit.valid_to is null
"""


async def select_unit(rows: Rows, employer_id: UUID, unit_id: UUID) -> Unit | None:
    """A unit that has no end."""
    return await rows.one(Unit, _SELECT_UNIT, employer_id, unit_id)


_SELECT_UNITS = f"""-- select_units{_UNITS}
where unit.employer_id = $1
order by unit.external_id
"""


async def select_units(rows: Rows, employer_id: UUID) -> list[Unit]:
    """All units there ever were."""
    return await rows.many(Unit, _SELECT_UNITS, employer_id)


_SELECT_NAMED_UNITS = f"""-- select_named_units{_UNITS}
where
  unit.employer_id = $1
  and unit.external_id = any($2::text[])
  and unit.valid_to is null
order by unit.external_id
"""


async def select_named_units(rows: Rows, employer_id: UUID, external_ids: Sequence[str]) -> list[Unit]:
    """The units without an end that have one of these external ids."""
    return await rows.many(Unit, _SELECT_NAMED_UNITS, employer_id, list(external_ids))


_SELECT_UNIT_PAGE = f"""-- select_unit_page{_UNITS}
where
  unit.employer_id = $1
  and ($2::date is null or unit.valid_from <= $2)
  and ($2::date is null or unit.valid_to is null or unit.valid_to > $2)
  and ($3::uuid[] is null or unit.unit_id = any($3))
  and unit.external_id > $4
  and ($5::timestamptz is null or unit.modified_at > $5)
order by unit.external_id
limit $6
"""


async def select_unit_page(
    rows: Rows,
    employer_id: UUID,
    on: date | None,
    seen: list[UUID] | None,
    after: str,
    modified_after: datetime | None,
    limit: int,
) -> list[Unit]:
    """Units of a day (None: of any) after external id `after`, of those in `seen` (None: of all).

    `modified_after`: only those that were written after this.
    """
    return await rows.many(Unit, _SELECT_UNIT_PAGE, employer_id, on, seen, after, modified_after, limit)


_SELECT_SUBTREES = """-- select_subtrees
with recursive subtree (unit_id) as (
  select unit_id
  from peil.unit
  where
    employer_id = $1
    and unit_id = any($2::uuid[])
  union
  select child.unit_id
  from subtree
  join peil.unit as child on
    child.employer_id = $1
    and child.parent_id = subtree.unit_id
)
select unit_id
from subtree
order by unit_id
"""


async def select_subtrees(rows: Rows, employer_id: UUID, tops: Sequence[UUID]) -> list[UUID]:
    """The units `tops` and all under them, as the tree is now."""
    return await rows.many(UUID, _SELECT_SUBTREES, employer_id, list(tops))


_UPSERT_UNITS = """-- upsert_units
insert into peil.unit (employer_id, unit_id, external_id, parent_id, name, valid_from, valid_to, modified_at)
select
  $1,
  unit_id,
  external_id,
  parent_id,
  name,
  valid_from,
  null,
  modified_at
from unnest($2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::date[], $7::timestamptz[])
  as new (unit_id, external_id, parent_id, name, valid_from, modified_at)
on conflict (employer_id, unit_id)
do update set
  parent_id = excluded.parent_id,
  name = excluded.name,
  valid_from = excluded.valid_from,
  valid_to = null,
  modified_at = excluded.modified_at
"""


async def upsert_units(rows: Rows, employer_id: UUID, units: Sequence[Unit]) -> None:
    """Writes units by id, without an end."""
    await rows.execute(
        _UPSERT_UNITS,
        employer_id,
        [unit.unit_id for unit in units],
        [unit.external_id for unit in units],
        [unit.parent_id for unit in units],
        [unit.name for unit in units],
        [unit.valid_from for unit in units],
        [unit.modified_at for unit in units],
    )


_SELECT_HAS_CHILDREN = """-- select_has_children
select exists (
  select
  from peil.unit
  where
    employer_id = $1
    and parent_id = $2
    and valid_to is null
)
"""


async def select_has_children(rows: Rows, employer_id: UUID, unit_id: UUID) -> bool:
    """Whether a unit without an end hangs under this one."""
    return bool(await rows.value(_SELECT_HAS_CHILDREN, employer_id, unit_id))


_SELECT_HAS_MEMBERS = """-- select_has_members
select exists (
  select
  from peil.membership
  where
    employer_id = $1
    and unit_id = $2
    and role = 'member'
    and (valid_to is null or valid_to > $3)
)
"""


async def select_has_members(rows: Rows, employer_id: UUID, unit_id: UUID, on: date) -> bool:
    """Whether anybody belongs to the unit on a day or later."""
    return bool(await rows.value(_SELECT_HAS_MEMBERS, employer_id, unit_id, on))


_SELECT_INHABITED = """-- select_inhabited
select distinct unit_id
from peil.membership
where
  employer_id = $1
  and unit_id = any($2::uuid[])
  and role = 'member'
  and (valid_to is null or valid_to > $3)
order by unit_id
"""


async def select_inhabited(rows: Rows, employer_id: UUID, unit_ids: Sequence[UUID], on: date) -> list[UUID]:
    """Those of these units that somebody belongs to on a day or later."""
    return await rows.many(UUID, _SELECT_INHABITED, employer_id, list(unit_ids), on)


_CLOSE_UNIT = """-- close_unit
update peil.unit
set
  valid_to = greatest(valid_from, $3),
  modified_at = $4
where
  employer_id = $1
  and unit_id = $2
"""

_DELETE_LATER_MANAGERS = """-- delete_later_managers
delete from peil.membership
where
  employer_id = $1
  and unit_id = $2
  and role = 'manager'
  and valid_from >= $3
"""

_CLOSE_MANAGERS = """-- close_managers
update peil.membership
set valid_to = $3
where
  employer_id = $1
  and unit_id = $2
  and role = 'manager'
  and (valid_to is null or valid_to > $3)
"""


async def close_unit(rows: Rows, employer_id: UUID, unit_id: UUID, at: datetime) -> None:
    """Ends a unit and the time of its managers on the day of `at`; one that would start later never was."""
    on = at.date()
    await rows.execute(_CLOSE_UNIT, employer_id, unit_id, on, at)
    await rows.execute(_DELETE_LATER_MANAGERS, employer_id, unit_id, on)
    await rows.execute(_CLOSE_MANAGERS, employer_id, unit_id, on)


_SELECT_UNITS_ON = """-- select_units_on
select
  unit_id,
  parent_id,
  name,
  external_id
from peil.unit
where
  employer_id = $1
  and valid_from <= $2
  and (valid_to is null or valid_to > $2)
order by unit_id
"""


async def select_units_on(rows: Rows, employer_id: UUID, on: date) -> list[UnitNode]:
    return await rows.many(UnitNode, _SELECT_UNITS_ON, employer_id, on)
