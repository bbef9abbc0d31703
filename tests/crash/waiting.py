"""Waits for what other processes do."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

from crash.conftest import Site


async def until(condition: Callable[[], Awaitable[bool]], seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110 - other processes set no event of ours
            await asyncio.sleep(0.01)


async def is_released(site: Site, wave_id: UUID) -> bool:
    """Whether the wave has come to its end."""
    return bool(await site.fetch("select 1 from peil.wave where wave_id = $1 and state = 'released'", wave_id))


async def is_stuck(site: Site) -> bool:
    """Whether the worker waits for a lock."""
    return bool(
        await site.fetch(
            "select 1 from pg_stat_activity where application_name = 'peil-worker' and wait_event_type = 'Lock'"
        )
    )
