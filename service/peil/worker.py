"""The worker: finds what is due and does it, each job in one transaction of the employer it is about."""

import asyncio
import contextlib
import logging
import traceback
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from uuid import UUID

import asyncpg
import msgspec

from peil import actor, clock, sweep, telemetry
from peil.abreast import Due, Places
from peil.actor import Reach
from peil.database import Database, Rows
from peil.errors import Busy
from peil.keys.issuing_keys import IssuingKeys
from peil.keys.keystore import KeyStore
from peil.operation import Transaction, time_of
from peil.outbound import Outbound
from peil.schedule import CHANNEL, NotYet
from peil.settings import Settings

_log = logging.getLogger(__name__)

_IDLE = 1.0
_WATCH = 30.0
_START_AGAIN = 3.0
_PING = 10.0
_PATIENCE = 10.0
_FIRST_RETRY = timedelta(seconds=2)
_SWEEP = timedelta(minutes=10)
_LAST_RETRY = timedelta(minutes=10)
_SPARE = 2
"""Connections of the pool for all that goes side by side."""
_AT_ONCE: AbstractAsyncContextManager[None] = contextlib.nullcontext()


class WorkerParts(msgspec.Struct, frozen=True, kw_only=True):
    """What jobs may use beside their transaction."""

    settings: Settings
    database: Database
    keys: KeyStore
    issuing: IssuingKeys
    outbound: Outbound


Settling = Callable[[Transaction], Awaitable[None]]
"""What a job does in a second transaction, once it knows what became of the errand between the two."""
Errand = Callable[[], Awaitable[Settling]]
"""What a job does without any transaction, because it waits for another machine."""
Job = Callable[[Transaction, WorkerParts, UUID], Awaitable[Errand | None]]
Upkeep = Callable[[WorkerParts], Awaitable[None]]
"""What the worker does of itself, without anything being due."""
Chore = Callable[[WorkerParts], Awaitable[int]]
"""What concerns no employer, for which nothing can be due: it looks for work each time, and tells how much it did."""


