"""Reading one unit's aggregates with the check of access, beside constants of the same size without it."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random
from statistics import median
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


class _Run(NamedTuple):
    """Answers per second, and microseconds of processor time that each took the service."""

    per_second: float
    microseconds: float


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
            found = await _measure(f"http://127.0.0.1:{port}", process.pid, ours, directory, seconds, repeats)
        finally:
            process.terminate()
            await process.wait()
    load = f"{_CLIENTS} clients, {len(told):,} units, {len(readers)} tokens"
    return [_finding(path, _CONSTANTS[constant], load, size, runs) for (path, constant), runs in found.items()]


def _finding(path: str, compared_with: str, load: str, size: int, runs: list[tuple[_Run, _Run]]) -> Finding:
    ours, bare = (median(run.microseconds for run in each) for each in zip(*runs, strict=True))
    return Finding(
        path=path,
        load=load,
        compared_with=compared_with,
        target=TARGET,
        pairs=[Pair(ours=our.per_second, bare=other.per_second) for our, other in runs],
        more={"bytes": size, "microseconds": ours, "bareMicroseconds": bare},
        remark=f"{ours:.0f} and {bare:.0f} µs of the processor, {size:,} bytes",
    )


async def _measure(
    url: str, served: int, ours: dict[str, _Sent], directory: Path, seconds: int, repeats: int
) -> dict[tuple[str, str], list[tuple[_Run, _Run]]]:
    """Pairs by what is read and with which constant it is compared; `served`: the process whose children answer."""
    constants = {path: _Sent(directory / path[1:]) for path in _CONSTANTS}
    for path, sent in constants.items():
        sent.requests.write_text(f"{path} - -\n")
    await _wait_for(url)
    # Everything is read before, by every process.
    await _send(url, ours["read"], 10, 0)
    found: dict[tuple[str, str], list[tuple[_Run, _Run]]] = {(read, path): [] for read in ours for path in constants}
    for turn in range(repeats):
        for (read, path), pairs in found.items():
            bare = await _run(url, served, constants[path], seconds, turn)
            pairs.append((await _run(url, served, ours[read], seconds, turn), bare))
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


async def _run(url: str, served: int, sent: _Sent, seconds: int, seed: int) -> _Run:
    before = _processor_time(served)
    told = await _send(url, sent, seconds, seed)
    spent = _processor_time(served) - before
    return _Run(told["requests"] / told["seconds"], spent / told["requests"] * 1e6)


def _processor_time(pid: int) -> float:
    """Seconds that the children of a process have computed so far, for themselves and in the kernel (proc(5))."""
    children = " ".join(each.read_text() for each in Path(f"/proc/{pid}/task").glob("*/children")).split()
    stats = [Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split() for child in children]
    # Fields 14 and 15, of which the first two went with the name.
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) / os.sysconf("SC_CLK_TCK")


async def _send(url: str, sent: _Sent, seconds: int, seed: int) -> dict[str, Any]:
    """What wrk says of it. Raises RuntimeError where not every answer was a good one."""
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
    return found
