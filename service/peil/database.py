"""PostgreSQL through asyncpg: a pool per role, named transactions, rows as Structs, constraint names as errors."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
import msgspec

from peil.errors import Busy, Conflict, PeilError
from peil.settings import SettingsError

T = TypeVar("T")

# A unique or check constraint that callers can break, and the conflict it means. The other constraints
# guard what the rules have already decided; breaking one is a defect and answers 500.
CONSTRAINTS: Mapping[str, str] = {
    "employer_external_id_key": "external-id-taken",
    "webhook_endpoint_vendor_key": "webhook-endpoint-exists",
    "consent_request_pending_key": "request-pending",
    "issuer_active_key": "issuer-taken",
    "unit_external_id_key": "external-id-taken",
    "person_external_id_key": "external-id-taken",
    "person_user_name_key": "user-name-taken",
    "instrument_version_key": "version-taken",
    "membership_pkey": "membership-taken",
    "catalogue_entry_key_key": "key-taken",
}

_RETRY = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)
_GONE = (
    asyncpg.InterfaceError,
    # What the driver says when the server has ended the connection and it has not noticed yet.
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    ConnectionError,
    TimeoutError,
)
_BUSY = (*_GONE, asyncpg.LockNotAvailableError)
# Said and not left to the server's default: a fence works only where each statement sees what has committed.
_BEGIN = "begin isolation level read committed"


_ROLE_IS_FREE = """-- role_is_free
select rolsuper or rolbypassrls
from pg_roles
where rolname = current_user
"""


_SELECT_SERVICE = """-- select_service
select coalesce(current_setting('app.service', true), '') = 'on'
"""


class Rows:
    """Runs SQL on one connection and gives Structs: columns by name, JSON columns decoded to the field's type."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    async def many(self, kind: type[T], sql: str, *arguments: object) -> list[T]:
        build = _builder(kind)
        return [build(record) for record in await self.connection.fetch(sql, *arguments)]

    async def one(self, kind: type[T], sql: str, *arguments: object) -> T | None:
        record = await self.connection.fetchrow(sql, *arguments)
        return None if record is None else _builder(kind)(record)

    async def value(self, sql: str, *arguments: object) -> Any:
        return await self.connection.fetchval(sql, *arguments)

    async def execute(self, sql: str, *arguments: object) -> int:
        """Runs a statement and tells how many rows it touched."""
        status: str = await self.connection.execute(sql, *arguments)
        count = status.rsplit(" ", 1)[-1]
        return int(count) if count.isdigit() else 0

    @asynccontextmanager
    async def savepoint(self, refusal: type[Exception]) -> AsyncIterator[None]:
        """What is done in it is undone by a `refusal`, which goes on; the transaction goes on as well."""
        await self.connection.execute("savepoint within")
        try:
            yield
        except refusal:
            await self.connection.execute("rollback to savepoint within")
            # Otherwise one around it would go back to this one.
            await self.connection.execute("release savepoint within")
            raise
        await self.connection.execute("release savepoint within")

    @asynccontextmanager
    async def of_everybody(self) -> AsyncIterator[None]:
        """Also shows the rows that `service` would, for a question that is about all employers at once."""
        before = await self.value(_SELECT_SERVICE)
        await self.connection.execute("set local app.service = 'on'")
        yield
        # After an error the transaction answers nothing more.
        if not before:
            await self.connection.execute("set local app.service = 'off'")

    async def execute_each(self, sql: str, arguments: Sequence[Sequence[object]]) -> None:
        await self.connection.executemany(sql, arguments)


