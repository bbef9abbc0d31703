"""Copies of an employer with everything it has, by the thousand: as many others as a service may serve."""

from hashlib import md5
from uuid import UUID

import asyncpg

# What the worker would do for each, what may be there once only, and answers: those of a benchmark are not a few.
_LEFT_OUT = ("due", "issuer", "sealed")
_TABLES = """
select format('%I.%I', table_schema, table_name), array_agg(quote_ident(column_name) order by ordinal_position),
  array_agg(data_type order by ordinal_position)
from information_schema.columns
where format('%I.%I', table_schema, table_name)::regclass in (
  select attrelid
  from pg_attribute
  join pg_class on pg_class.oid = attrelid
  where attname = 'employer_id' and relkind in ('r', 'p') and not relispartition
) and table_name <> all($1)
group by table_schema, table_name
"""


def copied(name: UUID, number: int) -> UUID:
    """What a copy has in place of an id of the first employer, which is number 0 itself."""
    return UUID(bytes=md5(f"{name}:{number}".encode(), usedforsecurity=False).digest()) if number else name


async def copy_employer(url: str, employer_id: UUID, first: int, last: int) -> None:
    """Makes the copies from `first` to `last`, every table's rows with other ids, keys and secrets as they are."""
    connection = await asyncpg.connect(url, command_timeout=None)
    try:
        # Without looking up the row that each row refers to: all are copied alike.
        await connection.execute("set session_replication_role = replica")
        for table, columns, types in await connection.fetch(_TABLES, list(_LEFT_OUT)):
            values = [_value(*column) for column in zip(columns, types, strict=True)]
            await connection.execute(
                f"insert into {table} ({', '.join(columns)}) select {', '.join(values)} from {table} "
                "cross join generate_series($2::integer, $3::integer) as the_copy where employer_id = $1",
                employer_id,
                first,
                last,
            )
        await connection.execute("vacuum analyze")
        await connection.execute("checkpoint")
    finally:
        await connection.close()


def _value(column: str, kind: str) -> str:
    return f"md5({column}::text || ':' || the_copy)::uuid" if kind == "uuid" else column