class Worker:
    """Does what is due; several may run beside each other, a row is taken by one."""

    def __init__(
        self,
        parts: WorkerParts,
        jobs: dict[str, Job],
        at_start: Upkeep,
        start_again: Upkeep,
        watch: Upkeep,
        slow: frozenset[str] = frozenset(),
        abreast: frozenset[str] = frozenset(),
        chores: Sequence[Chore] = (),
    ) -> None:
        self._at_start = at_start
        self._start_again = start_again
        self._watch = watch
        self._is_away = False
        self.parts = parts
        self._jobs = jobs
        self._slow = slow
        self._chores = chores
        # What waits for another machine has a lane of its own, so that no wave closes late for it.
        lanes = (frozenset(jobs) - slow - abreast, slow)
        self._lanes = [(kinds, asyncio.Event()) for kinds in lanes if kinds]
        # What goes side by side waits for many machines at once, and leaves the other lanes their connections.
        self._abreast = abreast, asyncio.Event()
        self._spare = asyncio.Semaphore(_SPARE)

    async def start(self) -> None:
        """Does what must be done before anything is served."""
        await self._at_start(self.parts)
        await self._watch(self.parts)

    async def run(self) -> None:
        """Works until cancelled; wakes when something becomes due, and looks every second besides."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._listen())
            tasks.create_task(self._repeat("starting again", self._start_again, _START_AGAIN))
            tasks.create_task(self._repeat("watching", self._watch, _WATCH))
            for kinds, wake in self._lanes:
                tasks.create_task(self._run_lane(kinds, wake))
            tasks.create_task(self._run_abreast(*self._abreast))

    async def _run_lane(self, kinds: frozenset[str], wake: asyncio.Event) -> None:
        sweep_at = clock.now()
        while True:
            wake.clear()
            try:
                done = await self.do_due(kinds)
                if clock.now() >= sweep_at:
                    await self.forget()
                    sweep_at = clock.now() + _SWEEP
            except Busy:
                self._say_away()
                done = 0
            except Exception as error:
                # Whatever it was, the other jobs must not wait for somebody to restart the worker.
                report("looking for work", error)
                done = 0
            if not done:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(wake.wait(), _IDLE)

    async def _run_abreast(self, kinds: frozenset[str], wake: asyncio.Event) -> None:
        """Does jobs side by side, in places of which nobody can fill all."""
        places = Places()

        async def work(due: Due) -> None:
            try:
                if await self._try(due, self._spare):
                    wake.set()
            except Busy:
                self._say_away()
            except Exception as error:
                report(f"job {due.kind}", error)
            finally:
                if places.leave(due):
                    # Somebody may have been waiting for it.
                    wake.set()

        async with asyncio.TaskGroup() as tasks:
            while True:
                wake.clear()
                try:
                    async with self._spare:
                        found = await self._find(kinds, None, places)
                except Busy:
                    self._say_away()
                    found = []
                except Exception as error:
                    report("looking for work", error)
                    found = []
                begun = [tasks.create_task(work(due)) for due in found if places.take(due)]
                if 0 < len(begun) < len(found):
                    # Behind those who find no place there may be others who do, and the list is cut.
                    wake.set()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(wake.wait(), _IDLE)

    async def do_due(self, kinds: Collection[str] | None = None, only: UUID | None = None) -> int:
        """Does everything of these kinds (None: of any) that is due now, and tells how many jobs succeeded.

        `only`: the jobs of this employer and no other, and nothing that concerns no employer.
        """
        wanted = list(self._jobs if kinds is None else kinds)
        found = await self._find(wanted, only)
        done = sum([await self._try(due) for due in found])
        if only is None and not self._slow.issuperset(wanted):
            done += sum([await self._try_chore(chore) for chore in self._chores])
        return done

    async def _find(self, kinds: Collection[str], only: UUID | None, places: Places | None = None) -> list[Due]:
        """What is due of these kinds, and not where the `places` for it are taken."""
        employers, subjects = ([], []) if places is None else places.full()
        async with self.parts.database.transaction(None, service=True) as rows:
            found = await rows.many(Due, _SELECT_DUE, clock.now(), list(kinds), only, employers, subjects)
        self._is_away = False
        return found

    async def forget(self) -> None:
        """Forgets what counts only for a while, of every employer: replies to retries, and JWTs used or revoked."""
        async with self.parts.database.transaction(None, service=True) as rows:
            await sweep.forget(rows, clock.now())

    async def _try(self, due: Due, turn: AbstractAsyncContextManager[None] = _AT_ONCE) -> bool:
        """Whether the job succeeded; each of its transactions waits for its `turn`."""
        try:
            with telemetry.span(due.kind):
                async with turn:
                    done, errand = await self.parts.database.run(due.employer_id, lambda rows: self._do(rows, due))
                if errand is not None:
                    settling = await errand()
                    async with turn:
                        await self.parts.database.run(due.employer_id, lambda rows: self._settle(rows, due, settling))
                return bool(done)
        except NotYet:
            return False
        except Busy as busy:
            # Where the database is away nothing can be counted: then this is Busy as well.
            await self._postpone(due, type(busy.__cause__ or busy).__name__)
            report(f"job {due.kind}", busy.__cause__ or busy)
            return False
        except Exception as error:
            report(f"job {due.kind}", error)
            await self._postpone(due, type(error).__name__)
            return False

    async def _try_chore(self, chore: Chore) -> int:
        try:
            return await chore(self.parts)
        except Busy:
            # It looks again in a second.
            return 0
        except Exception as error:
            report(f"chore {getattr(chore, '__name__', chore)}", error)
            return 0

    async def _do(self, rows: Rows, due: Due) -> tuple[bool, Errand | None]:
        """Whether the row was there to take, and what is still to do without a transaction."""
        tx = await self._enter(rows, due)
        if await rows.value(_TAKE_DUE, due.employer_id, due.kind, due.subject, tx.now) is None:
            return False, None
        # The row goes first, so that the job can put itself on the list again.
        await rows.execute(_DELETE_DUE, due.employer_id, due.kind, due.subject)
        return True, await self._jobs[due.kind](tx, self.parts, due.subject)

    async def _settle(self, rows: Rows, due: Due, settling: Settling) -> None:
        # On the list for the case that it would not come back; it has, and knows when it is due again.
        tx = await self._enter(rows, due)
        await rows.execute(_DELETE_DUE, due.employer_id, due.kind, due.subject)
        await settling(tx)

    async def _enter(self, rows: Rows, due: Due) -> Transaction:
        worker = actor.worker(due.employer_id, sandbox=due.sandbox)
        return Transaction(rows, worker, due.kind, Reach.EMPLOYER, await time_of(rows, worker))

    async def _postpone(self, due: Due, failure: str) -> None:
        async with self.parts.database.transaction(due.employer_id) as rows:
            worker = actor.worker(due.employer_id, sandbox=due.sandbox)
            now = await time_of(rows, worker)
            attempts = await rows.value(_COUNT_FAILURE, due.employer_id, due.kind, due.subject, failure)
            # A test clock stands still: there the next look is the next try.
            if attempts and not due.sandbox:
                await rows.execute(_POSTPONE_DUE, due.employer_id, due.kind, due.subject, now + _pause(int(attempts)))

    async def _repeat(self, what: str, work: Upkeep, pause: float) -> None:
        """Looks, by the real clock, at what no job is about: nobody is told when a key is lost or comes back.

        Nor when another database answers: a connection to the one before may live on, and nothing comes of it.
        """
        while True:
            await asyncio.sleep(pause)
            try:
                await work(self.parts)
            except Busy:
                continue
            except Exception as error:
                report(what, error)

    async def _listen(self) -> None:
        while True:
            try:
                await self._hear()
            except (OSError, Busy, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError):
                # The database is away; until it is back the worker's own look has to do.
                await asyncio.sleep(_IDLE)
            except Exception as error:
                report("listening", error)
                await asyncio.sleep(_IDLE)

    def _say_away(self) -> None:
        if not self._is_away:
            _log.error("the database does not answer, nothing is done until it does")
            self._is_away = True

    def _awake(self) -> None:
        for _, wake in (*self._lanes, self._abreast):
            wake.set()

    async def _hear(self) -> None:
        """Wakes the worker at every notice, until the connection is lost.

        What it is connected to may be an older database each time: a standby that lacks the last transactions, or one
        that was restored. So what is done at the start is done again.
        """
        connection = await self.parts.database.connect()
        lost = asyncio.Event()
        try:
            connection.add_termination_listener(lambda *_: lost.set())
            await connection.add_listener(CHANNEL, lambda *_: self._awake())
            await self._at_start(self.parts)
            while not lost.is_set():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(lost.wait(), _PING)
                # A server that is gone without a word closes nothing.
                await connection.execute("select 1", timeout=_PATIENCE)
        finally:
            connection.terminate()


def report(what: str, error: BaseException) -> None:
    """Log where it failed, never the error's own text: it may quote a row, or an answer."""
    where = "".join(traceback.format_tb(error.__traceback__))
    _log.error("%s failed with %s\n%s", what, type(error).__qualname__, where)


