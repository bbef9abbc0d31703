"""Starting the demo, until its first request is answered."""

import asyncio
import os
import sys
import time
from pathlib import Path

import httpx

import peil
from benchmarks.parts import free_port
from benchmarks.report import Finding, Pair

TARGET = 5.0
"""Seconds."""


async def measure(repeats: int) -> Finding:
    """`peil demo` as somebody types it, from the start of its process until the API answers once."""
    took = [await _start() for _ in range(repeats)]
    return Finding(
        path="start of peil demo",
        load="PostgreSQL, API, intake, worker",
        compared_with=f"first answer within {TARGET:.0f} s",
        target=1.0,
        pairs=[Pair(ours=1 / seconds, bare=1 / TARGET) for seconds in took],
        more={"seconds": took},
        remark=f"{sorted(took)[len(took) // 2]:.1f} s",
    )


async def _start() -> float:
    port = free_port()
    environment = {**os.environ, "PYTHONPATH": str(Path(peil.__path__[0]).parent)}
    command = [sys.executable, "-m", "peil", "demo", "--port", str(port)]
    started = time.perf_counter()
    process = await asyncio.create_subprocess_exec(*command, env=environment, stdout=asyncio.subprocess.DEVNULL)
    try:
        return await _until_served(process, f"http://127.0.0.1:{port}/health/live", started)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _until_served(process: asyncio.subprocess.Process, url: str, started: float) -> float:
    """Seconds since `started`; the demo listens before it serves, so that the first request waits for it."""
    async with httpx.AsyncClient(timeout=60) as http:
        while process.returncode is None:
            try:
                if (await http.get(url)).status_code == 200:
                    return time.perf_counter() - started
            except httpx.TransportError:
                await asyncio.sleep(0.01)
    raise RuntimeError("the demo has ended")
