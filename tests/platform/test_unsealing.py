"""Many envelopes are opened in processes of their own, as few are in the worker's, and no process outlives it."""

import asyncio
import os
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
import pytest
from nacl.public import PrivateKey

from peil.instruments.model import Choices, Questionnaire
from peil.jobs.unsealing import WORTH_PROCESSES, Asked, Comment, opening
from peil.releases.counting import Counter, Tally
from peil.releases.model import ChoiceScoring
from peil.responses.sealed_rows import sealed_rows
from peil.responses.sealing import Sealer, context_of
from support.copied import copied

WAVE = PrivateKey.generate()
SECRET = bytes(WAVE)
SEALER = Sealer(bytes(WAVE.public_key), 100)
QUESTIONS: Questionnaire = {
    "pace": Choices(int, {point: point for point in range(1, 6)}),
    "why": Choices(str, None),
}
EMPLOYER, WAVE_ID, *GROUPS = (uuid4() for _ in range(4))
COUNTER = Counter([ChoiceScoring(key="pace", options=5, sensitive=False)])
ASKED = Asked(EMPLOYER, WAVE_ID, GROUPS, QUESTIONS, COUNTER)
WORKER = """
import asyncio
from uuid import UUID
from peil.jobs.unsealing import WORTH_PROCESSES, Asked, opening
from peil.releases.counting import Counter

async def work():
    asked = Asked(UUID(int=1), UUID(int=2), [], {}, Counter([]))
    async with opening(bytes(32), asked, WORTH_PROCESSES) as open_:
        await open_(b"", ())
        print("opening", flush=True)
        await asyncio.sleep(60)

if __name__ == "__main__":
    asyncio.run(work())
"""


def rows() -> list[tuple[UUID, bytes]]:
    """Twenty that can be read, one with words, and a damaged one, one of another group and one nobody can have sent."""

    def sealed(group: UUID, **answers: int | str) -> tuple[UUID, bytes]:
        return group, SEALER.seal(msgspec.json.encode(answers), context_of(EMPLOYER, WAVE_ID, group))

    good = [sealed(GROUPS[number % 2], pace=1 + number % 5) for number in range(20)]
    group, envelope = good[0]
    damaged = (group, envelope[:-1] + bytes([envelope[-1] ^ 1]))
    return [*good, sealed(group, why="Druk."), damaged, (GROUPS[1], envelope), sealed(group, pace=6)]


@pytest.mark.parametrize("number", [1, WORTH_PROCESSES])
async def test_envelopes_are_opened_and_counted(number: int) -> None:
    """Whether few or many are expected: counts per group, what was written, and that not all could be read."""
    tally = Tally([100, 100], COUNTER)
    async with opening(SECRET, ASKED, number) as open_:
        for opened in await asyncio.gather(*(open_(piece, ()) for _ in range(3) for piece in copied(rows(), cut=50))):
            tally.add(opened.counts)
            if opened.has_failed:
                assert [Comment(0, "why", "Druk.")] == opened.comments

    assert [33, 30] == [cell.n for cell in tally.respondents()]
    assert [[6, 6, 6, 6, 6]] * 2 == [cell.counts for cell in tally.blocks()[0]]


@pytest.mark.parametrize("spoil", [lambda piece: piece[:-1], lambda piece: piece + b"x" * 30])
def test_a_piece_that_is_not_cut_between_rows_is_refused(spoil: Callable[[bytes], bytes]) -> None:
    """A row is never read from where none begins: what was counted would be noise."""
    [piece, _] = copied(rows()[:2], cut=2)

    assert rows()[1][0].bytes == list(sealed_rows(piece))[1][0]
    with pytest.raises((ValueError, struct.error)):
        list(sealed_rows(spoil(piece)))


async def test_processes_end_with_the_block() -> None:
    """Nothing that knows the key is left, also where counting failed."""
    opened_in: list[int] = []

    async def fail() -> None:
        async with opening(SECRET, ASKED, WORTH_PROCESSES) as open_:
            await open_(b"", ())
            opened_in.extend(children_of(os.getpid()))
            raise ValueError("counting failed")

    with pytest.raises(ValueError, match="counting failed"):
        await fail()

    assert opened_in
    assert [] == children_of(os.getpid())


def test_processes_end_with_a_worker_that_was_killed(tmp_path: Path) -> None:
    """SIGKILL gives the worker no time to end them: they notice."""
    script = tmp_path / "worker.py"
    script.write_text(WORKER)
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        worker.stdout.readline()
        opened_in = children_of(worker.pid)
        worker.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while any(is_running(pid) for pid in opened_in) and time.monotonic() < deadline:
        time.sleep(0.05)

    assert opened_in
    assert [] == [pid for pid in opened_in if is_running(pid)]


def children_of(parent: int) -> list[int]:
    """The processes that open envelopes for another."""
    told = Path(f"/proc/{parent}/task").glob("*/children")
    children = [int(pid) for path in told for pid in path.read_text().split()]
    return [pid for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def is_running(pid: int) -> bool:
    """Whether there is such a process that has not ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