class Database:
    """The pool of one database role."""

    def __init__(self, url: str, *, size: int = 8, name: str = "peil") -> None:
        self._url = url
        self._size = size
        self._name = name
        self._pool: Any = None

    async def open(self) -> None:
        self._pool = await asyncpg.create_pool(
            self._url,
            # No floor: the driver would restore it in the background, with a traceback a second while the server
            # is away, and leak the connection where the pool is closed meanwhile.
            min_size=0,
            max_size=self._size,
            init=_prepare_connection,
            reset=_reset,
            command_timeout=60,
            server_settings={"application_name": self._name, "timezone": "UTC"},
        )
        # A wrong URL shows at the start and not at the first request.
        await self._pool.release(await self._pool.acquire(timeout=10))

    async def require_guarded(self) -> None:
        """Refuses a role that row-level security does not hold. Raises SettingsError."""
        async with self.transaction(None) as rows:
            if await rows.value(_ROLE_IS_FREE):
                raise SettingsError(f"{self._name}: the role of this database URL stands above row-level security")

    async def close(self) -> None:
        if self._pool is not None:
            self._pool.terminate()
            self._pool = None

    async def connect(self) -> Any:
        """One connection of its own, outside the pool, for listening."""
        return await asyncpg.connect(self._url)

    @asynccontextmanager
    async def transaction(
        self,
        employer_id: UUID | None,
        *,
        vendor_id: UUID | None = None,
        service: bool = False,
        first: str = "",
    ) -> AsyncIterator[Rows]:
        """A transaction that sees one employer's rows (none where `employer_id` is None).

        `vendor_id` also shows what is this vendor's own, and which employers let it act. `service` also shows the
        tables that are read before an employer is known. `first`: a statement without
        parameters or result that goes to the server with the beginning, in one round trip. Raises `Busy` where the
        database cannot be reached or a lock is held too long, and the `Conflict` that a broken constraint means.
        """
        # Literal SET LOCAL: parameters do not reach it under a distributed database, set_config() neither.
        start = _BEGIN
        if employer_id is not None:
            start += f"; set local app.employer_id = '{UUID(int=employer_id.int)}'"
        if vendor_id is not None:
            start += f"; set local app.vendor_id = '{UUID(int=vendor_id.int)}'"
        if service:
            start += "; set local app.service = 'on'"
        if first:
            start += f"; {first}"
        with _translated():
            connection = await self._acquire()
            try:
                await connection.execute(start)
                try:
                    yield Rows(connection)
                except BaseException:
                    await _roll_back(connection)
                    raise
                if await connection.execute("commit") != "COMMIT":
                    raise RuntimeError("a statement had failed, so PostgreSQL rolled back instead of committing")
            except _GONE:
                _end(connection)
                raise
            finally:
                await self._pool.release(connection)

    async def _acquire(self) -> Any:
        """A connection of the pool. Raises Busy where there is none: no server, no socket, no free one in time."""
        try:
            return await self._pool.acquire(timeout=10)
        except OSError as error:
            raise Busy from error

    async def run(
        self,
        employer_id: UUID | None,
        work: Callable[[Rows], Any],
        *,
        vendor_id: UUID | None = None,
        service: bool = False,
        first: str = "",
        tries: int = 3,
    ) -> Any:
        """Runs `work` in a transaction, again where the database asks for it; the rest as in `transaction`."""
        for attempt in range(tries):
            try:
                async with self.transaction(employer_id, vendor_id=vendor_id, service=service, first=first) as rows:
                    return await work(rows)
            except _RETRY:
                if attempt == tries - 1:
                    raise Busy from None
        raise AssertionError("unreachable: the last try returns or raises")


class _translated:  # noqa: N801 - a context manager, lighter than a generator on the hot path
    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if error is None or isinstance(error, PeilError):
            return
        if isinstance(error, asyncpg.IntegrityConstraintViolationError):
            code = CONSTRAINTS.get(error.constraint_name or "")
            if code is not None:
                raise Conflict(code) from error
        if isinstance(error, _BUSY) and not isinstance(error, _RETRY):
            raise Busy from error


async def _prepare_connection(connection: Any) -> None:
    await connection.set_type_codec(
        "jsonb", schema="pg_catalog", encoder=_encode_json, decoder=_keep_json, format="binary"
    )


async def _roll_back(connection: Any) -> None:
    """Gives the transaction up; what goes wrong meanwhile must not hide why, least of all a cancellation."""
    try:
        if not connection.is_closed():
            await connection.execute("rollback")
    except (asyncpg.PostgresError, *_GONE):
        _end(connection)


def _end(connection: Any) -> None:
    """Ends a connection that is of no more use; the pool makes another. A lost one has left the pool already."""
    with suppress(asyncpg.InterfaceError):
        connection.terminate()


async def _reset(connection: Any) -> None:
    # Everything is set LOCAL, so a finished transaction leaves nothing; an unfinished one is rolled back.
    if connection.is_in_transaction():
        await connection.execute("rollback")


def _encode_json(value: Any) -> bytes:
    return b"\x01" + msgspec.json.encode(value)


def _keep_json(value: bytes) -> msgspec.Raw:
    return msgspec.Raw(memoryview(value)[1:])


def _make_builder(kind: Any) -> Callable[[Any], Any]:
    """How a record becomes a `kind`: a Struct by column names, anything else from the first column."""
    if not (isinstance(kind, type) and issubclass(kind, msgspec.Struct)):
        return _first_column
    # A decoder for each column that may be JSON, made once: to make one takes longer than to use it.
    decode = {field.name: msgspec.json.Decoder(field.type).decode for field in msgspec.structs.fields(kind)}

    def build(record: Any) -> Any:
        values = dict(record.items())
        for name, value in values.items():
            if type(value) is msgspec.Raw:
                values[name] = decode[name](value)
        return kind(**values)

    return build


_builder: Callable[[Any], Callable[[Any], Any]] = cache(_make_builder)


def _first_column(record: Any) -> Any:
    return record[0]
