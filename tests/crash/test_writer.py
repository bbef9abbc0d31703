"""The intake's writer says when it can take no more, and loses nothing that it took."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import httpx
import msgspec
import pytest

from anonymity.asking import Asked, ask, owner
from peil.database import Database, Rows
from peil.embedded import Cluster
from peil.errors import Busy
from peil.responses import queries
from peil.responses.writer import Writer
from peil.server import open_intake
from support.house import Employer, House, serving


@pytest.fixture
async def asked(employer: Employer) -> Asked:
    return await ask(employer, a=10, b=10)


@asynccontextmanager
async def narrow(house: House, queue: int) -> AsyncIterator[Any]:
    """An intake of its own whose queue is short."""
    async with open_intake(msgspec.structs.replace(house.settings, intake_queue=queue)) as intake:
        yield intake


@asynccontextmanager
async def client_of(application: Any) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=application)
    async with httpx.AsyncClient(transport=transport, base_url="http://peil.test") as client:
        yield client


@asynccontextmanager
async def held(house: House) -> AsyncIterator[None]:
    """The writer stands still before its next insert."""
    async with owner(house) as connection, connection.transaction():
        await connection.execute("lock table intake.sealed in exclusive mode")
        yield


@asynccontextmanager
async def fenced(asked: Asked) -> AsyncIterator[None]:
    """The wave is as while it is being closed."""
    async with owner(asked.employer.house) as connection, connection.transaction():
        await queries.raise_fence(Rows(connection), asked.wave_id)
        yield


def counted(monkeypatch: pytest.MonkeyPatch) -> asyncio.Semaphore:
    """Grows by one with each submission that the writer takes from now on into its queue."""
    taken = asyncio.Semaphore(0)
    submit = Writer.submit

    async def noted(writer: Writer, *given: Any) -> Any:
        taken.release()
        return await submit(writer, *given)

    monkeypatch.setattr(Writer, "submit", noted)
    return taken


async def all_taken(taken: asyncio.Semaphore, count: int) -> None:
    """Waits until so many are in the queue, however slow the machine is."""
    async with asyncio.timeout(60):
        for _ in range(count):
            await taken.acquire()


async def sealed(asked: Asked) -> int:
    async with owner(asked.employer.house) as connection:
        return int(await connection.fetchval("select count(*) from intake.sealed where wave_id = $1", asked.wave_id))


async def test_a_full_queue_says_so(asked: Asked) -> None:
    """Of four one gets 503 with Retry-After at once; three are recorded, of the fourth is nothing."""
    people = list(asked.codes)[:4]
    async with narrow(asked.employer.house, 3) as intake, client_of(intake) as line:
        async with held(asked.employer.house):
            sending = {asyncio.create_task(asked.submit(person, None, line)): person for person in people}
            [first], waiting = await asyncio.wait(sending, timeout=5, return_when=asyncio.FIRST_COMPLETED)
        statuses = [answer.status_code for answer in await asyncio.gather(*waiting)]
        refused = await first
        recorded = await sealed(asked)
        again = await asked.submit(sending[first], None, line)

    assert [201, 201, 201] == statuses
    assert (503, "busy", "1") == (refused.status_code, refused.json()["code"], refused.headers["retry-after"])
    assert 3 == recorded
    assert 201 == again.status_code


async def test_a_caller_who_leaves(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """A submission that was taken is written, also when its caller does not wait for the answer."""
    taken = counted(monkeypatch)
    person = next(iter(asked.codes))
    async with narrow(asked.employer.house, 3) as intake, client_of(intake) as line:
        async with held(asked.employer.house):
            sending = asyncio.create_task(asked.submit(person, None, line))
            await all_taken(taken, 1)
            sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        # Until it is written another lane could be first.
        async with asyncio.timeout(60):
            while not await sealed(asked):  # noqa: ASYNC110  # PostgreSQL has no event for it
                await asyncio.sleep(0.01)
        again = await asked.submit(person, None, line)

    assert 200 == again.status_code
    assert 1 == await sealed(asked)


async def test_a_stop_writes_what_was_taken(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the order to stop and the end everything in the queue is written and answered."""
    taken = counted(monkeypatch)
    async with AsyncExitStack() as stack:
        intake = await stack.enter_async_context(narrow(asked.employer.house, 100))
        line = await stack.enter_async_context(client_of(intake))
        async with held(asked.employer.house):
            sending = [asyncio.create_task(asked.submit(person, None, line)) for person in asked.codes]
            await all_taken(taken, len(sending))
    statuses = [answer.status_code for answer in await asyncio.gather(*sending)]

    assert [201] * 20 == statuses
    assert 20 == await sealed(asked)


