"""Each check finds the leak it is for, planted on a second database; a check that cannot fail is a defect."""

import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from anonymity.conftest import plain_dump
from peil.checks import catalogue, grants, server_settings
from peil.checks.anonymity import orders
from peil.checks.anonymity.watching import logging_all
from peil.embedded import Cluster
from peil.ids import ordered_id

EMPLOYER = uuid4()

Check = Callable[[Any], Awaitable[list[str]]]


@pytest.fixture
async def planted(scratch: str) -> AsyncIterator[Any]:
    """A superuser's connection whose changes are rolled back; foreign keys are off."""
    connection = await asyncpg.connect(scratch)
    transaction = connection.transaction()
    await transaction.start()
    await connection.execute("set local session_replication_role = replica")
    try:
        yield connection
    finally:
        await transaction.rollback()
        await connection.close()


async def seal(connection: Any, hashes: list[bytes], table: str = "intake.sealed", envelope: bytes = b"") -> None:
    """Writes sealed responses in this order."""
    ids = (EMPLOYER, uuid4(), uuid4())
    await connection.executemany(
        f"insert into {table} values ($1, $2, $3, $4, $5)", [(*ids, token_hash, envelope) for token_hash in hashes]
    )


def hashes(number: int = 300) -> list[bytes]:
    return [random.randbytes(32) for _ in range(number)]


@pytest.mark.parametrize(
    ("leak", "check", "finding"),
    [
        (
            "alter table intake.sealed add created_at timestamptz",
            catalogue.telling_columns,
            "intake.sealed.created_at: timestamptz",
        ),
        (
            "alter table intake.sealed add day date default current_date",
            catalogue.telling_columns,
            "intake.sealed.day: default",
        ),
        (
            "alter table participation.code add position bigint generated always as identity",
            catalogue.telling_columns,
            "participation.code.position: identity",
        ),
        (
            "alter table participation.code add position bigserial",
            catalogue.telling_objects,
            "sequence participation.code_position_seq",
        ),
        ("alter table intake.sealed add source inet", catalogue.telling_columns, "intake.sealed.source: inet"),
        ("alter table intake.sealed add times time[]", catalogue.telling_columns, "intake.sealed.times: _time"),
        (
            "create trigger watch before insert on intake.sealed_0 "
            "for each row execute function suppress_redundant_updates_trigger()",
            catalogue.telling_objects,
            "trigger watch",
        ),
        (
            "create rule watch as on insert to intake.sealed do also notify watch",
            catalogue.telling_objects,
            "rule watch on sealed",
        ),
        ("set local log_statement = 'all'", server_settings.telling_settings, "log_parameter_max_length"),
        ("set local log_min_duration_statement = 100", server_settings.telling_settings, "log_parameter_max_length"),
        (
            "set local log_parameter_max_length_on_error = -1",
            server_settings.telling_settings,
            "log_parameter_max_length_on_error",
        ),
    ],
)
async def test_a_leak_in_the_catalogue(planted: Any, leak: str, check: Check, finding: str) -> None:
    """A time, a serial, an address, a watcher or a talkative setting is found."""
    before = await check(planted)
    await planted.execute(leak)

    assert finding not in before
    assert finding in await check(planted)


@pytest.mark.parametrize(
    ("leak", "finding"),
    [
        ("grant usage on schema intake to peil_api", "USAGE intake"),
        ("grant select on intake.open_wave to peil_api", "SELECT open_wave"),
        ("grant select on intake.sealed_a to public", "SELECT sealed_a"),
        ("grant select (token_hash) on intake.sealed to peil_api", "SELECT sealed (token_hash)"),
        ("grant insert on intake.sealed to peil_api", "INSERT sealed"),
        ("create function intake.peek() returns int language sql return 1", "EXECUTE peek"),
        ("grant peil_intake to peil_api", "INSERT sealed"),
    ],
)
async def test_a_privilege_too_many(planted: Any, leak: str, finding: str) -> None:
    """A grant to the API, to everybody, on a column, a part or a function, or through a membership is found."""
    await planted.execute(leak)

    assert finding in await grants.privileges(planted, "peil_api", "intake")


async def test_settings_of_the_server() -> None:
    """Commit timestamps and logical decoding, which only a restart can switch on, are found."""
    with Cluster(settings={"track_commit_timestamp": "on", "wal_level": "logical"}) as cluster:
        connection = await asyncpg.connect(cluster.url())
        found = await server_settings.telling_settings(connection)
        await connection.close()

    assert ["track_commit_timestamp", "wal_level"] == found


async def test_an_id_that_tells_when(planted: Any) -> None:
    """A version 7 id of a wave is found."""
    wave_id = ordered_id()
    insert = (
        "insert into intake.open_wave (wave_id, employer_id, state, mode, public_key, questionnaire, support_routes)"
        " values ($1, $2, 'open', 'split', '', '{}', '[]')"
    )
    await planted.execute(insert, wave_id, UUID(int=1))

    assert [f"intake.open_wave.wave_id: {wave_id}"] == await catalogue.telling_ids(planted, UUID(int=1))


async def test_one_shared_transaction(planted: Any) -> None:
    """A row of another table that was written with an answer is found."""
    await seal(planted, hashes(3))
    await planted.execute("insert into participation.invitation select $1, $1, $1, $1", EMPLOYER)

    assert ["participation.invitation"] == await orders.writers_beside(planted, EMPLOYER)


