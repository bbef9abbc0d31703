"""Reading one unit's aggregates with the check of access, beside a constant of the same size without it."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import httpx
import msgspec

from benchmarks.crowd import Crowd
from benchmarks.report import Finding, Pair
from crash.conftest import environment_of
from support.house import House, free_socket

TARGET = 0.8
_TOKENS = 100
_UNITS = 1000
_CLIENTS = 16
_HERE = Path(__file__).parent


class _Sent(NamedTuple):
    """What is asked: a file of paths with their ETags, a file of tokens, and whether the caller has the body."""

    paths: Path
    tokens: Path
    is_known: bool = False


async def measure(
    house: House, crowd: Crowd, wave_id: UUID, directory: Path, seconds: int, repeats: int
) -> list[Finding]:
    """A read, and a read of what the caller has already, each in pairs with the constant."""
    tokens = await _tokens(house, crowd)
    paths = [f"/v1/waves/{wave_id}/aggregates/{unit_id}" for unit_id in crowd.units[:_UNITS]]
    told = [await _read(crowd, path) for path in paths]
    size = round(sum(len(one.content) for one in told) / len(told))
    files = [directory / name for name in ("paths", "tokens", "constant", "nobody")]
    lines = [f"{path} {one.headers['etag']}" for path, one in zip(paths, told, strict=True)]
    for file, content in zip(files, (lines, tokens, ["/constant "], []), strict=True):
        file.write_text("".join(f"{line}\n" for line in content))
    ours = {"read": _Sent(files[0], files[1]), "read, 304": _Sent(files[0], files[1], is_known=True)}
    found: dict[str, list[Pair]] = {path: [] for path in ours}
    with free_socket() as listener:
        port: int = listener.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.served", env=_environment(house, port, size)
    )
    try:
        url = f"http://127.0.0.1:{port}"
        await _wait_for(url)
        # Everything is read once before, by every process.
        await _send(url, ours["read"], 3, 0)
        for turn in range(repeats):
            for path, sent in ours.items():
                bare = await _send(url, _Sent(files[2], files[3]), seconds, turn)
                found[path].append(Pair(ours=await _send(url, sent, seconds, turn), bare=bare))
    finally:
        process.terminate()
        await process.wait()
    return [
        Finding(
            path=path,
            load=f"{_CLIENTS} clients, {len(paths):,} units, {_TOKENS} tokens",
            compared_with="constant, no check",
            target=TARGET,
            pairs=pairs,
            more={"bytes": size},
            remark=f"{size:,} bytes each",
        )
        for path, pairs in found.items()
    ]


async def _tokens(house: House, crowd: Crowd) -> list[str]:
    """So many access tokens, each of a client of its own."""
    administrator = await crowd.employer.client("administrator")
    made = []
    for number in range(_TOKENS):
        new = {"name": f"reader {number}", "roles": ["hr"]}
        client = await administrator.must(administrator.post(f"/employers/{crowd.employer.employer_id}/clients", new))
        made.append(await house.sign_in(client["clientId"], client["clientSecret"]))
    return made


async def _read(crowd: Crowd, path: str) -> httpx.Response:
    response = await crowd.hr.get(path.removeprefix("/v1"), headers={"accept-language": "nl"})
    response.raise_for_status()
    return response


def _environment(house: House, port: int, size: int) -> dict[str, str]:
    settings = msgspec.structs.replace(house.settings, processes=os.cpu_count() or 1, part="api")
    environment = dict(environment_of(settings, port))
    environment["PYTHONPATH"] += f":{_HERE.parent}"
    return environment | {"BENCH_BYTES": str(size)}


async def _wait_for(url: str) -> None:
    async with httpx.AsyncClient() as http:
        while True:
            try:
                if (await http.get(f"{url}/constant")).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.1)


async def _send(url: str, sent: _Sent, seconds: int, seed: int) -> float:
    """Answers per second."""
    command = ["wrk", "-t1", f"-c{_CLIENTS}", f"-d{seconds}s", "-s", str(_HERE / "read.lua"), url, "--"]
    command += [str(sent.paths), str(sent.tokens), str(int(sent.is_known)), str(seed)]
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    output, told = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"wrk: {output.decode()} {told.decode()}")
    found: dict[str, Any] = json.loads(told.decode().splitlines()[-1])
    if found["refused"] or found["broken"]:
        raise RuntimeError(f"not every request was answered: {found}")
    return float(found["requests"] / found["seconds"])
