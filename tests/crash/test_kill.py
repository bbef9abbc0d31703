"""Whatever is killed and whenever: every acknowledged answer is counted exactly once, and nothing else is."""

import asyncio
import random

import httpx
import psutil
import pytest

from anonymity.asking import Asked, ask
from crash.conftest import SEED, Part, Site, running, supervised
from crash.counting import Answers, insist, made_up, verify
from crash.waiting import is_released, is_stuck, until

# Tables in the order in which a close first writes them: a lock on one stops the worker right before that write.
CLOSE = [
    ("peil.wave", "worker"),
    ("intake.open_wave", "database"),
    ("peil.event", "worker"),
    ("release.release", "database"),
    ("release.aggregate", "worker"),
    ("release.unit_atoms", "database"),
    ("intake.sealed", "worker"),
    ("participation.code", "database"),
]


@pytest.fixture
def chance() -> random.Random:
    return random.Random(SEED)


async def send_all(
    asked: Asked,
    people: list[str],
    answers: dict[str, Answers],
    line: httpx.AsyncClient,
    chance: random.Random,
    pause: float,
) -> dict[str, int]:
    """Twenty callers send what these people answer, each until it is definite; the statuses by person."""
    waiting = list(people)
    statuses: dict[str, int] = {}

    async def call() -> None:
        while waiting:
            person = waiting.pop()
            statuses[person] = await insist(asked, person, answers[person], line, chance)
            await asyncio.sleep(chance.uniform(0, pause))

    async with asyncio.TaskGroup() as callers:
        for _ in range(20):
            callers.create_task(call())
    return statuses


async def kill_while_sending(site: Site, asked: Asked, line: httpx.AsyncClient, chance: random.Random) -> None:
    """Kills the intake four times and PostgreSQL twice, each shortly after all was well again."""

    async def is_up() -> bool:
        try:
            return (await line.get(f"/v1/waves/{asked.wave_id}/questionnaire")).status_code == 200
        except httpx.TransportError:
            return False

    for victim in chance.sample(["intake"] * 4 + ["database"] * 2, 6):
        await until(is_up)
        await asyncio.sleep(chance.uniform(0.05, 0.4))
        if victim == "intake":
            site.intake.kill()
            site.intake.start()
        else:
            await site.restart_database()


async def stop_at(site: Site, table: str, held: list[object]) -> None:
    """Lets the worker go on, past the table that stopped it before, until it is to write this one."""
    session = site.superuser()
    connection = await session.__aenter__()
    await connection.execute(f"begin; lock table {table} in exclusive mode")
    while held:
        await held.pop().__aexit__()  # type: ignore[attr-defined]  # sessions, as appended below
    held.append(session)


async def test_kills_while_people_answer_and_while_the_wave_closes(
    site: Site, line: httpx.AsyncClient, chance: random.Random
) -> None:
    """Of 250 who answer, some twice, through kills of intake and database, and a close killed at every write."""
    asked = await ask(await site.house.employer(), red=150, blue=150)
    people = chance.sample(list(asked.codes), 250)
    answers = made_up(chance, people)
    # The worker too, and again whenever it ends: nothing is taken on a server that it has not looked at.
    with running(site.intake):
        async with supervised(site.worker):
            async with asyncio.TaskGroup() as tasks:
                sending = tasks.create_task(send_all(asked, people, answers, line, chance, pause=1.5))
                tasks.create_task(kill_while_sending(site, asked, line, chance))
            again = await send_all(asked, people[:50], made_up(chance, people), line, chance, pause=0)
    await asked.advance(asked.closes_at)
    await close_under_fire(site, asked)

    assert {200, 201} >= set(sending.result().values())
    assert {200} == set(again.values())
    await verify(site, asked, answers)


async def close_under_fire(site: Site, asked: Asked) -> None:
    """Stops the close before each of its writes and kills the worker or PostgreSQL there."""
    held: list[object] = []
    await stop_at(site, CLOSE[0][0], held)
    async with supervised(site.worker):
        for (table, victim), (following, _) in zip(CLOSE, [*CLOSE[1:], ("peil.audit", "")], strict=True):
            await until(lambda: is_stuck(site))
            assert not await is_released(site, asked.wave_id), table
            if victim == "worker":
                await stop_at_after(site, following, held, site.worker)
            else:
                await stop_at_after(site, following, held, None)
        await held[0].__aexit__()  # type: ignore[attr-defined]  # a session
        await until(lambda: is_released(site, asked.wave_id))


async def stop_at_after(site: Site, table: str, held: list[object], killed: Part | None) -> None:
    """Kills the worker (or, while the worker cannot notice, PostgreSQL) and has it stop at `table` next time.

    Whoever supervises the worker starts it again: it then waits at the table before until that is let go.
    """
    if killed is not None:
        killed.kill()
        await stop_at(site, table, held)
        return
    worker = psutil.Process(site.worker.pid)
    worker.suspend()
    await site.restart_database()
    held.clear()
    await stop_at(site, table, held)
    worker.resume()


async def test_answers_that_race_the_close(site: Site, line: httpx.AsyncClient, chance: random.Random) -> None:
    """Each gets 201 and is counted, or 409 and is not; the worker is killed twice on the way."""
    asked = await ask(await site.house.employer(), red=150, blue=150)
    people = chance.sample(list(asked.codes), 300)
    answers = made_up(chance, people)
    with running(site.intake, site.worker):
        await until(lambda: is_listening(site))
        first = await send_all(asked, people[:40], answers, line, chance, pause=0)
        async with asyncio.TaskGroup() as tasks:
            sending = tasks.create_task(send_all(asked, people[40:280], answers, line, chance, pause=0.8))
            await asyncio.sleep(chance.uniform(0.05, 0.2))
            await asked.hr.must(asked.hr.post(f"/waves/{asked.wave_id}/close"), 202)
            for _ in range(2):
                await asyncio.sleep(chance.uniform(0, 0.1))
                site.worker.kill()
                site.worker.start()
                await until(lambda: is_listening(site))
        await until(lambda: is_released(site, asked.wave_id))
        # On a slow machine all of them may be in time.
        late = await send_all(asked, people[280:], answers, line, chance, pause=0)
    statuses = first | sending.result() | late
    counted = {person: answers[person] for person, status in statuses.items() if status != 409}

    assert {409} == set(late.values())
    assert 40 <= len(counted) <= 280
    assert {201, 409} == set(statuses.values())
    await verify(site, asked, counted)


async def is_listening(site: Site) -> bool:
    """Whether the worker is at work."""
    return bool(await site.fetch("select 1 from pg_stat_activity where application_name = 'peil-worker'"))
