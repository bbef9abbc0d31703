"""Opens envelopes and counts what is in them, on all cores: what comes out are counts, and what was written."""

import asyncio
import multiprocessing
import os
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import asynccontextmanager
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

import msgspec
import numpy as np

from peil.instruments.model import Questionnaire
from peil.instruments.rules import sealed_answers, sealed_fields
from peil.releases.counting import Counter, Counts
from peil.responses.sealed_rows import sealed_rows
from peil.responses.sealing import Unsealer, UnsealingError, context_of

# Those that this process may use, where the system tells; macOS does not.
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

# Below so many responses a process takes longer to start than it spares.
WORTH_PROCESSES = 50_000


class Asked(NamedTuple):
    """What has to be known of a wave to open its envelopes and count what is in them.

    `groups`: its reporting groups, in the order in which they are counted.
    """

    employer_id: UUID
    wave_id: UUID
    groups: Sequence[UUID]
    questions: Questionnaire
    counter: Counter


class Comment(NamedTuple):
    """What was written: the place of its writer's reporting group, the key of the item, and the text."""

    place: int
    item: str
    text: str


class Opened(NamedTuple):
    """What some envelopes held: counts and comments, each by itself."""

    counts: Counts
    comments: list[Comment]
    has_failed: bool
    """Whether there were any that are damaged, or did not come from the intake, and count nowhere."""


Open = Callable[[bytes, Collection[bytes]], Awaitable[Opened]]
"""Opens and counts sealed responses as `sealed_rows` reads them, none of these reporting groups."""


class _Opener:
    """Opens the envelopes of one wave in one process."""

    def __init__(self, secret_key: bytes, asked: Asked) -> None:
        self._unsealer = Unsealer(secret_key)
        self._counter = asked.counter
        self._groups = {
            group.bytes: (place, context_of(asked.employer_id, asked.wave_id, group))
            for place, group in enumerate(asked.groups)
        }
        self._decode = msgspec.json.Decoder(sealed_answers(asked.questions)).decode
        fields = sealed_fields(asked.questions)
        self._written = {key: fields[key] for key, choices in asked.questions.items() if choices.codes is None}
        self._chosen = {key: name for key, name in fields.items() if key not in self._written}

    def open(self, rows: bytes, left_closed: Collection[bytes]) -> Opened:
        places, given, has_failed = [], [], False
        for key_id, envelope in sealed_rows(rows):
            group = self._groups.get(key_id)
            if group is None:
                has_failed = True
                continue
            if key_id in left_closed:
                continue
            place, context = group
            try:
                given.append(self._decode(self._unsealer.unseal(envelope, context)))
                places.append(place)
            except (UnsealingError, msgspec.DecodeError):
                # One bad row must not keep everybody's answers from being counted, for ever.
                has_failed = True
        codes = {
            key: np.fromiter(map(attrgetter(name), given), np.int64, len(given)) for key, name in self._chosen.items()
        }
        comments = [
            Comment(place, key, text)
            for key, name in self._written.items()
            for place, text in zip(places, map(attrgetter(name), given), strict=True)
            if text is not msgspec.UNSET
        ]
        return Opened(self._counter.count(np.array(places, dtype=np.int64), codes), comments, has_failed)


@asynccontextmanager
async def opening(secret_key: bytes, asked: Asked, number: int) -> AsyncIterator[Open]:
    """Opens up to `number` envelopes, where they are many by processes that have the key and end with the block."""
    if number < WORTH_PROCESSES:
        executor: Executor = ThreadPoolExecutor(1, initializer=_begin, initargs=(secret_key, asked))
    else:
        # Begun anew and not forked: this process has threads.
        anew = multiprocessing.get_context("spawn")
        executor = ProcessPoolExecutor(CORES, mp_context=anew, initializer=_begin_process, initargs=(secret_key, asked))
    # In a thread: whoever starts a process waits until it takes its arguments.
    started = asyncio.ensure_future(asyncio.to_thread(executor.submit, int))

    async def open_(rows: bytes, left_closed: Collection[bytes]) -> Opened:
        await started
        return await asyncio.get_running_loop().run_in_executor(executor, _open_here, rows, left_closed)

    try:
        yield open_
    finally:
        # Not what it gives: where a process could not be started, the others must still be ended.
        await asyncio.wait([started])
        await asyncio.to_thread(executor.shutdown, cancel_futures=True)


# What a thread or process opens with that does nothing else.
_here = threading.local()


def _begin(secret_key: bytes, asked: Asked) -> None:
    _here.opener = _Opener(secret_key, asked)


def _begin_process(secret_key: bytes, asked: Asked) -> None:
    _begin(secret_key, asked)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Also where the worker was killed: no process with a key outlives it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def _open_here(rows: bytes, left_closed: Collection[bytes]) -> Opened:
    opener: _Opener = _here.opener
    return opener.open(rows, left_closed)
