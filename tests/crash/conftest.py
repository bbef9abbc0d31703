"""A service in real processes on a PostgreSQL of its own, all of which can be killed."""

import asyncio
import os
import random
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import psutil
import pytest

import peil
from peil import bootstrap
from peil.demo.issuer import DemoIssuer
from peil.embedded import Cluster
from peil.settings import Settings
from support.house import House, free_socket, open_house

SEED = int(os.environ.get("CRASH_SEED") or random.SystemRandom().randrange(10**6))


class Part:
    """One process of the service: `serve` with a part or `worker`, started as an operator would."""

    def __init__(self, command: list[str], settings: Settings, port: int) -> None:
        self._command = [sys.executable, "-m", "peil", *command]
        self._environment = environment_of(settings, port)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, env=self._environment)

    def kill(self) -> None:
        """SIGKILL for it and what it started: nothing runs on, no handler and no `finally`."""
        if self._process is not None:
            with suppress(psutil.NoSuchProcess):
                children = psutil.Process(self._process.pid).children(recursive=True)
                self._process.kill()
                for child in children:
                    child.kill()
                psutil.wait_procs(children)
            self._process.wait()
            self._process = None

    @property
    def has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    @property
    def pid(self) -> int:
        if self._process is None:
            raise RuntimeError("it does not run")
        return self._process.pid


class Site:
    """The house (its API answers in our process as well), and the parts that are killed."""

    def __init__(self, cluster: Cluster, house: House) -> None:
        self.cluster = cluster
        self.house = house
        with free_socket() as listener, free_socket() as another:
            port, api_port = int(listener.getsockname()[1]), int(another.getsockname()[1])
        self.intake_url, self.api_url = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{api_port}"
        self.intake = Part(["serve", "--part", "intake"], house.settings, port)
        self.api = Part(["serve", "--part", "api"], house.settings, api_port)
        self.worker = Part(["worker"], house.settings, port)

    async def restart_database(self) -> None:
        """SIGKILL of PostgreSQL with all its processes, and its recovery."""
        await asyncio.to_thread(self.cluster.kill)
        await asyncio.to_thread(self.cluster.restart)

    async def fetch(self, query: str, *arguments: Any) -> Any:
        """The rows of a query as the superuser."""
        async with self.superuser() as connection:
            return await connection.fetch(query, *arguments)

    def superuser(self) -> Any:
        return _Connection(self.cluster.url("postgres", bootstrap.DATABASE))


class _Connection:
    """A connection for one block; it may be lost on the way."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: Any = None

    async def __aenter__(self) -> Any:
        self._connection = await asyncpg.connect(self._url)
        return self._connection

    async def __aexit__(self, *_: object) -> None:
        self._connection.terminate()


def environment_of(settings: Settings, port: int) -> Mapping[str, str]:
    """The settings of a process as PEIL_* variables."""
    given = {name: getattr(settings, name) for name in Settings.__struct_fields__} | {"port": port}
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(peil.__path__[0]).parent),
        **{f"PEIL_{name.upper()}": str(value) for name, value in given.items()},
    }


@contextmanager
def running(*parts: Part) -> Iterator[None]:
    """Starts parts, and ends them however the block ends."""
    try:
        for part in parts:
            part.start()
        yield
    finally:
        for part in parts:
            part.kill()


@asynccontextmanager
async def supervised(*parts: Part) -> AsyncIterator[None]:
    """The same, and starts them again whenever they have ended, as the operating system's supervisor would."""

    async def watch() -> None:
        while True:
            for part in parts:
                if part.has_ended:
                    part.start()
            await asyncio.sleep(0.1)

    with running(*parts):
        watching = asyncio.create_task(watch())
        try:
            yield
        finally:
            watching.cancel()


@pytest.fixture(scope="session")
async def site(issuer: DemoIssuer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    sys.stdout.write(f"CRASH_SEED={SEED}\n")
    # Room for one transaction that survives a crash: it holds a close up whatever is killed meanwhile.
    with Cluster(settings={"max_prepared_transactions": "1"}) as cluster:
        await bootstrap.prepare(cluster)
        keys = tmp_path_factory.mktemp("crash") / "keys"
        async with open_house(cluster, bootstrap.DATABASE, keys, issuer) as house:
            yield Site(cluster, house)


@pytest.fixture
async def line(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the intake's process, with connections of its own."""
    async with httpx.AsyncClient(base_url=site.intake_url, timeout=20) as client:
        yield client
