"""The close counts and destroys in one transaction: where a part of it fails, nothing is released and nothing lost."""

from collections.abc import AsyncIterator
from typing import Any, NoReturn

import asyncpg
import pytest

from anonymity.asking import Asked, ask, owner
from peil.checks.anonymity.canary import COMMENTS, ITEMS
from peil.releases.control import WaveCount
from support.house import Employer

LEFT = ("intake.sealed", "participation.invitation", "participation.code")
MADE = ("release.release", "release.aggregate", "comment.moderation", "comment.awaiting")


@pytest.fixture
async def answered(employer: Employer) -> Asked:
    """A wave in which twelve people have answered and commented."""
    asked = await ask(employer, a=12)
    for person in asked.codes:
        await asked.submit(person, {ITEMS[0]: 3, COMMENTS[0]: "Meer rust."})
    return asked


@pytest.fixture(params=["intake.sealed", "participation.code"])
async def undeletable(answered: Asked, request: pytest.FixtureRequest) -> AsyncIterator[Any]:
    """Takes from the worker the right to delete from a table, and gives a way to give it back."""
    connection = await asyncpg.connect(answered.employer.house.settings.database_url_owner)
    give = f"grant delete on {request.param} to peil_worker"
    await connection.execute(f"revoke delete on {request.param} from peil_worker")
    try:
        yield lambda: connection.execute(give)
    finally:
        await connection.execute(give)
        await connection.close()


async def rows(asked: Asked, tables: tuple[str, ...]) -> dict[str, int]:
    """How many rows each table has of the wave."""
    async with owner(asked.employer.house) as connection:
        counting = "select count(*) from {} where wave_id = $1"
        return {table: await connection.fetchval(counting.format(table), asked.wave_id) for table in tables}


async def test_all_of_the_close_or_none(answered: Asked, undeletable: Any) -> None:
    """An answer that cannot be destroyed is not counted: nothing is released, and later everything; all is gone."""
    before = await rows(answered, LEFT)
    await answered.advance(answered.closes_at)
    await answered.employer.house.worker.do_due()
    failed = await rows(answered, LEFT), await rows(answered, MADE)
    await undeletable()
    await answered.employer.house.work()
    done = await rows(answered, LEFT), await rows(answered, MADE)

    assert (before, dict.fromkeys(MADE, 0)) == failed
    assert dict.fromkeys(LEFT, 0) == done[0]
    assert 12 == done[1]["comment.awaiting"]
    assert all(done[1].values())


async def test_answers_stay_where_disclosure_control_fails(answered: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server deletes them while it computes, and takes that back; the next time all is released."""
    before = await rows(answered, LEFT)
    await answered.advance(answered.closes_at)
    with monkeypatch.context() as broken:
        broken.setattr(WaveCount, "release", _fail)
        await answered.employer.house.worker.do_due()
    failed = await rows(answered, LEFT), await rows(answered, MADE)
    await answered.employer.house.work()
    done = await rows(answered, LEFT), await rows(answered, MADE)

    assert (before, dict.fromkeys(MADE, 0)) == failed
    assert dict.fromkeys(LEFT, 0) == done[0]
    assert all(done[1].values())


def _fail(_: WaveCount) -> NoReturn:
    raise ArithmeticError


async def test_a_release_and_its_comments_are_written_together(answered: Asked) -> None:
    """The rows of the release and the comments that are kept bear the number of one and the same transaction."""
    await answered.advance(answered.closes_at)
    await answered.employer.house.work()
    async with owner(answered.employer.house) as connection:
        writers = {
            table: {
                row["xmin"]
                for row in await connection.fetch(f"select xmin from {table} where wave_id = $1", answered.wave_id)
            }
            for table in MADE
        }

    assert 1 == len(set.union(*writers.values()))
