"""`peil serve` as an operator starts it, under both servers, against somebody hostile."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

import peil
from hostile.wire import STANDARD, ask, leave, send, until
from peil import bootstrap
from peil.settings import Settings
from support.house import House, free_socket

FORM = b"content-type: application/x-www-form-urlencoded"
SECRET = b"what-somebody-answered"
START = b"POST /oauth/token HTTP/1.1\r\nhost: x\r\n" + FORM + b"\r\n"


@asynccontextmanager
async def served(house: House, server: str, log: Path) -> AsyncIterator[tuple[str, Callable[[], object]]]:
    """The address of `peil serve` and how to stop it; what it says goes into `log`."""
    with free_socket() as listener:
        port = listener.getsockname()[1]
    given = {name: getattr(house.settings, name) for name in Settings.__struct_fields__}
    given |= {"port": port, "server": server, "part": "all"}
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(peil.__path__[0]).parent),
        **{f"PEIL_{name.upper()}": str(value) for name, value in given.items()},
    }
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "peil", "serve", env=environment, stdout=output, stderr=output
        )
    try:
        yield f"http://127.0.0.1:{port}", lambda: process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), 20)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def until_ready(address: str) -> None:
    async def is_ready() -> bool:
        try:
            return (await ask(address, "GET", "/health/ready")).status == 200
        except OSError:
            return False

    await until(is_ready, 30)


async def attack(address: str) -> list[int]:
    """The statuses of requests that the service answers, in their order; those it leaves to the server get none."""
    answers = [
        await ask(address, "GET", "//health/live"),
        await ask(address, "GET", "/v1/waves/%ff"),
        await ask(address, "TRACE", "/v1/waves"),
        await ask(address, "GET", "/health/live", b"host: a b"),
        await ask(address, "GET", "/v1/waves", b"authorization: Bearer \xe9.\xe9.\xe9" + SECRET),
        await ask(address, "POST", "/oauth/token", FORM, b"authorization: Basic //8=", body=SECRET),
        await ask(address, "POST", "/v1/waves", b"content-type: application/json", body=b"[" * 9999 + SECRET),
        await ask(address, "POST", "/v1/waves", b"content-type: text/csv", body=SECRET),
    ]
    assert all(set() == STANDARD - set(answer.headers) for answer in answers)
    framings = (
        b"transfer-encoding: chunked\r\n\r\n-1\r\n" + SECRET,
        b"transfer-encoding: xchunked\r\n\r\n" + SECRET,
        b"content-length: 5\r\ncontent-length: 6\r\n\r\n" + SECRET,
        b"\x00: \x00\r\n\r\n" + SECRET,
    )
    refused = [await send(address, START + b"connection: close\r\n" + framing) for framing in framings]
    await asyncio.gather(*(leave(address, START + b"content-length: 99\r\n\r\n" + SECRET) for _ in range(50)))
    return [*(one.status for one in answers), *(one.status for several in refused for one in several)]


@pytest.mark.parametrize("server", ["granian", "uvicorn"])
async def test_a_hostile_client_changes_nothing(house: House, tmp_path: Path, server: str) -> None:
    """Right answers, a log that tells nothing, nothing held, and an end as soon as it is asked for."""
    log = tmp_path / "log"
    connection = await asyncpg.connect(house.settings.database_url_owner)
    count = "select count(*) from pg_stat_activity where datname = $1 and backend_type = 'client backend'"
    before = await connection.fetchval(count, bootstrap.DATABASE)
    async with served(house, server, log) as (address, stop):
        await until_ready(address)
        statuses = await attack(address)
        await until_ready(address)
        stop()

    async def is_gone() -> bool:
        return bool(await connection.fetchval(count, bootstrap.DATABASE) <= before)

    await until(is_gone)
    await connection.close()
    said = log.read_text()

    assert [404, 400, 405, 400, 401, 401, 400, 415, 400, 400, 400, 400] == statuses
    assert SECRET.decode() not in said
    assert None is re.search(r"ERROR|Traceback|File \"|panicked", said)
