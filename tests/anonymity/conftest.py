"""A crowd that answers one by one on a server of its own, and everything that server then holds."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any

import asyncpg
import msgspec
import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from anonymity.asking import Asked, ask, owner
from peil import bootstrap, telemetry
from peil.checks import catalogue
from peil.checks.anonymity import orders
from peil.checks.anonymity.canary import FRAGMENTS, answers_of, draw_word
from peil.checks.anonymity.watching import logging_all
from peil.demo.issuer import DemoIssuer
from peil.embedded import Cluster
from peil.embedded_host import program
from peil.participation.codes import hash_code
from support.house import House, open_house

PEOPLE = 400
"""Per unit, of which there are two. Of so many, two orders without a link correlate by 0.035 (one sigma)."""


class Crowd(msgspec.Struct, kw_only=True):
    """What was seen; orders are by external id."""

    asked: Asked
    words: dict[str, str]
    """What everybody's comments hold and nothing else does."""
    arrival: dict[str, int]
    sealed: dict[str, dict[str, int]]
    invitation: dict[str, dict[str, int]]
    code: dict[str, dict[str, int]]
    person: dict[str, dict[str, int]]
    sizes: list[int]
    writers_beside: list[str]
    telling_ids: list[str]
    spans_of_answers: list[str]
    spans_of_others: list[str]
    python_log: bytes
    server_log: bytes
    dump: str
    files: dict[str, bytes]
    rows_left: dict[str, int]
    files_after: dict[str, bytes]

    @property
    def canaries(self) -> list[bytes]:
        """What stood in the bodies: keys of items as they stand before an answer, and some codes; also in hex."""
        return _also_in_hex([*FRAGMENTS, *list(self.asked.codes.values())[::50]])

    @property
    def comments(self) -> list[bytes]:
        """Words of some comments, also in hex; from the close on they stand where their moderator reads them."""
        return _also_in_hex(list(self.words.values())[2::50])


def _also_in_hex(texts: Iterable[str]) -> list[bytes]:
    return [form.encode() for text in texts for form in (text, text.encode().hex())]


@pytest.fixture(scope="session")
def own_cluster() -> Iterator[Cluster]:
    """A server that nothing else is written to."""
    with Cluster() as started:
        yield started


@pytest.fixture(scope="session")
async def own_house(
    own_cluster: Cluster, issuer: DemoIssuer, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[House]:
    await bootstrap.prepare(own_cluster)
    async with open_house(own_cluster, bootstrap.DATABASE, tmp_path_factory.mktemp("own") / "keys", issuer) as house:
        yield house


@pytest.fixture(scope="session")
async def crowd(own_cluster: Cluster, own_house: House) -> Crowd:
    """Everybody answers in the order of the list of codes, which is that of the directory: the worst case.

    Both units take turns, since who is in which reporting group is no secret and must not blur what is.
    """
    asked = await ask(await own_house.employer(), red=PEOPLE, blue=PEOPLE)
    words = {person: draw_word() for person in asked.codes}
    spans = InMemorySpanExporter()
    telemetry.start(spans, part="all")
    with logging_all() as lines:
        arrival = {}
        for place, person in enumerate(asked.codes):
            answer = await asked.submit(person, answers_of(place, words[person]))
            assert answer.status_code == 201
            arrival[person] = place
        logging.getLogger("peil.http.edge").debug("the crowd has answered")
        telemetry.flush()
        spans_of_answers = [span.name for span in spans.get_finished_spans()]
        await asked.hr.must(asked.hr.get(f"/waves/{asked.wave_id}"), 200)
    telemetry.stop()
    seen = await _look(own_cluster, asked)
    await asked.advance(asked.closes_at)
    await own_house.work()
    return Crowd(
        asked=asked,
        words=words,
        arrival=arrival,
        spans_of_answers=spans_of_answers,
        spans_of_others=[span.name for span in spans.get_finished_spans()],
        python_log="\n".join(lines).encode(),
        **seen,
        rows_left=await _left(asked),
        files_after=await _files(own_cluster),
    )


async def _look(cluster: Cluster, asked: Asked) -> dict[str, Any]:
    """The database while the wave is open and everybody has answered."""
    dump, employer_id = await plain_dump(cluster), asked.employer.employer_id
    by_hash = {f"\\x{hash_code(code).hex()}": person for person, code in asked.codes.items()}
    async with owner(asked.employer.house) as connection:
        people = await connection.fetch("select person_id::text as id, external_id from peil.person")
        by_id = {row["id"]: row["external_id"] for row in people}
        seen = {}
        for name, table, column, names in (
            ("sealed", "intake.sealed", "token_hash", by_hash),
            ("code", "participation.code", "token_hash", by_hash),
            ("invitation", "participation.invitation", "person_id", by_id),
            ("person", "peil.person", "person_id", by_id),
        ):
            found = {by: await orders.places(connection, table, column, by, employer_id) for by in ("ctid", "xmin")}
            found["dump"] = orders.dumped(dump, table, column)
            seen[name] = {by: {names[key]: place for key, place in order.items()} for by, order in found.items()}
        sizes = await connection.fetch("select distinct length(envelope) as size from intake.sealed")
        return {
            **seen,
            "sizes": [row["size"] for row in sizes],
            "writers_beside": await orders.writers_beside(connection, employer_id),
            "telling_ids": await catalogue.telling_ids(connection, employer_id),
            "dump": dump,
            "server_log": (cluster.run_directory / "log").read_bytes(),
            "files": await _files(cluster),
        }


async def _files(cluster: Cluster) -> dict[str, bytes]:
    """Tables, indexes and WAL as they are on disk."""
    connection = await asyncpg.connect(cluster.url())
    try:
        await connection.execute("checkpoint")
    finally:
        await connection.close()
    return orders.files_in(cluster.data_directory)


async def _left(asked: Asked) -> dict[str, int]:
    tables = ("intake.sealed", "participation.code", "participation.invitation")
    async with owner(asked.employer.house) as connection:
        return {table: await connection.fetchval(f"select count(*) from {table}") for table in tables}


async def plain_dump(cluster: Cluster, database: str = bootstrap.DATABASE) -> str:
    """The whole database as pg_dump writes it for the role that makes backups."""
    url = cluster.url("peil_backup", database)
    command = [str(program("pg_dump")), "--dbname", url]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    return out.decode()


@pytest.fixture(scope="session")
async def scratch(own_cluster: Cluster, own_house: House) -> str:
    """The URL of a second database of the same shape, for leaks that are planted and rolled back."""
    assert own_house
    await bootstrap.prepare(own_cluster, "scratch")
    return own_cluster.url("postgres", "scratch")
