"""Brings a database to the present schema with pogo, one runner at a time, and shows the schema whole."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

import asyncpg
from pogo_core.error import BadMigrationError
from pogo_core.migration import Migration, topological_sort
from pogo_core.util import migrate, sql

from peil.embedded_host import program

Phase = Literal["pre", "post", "all"]

_FILE_NAME = re.compile(r"\d{4}_(pre|post)_[a-z0-9_]+\.sql")
_LOCK = 0x7065696C  # "peil" in ASCII
# Who waits for a lock makes everybody wait who comes after: a migration gives up soon and can be run again.
_LOCK_TIMEOUT = "5s"
_STATEMENT_TIMEOUT = "10min"
# Random tokens, versions, and settings that not every supported server knows.
_UNSTABLE = re.compile(r"^(\\(un)?restrict .*|-- Dumped (from|by) .*|SET \w+_timeout = 0;)\n", re.MULTILINE)


class MigrationError(Exception):
    """A migration cannot be read or applied; those before it are applied, of itself nothing is."""


def get_directory() -> Path:
    """Where the SQL files are: in the package when it is installed, at the top of a checkout otherwise."""
    package = Path(__file__).parent
    installed = package / "_migrations"
    return installed if installed.is_dir() else package.parent.parent / "migrations"


async def pending(connection: asyncpg.Connection, directory: Path | None = None) -> list[str]:
    """Names of the migrations that are still to be applied, in their order; writes nothing."""
    started = await sql.get_pogo_version(connection) is not None
    loaded = await _load(connection if started else None, directory or get_directory())
    return [migration.id for migration in loaded if not migration.applied]


async def apply(connection: asyncpg.Connection, phase: Phase, directory: Path | None = None) -> list[str]:
    """Apply what is pending of a phase and return the names of what was applied, in order.

    `pre` goes before the new program runs, `post` after the old one has ended. A runner that comes second
    waits for the first and then finds nothing left. Each migration is one transaction, unless its header says
    otherwise. One of the other phase that must come first stops the run before anything is applied.
    """
    async with _one_at_a_time(connection):
        await sql.ensure_pogo_sync(connection)
        chosen = _choose(await _load(connection, directory or get_directory()), phase)
        for migration in chosen:
            await _apply(connection, migration)
        return [migration.id for migration in chosen]


async def dump_schema(url: str) -> str:
    """The schema of a database as SQL: tables, comments, policies, grants; the same text on every run.

    Without owners and without pogo's own tables. Roles belong to the whole server and are not in it.
    """
    options = ["--schema-only", "--no-owner", "--exclude-table=public._pogo_*", f"--dbname={url}"]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(program("pg_dump"), *options, stdout=pipe, stderr=pipe)
    output, errors = await process.communicate()
    if process.returncode != 0:
        raise MigrationError(f"pg_dump failed: {errors.decode(errors='replace')}")
    return re.sub(r"\n{3,}", "\n\n", _UNSTABLE.sub("", output.decode())).strip() + "\n"


@asynccontextmanager
async def _one_at_a_time(connection: asyncpg.Connection) -> AsyncIterator[None]:
    """Hold the session's advisory lock; waiting for another runner may take as long as a statement."""
    await connection.execute(f"set statement_timeout = '{_STATEMENT_TIMEOUT}'")
    try:
        await connection.execute("select pg_advisory_lock($1)", _LOCK)
        try:
            await connection.execute(f"set lock_timeout = '{_LOCK_TIMEOUT}'")
            yield
        finally:
            await connection.execute("select pg_advisory_unlock($1)", _LOCK)
    finally:
        await connection.execute("reset lock_timeout")
        await connection.execute("reset statement_timeout")


async def _load(connection: asyncpg.Connection | None, directory: Path) -> list[Migration]:
    """All migrations of the directory, each after those it depends on, otherwise by name."""
    _require_names(directory)
    found = await sql.read_migrations(directory, connection, schema_name="public")
    try:
        return topological_sort([each.load() for each in sorted(found, key=lambda each: each.id)])
    except BadMigrationError as error:
        raise MigrationError(str(error)) from error


def _require_names(directory: Path) -> None:
    """Refuse what pogo would run although its phase is unknown."""
    for path in directory.iterdir():
        if path.suffix in {".sql", ".py"} and not _FILE_NAME.fullmatch(path.name):
            raise MigrationError(f"{path.name} is not named NNNN_pre_what.sql or NNNN_post_what.sql")


def _choose(migrations: list[Migration], phase: Phase) -> list[Migration]:
    """The pending ones of a phase, if none of them depends on a pending one of the other phase."""
    waiting = [each for each in migrations if not each.applied]
    chosen = [each for each in waiting if phase in ("all", each.id.split("_")[1])]
    ready = {each.id for each in migrations if each.applied}
    for each in chosen:
        if missing := sorted(each.depends_ids - ready):
            raise MigrationError(f"{each.id} needs {', '.join(missing)} first, which is not of phase {phase}")
        ready.add(each.id)
    return chosen


async def _apply(connection: asyncpg.Connection, migration: Migration) -> None:
    try:
        async with migrate.transaction(connection, migration):
            await migration.apply(connection)
            await sql.migration_applied(connection, migration.id, migration.hash, schema_name="public")
    except asyncpg.PostgresError as error:
        raise MigrationError(f"{migration.id}: {error}") from error