ISSUED = """
insert into participation.invitation (employer_id, wave_id, person_id, key_id, issued_on, blinded_digest)
select $1, $1, person, $1, '2026-11-09', 'x'
from unnest($2::uuid[]) as person
"""


async def test_few_lines_each_written_by_itself(planted: Any) -> None:
    """While few have a token, lines that were written one by one are in the order of issue."""
    people = [uuid4() for _ in range(6)]
    for person in people[:3]:
        async with planted.transaction():
            await planted.execute(ISSUED, EMPLOYER, [person])
    async with planted.transaction():
        await planted.execute(ISSUED, EMPLOYER, people[3:])

    assert [f"a line of group {EMPLOYER}"] * 3 == await orders.lines_apart(planted, EMPLOYER)


async def test_the_mark_of_who_asked_again(planted: Any) -> None:
    """A lock that wrote nothing stays in the line, with the number of its transaction."""
    people = [uuid4() for _ in range(3)]
    await planted.execute(ISSUED, EMPLOYER, people)
    before = await orders.locked_lines(planted, EMPLOYER)
    async with planted.transaction():
        lock = "select from participation.invitation where person_id = $1 for no key update"
        await planted.execute(lock, people[1])

    assert [] == before
    assert [f"a line of group {EMPLOYER}"] == await orders.locked_lines(planted, EMPLOYER)


async def test_a_line_written_apart_from_its_neighbours(planted: Any) -> None:
    """A line of the ledger that got a transaction of its own stands alone; one that was written among others not."""
    people = sorted(uuid4() for _ in range(20))
    touch = "update participation.invitation set key_id = key_id where employer_id = $1 and person_id = any($2)"
    await planted.execute(ISSUED, EMPLOYER, people)
    before = await orders.lone_lines(planted, EMPLOYER)
    # Each of these is a transaction of its own, under the one that is rolled back.
    async with planted.transaction():
        await planted.execute(touch, EMPLOYER, people[3:9])
    among = await orders.lone_lines(planted, EMPLOYER)
    async with planted.transaction():
        await planted.execute(touch, EMPLOYER, [people[12], *people[16:19]])

    assert {} == before == among
    assert {str(people[12])} == set(await orders.lone_lines(planted, EMPLOYER)) - {str(people[19])}


async def test_one_heap(planted: Any) -> None:
    """A table that keeps its rows as they came shows the order of arrival; the one in parts does not."""
    arrived = hashes(1000)
    arrival = {f"\\x{token_hash.hex()}": place for place, token_hash in enumerate(arrived)}
    await planted.execute("create table intake.heap (like intake.sealed)")
    await seal(planted, arrived, "intake.heap")
    await seal(planted, arrived)
    in_heap = await orders.places(planted, "intake.heap", "token_hash", "ctid", EMPLOYER)
    in_parts = await orders.places(planted, "intake.sealed", "token_hash", "ctid", EMPLOYER)

    assert orders.correlation(arrival, in_heap) > 0.99
    assert abs(orders.correlation(arrival, in_parts)) < orders.LIMIT


@pytest.mark.parametrize("ordered", [False, True], ids=["as the persons", "by hash"])
async def test_codes_as_they_were_drawn(planted: Any, ordered: bool) -> None:
    """Codes written person by person give their owners away; written by hash they do not."""
    drawn = {token_hash: uuid4() for token_hash in hashes(1000)}
    for person_id in drawn.values():
        await planted.execute("insert into participation.invitation values ($1, $1, $2, $1)", EMPLOYER, person_id)
    for token_hash in sorted(drawn) if ordered else drawn:
        await planted.execute("insert into participation.code values ($1, $1, $2, $1)", EMPLOYER, token_hash)
    codes = await orders.places(planted, "participation.code", "token_hash", "ctid", EMPLOYER)
    persons = await orders.places(planted, "participation.invitation", "person_id", "ctid", EMPLOYER)
    found = orders.correlation(
        codes, {f"\\x{token_hash.hex()}": persons[str(person_id)] for token_hash, person_id in drawn.items()}
    )

    assert ordered is (abs(found) < orders.LIMIT)


async def test_an_answer_in_plain(own_cluster: Cluster, scratch: str) -> None:
    """An answer that is not sealed is found in the files of the server and in a dump, also after it is deleted."""
    canary = uuid4().hex.encode()
    connection = await asyncpg.connect(scratch)
    await seal(connection, hashes(1), envelope=canary)
    dump = await plain_dump(own_cluster, "scratch")
    await connection.execute("truncate intake.sealed")
    await connection.close()
    found = orders.texts_in(orders.files_in(own_cluster.data_directory), [canary])

    assert canary.hex() in dump
    assert any(name.startswith("pg_wal/") for name in found)


def test_a_logged_body() -> None:
    """A line in which some module writes what it was sent is found, whatever its level and logger."""
    with logging_all() as lines:
        logging.getLogger("somewhere.deep").debug("got %s", {"code": "ABCDE"})

    assert ["python: b'ABCDE'"] == orders.texts_in({"python": "\n".join(lines).encode()}, [b"ABCDE"])
