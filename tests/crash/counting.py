"""What a release has to say, computed a second time from what was acknowledged."""

import asyncio
import json
import random
from collections.abc import Mapping, Sequence
from uuid import UUID

import httpx
import msgspec

from anonymity.asking import Asked
from crash.conftest import Site
from peil.checks.anonymity.canary import ITEMS
from peil.instruments.model import InstrumentContent
from peil.releases.manifests import manifest, write_release
from peil.releases.model import Thresholds, UnitSnapshot
from peil.releases.scorings import scorings_of
from support.releasing import release

Answers = Mapping[str, int]


def made_up(chance: random.Random, people: list[str]) -> dict[str, Answers]:
    """Answers for these people."""
    return {person: {key: chance.randint(1, 5) for key in ITEMS} for person in people}


async def insist(asked: Asked, person: str, answers: Answers, line: httpx.AsyncClient, chance: random.Random) -> int:
    """Sends until there is a definite answer: 201, 200 or 409. Anything but 503 or silence beside is an error."""
    while True:
        try:
            answer = await asked.submit(person, answers, line)
        except httpx.TransportError:
            # Killed on the way: nobody knows whether it was written.
            await asyncio.sleep(chance.uniform(0.02, 0.2))
            continue
        if answer.status_code != 503:
            assert answer.status_code in (200, 201, 409), answer.text
            return answer.status_code
        assert "retry-after" in answer.headers
        await asyncio.sleep(chance.uniform(0.02, 0.2))


async def verify(site: Site, asked: Asked, counted: Mapping[str, Answers]) -> None:
    """The wave was released once, from exactly the answers in `counted` (by person), and nothing is left of them."""
    units = await site.fetch("select unit_id, name from peil.wave_unit where wave_id = $1", asked.wave_id)
    ids = {unit["name"]: unit["unit_id"] for unit in units}
    await verify_release(
        site, asked.wave_id, [(ids[asked.unit_of(person)], answers) for person, answers in counted.items()]
    )


async def verify_release(site: Site, wave_id: UUID, counted: Sequence[tuple[UUID, Answers]]) -> None:
    """The same of answers by the unit at which their reporting group stands."""
    [shown] = await site.fetch("select state, keys from peil.wave where wave_id = $1", wave_id)
    assert ("released", "pending") == tuple(shown)
    for table in ("intake.sealed", "participation.code", "participation.invitation"):
        assert [] == await site.fetch(f"select wave_id from {table} where wave_id = $1", wave_id)
    events = await site.fetch("select type from peil.event where subject = $1", f"releases/{wave_id}")
    assert ["release.published"] == [event["type"] for event in events]
    entered = await site.fetch("select state from peil.event where subject = $1", f"waves/{wave_id}")
    assert 1 == [event["state"] for event in entered].count("released")
    published = await site.fetch("select manifest_hash, previous_hash from release.release where wave_id = $1", wave_id)
    assert [await expected_hash(site, wave_id, counted, published[0]["previous_hash"])] == [
        row["manifest_hash"] for row in published
    ]
    units = await site.fetch("select content -> 'response' as told from release.unit_atoms where wave_id = $1", wave_id)
    told = [json.loads(unit["told"])["*"] for unit in units if unit["told"]]
    assert len(counted) == sum(atom["respondents"] for atom in told)


async def expected_hash(
    site: Site, wave_id: UUID, counted: Sequence[tuple[UUID, Answers]], previous: bytes | None
) -> bytes:
    """The manifest's hash that these answers must give; one answer more or less gives another."""
    groups = await site.fetch("select unit_id, invited from participation.reporting_group where wave_id = $1", wave_id)
    units = await site.fetch(
        "select unit_id, parent_id, name, group_unit_id as reporting_group from peil.wave_unit "
        "where wave_id = $1 order by position",
        wave_id,
    )
    [content] = await site.fetch("select questionnaire from intake.open_wave where wave_id = $1", wave_id)
    snapshot = release(
        [UnitSnapshot(**dict(unit)) for unit in units],
        {group["unit_id"]: group["invited"] for group in groups},
        counted,
        scorings_of(msgspec.json.decode(content["questionnaire"], type=InstrumentContent)),
        Thresholds(),
    )
    [wave] = await site.fetch("select policy_version from peil.wave where wave_id = $1", wave_id)
    signed = manifest(
        write_release(snapshot, b""), wave_id, wave["policy_version"], None if previous is None else previous.hex()
    )
    return bytes.fromhex(signed.hash)
