"""What would tell who answered what, each as a function that finds it: in a catalogue, a dump, a file, an order.

Every function gives what it found, so that a test can demand that there is nothing, and see a planted leak found.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from scipy.stats import spearmanr

WALLED = ("intake", "participation", "comment")
"""Schemas on either side of the wall, where nothing may tell when."""

LIMIT = 0.2
"""The largest rank correlation between two orders that counts as none."""


async def telling_columns(connection: Any) -> list[str]:
    """Columns behind the wall that say when, whence or in which order a row came, by their type or default."""
    return [
        f"{row['name']}: {row['why']}"
        for row in await connection.fetch(_TELLING_COLUMNS, list(WALLED))
        if row["why"] is not None
    ]


async def telling_ids(connection: Any) -> list[str]:
    """Ids near an answer that are not random: of another version than 4 (RFC 9562, section 5.4)."""
    found = []
    for table, column in _IDS:
        ids = await connection.fetch(f"select distinct {column} as id from {table}")
        found += [f"{table}.{column}: {row['id']}" for row in ids if UUID(str(row["id"])).version != 4]
    return found


async def telling_objects(connection: Any) -> list[str]:
    """Sequences behind the wall; triggers, rules, publications and logical slots anywhere."""
    return [str(row["name"]) for row in await connection.fetch(_TELLING_OBJECTS, list(WALLED))]


async def privileges(connection: Any, role: str, schema: str) -> set[str]:
    """All that `role` may do in `schema`, as `privilege object` or `privilege object (column)`."""
    return {str(row["found"]) for row in await connection.fetch(_PRIVILEGES, role, schema)}


async def telling_settings(connection: Any) -> list[str]:
    """Settings of the server, as they hold for this connection, that record when or what somebody answered."""
    rows = await connection.fetch("select name, setting from pg_catalog.pg_settings where name = any($1)", _SETTINGS)
    value = {row["name"]: row["setting"] for row in rows}
    found = []
    if value["track_commit_timestamp"] == "on":
        found.append("track_commit_timestamp")
    if value["wal_level"] == "logical":
        found.append("wal_level")
    is_logged = (
        value["log_statement"] in ("mod", "all")
        or value["log_min_duration_statement"] != "-1"
        or value["log_min_duration_sample"] != "-1"
        or float(value["log_transaction_sample_rate"]) > 0
    )
    if is_logged and value["log_parameter_max_length"] != "0":
        found.append("log_parameter_max_length")
    if value["log_parameter_max_length_on_error"] != "0":
        found.append("log_parameter_max_length_on_error")
    return found


async def writers_beside(connection: Any) -> list[str]:
    """Tables with rows of a transaction between the first and the last that wrote a sealed response.

    While people answer nothing else is written: a row of any other table whose xmin lies between could be set
    beside an answer, and one of the same transaction would be.
    """
    first, last = await connection.fetchrow("select min(xmin::text::int8), max(xmin::text::int8) from intake.sealed")
    found = []
    for row in await connection.fetch(_OTHER_TABLES):
        beside = f"select 1 from {row['name']} where xmin::text::int8 between {first} and {last} limit 1"
        if await connection.fetchval(beside):
            found.append(str(row["name"]))
    return found


async def places(connection: Any, table: str, column: str, by: str) -> dict[str, int]:
    """Where each row stands, by `ctid` (part after part, as the rows lie on disk) or by `xmin`."""
    order = {"ctid": "tableoid, ctid", "xmin": "xmin::text::int8"}[by]
    rank = "row_number()" if by == "ctid" else "rank()"
    rows = await connection.fetch(f"select {column}::text as key, {rank} over (order by {order}) as place from {table}")
    return {row["key"]: row["place"] for row in rows}


def dumped(dump: str, table: str, column: str) -> dict[str, int]:
    """Where each row stands in a plain dump, the parts of a table one after another."""
    found: dict[str, int] = {}
    block_of = rf"(?ms)^COPY {re.escape(table)}(?:_\w)? \(([^)]*)\) FROM stdin;\n(.*?)^\\\.$"
    for block in re.finditer(block_of, dump):
        place = block.group(1).split(", ").index(column)
        for line in block.group(2).splitlines():
            # In COPY's text format a backslash is doubled.
            found[line.split("\t")[place].replace("\\\\", "\\")] = len(found)
    return found


def correlation(first: Mapping[Any, float], second: Mapping[Any, float]) -> float:
    """Spearman's rank correlation between two orders of the same things; 0.0 where one of them has no order."""
    keys = list(first)
    assert first.keys() == second.keys(), "the orders are of different things"
    if len(set(first.values())) < 2 or len(set(second.values())) < 2:
        return 0.0
    return float(spearmanr([first[key] for key in keys], [second[key] for key in keys]).statistic)


def texts_in(texts: Mapping[str, bytes], canaries: Iterable[bytes]) -> list[str]:
    """Which texts hold which canary."""
    return [f"{name}: {canary!r}" for canary in canaries for name, text in texts.items() if canary in text]


def files_in(directory: Path) -> dict[str, bytes]:
    """Every file under a directory, by its path in it."""
    return {
        str(path.relative_to(directory)): path.read_bytes() for path in sorted(directory.rglob("*")) if path.is_file()
    }


_IDS = (
    ("intake.open_wave", "wave_id"),
    ("intake.sealed", "wave_id"),
    ("intake.sealed", "key_id"),
    ("participation.reporting_group", "key_id"),
    ("participation.invitation", "person_id"),
    ("participation.invitation", "key_id"),
    ("participation.code", "key_id"),
)

_SETTINGS = [
    "track_commit_timestamp",
    "wal_level",
    "log_statement",
    "log_min_duration_statement",
    "log_min_duration_sample",
    "log_transaction_sample_rate",
    "log_parameter_max_length",
    "log_parameter_max_length_on_error",
]

# Type categories: D for dates and times, T for spans of time, I for addresses. A default would be filled in
# without anybody seeing it.
_TELLING_COLUMNS = """
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

_TELLING_OBJECTS = """
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

_OTHER_TABLES = """
select oid::regclass::text as name
from pg_catalog.pg_class
where
  relkind = 'r'
  and not relispartition
  and relnamespace::regnamespace::text in ('peil', 'participation', 'intake', 'comment', 'release')
order by name
"""

_PRIVILEGES = """
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
where has_schema_privilege($1, $2, privilege)
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
"""
