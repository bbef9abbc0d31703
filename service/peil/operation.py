"""What a caller can do: one name for the function, its transaction, its span, its audit event and its operationId.

An operation requires its scope, opens a transaction, and does its work in it. Callers write

    wave = await operations.plan_wave(call, new)

and the slice writes

    @operation("waves:write", creates=True)
    async def plan_wave(tx: Transaction, new: WaveNew) -> Wave: ...
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, nullcontext
from copy import copy
from datetime import datetime
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar, get_type_hints
from uuid import UUID

import msgspec

from peil import clock, idempotency, telemetry
from peil.actor import Actor, Reach
from peil.database import Rows
from peil.errors import Denied, Finding, MatchRequired, Stale, Unauthenticated
from peil.http.etag import etag

if TYPE_CHECKING:
    from peil.parts import Parts

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

ANONYMOUS = "anonymous"
"""The scope of operations that nobody needs to sign in for."""


class Call:
    """One request: who asks, of which process, and what the request says about retries and versions."""

    __slots__ = ("actor", "idempotency_key", "if_match", "language", "media_type", "parts", "replayed")

    def __init__(
        self,
        actor: Actor,
        parts: "Parts",
        *,
        language: str = "en",
        idempotency_key: str | None = None,
        if_match: str | None = None,
        media_type: str = "application/json",
    ) -> None:
        self.actor = actor
        self.parts = parts
        self.language = language
        self.media_type = media_type
        self.idempotency_key = idempotency_key
        self.if_match = if_match
        self.replayed = False


class Transaction(Rows):
    """Where an operation works: rows of one employer, the employer's time, and who asks how far."""

    def __init__(
        self, rows: Rows, actor: Actor, name: str, reach: Reach, now: datetime, call: Call | None = None
    ) -> None:
        super().__init__(rows.connection)
        self.actor = actor
        self.name = name
        self.reach = reach
        self.now = now
        self._call = call
        self.changed: list[Callable[[], None]] = []
        """What to do in this process once the transaction has committed."""

    @property
    def call(self) -> Call:
        """The request; a job of the worker has none and must not ask."""
        if self._call is None:
            raise RuntimeError(f"{self.name} is no request")
        return self._call

    @property
    def parts(self) -> "Parts":
        return self.call.parts

    @property
    def employer_id(self) -> UUID:
        """The employer whose rows these are. Raises Denied for the operator and a vendor, who have none."""
        return employer_of(self.actor)

    @property
    def person_id(self) -> UUID:
        """Who signed in. Raises Denied for a client, which is nobody's own sign-in."""
        if self.actor.person_id is None:
            raise Denied
        return self.actor.person_id

    @property
    def is_administrator(self) -> bool:
        """Whether the caller speaks for whoever decides who may sign in, and act for the employer."""
        return "administrator" in self.actor.roles

    def require_administrator(self) -> None:
        """Refuses everybody else. Raises Denied."""
        if not self.is_administrator:
            raise Denied("denied", Finding("", "administrators-only"))

    async def enter(self, employer_id: UUID) -> None:
        """Shows the rows of this employer from now on, and tells its time, where the operation knows whose they are."""
        await self.connection.execute(f"set local app.employer_id = '{UUID(int=employer_id.int)}'")
        self.now = await self.value(_SELECT_CLOCK, employer_id) or self.now

    @contextmanager
    def under(self, scope: str) -> Iterator[None]:
        """Goes by the reach of another scope for a while. Raises Unauthenticated, Denied where there is none."""
        outer, self.reach = self.reach, require(self.actor, scope)
        try:
            yield
        finally:
            self.reach = outer

    def act_for(self, actor: Actor, scope: str) -> None:
        """Goes on with the request as somebody else, for an operation that knows that the caller may.

        Raises Unauthenticated, Denied.
        """
        self.reach = require(actor, scope)
        self.actor = actor
        self._call = copy(self.call)
        self._call.actor = actor

    def must_match(self, current: msgspec.Struct) -> None:
        """Refuses a change by somebody who has not seen the `current` state. Raises MatchRequired, Stale."""
        if self.call.if_match is None:
            raise MatchRequired
        if self.call.if_match != "*" and etag(current) not in _tags(self.call.if_match):
            raise Stale

    def may_match(self, current: msgspec.Struct) -> None:
        """Refuses an action on another state than the one that its caller names; who names none acts on any.

        Raises Stale.
        """
        if self.call.if_match is not None:
            self.must_match(current)


def _tags(if_match: str) -> set[str]:
    return {tag.strip() for tag in if_match.split(",")}


