"""Migrations are applied once, in order, by phase, whole or not at all; the schema is always shown alike."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from peil import migrations
from peil.embedded import Cluster
from support.postgres import fresh_database, session_cluster

MIGRATION = "-- {name}\n-- depends: {depends}\n\n-- migrate: apply\n\n{apply}\n\n-- migrate: rollback\n\n{rollback}\n"

# What pogo's splitting at semicolons could trip over.
BODIES = """
-- A comment; with a semicolon.
create table thing (
  thing_id integer not null, -- trailing; comment
  -- a line of its own; here
  name text not null default 'a;b',
  constraint thing_pkey primary key (thing_id)
);

comment on table thing is 'Two;
lines';

create function refuse() returns trigger
language plpgsql
as $$
begin
  -- a comment in the body; with a semicolon
  if new.name = '' then
    raise exception 'no; name';
  end if;
  case when new.thing_id > 0 then new.name := new.name || ';'; else null; end case;
  return new;
exception when others then
  raise;
end;
$$;

create function nested() returns text
language sql
return $body$a;b$body$ || $$c;d$$;

create function doubled(number integer) returns integer
language sql
begin atomic
  select number;
  select number * 2;
end;

do $do$
begin
  perform 1;
end
$do$;

create trigger thing_refuse before insert on thing for each row execute function refuse();
insert into thing (thing_id, name) values (1, E'it''s; --no comment');
"""


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A server for this file."""
    with session_cluster() as started:
        yield started


@pytest.fixture
async def url(cluster: Cluster) -> AsyncIterator[str]:
    """The URL of an empty database."""
    async with fresh_database(cluster) as name:
        yield cluster.url(database=name)


