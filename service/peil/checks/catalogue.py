"""What the database's own catalogue says that would tell who answered what, or show an employer's rows to another."""

from typing import Any
from uuid import UUID

WALLED = ("intake", "participation", "comment")
"""Schemas on either side of the wall, where nothing may tell when; one that does not exist holds nothing."""

ANNOUNCED = {
    "comment.moderation.until: date": "The day on which moderation ends, the same for every comment of the wave.",
    "intake.open_wave.closes_at: timestamptz": "Planned, announced, and the same for everybody who is asked.",
    "intake.open_wave.server_started_at: timestamptz": "When PostgreSQL itself was started; of no answer.",
    "participation.figure.measured_on: date": "The day of the last count, in units of thirty people or more.",
    "participation.invitation.issued_on: date": "The day a token was issued, not that of an answer; never the time.",
}
"""Columns behind the wall that hold a time, and why they may."""

_IDS = (
    ("intake.open_wave", "wave_id"),
    ("intake.sealed", "wave_id"),
    ("intake.sealed", "key_id"),
    ("participation.reporting_group", "key_id"),
    ("participation.invitation", "person_id"),
    ("participation.invitation", "key_id"),
    ("participation.code", "key_id"),
)


async def telling_columns(connection: Any) -> list[str]:
    """Columns behind the wall that say when, whence or in which order a row came, by their type or default."""
    return [
        f"{row['name']}: {row['why']}"
        for row in await connection.fetch(_TELLING_COLUMNS, list(WALLED))
        if row["why"] is not None
    ]


async def telling_ids(connection: Any, employer_id: UUID) -> list[str]:
    """Ids near an answer that are not random: of another version than 4 (RFC 9562, section 5.4)."""
    found = []
    for table, column in _IDS:
        # Names of tables and columns are ours, from the list above.
        ids = await connection.fetch(f"select distinct {column} as id from {table} where employer_id = $1", employer_id)  # noqa: S608  # a name of the catalogue
        found += [f"{table}.{column}: {row['id']}" for row in ids if UUID(str(row["id"])).version != 4]
    return found


async def telling_objects(connection: Any) -> list[str]:
    """Sequences behind the wall; triggers, rules, publications and logical slots anywhere."""
    return [str(row["name"]) for row in await connection.fetch(_TELLING_OBJECTS, list(WALLED))]


async def unguarded(connection: Any) -> list[str]:
    """Tables without forced row-level security or without a policy, and what would go round it."""
    return [str(row["name"]) for row in await connection.fetch(_UNGUARDED)]


# Type categories: D for dates and times, T for spans of time, I for addresses. A default would be filled in
# without anybody seeing it.
_TELLING_COLUMNS = """-- telling_columns
select
  attribute.attrelid::regclass::text || '.' || attribute.attname as name,
  case
    when attribute.attidentity <> '' then 'identity'
    when attribute.atthasdef then 'default'
    when type.typcategory in ('D', 'T', 'I') then type.typname
    when element.typcategory in ('D', 'T', 'I') then type.typname
  end as why
from pg_catalog.pg_attribute as attribute
join pg_catalog.pg_class as class on class.oid = attribute.attrelid
join pg_catalog.pg_type as type on type.oid = attribute.atttypid
left join pg_catalog.pg_type as element on element.oid = type.typelem
where
  class.relnamespace::regnamespace::text = any($1)
  and class.relkind in ('r', 'p', 'm', 'f')
  and attribute.attnum > 0
  and not attribute.attisdropped
order by name
"""

_TELLING_OBJECTS = """-- telling_objects
select 'sequence ' || oid::regclass as name
from pg_catalog.pg_class
where relkind = 'S' and relnamespace::regnamespace::text = any($1)
union all
select 'trigger ' || tgname from pg_catalog.pg_trigger where not tgisinternal
union all
select 'event trigger ' || evtname from pg_catalog.pg_event_trigger
union all
select 'rule ' || rulename || ' on ' || tablename from pg_catalog.pg_rules where schemaname <> 'pg_catalog'
union all
select 'publication ' || pubname from pg_catalog.pg_publication
union all
select 'slot ' || slot_name from pg_catalog.pg_replication_slots where slot_type = 'logical'
order by name
"""

_UNGUARDED = """-- unguarded
with ours as (
  select
    oid,
    oid::regclass::text as name,
    relkind,
    relispartition,
    relrowsecurity and relforcerowsecurity as is_forced
  from pg_catalog.pg_class
  where
    relnamespace::regnamespace::text in ('peil', 'participation', 'intake', 'comment', 'release')
    and relkind in ('r', 'p', 'f')
)
select 'not forced: ' || name as name from ours where not is_forced
union all
select 'no policy: ' || name
from ours
where
  not relispartition
  and not exists (select from pg_catalog.pg_policy where polrelid = ours.oid)
union all
select 'view as its owner: ' || oid::regclass::text
from pg_catalog.pg_class
where
  relkind = 'v'
  and relnamespace::regnamespace::text in ('peil', 'participation', 'intake', 'comment', 'release')
  and not coalesce('security_invoker=true' = any(reloptions) or 'security_invoker=on' = any(reloptions), false)
union all
select 'materialised view: ' || oid::regclass::text
from pg_catalog.pg_class
where
  relkind = 'm'
  and relnamespace::regnamespace::text in ('peil', 'participation', 'intake', 'comment', 'release')
union all
select 'security definer: ' || oid::regprocedure::text
from pg_catalog.pg_proc
where
  prosecdef
  and pronamespace::regnamespace::text in ('peil', 'participation', 'intake', 'comment', 'release')
order by name
"""
