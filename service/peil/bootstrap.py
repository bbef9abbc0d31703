"""What is done before anything can be served: migrate a database, make the operator's client, start a cluster."""

import asyncio
import secrets
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path

import asyncpg

from peil import actor, clock, migrations
from peil.access.clients import operator_clients
from peil.access.clients.model import ClientCreated
from peil.actor import Reach
from peil.database import Database
from peil.embedded import Cluster
from peil.migrations import Phase
from peil.operation import Transaction
from peil.settings import Settings

DATABASE = "peil"


async def migrate(url: str, phase: Phase = "all") -> list[str]:
    """Applies what is pending, as the owner; gives the names."""
    connection = await asyncpg.connect(url)
    try:
        return await migrations.apply(connection, phase)
    finally:
        await connection.close()


async def create_operator(url: str, name: str) -> ClientCreated:
    """Makes an OAuth client of the operator, with the API's role; shows its secret this once."""
    async with operating(url, "create_operator_client") as tx:
        return await operator_clients.create_operator_client(tx, name)


@asynccontextmanager
async def operating(url: str, name: str) -> AsyncIterator[Transaction]:
    """A transaction for somebody who has the database itself, with the API's role."""
    database = Database(url, size=1)
    await database.open()
    try:
        async with database.transaction(None, service=True) as rows:
            yield Transaction(rows, actor.COMMAND, name, Reach.SERVICE, clock.now())
    finally:
        await database.close()


async def prepare(cluster: Cluster, database: str = DATABASE) -> None:
    """Makes roles and a database in a cluster of our own, and migrates it."""
    connection = await asyncpg.connect(cluster.url())
    try:
        await connection.execute(roles_sql())
        if not await connection.fetchval("select 1 from pg_database where datname = $1", database):
            await connection.execute(f'create database "{database}" owner peil_owner')
    finally:
        await connection.close()
    await migrate(cluster.url("peil_owner", database))


def roles_sql() -> str:
    """The SQL that makes Peil's database roles."""
    package = Path(str(files("peil")))
    installed = package / "_schema" / "roles.sql"
    return (installed if installed.is_file() else package.parent.parent / "schema" / "roles.sql").read_text()


def cluster_settings(cluster: Cluster, keys: Path, *, database: str = DATABASE, **chosen: object) -> Settings:
    """Settings for a cluster of our own, with a fresh secret."""
    given: dict[str, object] = {
        "environment": "demo",
        "database_url_owner": cluster.url("peil_owner", database),
        "database_url_api": cluster.url("peil_api", database),
        "database_url_intake": cluster.url("peil_intake", database),
        "database_url_moderator": cluster.url("peil_moderator", database),
        "database_url_worker": cluster.url("peil_worker", database),
        "keys": keys,
        "secret": b64encode(secrets.token_bytes(32)).decode(),
        "allow_loopback": True,
    }
    return Settings(**(given | chosen))  # type: ignore[arg-type]  # the caller's names are checked by Settings


def print_database_schema() -> str:
    """The whole schema as SQL, from a database of our own that is migrated for it."""
    with Cluster() as cluster:
        return asyncio.run(_dump(cluster))


async def _dump(cluster: Cluster) -> str:
    await prepare(cluster)
    return await migrations.dump_schema(cluster.url("peil_owner", DATABASE))
