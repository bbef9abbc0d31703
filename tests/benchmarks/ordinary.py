"""Listing waves and getting a campaign, beside Litestar and asyncpg written by hand with the same SQL."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg

from benchmarks.bare import PAGE
from benchmarks.parts import free_port, serving_part, wait_for
from benchmarks.report import Finding, Pair
from benchmarks.wrk import send, write_lines
from support.house import House, Persona

TARGET = 0.8
_CLIENTS = 16
_TESTS = Path(__file__).parents[1]
_COPY = """
insert into peil.wave
select (jsonb_populate_record(wave, jsonb_build_object('wave_id', gen_random_uuid()))).*
from peil.wave
cross join generate_series(1, $2)
where wave_id = $1
"""


async def measure(house: House, url: str, directory: Path, seconds: int, repeats: int) -> list[Finding]:
    """A list of 50 waves and one campaign, in pairs, both by Granian with a process per core.

    `url`: the database's, as its superuser.
    """
    employer = await house.employer("Gewoon BV", sandbox=False)
    hr = await employer.client("hr")
    campaign_id = await _fill(hr, url)
    asked = {"list of 50 waves": "/waves", "get of a campaign": f"/campaigns/{campaign_id}"}
    pairs: dict[str, list[Pair]] = {path: [] for path in asked}
    ours, bare = directory / "ours", directory / "bare"
    async with serving_part(house, "api") as our_url, _serving_bare(house, employer.employer_id) as bare_url:
        for turn in range(-1, repeats):
            for path, resource in asked.items():
                # The first is to warm up: connections, prepared statements, whose token it is.
                how = {"clients": _CLIENTS, "seconds": seconds if turn >= 0 else 1}
                write_lines(ours, [f"/v1{resource} {hr.token}"])
                write_lines(bare, [f"{resource} -"])
                mine = await send(our_url, "own.lua", ours, turn, **how)
                other = await send(bare_url, "own.lua", bare, turn, **how)
                if turn >= 0:
                    pairs[path].append(Pair(ours=mine.per_second, bare=other.per_second))
    return [
        Finding(
            path=path,
            load=f"{_CLIENTS} clients",
            compared_with="bare Litestar + asyncpg, same SQL",
            target=TARGET,
            pairs=found,
            more={},
        )
        for path, found in pairs.items()
    ]


async def _fill(hr: Persona, url: str) -> str:
    """A campaign, and more waves than stand on a page; the id of the campaign."""
    year = datetime.now(UTC).year + 1
    campaign = await hr.must(hr.post("/campaigns", {"name": "Week van de Werkstress", "year": year}))
    opens = datetime.now(UTC) + timedelta(days=30)
    plan = {
        "name": "Meting",
        "kind": "pulse",
        "mode": "handout",
        "languages": ["nl"],
        "opensAt": opens.isoformat(),
        "closesAt": (opens + timedelta(days=1)).isoformat(),
    }
    wave = await hr.must(hr.post("/waves", plan))
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(_COPY, wave["waveId"], PAGE)
    finally:
        await connection.close()
    campaign_id: str = campaign["campaignId"]
    return campaign_id


@asynccontextmanager
async def _serving_bare(house: House, employer_id: object) -> AsyncIterator[str]:
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{_TESTS.parent / 'service'}:{_TESTS}",
        "BARE_DATABASE": house.settings.database_url_api,
        "BARE_EMPLOYER": str(employer_id),
        "BARE_PORT": str(port),
    }
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "benchmarks.bare", env=environment)
    try:
        url = f"http://127.0.0.1:{port}"
        await wait_for(f"{url}/waves")
        yield url
    finally:
        process.terminate()
        await process.wait()
