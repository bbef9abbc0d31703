"""A receiver on this machine, and employers whose events go there."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from peil import actor, clock
from peil.actor import Reach
from peil.operation import Transaction
from peil.outbox import publish
from support.house import Employer, House
from support.receiver import Hook, Receiver, add_endpoint, receiving


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as opened:
        yield opened


class Told:
    """An employer whose events go to a receiver, and nothing of it waits any more."""

    def __init__(self, employer: Employer, hook: Hook, owner: asyncpg.Connection) -> None:
        self.employer = employer
        self.employer_id = employer.employer_id
        self.house = employer.house
        self.hook = hook
        self.owner = owner
        """Sees everything, past row-level security."""

    async def tell(self, *subjects: str) -> None:
        """An event about each of these, which the worker has not seen yet."""
        for subject in subjects:
            await self.add(subject)

    async def add(self, subject: str, type_: str = "wave.planned") -> None:
        await tell(self.house, self.employer_id, subject, type_)

    async def advance(self, **by: float) -> None:
        """Moves the employer's clock, and nothing else."""
        moved = await self.clock() + timedelta(**by)
        await self.owner.execute(
            "update peil.employer set clock_at = $2 where employer_id = $1", self.employer_id, moved
        )

    async def age(self, subject: str = "%", **by: float) -> None:
        """Lets so much real time pass for what was delivered or tried about these, without waiting."""
        await self.owner.execute(
            "update peil.delivery set last_at = last_at - $2::interval, created_at = created_at - $2::interval "
            "where employer_id = $1 and subject like $3",
            self.employer_id,
            timedelta(**by),
            subject,
        )

    async def work(self) -> None:
        await self.house.work()

    async def deliveries(self) -> list[asyncpg.Record]:
        """By their place in the feed."""
        return await self.owner.fetch(
            "select delivery.*, event.type from peil.delivery as delivery join peil.event as event "
            "using (employer_id, event_id) where delivery.employer_id = $1 order by delivery.position, endpoint_id",
            self.employer_id,
        )

    async def states(self) -> list[tuple[str, str | None]]:
        return [(one["state"], one["outcome"]) for one in await self.deliveries()]

    async def attempts(self) -> list[asyncpg.Record]:
        return await self.owner.fetch(
            "select * from peil.delivery_attempt where employer_id = $1 order by at, attempt_id", self.employer_id
        )

    async def endpoint(self) -> asyncpg.Record:
        [found] = await self.owner.fetch(
            "select * from peil.webhook_endpoint where endpoint_id = $1", self.hook.endpoint_id
        )
        return found

    async def clock(self) -> datetime:
        sql = "select clock_at from peil.employer where employer_id = $1"
        found: datetime = await self.owner.fetchval(sql, self.employer_id)
        return found


async def tell(house: House, employer_id: UUID, subject: str, type_: str = "wave.planned") -> None:
    """Publishes an event as a job of the employer would."""
    async with house.worker.parts.database.transaction(employer_id) as rows:
        worker = actor.worker(employer_id, sandbox=True)
        now: Any = await rows.value("select clock_at from peil.employer where employer_id = $1", employer_id)
        await publish(Transaction(rows, worker, "test", Reach.EMPLOYER, now or clock.now()), type_, subject, "planned")


@pytest.fixture
async def owner(house: House) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(house.settings.database_url_owner)
    yield connection
    await connection.close()


@pytest.fixture
async def told(employer: Employer, receiver: Receiver, owner: asyncpg.Connection) -> Told:
    """With an endpoint for everything, which has heard nothing of what was before."""
    await employer.house.work()
    hook = await add_endpoint(employer.house.settings, receiver.url, employer_id=employer.employer_id)
    return Told(employer, hook, owner)
