"""Who waits for whom: a receiver that is slow or gone delays nobody else, and no two workers send the same."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from cases.measuring import pass_gates, wave_new
from cases.writing import advance_clock
from peil.abreast import Due, Places
from peil.outbound import Outbound, Reply
from peil.server import open_worker
from peil.worker import Worker, WorkerParts
from support.apis import Rest
from support.house import House, Persona
from support.personas import add_crowd, cast_of
from support.receiver import Answer, Delivered, Receiver, add_endpoint, receiving
from webhooks.conftest import Told


@asynccontextmanager
async def at_work(*workers: Worker) -> AsyncIterator[None]:
    """These run as they do in a process of their own."""
    running = [asyncio.create_task(worker.run()) for worker in workers]
    try:
        yield
    finally:
        for one in running:
            one.cancel()
        await asyncio.gather(*running, return_exceptions=True)


@contextmanager
def held(receiver: Receiver) -> Iterator[asyncio.Event]:
    """It answers nobody until it is let go."""
    let_go = asyncio.Event()

    async def wait(_: Delivered) -> Answer:
        await let_go.wait()
        return Answer()

    receiver.always = wait
    try:
        yield let_go
    finally:
        let_go.set()


async def test_a_slow_receiver_delays_no_other_endpoint(told: Told, receiver: Receiver, house: House) -> None:
    """Of the same employer or of another: theirs arrive while it has answered nothing."""
    other = await house.employer("Ander BV")
    await house.work()
    async with receiving() as second, receiving() as third:
        await add_endpoint(house.settings, second.url, employer_id=told.employer_id)
        elsewhere = Told(
            other, await add_endpoint(house.settings, third.url, employer_id=other.employer_id), told.owner
        )
        await told.tell(*(f"waves/{number}" for number in range(30)))
        with held(receiver):
            async with at_work(house.worker):
                await receiver.until(8)
                await elsewhere.tell(*(f"waves/{number}" for number in range(30)))
                async with asyncio.timeout(4):
                    await second.until(30)
                    await third.until(30)
                answered = {one["outcome"] for one in await told.attempts()}

    assert 8 == len(receiver.got)
    assert {"delivered"} == answered


async def test_a_slow_receiver_delays_no_wave(house: House, receiver: Receiver) -> None:
    """It opens while deliveries hang."""
    cast = await cast_of(await house.employer())
    await add_crowd(cast.hr, field=10)
    await pass_gates(cast, Rest(cast.hr), Rest(cast.works_council))
    wave = (await Rest(cast.hr).plan_wave(await wave_new(cast))).must()
    await house.work()
    await add_endpoint(house.settings, receiver.url, employer_id=cast.employer.employer_id)
    with held(receiver):
        async with at_work(house.worker):
            (await Rest(cast.hr).open_wave(wave["waveId"])).must()
            await receiver.until(1)
            async with asyncio.timeout(4):
                while await _state(cast.hr, wave) != "ready":  # noqa: ASYNC110  # no event
                    await asyncio.sleep(0.05)
                await advance_clock(cast, hours=2)
                while await _state(cast.hr, wave) != "open":  # noqa: ASYNC110  # no event
                    await asyncio.sleep(0.05)

    assert 1 == len({one.id for one in receiver.got if "opening" in one.event["type"]})


async def test_two_workers_send_nothing_twice(
    told: Told, receiver: Receiver, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two hundred events about twenty things, each once, in order, while both take of the same endpoint."""
    ids_now: set[str] = set()
    together: list[str] = []
    senders = Counter[int]()

    async def note(delivered: Delivered) -> Answer:
        if delivered.id in ids_now:
            together.append(delivered.id)
        ids_now.add(delivered.id)
        await asyncio.sleep(0.02)
        ids_now.discard(delivered.id)
        return Answer()

    receiver.always = note
    await told.tell(*(f"waves/{number % 20}" for number in range(200)))
    async with open_worker(house.settings) as second:
        for number, worker in enumerate((house.worker, second)):
            monkeypatch.setattr(worker, "parts", _counted(worker, senders, number))
        async with at_work(house.worker, second):
            await receiver.until(200, seconds=30)
            async with asyncio.timeout(10):
                while any(state == "waiting" for state, _ in await told.states()):  # noqa: ASYNC110  # no event
                    await asyncio.sleep(0.02)
    heard, feed = defaultdict(list), defaultdict(list)
    for one in receiver.got:
        heard[one.event["subject"]].append(one.id)
    for row in await told.deliveries():
        feed[row["subject"]].append(str(row["event_id"]))

    assert [] == together
    assert feed == heard
    assert {0, 1} == senders.keys()


