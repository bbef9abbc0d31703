"""Reading one unit's aggregates with the check of access, beside constants of the same size without it."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

import httpx
import msgspec

from benchmarks.crowd import Crowd
from benchmarks.readers import readers_of
from benchmarks.report import Finding, Pair
from crash.conftest import environment_of
from peil.demo.issuer import DemoIssuer
from support.house import House, free_socket, serving

TARGET = 0.8
_UNITS = 1000
_DRAWN = 20_000
_CLIENTS = 16
_HERE = Path(__file__).parent
_CONSTANTS = {"/constant": "constant by Litestar, no check", "/edge-constant": "constant at the edge, no check"}
_BARE_ANSWER = 1000
"""Bytes: an answer without a body has fewer, headers and all; one with an aggregate more."""


class _Sent(NamedTuple):
    """What is asked: a file of paths with ETags and tokens, and whether the caller has the body."""

    requests: Path
    is_known: bool = False


async def measure(
    house: House, crowd: Crowd, wave_id: UUID, directory: Path, seconds: int, repeats: int
) -> list[Finding]:
    """A read, and a read of what the caller has already, each in pairs with either constant."""
    with free_socket() as listener:
        port: int = listener.getsockname()[1]
    issuer = DemoIssuer("")
    async with serving(issuer) as issuer.url:
        told = [await _read(crowd, wave_id, unit_id) for unit_id in crowd.units[:_UNITS]]
        readers = await readers_of(house, crowd, issuer, len(told))
        draw = Random(1)
        drawn = [(reader, told[draw.choice(reader.places)]) for reader in draw.choices(readers, k=_DRAWN)]
        size = round(sum(len(one.content) for _, one in drawn) / _DRAWN)
        requests = directory / "requests"
        requests.write_text("".join(f"{one.url.path} {one.headers['etag']} {who.token}\n" for who, one in drawn))
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.served", env=_environment(house, port, size)
        )
        try:
            ours = {"read": _Sent(requests), "read, 304": _Sent(requests, is_known=True)}
            found = await _measure(f"http://127.0.0.1:{port}", ours, directory, seconds, repeats)
        finally:
            process.terminate()
            await process.wait()
    return [
        Finding(
            path=path,
            load=f"{_CLIENTS} clients, {len(told):,} units, {len(readers)} tokens",
            compared_with=_CONSTANTS[constant],
            target=TARGET,
            pairs=pairs,
            more={"bytes": size},
            remark=f"{size:,} bytes each",
        )
        for (path, constant), pairs in found.items()
    ]


async def _measure(
    url: str, ours: dict[str, _Sent], directory: Path, seconds: int, repeats: int
) -> dict[tuple[str, str], list[Pair]]:
    """Pairs by what is read and with which constant it is compared."""
    constants = {path: _Sent(directory / path[1:]) for path in _CONSTANTS}
    for path, constant in constants.items():
        constant.requests.write_text(f"{path} - -\n")
    await _wait_for(url)
    # Everything is read before, by every process.
    await _send(url, ours["read"], 5, 0)
    found: dict[tuple[str, str], list[Pair]] = {(path, constant): [] for path in ours for constant in constants}
    for turn in range(repeats):
        for path, constant in found:
            bare = await _send(url, constants[constant], seconds, turn)
            found[path, constant].append(Pair(ours=await _send(url, ours[path], seconds, turn), bare=bare))
    return found


async def _read(crowd: Crowd, wave_id: UUID, unit_id: UUID) -> httpx.Response:
    response = await crowd.hr.get(f"/waves/{wave_id}/aggregates/{unit_id}", headers={"accept-language": "nl"})
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
    command = [
        "wrk",
        "-t1",
        f"-c{_CLIENTS}",
        f"-d{seconds}s",
        "--timeout",
        "10s",
        "-s",
        str(_HERE / "read.lua"),
        url,
        "--",
    ]
    command += [str(sent.requests), str(int(sent.is_known)), str(seed)]
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    output, told = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"wrk: {output.decode()} {told.decode()}")
    found: dict[str, Any] = json.loads(told.decode().splitlines()[-1])
    if found["refused"] or found["broken"]:
        raise RuntimeError(f"not every request was answered: {found}")
    if sent.is_known != (found["bytes"] < _BARE_ANSWER * found["requests"]):
        raise RuntimeError(f"bodies were sent to who has them, or not to who has not: {found}")
    return float(found["requests"] / found["seconds"])
