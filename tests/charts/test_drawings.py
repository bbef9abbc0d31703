"""The one thread that draws: once for all who want it, no more than it can, and kept within its bytes."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from uuid import uuid4

import pytest

from peil.aggregates.charts.drawings import MOST_OF_ONE, MOST_WAITING, Drawings
from peil.errors import Busy

ONE, OTHER = uuid4(), uuid4()


class Pencil:
    """Draws when it is let, and counts how often and how many at once."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.drawn = 0
        self._at_once = 0
        self.most_at_once = 0

    def draw(self, size: int = 1) -> Callable[[], bytes]:
        def work() -> bytes:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            self.go.wait(10)
            self._at_once -= 1
            self.drawn += 1
            return b"x" * size

        return work


@pytest.fixture
async def drawings() -> AsyncIterator[Drawings]:
    opened = Drawings(most_bytes=100)
    yield opened
    opened.close()


async def test_a_picture_is_drawn_once(drawings: Drawings) -> None:
    """For those who ask at once, and for those who ask later."""
    pencil = Pencil()
    at_once = [asyncio.create_task(drawings.get(ONE, "a", pencil.draw())) for _ in range(5)]
    await asyncio.sleep(0)
    pencil.go.set()

    pictures = [*await asyncio.gather(*at_once), await drawings.get(OTHER, "a", pencil.draw())]

    assert [b"x"] * 6 == pictures
    assert 1 == pencil.drawn


async def test_others_are_served_while_one_draws(drawings: Drawings) -> None:
    """The loop goes on, and never draw two at once."""
    pencil = Pencil()
    waiting = [asyncio.create_task(drawings.get(ONE, f"{number}", pencil.draw())) for number in range(4)]
    turns = 0
    for _ in range(50):
        await asyncio.sleep(0)
        turns += 1
    pencil.go.set()
    await asyncio.gather(*waiting)

    assert (50, 1) == (turns, pencil.most_at_once)


async def test_one_employer_does_not_take_the_whole_queue(drawings: Drawings) -> None:
    """Who wants too many is told to come back; another employer is served; then the queue itself is full."""
    pencil = Pencil()
    mine = [asyncio.create_task(drawings.get(ONE, f"m{number}", pencil.draw())) for number in range(MOST_OF_ONE)]
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await drawings.get(ONE, "more", pencil.draw())
    others = [
        asyncio.create_task(drawings.get(uuid4(), f"o{number}", pencil.draw()))
        for number in range(MOST_WAITING - MOST_OF_ONE)
    ]
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await drawings.get(uuid4(), "last", pencil.draw())
    pencil.go.set()

    drawn = await asyncio.gather(*mine, *others)

    assert MOST_WAITING == len(drawn)
    assert b"x" == await drawings.get(ONE, "more", pencil.draw())


async def test_who_goes_away_takes_nothing_from_others(drawings: Drawings) -> None:
    """The picture is drawn for those who still wait for it."""
    pencil = Pencil()
    leaving, staying = [asyncio.create_task(drawings.get(ONE, "a", pencil.draw())) for _ in range(2)]
    await asyncio.sleep(0)
    leaving.cancel()
    pencil.go.set()

    assert b"x" == await staying


async def test_the_oldest_make_room(drawings: Drawings) -> None:
    """Bytes are bounded; a picture that is larger than all of it is sent and not kept."""
    pencil = Pencil()
    pencil.go.set()
    for name in ("a", "b"):
        await drawings.get(ONE, name, pencil.draw(40))
    await drawings.get(ONE, "a", pencil.draw(40))
    await drawings.get(ONE, "c", pencil.draw(40))
    await drawings.get(ONE, "huge", pencil.draw(101))
    before = pencil.drawn

    again = {}
    for name in ("c", "a", "huge", "b"):
        await drawings.get(ONE, name, pencil.draw(40 if name != "huge" else 101))
        again[name], before = pencil.drawn - before, pencil.drawn

    assert {"c": 0, "a": 0, "huge": 1, "b": 1} == again


async def test_a_failure_is_told_and_not_kept(drawings: Drawings) -> None:
    """Who asks again has it drawn again."""

    def fail() -> bytes:
        raise RuntimeError("no ink")

    with pytest.raises(RuntimeError):
        await drawings.get(ONE, "a", fail)
    pencil = Pencil()
    pencil.go.set()

    assert b"x" == await drawings.get(ONE, "a", pencil.draw())
