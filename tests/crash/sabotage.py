"""Kills what runs, at random points; whoever supervises it starts it again."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Literal

from crash.conftest import Site
from crash.crowd import Crowd

Victim = Literal["api", "intake", "worker", "database"]


class Saboteur:
    """`struck` counts what was killed."""

    def __init__(self, site: Site, chance: random.Random) -> None:
        self._site = site
        self._chance = chance
        self.struck: Counter[str] = Counter()

    async def strike(self, *victims: Victim, within: float = 0) -> None:
        """Kills these in a random order, each after a pause of up to `within` seconds."""
        for victim in self._chance.sample(victims, len(victims)):
            await asyncio.sleep(self._chance.uniform(0, within))
            self.struck[victim] += 1
            if victim == "database":
                await self._site.restart_database()
            else:
                getattr(self._site, victim).kill()

    async def haunt(self, crowd: Crowd, people: int, victims: Sequence[Victim]) -> None:
        """Kills these in a random order while so many people answer, each when a random number of them is done."""
        points = sorted(self._chance.sample(range(1, people), len(victims)))
        for point, victim in zip(points, self._chance.sample(victims, len(victims)), strict=True):
            await crowd.until_done(point)
            await self.strike(victim)


@asynccontextmanager
async def held_up(site: Site) -> AsyncIterator[None]:
    """No release can be written, whatever is killed meanwhile: a prepared transaction keeps its locks over a crash."""
    async with site.superuser() as connection:
        await connection.execute("begin")
        await connection.execute("lock table release.release in exclusive mode")
        await connection.execute("prepare transaction 'held-up'")
    try:
        yield
    finally:
        async with site.superuser() as connection:
            await connection.execute("rollback prepared 'held-up'")
