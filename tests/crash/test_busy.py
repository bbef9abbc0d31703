"""A job that runs into something that is busy is counted, postponed and told, unless the database itself is away."""

import asyncio
import contextlib
from uuid import UUID

import pytest

from anonymity.asking import owner
from crash.conftest import Site
from peil.operation import Transaction
from peil.worker import Worker, WorkerParts
from support.house import House

_INSERT_DUE = """
insert into peil.due (employer_id, kind, subject, at, attempts)
values ($1, 'lingering', $1, '2001-01-01Z', 0)
"""

_SELECT_DUE = """
select
  attempts,
  failure,
  at > now() as is_postponed
from peil.due
where
  employer_id = $1
  and kind = 'lingering'
"""


async def linger(tx: Transaction, _: WorkerParts, __: UUID) -> None:
    """A job whose statement takes longer than it may."""
    await tx.connection.execute("select pg_sleep(5)", timeout=0.2)


async def nothing(_: WorkerParts) -> None:
    """What this worker looks after besides."""


async def test_a_job_that_takes_too_long_is_counted_and_told(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """It does not come at the head of the list for ever, unseen."""
    employer = await house.employer("Druk BV", sandbox=False)
    working = Worker(house.worker.parts, {"lingering": linger}, nothing, nothing, nothing)
    async with owner(house) as connection:
        await connection.execute(_INSERT_DUE, employer.employer_id)
        done = await working.do_due(only=employer.employer_id)
        found = await connection.fetchrow(_SELECT_DUE, employer.employer_id)
        await connection.execute("delete from peil.due where kind = 'lingering'")

    assert 0 == done
    assert (1, "TimeoutError", True) == tuple(found)
    assert "job lingering failed with TimeoutError" in caplog.text


async def test_a_database_that_is_away_is_told_once(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing can be counted then; when it is back it is told again the next time."""
    working = asyncio.create_task(site.house.worker.run())
    try:
        for times in (1, 2):
            await asyncio.sleep(1.5)
            await asyncio.to_thread(site.cluster.kill)
            await asyncio.sleep(3)
            told = caplog.text.count("the database does not answer")
            await asyncio.to_thread(site.cluster.restart)

            assert times == told
    finally:
        working.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await working