class Broken(Database):
    """A database in which something goes wrong that nobody thought of, so many times."""

    def __init__(self, failures: int) -> None:
        super().__init__("")
        self.failures = failures

    async def run(self, *_: Any, **__: Any) -> Any:
        await asyncio.sleep(0)
        self.failures -= 1
        if self.failures >= 0:
            raise LookupError("what somebody answered")
        return set(), set()


async def test_a_defect_stops_no_lane(caplog: pytest.LogCaptureFixture) -> None:
    """After five batches that failed in an unknown way the sixth is answered, and the log quotes nothing."""
    writer = Writer(Broken(5), bound=1)
    writer.start()
    for _ in range(5):
        with pytest.raises(Busy):
            await _submit(writer)
    outcome = await _submit(writer)
    await asyncio.wait_for(writer.stop(), 1)

    assert "unknown" == outcome
    assert "LookupError" in caplog.text
    assert "answered" not in caplog.text


async def test_a_stopped_writer_takes_nothing() -> None:
    """Who comes after the stop is told to come again, and does not wait for ever."""
    writer = Writer(Broken(0), bound=1)
    writer.start()
    await writer.stop()
    with pytest.raises(Busy):
        await _submit(writer)


async def _submit(writer: Writer) -> str:
    # Without a lane there would be no answer, ever.
    async with asyncio.timeout(2):
        return await writer.submit(uuid4(), uuid4(), b"", None, lambda key: UUID(int=0).bytes)


async def test_a_slow_caller_holds_nobody_up(asked: Asked) -> None:
    """While one sends its body byte by byte and another never reads its answer, a third is served at once."""
    async with narrow(asked.employer.house, 100) as intake, serving(intake) as url:
        host, port = url.removeprefix("http://").split(":")
        lines = [await asyncio.open_connection(host, int(port)) for _ in range(50)]
        for _, slow in lines:
            head = f"POST {asked.path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n"
            slow.write(head.encode() + b'\r\n{"code"')
            await slow.drain()
        async with httpx.AsyncClient(base_url=url) as line, asyncio.timeout(2):
            answer = await asked.submit(next(iter(asked.codes)), None, line)
        for _, slow in lines:
            slow.close()

    assert 201 == answer.status_code


async def test_one_wave_behind_its_fence_lets_others_through(asked: Asked, other_employer: Employer) -> None:
    """While one wave is being closed its callers come back later, and those of another employer are served."""
    other = await ask(other_employer, c=10)
    async with fenced(asked):
        refused = await asked.submit(next(iter(asked.codes)))
        answer = await other.submit(next(iter(other.codes)))

    assert (503, "1") == (refused.status_code, refused.headers["retry-after"])
    assert 201 == answer.status_code
    assert 0 == await sealed(asked)


async def test_a_gate_that_opens_just_after_the_insert(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was written, and by the time that is looked into the wave takes answers: nobody is told of a record."""
    look = queries.select_state

    async def late(*arguments: Any) -> str | None:
        async with owner(asked.employer.house) as connection:
            await connection.execute(_MOVE_SERVER, asked.wave_id, 1)
        return await look(*arguments)

    async with owner(asked.employer.house) as connection:
        await connection.execute(_MOVE_SERVER, asked.wave_id, -1)
    monkeypatch.setattr(queries, "select_state", late)
    person = next(iter(asked.codes))
    refused = await asked.submit(person)
    before = await sealed(asked)
    monkeypatch.undo()
    taken = await asked.submit(person)

    assert (503, 0, 201) == (refused.status_code, before, taken.status_code)


_MOVE_SERVER = """
update intake.open_wave
set server_started_at = server_started_at + make_interval(days => $2)
where wave_id = $1
"""


async def test_who_meets_the_fence_stands_in_no_log(asked: Asked, cluster: Cluster) -> None:
    """PostgreSQL notes that a lock was not to be had, and neither of which wave nor of which employer."""
    log = cluster.run_directory / "log"
    before = log.stat().st_size
    async with fenced(asked):
        await asked.submit(next(iter(asked.codes)))
    noted = log.read_text()[before:]

    assert "lock timeout" in noted
    assert not [word for word in ("STATEMENT", str(asked.employer.employer_id)) if word in noted]


async def test_a_close_waits_for_inserts_under_way(asked: Asked) -> None:
    """While somebody's insert holds the fence the close does not begin; then it counts what was inserted."""
    house = asked.employer.house
    await asked.submit(next(iter(asked.codes)))
    async with owner(house) as connection:
        async with connection.transaction():
            await connection.execute(queries.sharing_fence(asked.wave_id))
            await asked.advance(asked.closes_at)
            closing = asyncio.create_task(house.work())
            await asyncio.wait({closing}, timeout=0.3)
            assert not closing.done()
            state = await connection.fetchval("select state from intake.open_wave where wave_id = $1", asked.wave_id)
        await closing

    assert "open" == state
    assert 0 == await sealed(asked)
