"""Deletes a synthetic employer whole: every row of every table that has employers, and its keys."""

from graphlib import TopologicalSorter
from typing import Any
from uuid import UUID

from peil.checks.anonymity.site import Site
from peil.checks.anonymity.synthetic import EXTERNAL_ID, NAME


async def left_behind(owner: Any) -> list[UUID]:
    """Synthetic employers of earlier checks, which did not come to their end."""
    return [row["employer_id"] for row in await owner.fetch(_SELECT_LEFT, EXTERNAL_ID, NAME)]


async def delete_synthetic(site: Site, employer_id: UUID) -> None:
    """All of it or, where something goes wrong, no row; then the next check finds it.

    The keys go first, since afterwards nobody would know whose they are. Refuses any other employer.
    """
    owner = site.owner
    if employer_id not in await left_behind(owner):
        raise ValueError("only a synthetic employer is deleted")
    for row in await owner.fetch(_SELECT_WAVES, employer_id):
        site.keys.forget(row["wave_id"])
        site.parts.issuing.destroy(row["wave_id"])
    tables = {str(row["name"]): list(row["referred"]) for row in await owner.fetch(_TABLES)}
    async with owner.transaction():
        # Whoever writes a row of this employer meanwhile waits, and is then refused by its foreign key.
        await owner.execute(_HOLD, employer_id)
        # Some refer to a table that no employer has a row of.
        ordered = [table for table in TopologicalSorter(tables).static_order() if table in tables]
        for table in reversed(ordered):
            # The names come from the catalogue, quoted where need be.
            await owner.execute(f"delete from {table} where employer_id = $1", employer_id)  # noqa: S608  # a name of the catalogue


_SELECT_LEFT = """-- select_left_behind
select employer_id
from peil.employer
where
  external_id = $1
  and name = $2
  and sandbox
order by employer_id
"""

_SELECT_WAVES = """-- select_synthetic_waves
select wave_id
from peil.wave
where employer_id = $1
order by wave_id
"""

_HOLD = """-- hold_synthetic
select 1
from peil.employer
where employer_id = $1
for update
"""

_TABLES = """-- tables_of_employers
select
  class.oid::regclass::text as name,
  array(
    select distinct confrelid::regclass::text
    from pg_catalog.pg_constraint
    where
      conrelid = class.oid
      and contype = 'f'
      and confrelid <> class.oid
  ) as referred
from pg_catalog.pg_class as class
join pg_catalog.pg_attribute as attribute on
  attribute.attrelid = class.oid
  and attribute.attname = 'employer_id'
  and not attribute.attisdropped
where
  class.relkind in ('r', 'p')
  and not class.relispartition
  and class.relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
order by name
"""
