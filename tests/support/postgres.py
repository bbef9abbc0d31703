"""Gives the tests one real PostgreSQL for the session and an empty database for each that asks."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from uuid import uuid4

import asyncpg

from peil.embedded import Cluster


@contextmanager
def session_cluster() -> Iterator[Cluster]:
    """A started cluster with PostgreSQL's own settings, for a fixture of the session."""
    with Cluster() as cluster:
        yield cluster


@asynccontextmanager
async def fresh_database(cluster: Cluster, template: str = "template1") -> AsyncIterator[str]:
    """The name of a new database, a copy of `template`, which goes with the block."""
    name = f"test_{uuid4().hex}"
    connection = await asyncpg.connect(cluster.url())
    try:
        await connection.execute(f'create database "{name}" template "{template}"')
        try:
            yield name
        finally:
            await connection.execute(f'drop database "{name}" with (force)')
    finally:
        await connection.close()
