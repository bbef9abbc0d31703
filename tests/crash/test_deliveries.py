"""Whatever is killed while events are pushed: each arrives at least once, in order of what it is about."""

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import asyncpg
import pytest

from crash.conftest import SEED, Site, supervised
from crash.waiting import until
from support.house import Employer
from support.receiver import Answer, Delivered, Hook, Receiver, add_endpoint, receiving, verifies
from webhooks.conftest import tell

THINGS, EACH = 6, 12
VICTIMS = ["worker", "worker", "database"]

_WAITING = """
select 1
from peil.event as event
left join peil.delivery as delivery using (employer_id, event_id)
where event.employer_id = $1 and delivery.state is distinct from 'delivered' and event.subject like 'things/%'
"""

_FEED = """
select event_id::text as id, event.subject, state, attempts
from (select employer_id, event_id, subject, position from peil.event where position is not null) as event
left join (select employer_id, event_id, state, attempts from peil.delivery) as delivery using (employer_id, event_id)
where employer_id = $1 and subject like 'things/%'
order by position
"""


@pytest.fixture
async def employer(site: Site) -> Employer:
    return await site.house.employer()


class Murderous(Receiver):
    """Kills these one by one, each when a request of a random place has arrived and before it is answered."""

    def __init__(self, site: Site, chance: random.Random) -> None:
        super().__init__()
        self._site = site
        self._chance = chance
        places = sorted(chance.sample(range(3, THINGS * EACH - 12), len(VICTIMS)))
        self._due = list(zip(places, chance.sample(VICTIMS, len(VICTIMS)), strict=True))
        self.struck: list[tuple[str, str]] = []
        """Whom, and the id of the request in the midst of which."""
        self.taken = Counter[str]()
        """How often each id was answered with 2xx."""
        self.always = self._answer_or_kill

    async def _answer_or_kill(self, delivered: Delivered) -> Answer:
        if self._due and len(self.got) >= self._due[0][0]:
            _, victim = self._due.pop(0)
            self.struck.append((victim, delivered.id))
            if victim == "worker":
                self._site.worker.kill()
            else:
                await self._site.restart_database()
        elif self._chance.random() < 0.05:
            return Answer(500)
        self.taken[delivered.id] += 1
        return Answer()


async def test_every_event_arrives_although_the_worker_is_killed(site: Site, employer: Employer) -> None:
    """In between sending and recording, twice, and PostgreSQL once: sent again with the same id, in order."""
    chance = random.Random(SEED)
    murderous = Murderous(site, chance)
    async with receiving(murderous) as receiver:
        await employer.house.work()
        hook = await add_endpoint(site.house.settings, receiver.url, employer_id=employer.employer_id)
        for number in range(THINGS * EACH):
            await tell(site.house, employer.employer_id, f"things/{number % THINGS}")

        async def is_told() -> bool:
            try:
                return not await site.fetch(_WAITING, employer.employer_id)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError):
                # It is being killed.
                return False

        async with supervised(site.worker):
            await until(is_told, 170)
    feed = await site.fetch(_FEED, employer.employer_id)
    sys.stdout.write(f"CRASH_SEED={SEED}: {len(receiver.got)} requests for {len(feed)} events, {murderous.struck}\n")

    assert len(VICTIMS) == len(murderous.struck)
    assert [] == list(unaccounted(feed, murderous, hook))


def unaccounted(feed: list[Any], receiver: Murderous, hook: Hook) -> Iterator[str]:
    """What does not agree between the feed and what arrived."""
    wanted, arrived = defaultdict(list), defaultdict(list)
    for row in feed:
        wanted[row["subject"]].append(row["id"])
        if row["state"] != "delivered" or not receiver.taken[row["id"]]:
            yield f"{row['id']} was not delivered"
    for one in receiver.got:
        arrived[one.event["subject"]].append(one.id)
        if not verifies(hook.secret, one) or one.event["id"] != one.id:
            yield f"{one.id} is not signed as it is"
    for subject, ids in arrived.items():
        # Again and again perhaps, but never one before the one before, nor after the one after.
        if [key for key, _ in groupby(ids)] != wanted[subject]:
            yield f"{subject} came out of order"
    for victim, killed in receiver.struck:
        if victim == "worker" and receiver.ids.count(killed) < 2:
            yield f"{killed} was in hand when the worker was killed, and was not sent again"