@pytest.fixture
async def connection(url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection to the empty database."""
    opened = await asyncpg.connect(url)
    yield opened
    await opened.close()


def write(directory: Path, name: str, apply: str, depends: str = "", rollback: str = "") -> None:
    """Write one migration as pogo wants it."""
    text = MIGRATION.format(name=name, depends=depends, apply=apply, rollback=rollback)
    (directory / f"{name}.sql").write_text(text)


async def test_all_are_applied_in_the_order_of_their_dependencies(
    connection: asyncpg.Connection, tmp_path: Path
) -> None:
    """Names come in order, and the later ones find what the earlier ones made."""
    write(tmp_path, "0003_pre_third", "alter table a add column c integer;", "0002_post_second")
    write(tmp_path, "0002_post_second", "alter table a add column b integer;", "0001_pre_first")
    write(tmp_path, "0001_pre_first", "create table a ();")

    applied = await migrations.apply(connection, "all", tmp_path)

    assert applied == ["0001_pre_first", "0002_post_second", "0003_pre_third"]
    assert await migrations.pending(connection, tmp_path) == []
    assert await migrations.apply(connection, "all", tmp_path) == []


async def test_pending_writes_nothing(connection: asyncpg.Connection, tmp_path: Path) -> None:
    """On an empty database everything is pending, and asking leaves it empty."""
    write(tmp_path, "0001_pre_first", "create table a ();")

    waiting = await migrations.pending(connection, tmp_path)

    assert waiting == ["0001_pre_first"]
    assert await connection.fetchval("select count(*) from pg_tables where schemaname = 'public'") == 0


async def test_phases_are_applied_apart(connection: asyncpg.Connection, tmp_path: Path) -> None:
    """`pre` leaves the post migrations for after the roll-out; `post` takes them then."""
    write(tmp_path, "0001_pre_first", "create table a (b integer);")
    write(tmp_path, "0002_post_second", "alter table a drop column b;", "0001_pre_first")

    assert await migrations.apply(connection, "pre", tmp_path) == ["0001_pre_first"]
    assert await migrations.pending(connection, tmp_path) == ["0002_post_second"]
    assert await migrations.apply(connection, "post", tmp_path) == ["0002_post_second"]


async def test_a_phase_does_not_jump_over_what_it_needs(connection: asyncpg.Connection, tmp_path: Path) -> None:
    """Two releases at once: the first one's post migration comes before; nothing is applied until then."""
    write(tmp_path, "0001_pre_first", "create table a (b integer);")
    write(tmp_path, "0002_post_second", "alter table a drop column b;", "0001_pre_first")
    write(tmp_path, "0003_pre_third", "alter table a add column b text;", "0002_post_second")

    with pytest.raises(migrations.MigrationError, match="0003_pre_third needs 0002_post_second first"):
        await migrations.apply(connection, "pre", tmp_path)

    assert len(await migrations.pending(connection, tmp_path)) == 3


async def test_a_failed_migration_leaves_nothing(connection: asyncpg.Connection, tmp_path: Path) -> None:
    """What came before it stays applied; of itself no statement has an effect, and it stays pending."""
    write(tmp_path, "0001_pre_first", "create table a ();")
    write(tmp_path, "0002_pre_second", "create table b ();\nselect 1 / 0;", "0001_pre_first")

    with pytest.raises(migrations.MigrationError, match="0002_pre_second: division by zero"):
        await migrations.apply(connection, "all", tmp_path)

    assert await connection.fetchval("select to_regclass('a') is not null and to_regclass('b') is null")
    assert await migrations.pending(connection, tmp_path) == ["0002_pre_second"]


async def test_two_runners_apply_once(url: str, tmp_path: Path) -> None:
    """Whoever comes second waits for the first and finds nothing left to do."""
    write(tmp_path, "0001_pre_first", "select pg_sleep(0.2);\ncreate table a ();")
    runners = [await asyncpg.connect(url) for _ in range(3)]
    try:
        applied = await asyncio.gather(*(migrations.apply(runner, "all", tmp_path) for runner in runners))
    finally:
        for runner in runners:
            await runner.close()

    assert sorted(applied) == [[], [], ["0001_pre_first"]]


async def test_a_migration_waits_for_a_lock_only_so_long(
    url: str, connection: asyncpg.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table in use makes the migration give up, without making everybody queue behind it."""
    monkeypatch.setattr(migrations, "_LOCK_TIMEOUT", "50ms")
    write(tmp_path, "0001_pre_first", "alter table a add column b integer;")
    await connection.execute("create table a ()")
    reader = await asyncpg.connect(url)
    try:
        async with reader.transaction():
            await reader.execute("select from a")
            with pytest.raises(migrations.MigrationError, match=r"0001_pre_first: .*lock timeout"):
                await migrations.apply(connection, "all", tmp_path)
    finally:
        await reader.close()

    assert await migrations.apply(connection, "all", tmp_path) == ["0001_pre_first"]


async def test_the_connection_comes_back_as_it_was(connection: asyncpg.Connection, tmp_path: Path) -> None:
    """Timeouts and the lock are the runner's, not those of whoever uses the connection next."""
    shown = "select current_setting('lock_timeout'), current_setting('statement_timeout'), count(*) from pg_locks"
    shown += " where locktype = 'advisory'"
    write(tmp_path, "0001_pre_first", "select 1 / 0;")
    before = await connection.fetchrow(shown)
    with pytest.raises(migrations.MigrationError):
        await migrations.apply(connection, "all", tmp_path)

    assert await connection.fetchrow(shown) == before


async def test_function_bodies_and_comments_survive_the_splitting(
    connection: asyncpg.Connection, tmp_path: Path
) -> None:
    """Semicolons in bodies, texts and comments do not end a statement."""
    write(tmp_path, "0001_pre_bodies", BODIES)

    await migrations.apply(connection, "all", tmp_path)
    row = await connection.fetchrow(
        """
        select name, nested() as nested, doubled(4) as doubled, obj_description('thing'::regclass) as text
        from thing
        """
    )

    assert dict(row or {}) == {
        "name": "it's; --no comment;",
        "nested": "a;bc;d",
        "doubled": 8,
        "text": "Two;\nlines",
    }


@pytest.mark.parametrize("name", ["first.sql", "0001_first.sql", "0001_pre_First.sql", "0001_pre_first.py"])
async def test_a_file_without_a_phase_is_refused(connection: asyncpg.Connection, tmp_path: Path, name: str) -> None:
    """Nothing is guessed about when a migration may run."""
    (tmp_path / name).touch()

    with pytest.raises(migrations.MigrationError, match="is not named"):
        await migrations.apply(connection, "all", tmp_path)


async def test_an_unknown_dependency_is_refused(connection: asyncpg.Connection, tmp_path: Path) -> None:
    """A migration that builds on one that is not there is not applied."""
    write(tmp_path, "0001_pre_first", "create table a ();", "0000_pre_never_seen")

    with pytest.raises(migrations.MigrationError, match="Could not resolve dependencies"):
        await migrations.apply(connection, "all", tmp_path)


def test_the_directory_is_the_checkouts() -> None:
    """From a checkout the migrations at its top are used."""
    assert migrations.get_directory() == Path(__file__).parents[2] / "migrations"


async def test_the_dump_is_stable_and_whole(url: str, connection: asyncpg.Connection, tmp_path: Path) -> None:
    """Comments, policies and grants are in it; versions, tokens, owners and pogo's tables are not."""
    write(
        tmp_path,
        "0001_pre_first",
        """create table a (b integer);
comment on column a.b is 'null: none';
alter table a enable row level security;
create policy own on a using (b = 1);
grant select on a to pg_monitor;""",
    )
    await migrations.apply(connection, "all", tmp_path)

    first, second = await migrations.dump_schema(url), await migrations.dump_schema(url)

    assert first == second
    for part in (
        "CREATE TABLE public.a",
        "IS 'null: none'",
        "CREATE POLICY own",
        "GRANT SELECT ON TABLE public.a",
    ):
        assert part in first
    for part in ("_pogo", "restrict", "Dumped", "OWNER TO", "timeout"):
        assert part not in first


async def test_the_dump_can_be_applied(cluster: Cluster, url: str, connection: asyncpg.Connection) -> None:
    """An empty database that gets the dump gives the same dump."""
    await connection.execute(BODIES)
    dump = await migrations.dump_schema(url)
    async with fresh_database(cluster) as name:
        other = await asyncpg.connect(cluster.url(database=name))
        await other.execute(dump)
        await other.close()

        assert await migrations.dump_schema(cluster.url(database=name)) == dump
