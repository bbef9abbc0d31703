"""The distribution by employer covers every table, in an order and on conditions that Citus accepts.

Citus itself is not here: its two functions are replaced by ones that write down what they were asked.
"""

from collections.abc import AsyncIterator
from typing import NamedTuple

import asyncpg
import pytest

from peil import migrations
from peil.embedded import Cluster
from support.compose import DEPLOY
from support.postgres import fresh_database

STAND_INS = """
create table pg_dist_partition (
  logicalrelid regclass primary key,
  kind text not null,
  place integer generated always as identity
);
create function create_reference_table(asked regclass) returns void language sql as
  'insert into pg_dist_partition (logicalrelid, kind) values (asked, ''reference'')';
create function create_distributed_table(asked regclass, asked_column text) returns void language sql as
  'insert into pg_dist_partition (logicalrelid, kind) values (asked, asked_column)';
"""

# Read before an employer is known. Another one needs a reason, and a policy of its own.
REFERENCE = {
    "peil.employer",
    "peil.client",
    "peil.client_secret",
    "peil.used_assertion",
    "peil.used_proof",
    "peil.revoked_token",
    "peil.issuer",
    "peil.vendor",
    "peil.vendor_audit",
    "peil.webhook_endpoint",
    "peil.webhook_secret",
    "intake.open_wave",
}

TABLES = """
select pg_class.oid::regclass::text
from pg_class
where relkind in ('r', 'p')
  and not relispartition
  and relnamespace::regnamespace::text in ('peil', 'participation', 'intake', 'comment', 'release')
"""

FOREIGN_KEYS = """
select
  pg_constraint.conname as name,
  referring.kind as referring,
  referred.kind as referred,
  referring.place > referred.place or conrelid = confrelid as in_order,
  'employer_id' = any (
    select attname
    from unnest(conkey) as key (number)
    join pg_attribute on attrelid = conrelid and attnum = key.number
  ) as names_employer
from pg_constraint
join pg_dist_partition as referring on referring.logicalrelid = conrelid
join pg_dist_partition as referred on referred.logicalrelid = confrelid
where contype = 'f'
order by conname
"""


class Distributed(NamedTuple):
    """What the script did to a migrated database."""

    tables: set[str]
    kinds: dict[str, str]
    foreign_keys: list[asyncpg.Record]


@pytest.fixture(scope="module")
async def distributed(cluster: Cluster, migrated: str) -> AsyncIterator[Distributed]:
    """The outcome of running the script twice, as one does after a later migration."""
    async with fresh_database(cluster) as name:
        connection = await asyncpg.connect(cluster.url(database=name))
        await migrations.apply(connection, "all")
        await connection.execute(STAND_INS)
        for _ in range(2):
            await connection.execute((DEPLOY / "citus" / "distribute.sql").read_text())
        tables = {row[0] for row in await connection.fetch(TABLES)}
        kinds = await connection.fetch("select logicalrelid::text, kind from pg_dist_partition")
        foreign_keys = await connection.fetch(FOREIGN_KEYS)
        await connection.close()
        yield Distributed(tables, {row[0]: row[1] for row in kinds}, foreign_keys)


async def test_every_table_is_placed(distributed: Distributed) -> None:
    """Each table goes with its employer or to every machine; only those known here go everywhere."""
    reference = {name for name, kind in distributed.kinds.items() if kind == "reference"}

    assert distributed.tables == set(distributed.kinds)
    assert set() == reference - REFERENCE
    assert {"reference", "employer_id"} == set(distributed.kinds.values())


async def test_foreign_keys_stay_on_one_machine(distributed: Distributed) -> None:
    """A key between tables of employers names the employer; a copied table refers to no distributed one."""
    between = [key for key in distributed.foreign_keys if key["referring"] == key["referred"] == "employer_id"]

    assert between
    assert [] == [key["name"] for key in between if not key["names_employer"]]
    assert [] == [
        key["name"]
        for key in distributed.foreign_keys
        if (key["referring"], key["referred"]) == ("reference", "employer_id")
    ]


async def test_what_is_referred_to_comes_first(distributed: Distributed) -> None:
    """Citus refuses a foreign key to a table that is still on the coordinator alone."""
    assert [] == [key["name"] for key in distributed.foreign_keys if not key["in_order"]]
