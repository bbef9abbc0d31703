"""Who may do what in the database, against what the migrations gave."""

import re
from collections import defaultdict
from importlib.resources import files
from pathlib import Path
from typing import Any

ROLES = ("peil_api", "peil_intake", "peil_worker", "peil_moderator", "peil_readonly", "peil_backup")
"""Roles that are granted something; `peil_owner` owns the tables."""

SCHEMAS = ("peil", "participation", "intake", "comment", "release")

_WALLED = ("participation", "intake", "comment")
"""Schemas of which nobody else reads anything."""

_GRANT = re.compile(r"^GRANT (.+) ON (SCHEMA|TABLE) (\S+) TO (\w+);$", re.MULTILINE)
_PRIVILEGE = re.compile(r"(\w+)(?:\((\w+)\))?")


def schema_sql() -> str:
    """The schema as the migrations leave it, whole."""
    package = Path(str(files("peil")))
    installed = package / "_schema" / "database.sql"
    return (installed if installed.is_file() else package.parent.parent / "schema" / "database.sql").read_text()


def granted(sql: str) -> dict[tuple[str, str], set[str]]:
    """What each role may do in each schema by the schema's SQL, in the words of `privileges`."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    # A name that is also a word of SQL stands in quotes.
    for words, kind, name, role in _GRANT.findall(sql.replace('"', "")):
        schema, _, table = name.partition(".")
        for privilege, column in _PRIVILEGE.findall(words):
            thing = schema if kind == "SCHEMA" else table
            found[role, schema].add(f"{privilege} {thing}" + (f" ({column})" if column else ""))
    return found


async def privileges(connection: Any, role: str, schema: str) -> set[str]:
    """All that `role` may do in `schema`, as `privilege object` or `privilege object (column)`."""
    return {str(row["found"]) for row in await connection.fetch(_PRIVILEGES, role, schema)}


async def differing_grants(connection: Any, sql: str) -> tuple[list[str], list[str]]:
    """What roles may do and should not, and what they should and may not."""
    wanted = granted(sql)
    too_many, missing = [], []
    for role in ROLES:
        for schema in SCHEMAS:
            found = await privileges(connection, role, schema)
            too_many += [f"{role} has {what} in {schema}" for what in sorted(found - wanted[role, schema])]
            missing += [f"{role} lacks {what} in {schema}" for what in sorted(wanted[role, schema] - found)]
    return too_many, missing


async def powerful_roles(connection: Any) -> list[str]:
    """Serving roles that stand above row-level security, or are members of another role."""
    return [str(row["rolname"]) for row in await connection.fetch(_POWERFUL)]


async def missing_roles(connection: Any) -> list[str]:
    """Roles of ours that the server does not have."""
    rows = await connection.fetch(_KNOWN_ROLES, list(ROLES))
    return sorted(set(ROLES) - {str(row["rolname"]) for row in rows})


async def other_readers(connection: Any) -> list[str]:
    """Roles that are none of ours and no superuser, and may read who was invited, what is sealed, or comments."""
    return [str(row["found"]) for row in await connection.fetch(_OTHER_READERS, list(_WALLED))]


_KNOWN_ROLES = """-- known_roles
select rolname
from pg_catalog.pg_roles
where rolname = any($1)
order by rolname
"""

_POWERFUL = """-- powerful_roles
select rolname
from pg_catalog.pg_roles as role
where
  rolname in ('peil_api', 'peil_intake', 'peil_worker', 'peil_moderator', 'peil_readonly')
  and (
    rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
    or exists (select from pg_catalog.pg_auth_members where member = role.oid)
  )
order by rolname
"""

_OTHER_READERS = """-- other_readers
select rolname || ' in ' || schema as found
from pg_catalog.pg_roles as role
cross join unnest($1::text[]) as schema
where
  rolname not in (
    'peil_owner', 'peil_backup', 'peil_api', 'peil_intake', 'peil_worker', 'peil_moderator', 'peil_readonly'
  )
  and rolname !~ '^pg_'
  and not rolsuper
  and has_schema_privilege(role.oid, to_regnamespace(schema)::oid, 'USAGE')
  and exists (
    select
    from pg_catalog.pg_class
    where
      relnamespace = to_regnamespace(schema)
      and relkind in ('r', 'p', 'v', 'm')
      and has_any_column_privilege(role.oid, pg_class.oid, 'SELECT')
  )
order by found
"""

_PRIVILEGES = """-- privileges
with objects as (
  select
    oid,
    relname,
    relkind
  from pg_catalog.pg_class
  where relnamespace = to_regnamespace($2) and relkind in ('r', 'p', 'v', 'm', 'f', 'S')
)
select privilege || ' ' || $2 as found
from unnest(array['USAGE', 'CREATE']) as privilege
where to_regnamespace($2) is not null and has_schema_privilege($1, to_regnamespace($2)::oid, privilege)
union all
select privilege || ' ' || relname
from objects
cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) as privilege
where relkind <> 'S' and has_table_privilege($1, oid, privilege)
union all
select privilege || ' ' || relname || ' (' || attname || ')'
from objects
join pg_catalog.pg_attribute on attrelid = oid and not attisdropped
cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) as privilege
where
  relkind <> 'S'
  and has_column_privilege($1, oid, attnum, privilege)
  and not has_table_privilege($1, oid, privilege)
union all
select privilege || ' sequence ' || relname
from objects
cross join unnest(array['USAGE', 'SELECT', 'UPDATE']) as privilege
where relkind = 'S' and has_sequence_privilege($1, oid, privilege)
union all
select 'EXECUTE ' || proname
from pg_catalog.pg_proc
where pronamespace = to_regnamespace($2) and has_function_privilege($1, oid, 'EXECUTE')
order by found
"""
