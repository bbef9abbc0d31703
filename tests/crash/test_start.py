"""A part that cannot start ends, and does not serve errors."""

import asyncio

from crash.conftest import Site, running
from crash.waiting import until


async def test_an_intake_without_a_database_ends(site: Site) -> None:
    """It starts while PostgreSQL is away: the process ends, so that its supervisor starts it again."""
    await asyncio.to_thread(site.cluster.kill)
    try:
        with running(site.intake):
            await until(lambda: has_ended(site), 60)
    finally:
        await asyncio.to_thread(site.cluster.restart)


async def has_ended(site: Site) -> bool:
    return site.intake.has_ended
