"""Ten thousand people over bad lines, through kills of everything: each 2xx is counted once, and nothing else is.

CRASH_SEED repeats the choices of a run, CRASH_PEOPLE asks more or fewer.
"""

import asyncio
import json
import os
import random
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from anonymity.asking import plan
from crash.conftest import SEED, Site, supervised
from crash.counting import verify_release
from crash.crowd import CALLERS, Crowd, with_code
from crash.evidence import accounted, groups_of, ledger_faults, miscounted, published, sealed_of
from crash.person import Person
from crash.sabotage import Saboteur, Victim, held_up
from crash.waiting import is_released, is_stuck, until
from support.house import Employer, Persona
from support.personas import NDJSON

PEOPLE = int(os.environ.get("CRASH_PEOPLE") or 10_000)
LATE = 0.12
"""The part of the people who come when the wave is about to close."""


@pytest.mark.parametrize(("mode", "teams"), [("split", 400), ("blind", 45)])
async def test_every_acknowledged_answer_is_counted_once(site: Site, mode: str, teams: int) -> None:
    """The release says what was acknowledged, to the person and to the answer; of a few nobody could know."""
    chance = random.Random(f"{SEED} {mode}")
    saboteur = Saboteur(site, chance)
    async with supervised(site.api, site.intake, site.worker), invited(site, mode, teams, chance) as crowd:
        late = chance.sample(crowd.people, int(PEOPLE * LATE))
        groups = await groups_of(site, crowd.wave_id)
        await answer_under_fire(crowd, late, saboteur)
        before = await sealed_of(site, crowd.wave_id)
        assert [] == list(accounted(crowd.people, before, groups))

        async with held_up(site):
            await close_under_fire(crowd, late, saboteur)
            await until(lambda: is_stuck(site), 120)
            sealed = await sealed_of(site, crowd.wave_id)
            ledger = await ledger_faults(site, crowd.wave_id, crowd.people)
            for victim in ("worker", "database"):
                await saboteur.strike(victim)
                await until(lambda: is_stuck(site), 120)
        await saboteur.strike("worker", "database", within=0.7)
        await until(lambda: is_released(site, crowd.wave_id), 120)
        shown = await published(crowd.api, officer_of(crowd), crowd.wave_id)
    refused = [person for person in crowd.people if person.is_refused]
    unsure = [person for person in crowd.people if person.is_unsure and not person.may_count]
    sys.stdout.write(
        f"CRASH_SEED={SEED} {mode}: {len(sealed)} counted of {PEOPLE} in {len({*groups.values()} - {None})} groups, "
        f"{len(before)} of them before the close; "
        f"{len(refused)} came too late; "
        f"{len(unsure)} cannot know, {sum(person.token_hash in sealed for person in unsure)} of them counted; "
        f"killed: {dict(saboteur.struck)}\n"
    )

    assert [] == list(accounted(crowd.people, sealed, groups))
    assert [] == ledger
    assert len(before) < len(sealed)
    assert refused
    # Only those under way when the wave closed, and each time the intake or the database was killed.
    assert len(unsure) <= (1 + saboteur.struck["intake"] + saboteur.struck["database"]) * CALLERS
    assert [] == miscounted(shown, sealed.values())
    await verify_release(site, crowd.wave_id, [(row.unit_id, row.answers) for row in sealed.values()])


async def answer_under_fire(crowd: Crowd, late: list[Person], saboteur: Saboteur) -> None:
    """Everybody but the late ones answers; most of the late have their token before."""
    coming_late = set(late)
    others = [person for person in crowd.people if person not in coming_late]
    victims: list[Victim] = ["intake", "intake", "intake", "api", "api", "database", "database", "worker"]
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(crowd.answer(others))
        tasks.create_task(saboteur.haunt(crowd, len(others), victims))
    await crowd.obtain(late[len(late) // 10 :])


async def close_under_fire(crowd: Crowd, late: list[Person], saboteur: Saboteur) -> None:
    """The wave is closed while half of the late ones come at once, and the others until they are refused."""
    start, half = crowd.done, len(late) // 2
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(crowd.answer(late[:half]))
        tasks.create_task(crowd.answer(late[half:], seconds=60))
        await crowd.until_done(start + half // 5)
        closed = await crowd.api.insist(f"/v1/waves/{crowd.wave_id}/close", b"", token=officer_of(crowd))
        assert 202 == closed.status or (closed.doubted and 409 == closed.status), closed
        await saboteur.strike("worker", "database", "intake", "api", within=0.5)


def officer_of(crowd: Crowd) -> str | None:
    """An access token: one of the invited people works for HR."""
    return crowd.employer.person(crowd.people[0].external_id, "HR").token


@asynccontextmanager
async def invited(site: Site, mode: str, teams: int, chance: random.Random) -> AsyncIterator[Crowd]:
    """An employer of so many teams, a wave that is open, and everybody who is invited to it."""
    employer = await site.house.employer()
    hr = await employer.client("hr")
    people = await organise(hr, teams, chance)
    wave_id, now = await plan(employer, hr, mode)
    await hr.must(hr.post(f"/waves/{wave_id}/open"), 202)
    await until(lambda: is_in(hr, wave_id, "ready"), 120)
    if mode == "split":
        drawn = await hr.post(f"/waves/{wave_id}/codes")
        codes = {line["externalId"]: line["code"] for line in map(json.loads, drawn.text.splitlines())}
        for person in people:
            with_code(person, codes[person.external_id])
    await advance(employer, now + timedelta(hours=1))
    await until(lambda: is_in(hr, wave_id, "open"), 60)
    crowd = Crowd(site, employer, UUID(wave_id), people, chance)
    try:
        yield crowd
    finally:
        crowd.leave()


async def is_in(hr: Persona, wave_id: str, state: str) -> bool:
    wave = await hr.must(hr.get(f"/waves/{wave_id}"), 200)
    return bool(wave["state"] == state)


async def advance(employer: Employer, to: datetime) -> None:
    operator = employer.operator
    body = {"to": to.isoformat()}
    await operator.must(operator.post(f"/test-clocks/{employer.employer_id}/advance", body), 200)


async def organise(hr: Persona, teams: int, chance: random.Random) -> list[Person]:
    """Divisions of about ten teams, a manager or two in each, and teams of all sizes, some too small for a group."""
    above: dict[str, str | None] = {"root": None}
    above |= {f"d{number:02}": "root" for number in range(max(2, teams // 10))}
    divisions = list(above)
    above |= {f"t{number:03}": chance.choice(divisions[1:]) for number in range(teams)}
    weights = [0.1 if unit in divisions else chance.choice([0.1, 0.5, 1, 1, 1.5, 2]) for unit in above]
    places = chance.choices(list(above), weights, k=PEOPLE)
    people = [Person(f"{number:05}", unit, chance) for number, unit in enumerate(places)]
    units = [{"externalId": unit, "name": unit, "parentExternalId": parent} for unit, parent in above.items()]
    await bring(hr, "/units/import", units)
    await bring(hr, "/people/import", [{"externalId": one.external_id, "unitExternalId": one.unit} for one in people])
    return people


async def bring(hr: Persona, path: str, lines: list[dict[str, Any]]) -> None:
    await hr.must(hr.request("POST", path, content="\n".join(map(json.dumps, lines)), headers=NDJSON), 200)
