"""Submitting one response in blind mode, beside pgbench doing the bare transaction on the same server."""

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import asyncpg
import httpx
import msgspec

from benchmarks.report import Finding, Pair
from benchmarks.stage import Stage, write_bodies
from benchmarks.wrk import Sent, send
from peil import base64url, bootstrap
from peil.embedded import Cluster
from peil.embedded_host import program
from support.house import House

_HERE = Path(__file__).parent
TARGETS = {16: 0.7, 64: 1.0}
_MOST_PER_SECOND = 6000
"""As many responses are made for a run as could be sent in it."""
_PREPARE = """
drop schema if exists bench cascade;
create schema bench;
create table bench.token (id bigint primary key, spent boolean not null);
create table bench.response (id bigint primary key, envelope bytea not null);
insert into bench.token select client * 1000000 + number, false
from generate_series(0, {clients} - 1) as client, generate_series(1, {each}) as number;
analyze bench.token;
checkpoint;
"""


class Setting(NamedTuple):
    """Where everything is."""

    cluster: Cluster
    house: House
    stage: Stage
    directory: Path
    url: str


async def measure(setting: Setting, seconds: int, repeats: int) -> list[Finding]:
    """The ratio at each number of clients: pairs of runs, ours and pgbench taking turns at being first."""
    findings = []
    for clients, target in TARGETS.items():
        pairs, details = [], []
        for turn in range(repeats):
            bodies = setting.directory / f"{clients}-{turn}.jsonl"
            write_bodies(setting.stage, seconds * _MOST_PER_SECOND, bodies)
            if turn % 2 == 0:
                ours = await _ours(setting, clients, seconds, bodies)
                bare = await run_pgbench(setting.cluster, clients, seconds, setting.stage.envelope)
            else:
                bare = await run_pgbench(setting.cluster, clients, seconds, setting.stage.envelope)
                ours = await _ours(setting, clients, seconds, bodies)
            bodies.unlink()
            details.append(msgspec.to_builtins(ours))
            pairs.append(Pair(ours=ours.per_second, bare=bare))
        findings.append(
            Finding(
                path="submit, blind",
                load=f"{clients} clients",
                compared_with="pgbench -M prepared",
                target=target,
                pairs=pairs,
                more={"groups": len(setting.stage.keys), "runs": details},
            )
        )
    return findings


async def _ours(setting: Setting, clients: int, seconds: int, bodies: Path) -> Sent:
    before = await _count(setting.cluster)
    url = f"{setting.url}/v1/waves/{setting.stage.wave_id}/responses"
    sent = await send(url, "load.lua", bodies, clients=clients, seconds=seconds)
    written = await _count(setting.cluster) - before
    # What was under way at the end is written and not counted by wrk.
    if not 0 <= written - sent.requests <= clients:
        raise RuntimeError(f"not every request was a new response: {sent}, {written} rows")
    return sent


async def run_pgbench(cluster: Cluster, clients: int, seconds: int, size: int) -> float:
    """Transactions per second, each marking a token as spent and writing a row with an envelope of `size` bytes."""
    connection = await asyncpg.connect(cluster.url("postgres", bootstrap.DATABASE))
    try:
        await connection.execute(_PREPARE.format(clients=clients, each=seconds * _MOST_PER_SECOND * 2 // clients))
    finally:
        await connection.close()
    command = [str(program("pgbench")), "-n", "-M", "prepared", f"-c{clients}", "-j2", f"-T{seconds}"]
    command += ["-D", "n=0", "-D", f"size={size}", "-f", str(_HERE / "pgbench.sql")]
    command += [cluster.url("postgres", bootstrap.DATABASE)]
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output, _ = await process.communicate()
    told = re.search(r"^tps = ([0-9.]+)", output.decode(), re.MULTILINE)
    if process.returncode or told is None:
        raise RuntimeError(f"pgbench: {output.decode()}")
    return float(told[1])


async def _count(cluster: Cluster) -> int:
    connection = await asyncpg.connect(cluster.url("postgres", bootstrap.DATABASE))
    try:
        return int(await connection.fetchval("select count(*) from intake.sealed"))
    finally:
        await connection.close()


async def kill_under_load(setting: Setting, clients: int = 16) -> tuple[int, int]:
    """SIGKILL of PostgreSQL while responses come in: how many were acknowledged, and how many of those are there."""
    bodies = setting.directory / "killed.jsonl"
    write_bodies(setting.stage, 20_000, bodies)
    waiting = iter(bodies.read_text().splitlines())
    acknowledged: set[bytes] = set()
    senders = [asyncio.create_task(_send(setting, waiting, acknowledged)) for _ in range(clients)]
    await asyncio.sleep(3)
    await asyncio.to_thread(setting.cluster.kill)
    for sender in senders:
        sender.cancel()
    await asyncio.gather(*senders, return_exceptions=True)
    await asyncio.to_thread(setting.cluster.restart)
    connection = await asyncpg.connect(setting.cluster.url("postgres", bootstrap.DATABASE))
    try:
        kept = {row[0] for row in await connection.fetch("select token_hash from intake.sealed")}
    finally:
        await connection.close()
    return len(acknowledged), len(acknowledged & kept)


async def _send(setting: Setting, waiting: Any, acknowledged: set[bytes]) -> None:
    async with httpx.AsyncClient(base_url=setting.url) as http:
        for body in waiting:
            headers = {"content-type": "application/json"}
            answer = await http.post(f"/v1/waves/{setting.stage.wave_id}/responses", content=body, headers=headers)
            if answer.status_code == 201:
                acknowledged.add(sha256(base64url.decode(json.loads(body)["message"])).digest())


def require_programs(names: Sequence[str]) -> None:
    """Says what to install where a program is missing."""
    for name in names:
        if subprocess.run(["which", name], capture_output=True, check=False).returncode:
            sys.exit(f"{name} is missing: deploy/install-bench")
