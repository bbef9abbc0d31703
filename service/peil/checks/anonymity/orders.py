"""Orders that would tell who answered what, and texts that would: in tables, dumps, logs and files."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from scipy.stats import spearmanr

LIMIT = 0.2
"""The largest rank correlation between two orders that counts as none."""


async def places(connection: Any, table: str, column: str, by: str, employer_id: UUID) -> dict[str, int]:
    """Where each row stands, by `ctid` (part after part, as the rows lie on disk) or by `xmin`."""
    order = {"ctid": "tableoid, ctid", "xmin": "xmin::text::int8"}[by]
    rank = "row_number()" if by == "ctid" else "rank()"
    # The names of table and column are our own.
    sql = f"select {column}::text as key, {rank} over (order by {order}) as place from {table} where employer_id = $1"  # noqa: S608  # a name of the catalogue
    return {row["key"]: row["place"] for row in await connection.fetch(sql, employer_id)}


async def lone_lines(connection: Any, employer_id: UUID) -> dict[str, int]:
    """The transactions of those lines of the ledger with which neither neighbour in the group was written.

    Lines that are written beside somebody's own must hide it. Where they are a run of neighbours and it is not one
    of them, the line that stands alone in its transaction is that of the person who got a token.
    """
    return {str(row["person_id"]): row["xmin"] for row in await connection.fetch(_LONE_LINES, employer_id)}


async def lines_apart(connection: Any, employer_id: UUID) -> list[str]:
    """Lines of the ledger with a token whose transaction wrote no other; more than one of them is an order."""
    return [f"a line of group {row['key_id']}" for row in await connection.fetch(_LINES_APART, employer_id)]


async def locked_lines(connection: Any, employer_id: UUID) -> list[str]:
    """Lines of the ledger that somebody has locked and not written: who asked for a token again, and when (xmax)."""
    return [f"a line of group {row['key_id']}" for row in await connection.fetch(_LOCKED_LINES, employer_id)]


async def writers_beside(connection: Any, employer_id: UUID) -> list[str]:
    """Tables with rows of the employer, of a transaction between the first and the last that wrote an answer.

    While people answer nothing else is written: a row of any other table whose xmin lies between could be set
    beside an answer, and one of the same transaction would be.
    """
    first, last = await connection.fetchrow(_FIRST_AND_LAST, employer_id)
    found = []
    for name in await tables_of_employers(connection):
        beside = f"select 1 from {name} where employer_id = $1 and xmin::text::int8 between $2 and $3 limit 1"  # noqa: S608  # a name of the catalogue
        if name != "intake.sealed" and await connection.fetchval(beside, employer_id, first, last):
            found.append(name)
    return found


async def tables_of_employers(connection: Any) -> list[str]:
    """Every table of ours that has rows of employers."""
    return [str(row["name"]) for row in await connection.fetch(_TABLES)]


async def text_of(connection: Any, table: str, employer_id: UUID) -> str:
    """The employer's rows as PostgreSQL writes them, binary columns in hex."""
    # The name comes from the catalogue, quoted where need be.
    rows = await connection.fetch(f"select row::text as text from {table} as row where employer_id = $1", employer_id)  # noqa: S608  # a name of the catalogue
    # In a row's text a quotation mark is doubled.
    return "\n".join(row["text"] for row in rows).replace('""', '"')


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
    """Spearman's rank correlation between two orders of the same things; 0.0 where one of them has no order.

    Raises ValueError where the orders are of different things: then nothing was compared.
    """
    keys = list(first)
    if first.keys() != second.keys() or not keys:
        raise ValueError("the orders are of different things, or of none")
    if len(set(first.values())) < 2 or len(set(second.values())) < 2:
        return 0.0
    return float(spearmanr([first[key] for key in keys], [second[key] for key in keys]).statistic)


def strongest(pairs: Iterable[tuple[Mapping[Any, float], Mapping[Any, float]]]) -> float:
    """The correlation that is farthest from none."""
    return max((correlation(first, second) for first, second in pairs), key=abs)


def texts_in(texts: Mapping[str, bytes], canaries: Iterable[bytes]) -> list[str]:
    """Which texts hold which canary."""
    return [f"{name}: {canary!r}" for canary in canaries for name, text in texts.items() if canary in text]


def files_in(directory: Path) -> dict[str, bytes]:
    """Every file under a directory, by its path in it."""
    return {
        str(path.relative_to(directory)): path.read_bytes() for path in sorted(directory.rglob("*")) if path.is_file()
    }


_LONE_LINES = """-- lone_lines
with
  line as (
    select
      person_id,
      xmin::text::int8 as xmin,
      lag(xmin::text::int8) over in_group as before,
      lead(xmin::text::int8) over in_group as after
    from participation.invitation
    where
      employer_id = $1
      and issued_on is not null
    window in_group as (partition by wave_id, key_id order by person_id)
  )
select
  person_id,
  xmin
from line
where
  xmin is distinct from before
  and xmin is distinct from after
order by person_id
"""

_LINES_APART = """-- lines_apart
select min(key_id::text) as key_id
from participation.invitation
where
  employer_id = $1
  and issued_on is not null
group by xmin::text
having count(*) = 1
order by key_id
"""

_LOCKED_LINES = """-- locked_lines
select key_id
from participation.invitation
where
  employer_id = $1
  and xmax::text not in ('0', xmin::text)
order by key_id
"""

_FIRST_AND_LAST = """-- first_and_last_sealed
select
  min(xmin::text::int8) as first,
  max(xmin::text::int8) as last
from intake.sealed
where employer_id = $1
"""

# Parts are asked through the whole.
_TABLES = """-- tables_of_ours
select class.oid::regclass::text as name
from pg_catalog.pg_class as class
join pg_catalog.pg_attribute on attrelid = class.oid and attname = 'employer_id'
where
  relkind in ('r', 'p')
  and not relispartition
  and relnamespace::regnamespace::text in ('peil', 'participation', 'intake', 'comment', 'release')
order by name
"""
