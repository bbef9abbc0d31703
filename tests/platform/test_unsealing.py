"""Many envelopes are opened in processes of their own, as few are in the worker's, and no process outlives it."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from nacl.public import PrivateKey

from peil.instruments.model import Choices, Questionnaire
from peil.jobs.unsealing import WORTH_PROCESSES, Envelopes, opening
from peil.responses.sealing import Sealer

WAVE = PrivateKey.generate()
SECRET = bytes(WAVE)
SEALER = Sealer(bytes(WAVE.public_key), 100)
QUESTIONS: Questionnaire = {"pace": Choices(int, {point: point for point in range(1, 6)})}
GROUPS = [b"one group", b"another group"]
WORKER = """
import asyncio
from peil.jobs.unsealing import WORTH_PROCESSES, Envelopes, opening

async def work():
    async with opening(bytes(32), {}, WORTH_PROCESSES) as open_:
        await open_(Envelopes([], []))
        print("opening", flush=True)
        await asyncio.sleep(60)

if __name__ == "__main__":
    asyncio.run(work())
"""


def envelopes() -> tuple[Envelopes, list[bytes | None]]:
    """Some that can be read, a damaged one, one of another group and one with what nobody can have answered."""
    contents = [msgspec.json.encode({"pace": 1 + number % 5}) for number in range(20)]
    impossible = msgspec.json.encode({"pace": 6})
    sealed = [SEALER.seal(content, GROUPS[number % 2]) for number, content in enumerate([*contents, impossible])]
    damaged, elsewhere = sealed[0][:-1] + bytes([sealed[0][-1] ^ 1]), SEALER.seal(contents[0], GROUPS[1])
    contexts = [GROUPS[number % 2] for number in range(21)]
    return Envelopes([*sealed, damaged, elsewhere], [*contexts, GROUPS[0], GROUPS[0]]), [*contents, None, None, None]


@pytest.mark.parametrize("number", [1, WORTH_PROCESSES])
async def test_envelopes_are_opened_in_their_order(number: int) -> None:
    """Whether few or many are expected: a content stands where its envelope stood, and none for what is no answer."""
    given, expected = envelopes()
    async with opening(SECRET, QUESTIONS, number) as open_:
        opened = await asyncio.gather(*(open_(given) for _ in range(3)))

    assert [expected] * 3 == opened


async def test_processes_end_with_the_block() -> None:
    """Nothing that knows the key is left, also where counting failed."""
    opened_in: list[int] = []

    async def fail() -> None:
        async with opening(SECRET, QUESTIONS, WORTH_PROCESSES) as open_:
            await open_(envelopes()[0])
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