async def test_a_sandbox_is_tried_again_although_its_clock_stands(told: Told, receiver: Receiver, house: House) -> None:
    """The first pauses also end by real time, which is what somebody waits for who mends a receiver."""
    receiver.answers = [Answer(500)]
    async with at_work(house.worker):
        await told.tell("waves/1")
        await receiver.until(1)
        await asyncio.sleep(2)
        early = len(receiver.got)
        await receiver.until(2, seconds=20)
        async with asyncio.timeout(20):
            while await told.states() != [("delivered", "delivered")]:  # noqa: ASYNC110  # no event
                await asyncio.sleep(0.05)

    assert (1, 2) == (early, len(receiver.got))


async def test_later_retries_of_a_sandbox_wait_for_its_clock(told: Told, receiver: Receiver) -> None:
    """However much time passes; and they come when it is moved."""
    receiver.answers = [Answer(500)] * 4
    await told.tell("waves/1")
    await told.work()
    for _ in range(3):
        await told.age(minutes=7)
        await told.work()
    await told.age(days=1)
    await told.work()
    before = len(receiver.got)
    await told.advance(minutes=37)
    await told.work()

    assert (4, 5) == (before, len(receiver.got))


async def test_what_nobody_came_back_from_is_sent_again(told: Told, receiver: Receiver) -> None:
    """After the lease, with the same id; before it nobody touches what is in hand."""
    with held(receiver):
        await told.tell("waves/1", "waves/1")
        dying = asyncio.create_task(told.work())
        await receiver.until(1)
        dying.cancel()
        await asyncio.gather(dying, return_exceptions=True)
    receiver.always = None
    await told.work()
    before = len(receiver.got)
    await told.age(seconds=21)
    await told.work()

    assert (1, 3) == (before, len(receiver.got))
    assert receiver.ids[0] == receiver.ids[1] != receiver.ids[2]
    assert 2 == len(await told.attempts())


def test_nobody_can_take_all_places() -> None:
    """Neither an employer with many endpoints nor a vendor's endpoint with many employers; who is full is named."""
    places, employer_id, endpoint_id = Places(), uuid4(), uuid4()
    of_employer = sum(places.take(_due(employer_id, uuid4())) for _ in range(100))
    of_endpoint = sum(places.take(_due(uuid4(), endpoint_id)) for _ in range(100))
    in_all = of_employer + of_endpoint + sum(places.take(_due(uuid4(), uuid4())) for _ in range(100))

    assert (16, 2, 64) == (of_employer, of_endpoint, in_all)
    assert ([employer_id], [endpoint_id]) == places.full()


def test_a_place_that_is_left_is_free() -> None:
    """It is said that somebody may have waited; the same job has no second place meanwhile."""
    places, due = Places(), _due(uuid4(), uuid4())
    taken = [places.take(due), places.take(due)]
    was_full = places.leave(due)
    again = [places.take(_due(due.employer_id, due.subject)), places.take(_due(uuid4(), due.subject))]
    is_full = places.leave(due)

    assert ([True, False], [True, True]) == (taken, again)
    assert (False, True, ([], [])) == (was_full, is_full, places.full())


def _counted(worker: Worker, senders: Counter[int], number: int) -> WorkerParts:
    """Its parts, which also count who sends."""

    class Counted(Outbound):
        async def ask(self, *given: Any, **named: Any) -> Reply:
            senders[number] += 1
            return await worker_outbound.ask(*given, **named)

    worker_outbound = worker.parts.outbound
    return msgspec.structs.replace(worker.parts, outbound=Counted(allow_loopback=True))


def _due(employer_id: UUID, subject: UUID) -> Due:
    return Due(employer_id=employer_id, kind="deliver_events", subject=subject, sandbox=False)


async def _state(hr: Persona, wave: dict[str, str]) -> str:
    return str((await Rest(hr).get_wave(wave["waveId"])).must()["state"])
