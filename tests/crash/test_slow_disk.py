"""A slow disk holds up the wave that closes, and nobody else whom the same process serves."""

import asyncio
import os
import time

import pytest

from cases.measuring import advance, bring_to
from support.apis import Rest
from support.house import House
from support.personas import add_crowd, cast_of

_SLOW = 1.0


@pytest.mark.parametrize("end", ["released", "cancelled"])
async def test_others_are_served_while_keys_are_put_on_disk(
    house: House, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    """Whatever ends a wave waits for the disk in a thread; the event loop is never away that long."""
    cast = await cast_of(await house.employer("Traag BV"))
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, "open", mode="blind")
    monkeypatch.setattr(os, "fsync", lambda _: time.sleep(_SLOW))
    ticking = asyncio.create_task(_longest_pause())
    if end == "cancelled":
        (await Rest(cast.hr).cancel_wave(wave_id)).must()
        await house.work()
    else:
        await advance(cast, days=2)
    ticking.cancel()
    longest = await ticking

    assert end == (await Rest(cast.hr).get_wave(wave_id)).must()["state"]
    assert longest < _SLOW


async def _longest_pause() -> float:
    """Seconds for which nobody had a turn, told when cancelled."""
    longest, last = 0.0, time.monotonic()
    while True:
        try:
            await asyncio.sleep(0.01)
        except asyncio.CancelledError:
            return longest
        longest, last = max(longest, time.monotonic() - last), time.monotonic()
