"""The compose file's commands, run as they stand there, make a service that answers in production."""

import asyncio
import base64
import os
import re
import secrets
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import httpx
import msgspec
import pytest

import peil
from peil.embedded import Cluster
from peil.embedded_host import program
from support import compose
from support.house import free_socket

SOURCE = Path(peil.__path__[0]).parent
PASSWORDS = ("OWNER", "API", "INTAKE", "WORKER", "MODERATOR")


@pytest.fixture(scope="module")
def values() -> dict[str, str]:
    """What somebody fills in."""
    return {
        **{f"{name}_PASSWORD": secrets.token_hex(24) for name in ("POSTGRES", *PASSWORDS)},
        "PEIL_SECRET": base64.b64encode(secrets.token_bytes(32)).decode(),
        "PEIL_PUBLIC_URL": "https://peil.example",
        "PEIL_INTAKE_URL": "https://answers.example",
    }


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A server of this file's own: it gets the deployment's database as the image's first start makes it."""
    with Cluster() as started:
        yield started


@pytest.fixture(scope="module")
async def database(cluster: Cluster, values: dict[str, str]) -> str:
    """The database after the scripts that the compose file mounts for the first start, in their order."""
    connection = await asyncpg.connect(cluster.url())
    await connection.execute("create database peil")
    await connection.close()
    mounted = [volume.split(":") for volume in compose.service("database")["volumes"]]
    scripts = {parts[1]: parts[0] for parts in mounted if parts[1].endswith(".sql")}
    for _, path in sorted(scripts.items()):
        script = str((compose.DEPLOY / path).resolve())
        url = cluster.url(database="peil")
        assert 0 == await run(str(program("psql")), "--no-psqlrc", "--quiet", f"--file={script}", url, env=values)
    return "peil"


async def run(*command: str, env: dict[str, str]) -> int:
    process = await asyncio.create_subprocess_exec(*command, env={"PATH": os.defpath, **env})
    return await process.wait()


def environment(name: str, cluster: Cluster, values: dict[str, str], keys: Path) -> dict[str, str]:
    """What a container has: the image's settings and the service's, the database being our own."""
    given = compose.environment(name, values)
    for key, text in given.items():
        if "DATABASE_URL" in key:
            url = urlsplit(text)
            assert "database" == url.hostname
            given[key] = cluster.url(url.username or "", url.path.removeprefix("/"))
    image = dict(re.findall(r"(PEIL_\w+)=(\S+)", (compose.DEPLOY / "Dockerfile").read_text()))
    return image | {"PEIL_HOST": "127.0.0.1", "PEIL_KEYS": str(keys), "PYTHONPATH": str(SOURCE)} | given


async def peil_command(*words: str, env: dict[str, str], output: int | None = None) -> asyncio.subprocess.Process:
    command = [sys.executable, "-m", "peil", *words]
    return await asyncio.create_subprocess_exec(*command, env={"PATH": os.defpath, **env}, stdout=output)


@asynccontextmanager
async def running(name: str, env: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """A service's process; told to stop in the end, and gone in time."""
    process = await peil_command(*compose.service(name)["command"], env=env)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), 20)


async def is_healthy(test: list[str], port: int) -> bool:
    """Whether a health check of the compose file or of the image comes true within 20 s."""
    words = [word.replace("8000", str(port)) for word in test if word != "CMD"]
    command = [sys.executable if word == "python" else word for word in words]
    for _ in range(100):
        process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.DEVNULL)
        if await process.wait() == 0:
            return True
        await asyncio.sleep(0.2)
    return False


def image_health_check() -> list[str]:
    """The Dockerfile's own, for services that state none."""
    text = (compose.DEPLOY / "Dockerfile").read_text()
    found = re.search(r"HEALTHCHECK[^\[]+(\[.+\])", text)
    assert found is not None
    return msgspec.json.decode(found[1], type=list[str])


async def test_scripts_leave_no_role_without_password(cluster: Cluster, database: str) -> None:
    """After the first start every serving role signs in by SCRAM, and the owner owns the database."""
    connection = await asyncpg.connect(cluster.url(database=database))
    roles = await connection.fetch(
        "select rolname from pg_authid where rolpassword like 'SCRAM-SHA-256$%' order by rolname"
    )
    owner = await connection.fetchval("select datdba::regrole::text from pg_database where datname = 'peil'")
    await connection.close()

    assert [f"peil_{name.lower()}" for name in sorted(PASSWORDS)] == [row["rolname"] for row in roles]
    assert "peil_owner" == owner


async def test_a_missing_password_stops_the_first_start(cluster: Cluster, database: str) -> None:
    """No role gets an empty or a literal password because a variable was forgotten."""
    script = str(compose.DEPLOY / "database" / "20-passwords.sql")
    code = await run(str(program("psql")), "--quiet", f"--file={script}", cluster.url(database=database), env={})

    assert 3 == code


async def test_the_commands_serve(cluster: Cluster, database: str, values: dict[str, str], tmp_path: Path) -> None:
    """Migrate, API, intake and worker start as in the compose file; the API creates an employer, the intake
    answers, the worker opens no signing key and the API no unsealing key."""
    keys = {name: tmp_path / name / "keys" for name in compose.PARTS}
    env = {name: environment(name, cluster, values, keys[name]) for name in compose.PARTS}
    migration = await peil_command(*compose.service("migrate")["command"], env=env["migrate"], output=-3)
    assert 0 == await migration.wait()

    ports = {name: free_port() for name in ("api", "intake")}
    async with AsyncExitStack() as stack:
        started: dict[str, Any] = {}
        for name in ("api", "intake", "worker"):
            port = {"PEIL_PORT": str(ports[name])} if name in ports else {}
            started[name] = await stack.enter_async_context(running(name, env[name] | port))
        assert await is_healthy(image_health_check(), ports["api"])
        assert await is_healthy(image_health_check(), ports["intake"])
        token = await operator_token(env["api"], ports["api"])
        async with httpx.AsyncClient() as http:
            created = await http.post(
                f"http://127.0.0.1:{ports['api']}/v1/employers",
                json={"name": "Voorbeeld BV", "sandbox": False},
                headers={"authorization": f"Bearer {token}"},
            )
            wave = "018f0000-0000-7000-8000-000000000000"
            unknown = await http.get(f"http://127.0.0.1:{ports['intake']}/v1/waves/{wave}/questionnaire")
            elsewhere = await http.get(f"http://127.0.0.1:{ports['intake']}/v1/employers")
        alive = {name: process.returncode for name, process in started.items()}

    assert 201 == created.status_code
    assert [404, 404] == [unknown.status_code, elsewhere.status_code]
    assert {"api": None, "intake": None, "worker": None} == alive
    assert {"signing"} == {path.name for path in keys["api"].iterdir()}
    assert [] == list(keys["worker"].glob("signing"))


async def operator_token(env: dict[str, str], port: int) -> str:
    """A token of an operator's client, made on the command line as the README of `deploy/` says."""
    process = await peil_command("operator", "create", "ops", env=env, output=asyncio.subprocess.PIPE)
    output, _ = await process.communicate()
    client = msgspec.json.decode(output)
    async with httpx.AsyncClient() as http:
        answer = await http.post(
            f"http://127.0.0.1:{port}/oauth/token",
            data={"grant_type": "client_credentials"},
            auth=(client["clientId"], client["clientSecret"]),
        )
    return str(answer.json()["access_token"])


def free_port() -> int:
    with free_socket() as listener:
        return int(listener.getsockname()[1])