class Operation(Generic[P, R]):
    """A registered operation; call it with a `Call`, or `within` another one's transaction."""

    def __init__(
        self,
        work: Callable[Concatenate[Transaction, P], Awaitable[R]],
        scope: str,
        *,
        creates: bool,
        secret: bool,
        behind_wall: bool,
        traced: bool,
    ) -> None:
        self.name = work.__name__
        self.scope = scope
        self.creates = creates
        self.secret = secret
        self.behind_wall = behind_wall
        self.traced = traced
        self.work = work
        self.shelved: Callable[..., R | None] | None = None
        self.__doc__ = work.__doc__
        self.__module__ = work.__module__

    @property
    def result_type(self) -> Any:
        return get_type_hints(self.work, include_extras=True)["return"]

    async def __call__(self, call: Call, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with telemetry.span(self.name) if self.traced else nullcontext():
            return await self._run(call, *args, **kwargs)

    async def _run(self, call: Call, *args: P.args, **kwargs: P.kwargs) -> R:
        reach = require(call.actor, self.scope)
        if self.shelved is not None:
            ready = self.shelved(call, reach, *args, **kwargs)
            if ready is not None:
                return ready

        async def work(tx: Transaction) -> R:
            if self.creates and call.idempotency_key is not None:
                replied: R = await idempotency.once(tx, self, args, kwargs)
                return replied
            return await self.work(tx, *args, **kwargs)

        return await self._transact(call, reach, work)

    async def _transact(self, call: Call, reach: Reach, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Does `work` in a transaction, and then what it leaves to do in this process."""

        async def begin(rows: Rows) -> tuple[T, Transaction]:
            tx = Transaction(rows, call.actor, self.name, reach, await time_of(rows, call.actor), call)
            return await work(tx), tx

        result: T
        database = call.parts.moderation if self.behind_wall else call.parts.database
        result, tx = await database.run(
            call.actor.employer_id,
            begin,
            vendor_id=call.actor.vendor_id if reach is Reach.VENDOR else None,
            service=reach is Reach.SERVICE or self.scope == ANONYMOUS,
        )
        for notify in tx.changed:
            notify()
        return result

    def from_shelf(self, look_up: Callable[..., R | None]) -> Callable[..., R | None]:
        """Registers what answers without a transaction where it can; it gets the call, the reach and the arguments."""
        self.shelved = look_up
        return look_up

    async def within(self, tx: Transaction, /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Does it in the transaction of another operation; the caller needs this operation's scope, with its reach."""
        with tx.under(self.scope):
            return await self.work(tx, *args, **kwargs)


class Stages:
    """The transactions of an operation that does the same at many employers: each is whole by itself and stands."""

    def __init__(
        self, call: Call, transact: Callable[[Callable[[Transaction], Awaitable[Any]]], Awaitable[Any]]
    ) -> None:
        self.call = call
        self._transact = transact

    async def do(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Does `work` in a transaction of its own, whose effect stays whatever comes after it."""
        result: T = await self._transact(work)
        return result


class StagedOperation(Operation[P, R]):
    """An operation of several transactions; it cannot be done `within` another one's."""

    def __init__(self, work: Callable[Concatenate[Stages, P], Awaitable[R]], scope: str) -> None:
        untyped: Any = work
        super().__init__(untyped, scope, creates=False, secret=False, behind_wall=False, traced=True)
        self._staged = work

    async def _run(self, call: Call, *args: P.args, **kwargs: P.kwargs) -> R:
        reach = require(call.actor, self.scope)
        return await self._staged(Stages(call, lambda work: self._transact(call, reach, work)), *args, **kwargs)

    async def within(self, tx: Transaction, /, *_: P.args, **__: P.kwargs) -> R:
        raise RuntimeError(f"{self.name} has transactions of its own, and not that of {tx.name}")


OPERATIONS: dict[str, Operation[Any, Any]] = {}


def operation(
    scope: str, *, creates: bool = False, secret: bool = False, behind_wall: bool = False, traced: bool = True
) -> Callable[[Callable[Concatenate[Transaction, P], Awaitable[R]]], Operation[P, R]]:
    """Registers an operation under the one scope that allows it.

    `creates`: retries with the same Idempotency-Key are answered with the first reply.
    `secret`: the reply shows something once and is never kept.
    `behind_wall`: it is about comments, and works in the role of the moderator, not in that of the API.
    `traced`: False where a span would keep the moment of something of which only the day may be known.
    """

    def register(work: Callable[Concatenate[Transaction, P], Awaitable[R]]) -> Operation[P, R]:
        registered = Operation(work, scope, creates=creates, secret=secret, behind_wall=behind_wall, traced=traced)
        _register(registered)
        return registered

    return register


def staged(scope: str) -> Callable[[Callable[Concatenate[Stages, P], Awaitable[R]]], StagedOperation[P, R]]:
    """Registers an operation that is a transaction per employer; doing it again has to finish what is missing."""

    def register(work: Callable[Concatenate[Stages, P], Awaitable[R]]) -> StagedOperation[P, R]:
        registered = StagedOperation(work, scope)
        _register(registered)
        return registered

    return register


def _register(registered: Operation[Any, Any]) -> None:
    if registered.name in OPERATIONS:
        raise RuntimeError(f"two operations are called {registered.name}")
    OPERATIONS[registered.name] = registered


def require(actor: Actor, scope: str) -> Reach:
    """How far `actor` reaches with `scope`. Raises Unauthenticated for nobody, Denied for the wrong body."""
    reach = actor.reaches.get(scope)
    if reach is not None:
        return reach
    if scope == ANONYMOUS or actor.kind == "worker":
        return Reach.EMPLOYER
    if actor.kind == "nobody":
        raise Unauthenticated
    raise Denied(actor.missing or "denied", scope=scope)


def employer_of(actor: Actor) -> UUID:
    """The employer of whoever asks. Raises Denied for the operator and for a vendor that names none."""
    if actor.employer_id is None:
        raise Denied(actor.missing or "denied")
    return actor.employer_id


async def time_of(rows: Rows, actor: Actor) -> datetime:
    """What time it is for the actor's employer."""
    if actor.sandbox:
        at = await rows.value(_SELECT_CLOCK, actor.employer_id)
        if at is not None:
            return at  # type: ignore[no-any-return]  # the driver has no types
    return clock.now()


_SELECT_CLOCK = """-- select_clock
select clock_at
from peil.employer
where employer_id = $1
"""