def _pause(attempts: int) -> timedelta:
    return min(_FIRST_RETRY * (1 << min(attempts, 10)), _LAST_RETRY)


_SELECT_DUE = """-- select_due
select
  due.employer_id,
  due.kind,
  due.subject,
  employer.sandbox
from peil.due as due
join peil.employer as employer on employer.employer_id = due.employer_id
where
  due.at <= coalesce(employer.clock_at, $1)
  and due.kind = any($2::text[])
  and ($3::uuid is null or due.employer_id = $3)
  and due.employer_id <> all($4::uuid[])
  and due.subject <> all($5::uuid[])
order by
  due.attempts,
  employer.clock_at is not null,
  due.at,
  due.employer_id,
  due.kind,
  due.subject
limit 200
"""

_TAKE_DUE = """-- take_due
select 1
from peil.due
where
  employer_id = $1
  and kind = $2
  and subject = $3
  and at <= $4
for update skip locked
"""

_DELETE_DUE = """-- delete_due
delete from peil.due
where
  employer_id = $1
  and kind = $2
  and subject = $3
"""

_COUNT_FAILURE = """-- count_failure
update peil.due
set
  attempts = attempts + 1,
  failure = $4
where
  employer_id = $1
  and kind = $2
  and subject = $3
returning attempts
"""

_POSTPONE_DUE = """-- postpone_due
update peil.due
set at = $4
where
  employer_id = $1
  and kind = $2
  and subject = $3
"""
