"""Debian's PostgreSQL 15 gets the same schema as the shipped server, and the main job runs on it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from cases.measuring import play_round
from peil import bootstrap
from peil.demo.issuer import DemoIssuer
from peil.embedded import Cluster
from support.house import House, open_house
from support.personas import cast_of

pytestmark = [pytest.mark.external, pytest.mark.needs("/usr/lib/postgresql/15/bin/postgres")]

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
SCHEMAS = "('peil', 'participation', 'intake', 'comment', 'release')"

CATALOGUE = {
    "schemas": f"""
select nspname, nspowner::regrole::text, nspacl::text[], obj_description(oid, 'pg_namespace')
from pg_namespace
where nspname in {SCHEMAS}
order by nspname
""",
    # Without the owner's own rights, to which version 17 added MAINTAIN.
    "relations": f"""
select oid::regclass::text, relkind::text, relowner::regrole::text, relrowsecurity, relforcerowsecurity,
  reloptions, relpersistence::text, relispartition, pg_get_partkeydef(oid), pg_get_expr(relpartbound, oid),
  obj_description(oid, 'pg_class'),
  array(select acl::text from unnest(relacl) as acl where not acl::text like 'peil_owner=%' order by acl::text)
from pg_class
where relnamespace::regnamespace::text in {SCHEMAS}
  and relkind <> 'i'
order by 1
""",
    "columns": f"""
select attrelid::regclass::text, attnum, attname, format_type(atttypid, atttypmod), attnotnull,
  attidentity::text, attgenerated::text, attcollation::regcollation::text,
  pg_get_expr(adbin, adrelid), col_description(attrelid, attnum),
  array(select acl::text from unnest(attacl) as acl order by acl::text)
from pg_attribute
join pg_class on pg_class.oid = attrelid
left join pg_attrdef on adrelid = attrelid and adnum = attnum
where relnamespace::regnamespace::text in {SCHEMAS}
  and relkind <> 'i'
  and attnum > 0
  and not attisdropped
order by 1, 2
""",
    # From version 18 on, NOT NULL is a constraint too; the columns above have it in either.
    "constraints": f"""
select conrelid::regclass::text, conname, contype::text, convalidated, pg_get_constraintdef(oid)
from pg_constraint
where connamespace::regnamespace::text in {SCHEMAS}
  and contype <> 'n'
order by 1, 2
""",
    "indexes": f"""
select schemaname, indexname, indexdef
from pg_indexes
where schemaname in {SCHEMAS}
order by 1, 2
""",
    "policies": f"""
select schemaname, tablename, policyname, permissive, roles::text[], cmd, qual, with_check
from pg_policies
where schemaname in {SCHEMAS}
order by 1, 2, 3
""",
    "functions": f"""
select oid::regprocedure::text, prosecdef, provolatile::text, prosrc, proacl::text[]
from pg_proc
where pronamespace::regnamespace::text in {SCHEMAS}
order by 1
""",
    "triggers": f"""
select pg_get_triggerdef(pg_trigger.oid)
from pg_trigger
join pg_class on pg_class.oid = tgrelid
where relnamespace::regnamespace::text in {SCHEMAS}
  and not tgisinternal
order by 1
""",
    "roles": """
select rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls,
  rolconfig
from pg_roles
where rolname like 'peil%'
order by 1
""",
    "default grants": """
select defaclrole::regrole::text, defaclnamespace::regnamespace::text, defaclobjtype::text, defaclacl::text[]
from pg_default_acl
order by 1, 2, 3
""",
}


@pytest.fixture(scope="module")
def shipped() -> Iterator[Cluster]:
    """The server of the wheel."""
    with Cluster() as started:
        yield started


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """Debian's server, with data of its own on a socket of its own."""
    with Cluster(programs=PROGRAMS) as started:
        yield started


@pytest.fixture(scope="module")
async def migrated(cluster: Cluster) -> str:
    await bootstrap.prepare(cluster)
    return bootstrap.DATABASE


@pytest.fixture(scope="module")
async def house(
    cluster: Cluster, migrated: str, issuer: DemoIssuer, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[House]:
    """The service on Debian's server."""
    async with open_house(cluster, migrated, tmp_path_factory.mktemp("keys15") / "store", issuer) as opened:
        yield opened


async def catalogue(cluster: Cluster, database: str, part: str) -> list[tuple[object, ...]]:
    """What the server itself knows of one part of the schema."""
    connection = await asyncpg.connect(cluster.url(database=database))
    try:
        return [tuple(row.values()) for row in await connection.fetch(CATALOGUE[part])]
    finally:
        await connection.close()


@pytest.fixture(scope="module")
async def shipped_database(shipped: Cluster) -> str:
    await bootstrap.prepare(shipped)
    return bootstrap.DATABASE


async def test_it_is_version_15(house: House, cluster: Cluster) -> None:
    """The service below really talks to PostgreSQL 15."""
    connection = await asyncpg.connect(house.settings.database_url_api)
    version = connection.get_server_version()
    await connection.close()

    assert 15 == version.major


@pytest.mark.parametrize("part", CATALOGUE)
async def test_the_schema_is_the_same(
    part: str, cluster: Cluster, migrated: str, shipped: Cluster, shipped_database: str
) -> None:
    """Columns, constraints, indexes, policies, grants and comments do not depend on the server's version."""
    expected = await catalogue(shipped, shipped_database, part)

    assert expected or part in {"functions", "triggers", "default grants"}
    assert expected == await catalogue(cluster, migrated, part)


async def test_the_main_job_runs_on_it(house: House) -> None:
    """A wave is planned, opened, answered, closed and read on Debian's server."""
    played = await play_round(await cast_of(await house.employer()))

    assert "published" in {one["response"]["status"] for one in played.aggregates.values()}
