"""Opens envelopes on all cores: each is opened too quickly for threads, so many of them in processes of their own."""

import asyncio
import multiprocessing
import os
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from typing import NamedTuple

import msgspec

from peil.instruments.model import Questionnaire
from peil.instruments.rules import is_sealable
from peil.responses.sealing import Unsealer, UnsealingError

# Below so many responses a process takes longer to start than it spares.
WORTH_PROCESSES = 50_000

read_answers = msgspec.json.Decoder(dict[str, int | str]).decode


class Envelopes(NamedTuple):
    """Some envelopes, and what each has to be bound to."""

    sealed: list[bytes]
    contexts: list[bytes]


Open = Callable[[Envelopes], Awaitable[list[bytes | None]]]
"""What is in each envelope, as `read_answers` reads it; None where it is damaged, or did not come from the intake."""


class _Opener:
    """Opens the envelopes of one wave in one process."""

    def __init__(self, secret_key: bytes, questions: Questionnaire) -> None:
        self._unsealer = Unsealer(secret_key)
        self._questions = questions

    def open(self, envelopes: Envelopes) -> list[bytes | None]:
        return list(map(self._open, *envelopes))

    def _open(self, sealed: bytes, context: bytes) -> bytes | None:
        try:
            content = self._unsealer.unseal(sealed, context)
            return content if is_sealable(self._questions, read_answers(content)) else None
        except (UnsealingError, msgspec.DecodeError):
            return None


@asynccontextmanager
async def opening(secret_key: bytes, questions: Questionnaire, number: int) -> AsyncIterator[Open]:
    """Opens `number` envelopes, some at a time and several times at once; processes with the key end with the block."""
    opener = _Opener(secret_key, questions)
    if number < WORTH_PROCESSES:
        yield lambda envelopes: asyncio.to_thread(opener.open, envelopes)
        return
    # Begun anew and not forked: this process has threads.
    anew = multiprocessing.get_context("spawn")
    processes = ProcessPoolExecutor(
        len(os.sched_getaffinity(0)), mp_context=anew, initializer=_begin, initargs=(secret_key, questions)
    )
    try:
        loop = asyncio.get_running_loop()
        yield lambda envelopes: loop.run_in_executor(processes, _open_here, envelopes)
    finally:
        await asyncio.to_thread(processes.shutdown, cancel_futures=True)


# What a process opens with that does nothing else; in the worker's own there is nothing.
_here: list[_Opener] = []


def _begin(secret_key: bytes, questions: Questionnaire) -> None:
    _here.append(_Opener(secret_key, questions))
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Also where the worker was killed: no process with a key outlives it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def _open_here(envelopes: Envelopes) -> list[bytes | None]:
    return _here[0].open(envelopes)
