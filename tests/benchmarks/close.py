"""Closing a wave, beside reading its rows with COPY and opening their boxes on all cores, and nothing more."""

import asyncio
import mmap
import os
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import asyncpg
import psutil
from nacl.bindings import crypto_box_beforenm, crypto_box_open_easy_afternm

from benchmarks.crowd import Crowd, ask
from benchmarks.report import Finding, Pair
from benchmarks.sealed import seal
from crash.conftest import Part, running
from peil.keys.keystore import KeyDirectory
from support.house import House

_TICK = 0.01
"""Seconds: how finely the system counts CPU time."""
TARGET = 1 / 1.5
_ROWS = "select key_id, envelope from intake.sealed where wave_id = '{}'"
# PostgreSQL, "Binary Format" of COPY: a head of 19 bytes, an end of 2; per row 2, per column 4 and what is in it.
_HEAD, _END, _BEFORE = 19, 2, 2 + 4 + 16 + 4
_KEY, _NONCE = 32, 24
_STATE = "select state from peil.wave where wave_id = $1"


async def measure(house: House, url: str, crowd: Crowd, responses: int, directory: Path) -> tuple[Finding, UUID]:
    """How fast a wave of so many responses closes, and the wave, which is released then."""
    wave_id = await ask(crowd, url, -(-responses // len(crowd.units)) + 10)
    started = time.perf_counter()
    await seal(url, wave_id, responses)
    sealed = time.perf_counter() - started
    secret = KeyDirectory(directory / "keys").read(wave_id)
    server = await _server(url)
    bare, bare_cpu = [await _bare(url, server, wave_id, secret, directory / "rows") for _ in range(2)][-1]
    ours, ours_cpu, peak = await _ours(house, url, server, crowd, wave_id)
    finding = Finding(
        path="close",
        load=f"{responses:,} responses, {len(crowd.units):,} units",
        compared_with="COPY out + open boxes, all cores",
        target=TARGET,
        pairs=[Pair(ours=responses / ours, bare=responses / bare)],
        more={
            "seconds": ours,
            "bareSeconds": bare,
            "cpuSeconds": ours_cpu,
            "bareCpuSeconds": bare_cpu,
            "peakMebibytes": peak,
            "sealedInSeconds": sealed,
        },
        remark=f"released {ours:.1f} s after its end, {ours_cpu / (bare_cpu or _TICK):.1f} × the CPU time,"
        f" peak {peak:,.0f} MiB",
    )
    return finding, wave_id


async def _ours(
    house: House, url: str, server: psutil.Process, crowd: Crowd, wave_id: UUID
) -> tuple[float, float, float]:
    """Seconds from the end of the wave until a worker's own process has released it, on the clock and of all cores.

    And what that process held at most, in mebibytes of resident memory, as the kernel counted it (VmHWM, proc(5)).
    """
    worker = Part(["worker"], house.settings, 0)
    connection = await asyncpg.connect(url)
    try:
        with running(worker):
            await asyncio.sleep(3)
            processes = [server, psutil.Process(worker.pid)]
            used, started = _cpu(*processes), time.perf_counter()
            await crowd.hr.must(crowd.hr.post(f"/waves/{wave_id}/close"), 202)
            while await connection.fetchval(_STATE, wave_id) != "released":
                if worker.has_ended:
                    raise RuntimeError("the worker has ended")
                await asyncio.sleep(0.05)
            return time.perf_counter() - started, _cpu(*processes) - used, _peak(worker.pid)
    finally:
        await connection.close()


def _peak(pid: int) -> float:
    told = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM")) / 1024


async def _server(url: str) -> psutil.Process:
    """The first process of the database server."""
    connection = await asyncpg.connect(url)
    try:
        [server] = psutil.Process(await connection.fetchval("select pg_backend_pid()")).parents()[:1]
        return server
    finally:
        await connection.close()


def _cpu(*processes: psutil.Process) -> float:
    """Seconds of all cores that these have used, with their children, those that are gone among them."""
    with_children = {one for process in processes for one in (process, *process.children(recursive=True))}
    return float(sum(sum(one.cpu_times()[:4]) for one in with_children))


async def _bare(url: str, server: psutil.Process, wave_id: UUID, secret: bytes, file: Path) -> tuple[float, float]:
    """Seconds to copy the rows of a wave into a file and to open every box in it, on the clock and of all cores."""
    cores = len(os.sched_getaffinity(0))
    with ProcessPoolExecutor(cores) as processes:
        # Started before the clock is.
        list(processes.map(abs, range(cores)))
        used, started = _cpu(server, psutil.Process()), time.perf_counter()
        connection = await asyncpg.connect(url)
        try:
            await connection.copy_from_query(_ROWS.format(wave_id), output=file, format="binary")
        finally:
            await connection.close()
        number, width = _measured(file)
        cuts = [number * core // cores for core in range(cores + 1)]
        loop = asyncio.get_running_loop()
        shares = [loop.run_in_executor(processes, _open, file, width, secret, *cut) for cut in pairwise(cuts)]
        if sum(await asyncio.gather(*shares)) != number:
            raise RuntimeError("not every box was opened")
        return time.perf_counter() - started, _cpu(server, psutil.Process()) - used


def _measured(file: Path) -> tuple[int, int]:
    """How many rows a file has, and how many bytes each of their envelopes."""
    with file.open("rb") as rows:
        width = int.from_bytes(rows.read(_HEAD + _BEFORE)[-4:], "big")
    return (file.stat().st_size - _HEAD - _END) // (_BEFORE + width), width


def _open(file: Path, width: int, secret: bytes, first: int, last: int) -> int:
    shared: dict[bytes, bytes] = {}
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as rows:
        for place in range(first, last):
            at = _HEAD + place * (_BEFORE + width) + _BEFORE
            sender, nonce = rows[at : at + _KEY], rows[at + _KEY : at + _KEY + _NONCE]
            key = shared.get(sender)
            if key is None:
                key = shared[sender] = crypto_box_beforenm(sender, secret)
            crypto_box_open_easy_afternm(rows[at + _KEY + _NONCE : at + width], nonce, key)
    return last - first
