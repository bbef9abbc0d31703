"""What is written down while people answer, beside the answers: lines of logs, spans, rows of history, WAL."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit
from uuid import UUID

import asyncpg
import msgspec
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from peil import telemetry
from peil.checks.model import CheckError
from peil.embedded_host import program

_DUMPED = (
    "intake.sealed*",
    "participation.code",
    "participation.invitation",
    "peil.person",
    "comment.awaiting",
    "comment.released",
)
_LONGEST_ROW = 2**24
_OF_THE_CROWD = ("httpx", "httpcore")


class Sources(msgspec.Struct, frozen=True, kw_only=True):
    """Files outside the database that the operator lets the check read."""

    logs: tuple[Path, ...] = ()
    """Logs of the server, the service and the proxies before it."""
    wal: Path | None = None
    """Directory of the write-ahead log; None: asked of the server, which mostly refuses."""


class Heard(msgspec.Struct, kw_only=True):
    """What was written down by those who were watched; filled when the watch ends."""

    texts: dict[str, bytes]
    """Logs, by name: what was added."""
    spans: list[str]
    """Each span in JSON."""


@contextmanager
def listening(logs: tuple[Path, ...]) -> Iterator[Heard]:
    """Every line and every span of this process, and what is added to these logs. Raises CheckError."""
    heard, sizes = Heard(texts={}, spans=[]), sizes_of(logs)
    with logging_all() as lines, recording_spans() as spans:
        yield heard
    heard.texts |= {"log of this process": "\n".join(lines).encode()} | added_since(sizes)
    heard.spans += spans


@contextmanager
def logging_all() -> Iterator[list[str]]:
    """Every line that any logger of the process writes, at its most talkative.

    But for those of the crowd itself, which sends its answers from here.
    """
    lines: list[str] = []
    handler = logging.Handler()
    handler.addFilter(lambda record: record.name.partition(".")[0] not in _OF_THE_CROWD)
    handler.emit = lambda record: lines.append(f"{record.name} {record.getMessage()}")  # type: ignore[method-assign]  # a handler of one line
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        root.setLevel(level)
        root.removeHandler(handler)


@contextmanager
def recording_spans() -> Iterator[list[str]]:
    """The spans of this process in JSON; the list is filled when the block ends."""
    spans: list[str] = []
    exporter = InMemorySpanExporter()
    telemetry.start(exporter, part="check")
    try:
        yield spans
    finally:
        telemetry.stop()
        spans += [span.to_json(indent=None) for span in exporter.get_finished_spans()]


def sizes_of(logs: tuple[Path, ...]) -> dict[Path, int]:
    """How long each log is by now. Raises CheckError where one cannot be read."""
    try:
        return {path: path.stat().st_size for path in logs}
    except OSError as error:
        raise CheckError(f"{error.filename} cannot be read: {error.strerror}") from error


def added_since(sizes: Mapping[Path, int]) -> dict[str, bytes]:
    """What was written to each log since; all of it where the log was begun anew."""
    added = {}
    for path, size in sizes.items():
        with path.open("rb") as file:
            file.seek(size if path.stat().st_size >= size else 0)
            added[str(path)] = file.read()
    return added


async def history_of(owner: Any, employer_id: UUID) -> tuple[int, int]:
    """How many audit rows and events the employer has."""
    row = await owner.fetchrow(_COUNT_HISTORY, employer_id)
    return row["audit"], row["events"]


async def wal_segment(owner: Any) -> str:
    """The file of the write-ahead log that is written now."""
    return str(await owner.fetchval(_WAL_SEGMENT))


async def wal_since(owner: Any, segment: str, directory: Path | None) -> dict[str, bytes] | None:
    """The write-ahead log from this file on; None where neither we nor our database role may read it."""
    if directory is not None:
        return await asyncio.to_thread(_segments_in, directory, segment)
    try:
        rows = await owner.fetch(_READ_WAL, segment)
    except asyncpg.InsufficientPrivilegeError:
        return None
    return {row["name"]: row["content"] for row in rows}


def _segments_in(directory: Path, segment: str) -> dict[str, bytes]:
    # Names of segments are hexadecimal numbers of one length, the time line first.
    paths = [path for path in sorted(directory.iterdir()) if len(path.name) == 24 and path.name >= segment]
    return {path.name: path.read_bytes() for path in paths}


async def dump_of(url: str, employer_id: UUID) -> str | None:
    """A plain dump of the tables on both sides of the wall, other employers' rows left out on the way.

    None where pg_dump cannot do it, mostly because the server is newer than it.
    """
    target, password = _without_password(url)
    command = [str(program("pg_dump")), "--data-only", f"--dbname={target}", *(f"--table={table}" for table in _DUMPED)]
    process = await asyncio.create_subprocess_exec(
        *command,
        env=os.environ | ({"PGPASSWORD": password} if password else {}),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=_LONGEST_ROW,
    )
    lines = [line async for line in _kept(process.stdout, str(employer_id).encode())]
    return b"".join(lines).decode() if await process.wait() == 0 else None


def _without_password(url: str) -> tuple[str, str | None]:
    """A URL that may be seen in the list of processes, and what must not be."""
    parts = urlsplit(url)
    if parts.password is None:
        return url, None
    user, host = quote(parts.username or "", safe=""), parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{user}@{host}").geturl(), unquote(parts.password)


async def _kept(stream: Any, employer: bytes) -> AsyncIterator[bytes]:
    # In these tables the employer comes first, and a row is a line.
    async for line in stream:
        if line.startswith((b"COPY ", b"\\.", employer)):
            yield line


_COUNT_HISTORY = """-- count_history
select
  (select count(*) from peil.audit where employer_id = $1) as audit,
  (select count(*) from peil.event where employer_id = $1) as events
"""

_WAL_SEGMENT = """-- wal_segment
select pg_walfile_name(pg_current_wal_lsn())
"""

_READ_WAL = """-- read_wal
select
  name,
  pg_read_binary_file('pg_wal/' || name) as content
from pg_ls_waldir()
where
  name ~ '^[0-9A-F]{24}$'
  and name >= $1
order by name
"""
