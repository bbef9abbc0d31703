"""Shows that the anonymity check can fail: a clean deployment on a throw-away server, then one for each leak."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg

from peil import bootstrap
from peil.checks.anonymity.examining import FEWEST, examine
from peil.checks.anonymity.leaks import leaks_of
from peil.checks.anonymity.planting import Leak
from peil.checks.anonymity.site import open_site
from peil.checks.anonymity.watching import Sources
from peil.checks.model import Line
from peil.embedded import Cluster
from peil.structs import Value
from peil.waves.model import WaveMode


class Proof(Value, frozen=True, kw_only=True):
    """A leak that was planted, and whether the check found it by each line that should."""

    name: str
    words: str
    found_by: list[str]
    missed_by: list[str]


async def prove(people: int, mode: WaveMode) -> tuple[list[Line], list[Proof]]:
    """The lines about a clean deployment, and a proof for each leak that fits the mode. Takes a minute or two."""
    async with _server({}) as cluster:
        clean = await _examine(cluster, bootstrap.DATABASE, people, mode, None)
        return clean, [await prove_leak(cluster, leak, mode) for leak in leaks_of(mode)]


async def prove_leak(cluster: Cluster, leak: Leak, mode: WaveMode) -> Proof:
    """Plants a leak in a new database of this server, or on a server of its own, and checks that."""
    if leak.settings:
        async with _server(leak.settings) as other:
            lines = await _examine(other, bootstrap.DATABASE, FEWEST, mode, leak)
    else:
        lines = await _examine(cluster, await _planted(cluster, leak, mode), FEWEST, mode, leak)
    wrong = {line.name for line in lines if line.verdict == "wrong"}
    return Proof(
        name=leak.name,
        words=leak.words,
        found_by=[name for name in leak.found_by if name in wrong],
        missed_by=[name for name in leak.found_by if name not in wrong],
    )


@asynccontextmanager
async def _server(settings: Mapping[str, str]) -> AsyncIterator[Cluster]:
    cluster = Cluster(settings=settings)
    await asyncio.to_thread(cluster.start)
    try:
        await bootstrap.prepare(cluster)
        yield cluster
    finally:
        await asyncio.to_thread(cluster.stop)


async def _planted(cluster: Cluster, leak: Leak, mode: WaveMode) -> str:
    """The name of a migrated database with the leak in it."""
    name = f"leak_{mode}_{leak.name.replace('-', '_')}"
    await bootstrap.prepare(cluster, name)
    if not leak.sql:
        return name
    connection = await asyncpg.connect(cluster.url(database=name))
    try:
        await connection.execute(leak.sql)
    finally:
        await connection.close()
    return name


async def _examine(cluster: Cluster, database: str, people: int, mode: WaveMode, leak: Leak | None) -> list[Line]:
    directory = Path(tempfile.mkdtemp(prefix="peil-check-"))
    chosen = bootstrap.cluster_settings(cluster, directory / "keys", database=database, public_url="http://peil.check")
    sources = Sources(logs=(cluster.run_directory / "log",), wal=cluster.data_directory / "pg_wal")
    try:
        async with open_site(chosen, wrap=leak.wrap if leak else None) as site:
            return await examine(site, people, mode, sources, leak)
    finally:
        shutil.rmtree(directory)
