"""The one bounded writer of the intake: commits many submissions at once, each durable before its reply."""

import asyncio
import logging
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from typing import Literal
from uuid import UUID

from peil import clock
from peil.database import Database, Rows
from peil.errors import Busy, Conflict, PeilError
from peil.participation.redeeming import find_codes
from peil.responses import queries

Outcome = Literal["recorded", "already-recorded", "unknown"]

_BATCH = 256
_log = logging.getLogger(__name__)


class Submission:
    """A response that waits to be written: its token's hash, its group where that is known already, its reply.

    `key_id` is None for a code, whose group stands with its hash; then it is sealed when that was looked up.
    """

    __slots__ = ("key_id", "outcome", "seal", "token_hash")

    def __init__(self, token_hash: bytes, key_id: UUID | None, seal: Callable[[UUID], bytes]) -> None:
        self.token_hash = token_hash
        self.key_id = key_id
        self.seal = seal
        self.outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()


class Writer:
    """Takes submissions up to a bound; a batch belongs to one wave, waves take turns."""

    def __init__(self, database: Database, *, bound: int, lanes: int = 2) -> None:
        self._database = database
        self._bound = bound
        self._lanes = lanes
        self._waiting: OrderedDict[tuple[UUID, UUID], deque[Submission]] = OrderedDict()
        self._count = 0
        self._ends = False
        self._arrived = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._tasks = [asyncio.create_task(self._write()) for _ in range(self._lanes)]

    async def stop(self) -> None:
        """Lets what was accepted into the queue be written, then ends."""
        self._ends = True
        self._arrived.set()
        await asyncio.gather(*self._tasks)

    async def submit(
        self, employer_id: UUID, wave_id: UUID, token_hash: bytes, key_id: UUID | None, seal: Callable[[UUID], bytes]
    ) -> Outcome:
        """What became of it, once that is durable.

        Raises Busy where the queue is full, the database away or the wave just being closed.

        After Busy nothing may be there or the response may be: a retry then answers `already-recorded`.
        Raises Conflict where the wave takes no answers.
        """
        if self._count >= self._bound or self._ends:
            raise Busy
        submission = Submission(token_hash, key_id, seal)
        self._waiting.setdefault((employer_id, wave_id), deque()).append(submission)
        self._count += 1
        self._arrived.set()
        return await asyncio.shield(submission.outcome)

    async def _write(self) -> None:
        while True:
            await self._arrived.wait()
            taken = self._take()
            if taken is None:
                if self._ends:
                    return
                self._arrived.clear()
                continue
            (employer_id, wave_id), batch = taken
            try:
                await self._commit(employer_id, wave_id, batch)
            except PeilError as error:
                _fail(batch, error)
            except Exception as error:
                # A lane that ended here would leave everybody after this batch waiting for ever. The error's
                # own text may hold what somebody sent.
                _log.error("a batch was not written: %s", type(error).__qualname__)
                _fail(batch, Busy())
            finally:
                self._count -= len(batch)

    def _take(self) -> tuple[tuple[UUID, UUID], list[Submission]] | None:
        if not self._waiting:
            return None
        key, queue = self._waiting.popitem(last=False)
        batch = [queue.popleft() for _ in range(min(len(queue), _BATCH))]
        if queue:
            self._waiting[key] = queue
        return key, batch

    async def _commit(self, employer_id: UUID, wave_id: UUID, batch: list[Submission]) -> None:
        first: dict[bytes, Submission] = {}
        for submission in batch:
            first.setdefault(submission.token_hash, submission)

        async def work(rows: Rows) -> tuple[Mapping[bytes, UUID], set[bytes]]:
            groups = await _groups(rows, employer_id, wave_id, first)
            written = await queries.insert_sealed(
                rows,
                employer_id,
                wave_id,
                list(groups.values()),
                list(groups),
                [first[token_hash].seal(key_id) for token_hash, key_id in groups.items()],
                clock.now(),
            )
            if not written:
                require_open(await queries.select_state(rows, wave_id, clock.now()))
                # It may have opened just now, after the insert: then nothing is there, and nobody is told that it is.
                if await queries.count_recorded(rows, employer_id, wave_id, list(groups)) < len(groups):
                    raise Busy
            return groups, set(written)

        # The fence is taken in a statement of its own, before: what is inserted sees what has committed until then.
        groups, written = await self._database.run(employer_id, work, first=queries.sharing_fence(wave_id))
        for submission in batch:
            is_first = first[submission.token_hash] is submission
            _tell(submission, submission.token_hash in groups, is_first and submission.token_hash in written)


async def _groups(
    rows: Rows, employer_id: UUID, wave_id: UUID, first: Mapping[bytes, Submission]
) -> Mapping[bytes, UUID]:
    """The group of each; of codes only those there are. A batch is of one wave, and so of one mode."""
    told = {token_hash: one.key_id for token_hash, one in first.items() if one.key_id is not None}
    return told or await find_codes(rows, employer_id, wave_id, first.keys())


def require_open(state: str | None) -> None:
    """Only an open wave takes answers, on a known server. Raises Conflict, Busy."""
    if state == "open":
        return
    if state == "unknown-server":
        raise Busy
    if state == "ready":
        raise Conflict("wave-not-open")
    if state == "unrecoverable":
        raise Conflict("wave-unrecoverable")
    raise Conflict("wave-cancelled" if state == "cancelled" else "wave-closed")


def _tell(submission: Submission, known: bool, written: bool) -> None:
    if not submission.outcome.done():
        submission.outcome.set_result(("recorded" if written else "already-recorded") if known else "unknown")


def _fail(batch: list[Submission], error: PeilError) -> None:
    for submission in batch:
        if not submission.outcome.done():
            submission.outcome.set_exception(error)
