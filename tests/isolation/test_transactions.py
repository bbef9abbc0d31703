"""A transaction is done or not done, and says which, also when it is cancelled or the database goes away."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from anonymity.asking import owner
from peil.database import Database, Rows
from peil.embedded import Cluster
from peil.errors import Busy, NotFound
from support.house import Employer, House

RENAME = "update peil.employer set name = 'renamed' where employer_id = $1"


@pytest.fixture
async def pool(house: House) -> AsyncIterator[Database]:
    database = Database(house.settings.database_url_api, size=1)
    await database.open()
    yield database
    await database.close()


async def name_of(employer: Employer) -> str:
    async with owner(employer.house) as connection:
        query = "select name from peil.employer where employer_id = $1"
        return str(await connection.fetchval(query, employer.employer_id))


async def test_an_error_undoes_everything(pool: Database, employer: Employer) -> None:
    """What was written before a domain error was raised is not there after it."""

    async def work(rows: Rows) -> None:
        await rows.execute(RENAME, employer.employer_id)
        raise NotFound

    with pytest.raises(NotFound):
        await pool.run(employer.employer_id, work)

    assert "Voorbeeld BV" == await name_of(employer)


async def test_a_cancellation_undoes_everything(pool: Database, employer: Employer) -> None:
    """Cancelled between two statements or in the middle of one, it leaves nothing, and the connection works."""
    for pause in ("select pg_sleep(10)", "select 1"):
        written = asyncio.Event()

        async def work(rows: Rows, pause: str = pause, written: asyncio.Event = written) -> None:
            await rows.execute(RENAME, employer.employer_id)
            written.set()
            await rows.execute(pause)
            await asyncio.sleep(10)

        task = asyncio.create_task(pool.run(employer.employer_id, work))
        await written.wait()
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        async with pool.transaction(None) as rows:
            assert 1 == await rows.value("select 1")

    assert "Voorbeeld BV" == await name_of(employer)


async def test_a_cancellation_stays_one_when_the_connection_is_lost(
    pool: Database, employer: Employer, cluster: Cluster
) -> None:
    """A rollback that cannot be done hides no cancellation: a loop that is told to stop must stop."""
    superuser = await asyncpg.connect(cluster.url())

    async def work(rows: Rows) -> None:
        pid = await rows.value("select pg_backend_pid()")
        await superuser.execute("select pg_terminate_backend($1)", pid)
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await pool.run(employer.employer_id, work)
    await superuser.close()


async def test_a_failed_statement_is_not_reported_as_done(pool: Database, employer: Employer) -> None:
    """Who swallows a database error and goes on hears that nothing was committed."""

    async def work(rows: Rows) -> None:
        await rows.execute(RENAME, employer.employer_id)
        try:
            await rows.execute("select 1 / 0")
        except asyncpg.DivisionByZeroError:
            return

    with pytest.raises(RuntimeError, match="rolled back"):
        await pool.run(employer.employer_id, work)

    assert "Voorbeeld BV" == await name_of(employer)


async def test_isolation_is_ours_to_say(house: House, employer: Employer) -> None:
    """Whatever the server's default, a statement sees what has committed before it: the fence depends on it."""
    database = Database(f"{house.settings.database_url_api}&options=-c%20default_transaction_isolation%3Dserializable")
    await database.open()
    async with database.transaction(employer.employer_id) as rows:
        found = await rows.value("show transaction_isolation")
    await database.close()

    assert "read committed" == found


async def test_a_lost_connection_is_busy(pool: Database, employer: Employer) -> None:
    """Where the server goes away in the middle the caller is told to come again."""
    with pytest.raises(Busy):
        await pool.run(employer.employer_id, lambda rows: rows.execute("select pg_terminate_backend(pg_backend_pid())"))


async def test_no_server_is_busy(tmp_path: Path) -> None:
    """Nor is there a 500 while the server is stopped and has taken its socket along."""
    socket = tmp_path / "run"
    with Cluster() as cluster:
        socket.symlink_to(cluster.run_directory)
        database = Database(f"postgresql:///postgres?host={socket}&user=postgres")
        await database.open()
        async with database.transaction(None) as rows:
            assert 1 == await rows.value("select 1")
    with pytest.raises(Busy):
        await database.run(None, lambda rows: rows.value("select 1"))
    await database.close()
