"""Row-level security alone keeps employers apart, also over one small pool whose users give up half-way."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from anonymity.asking import owner
from isolation.conftest import count, tables
from peil.database import Database
from support.house import Employer, House

Neighbours = tuple[Employer, Employer]

BEFORE = {
    "peil_intake": {"intake.open_wave"},
}
"""What a role sees before an employer is named: the intake must find the wave it is asked for."""

NO_ROWS_HERE = {
    "peil.support_route",
    "peil.vendor_link",
    "peil.vendor_event",
    "peil.vendor_campaign",
    "peil.unknown_sign_in",
    "peil.used_assertion",
    "peil.used_proof",
    "peil.revoked_token",
    "peil.webhook_endpoint",
    "peil.webhook_secret",
    "peil.delivery",
    "peil.delivery_attempt",
    "peil.scim_connection",
    "peil.scim_secret",
    "peil.scim_user",
    "peil.scim_group",
    "peil.scim_member",
    "peil.scim_finding",
    "intake.sealed",
    "participation.code",
    "participation.invitation",
    "participation.mailing",
}
"""Tables in which two released waves leave nothing; the same policy text guards them (see the catalogue)."""


@pytest.fixture
async def pool(house: House) -> AsyncIterator[Database]:
    database = Database(house.settings.database_url_api, size=2)
    await database.open()
    yield database
    await database.close()


async def seen(house: House, role: str, employer_id: UUID | None) -> dict[str, set[UUID]]:
    """Employers whose rows a role sees in each table that it may read, asked for without any condition."""
    url = house.settings.database_url_api.replace("peil_api", role)
    connection = await asyncpg.connect(url)
    found: dict[str, set[UUID]] = {}
    try:
        if employer_id is not None:
            await connection.execute(f"set app.employer_id = '{employer_id}'")
        for table in await tables(connection):
            with suppress(asyncpg.InsufficientPrivilegeError):
                rows = await connection.fetch(f"select distinct employer_id from {table}")
                # What is a vendor's own is no employer's.
                found[table] = {row["employer_id"] for row in rows if row["employer_id"] is not None}
    finally:
        await connection.close()
    return {table: ids for table, ids in found.items() if ids}


async def test_both_have_rows_everywhere(house: House, neighbours: Neighbours) -> None:
    """Else the tests below would show nothing."""
    async with owner(house) as connection:
        names = await tables(connection)
    empty = {name for name in names for employer in neighbours if not await count(house, name, employer)}

    assert empty <= NO_ROWS_HERE


@pytest.mark.parametrize("role", ["peil_api", "peil_worker", "peil_readonly", "peil_intake", "peil_moderator"])
async def test_without_a_condition(house: House, neighbours: Neighbours, role: str) -> None:
    """A query that forgets the employer gives the rows of the employer at work, in every table."""
    for employer in neighbours:
        found = await seen(house, role, employer.employer_id)
        wide = BEFORE.get(role, set())

        assert {table: {employer.employer_id} for table in found if table not in wide} == {
            table: ids for table, ids in found.items() if table not in wide
        }
        assert found


@pytest.mark.parametrize("role", ["peil_api", "peil_worker", "peil_readonly", "peil_intake", "peil_moderator"])
async def test_before_an_employer_is_known(house: House, neighbours: Neighbours, role: str) -> None:
    """A transaction that names no employer sees nothing."""
    assert neighbours
    assert BEFORE.get(role, set()) == (await seen(house, role, None)).keys()


async def test_an_id_of_another_employer_writes_nothing(pool: Database, neighbours: Neighbours) -> None:
    """A row cannot be put under another employer, nor another's changed or deleted."""
    mine, theirs = neighbours
    async with pool.transaction(mine.employer_id) as rows:
        changed = await rows.execute("update peil.unit set name = 'x' where employer_id = $1", theirs.employer_id)
        gone = await rows.execute("delete from peil.membership where employer_id = $1", theirs.employer_id)
    columns = "person_id, unit_id, role, valid_from, valid_to"
    for query in (
        "update peil.unit set employer_id = $1",
        f"insert into peil.membership (employer_id, {columns}) select $1, {columns} from peil.membership",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
            await _run(pool, mine.employer_id, query, theirs.employer_id)

    assert (0, 0) == (changed, gone)


async def _run(pool: Database, employer_id: UUID, query: str, *arguments: object) -> None:
    async with pool.transaction(employer_id) as rows:
        await rows.execute(query, *arguments)


async def test_one_pool_and_callers_who_give_up(pool: Database, neighbours: Neighbours) -> None:
    """Of four hundred transactions on two connections a third is cancelled anywhere; each sees its own rows only."""
    chance = random.Random(5)
    seen_by: list[tuple[UUID | None, set[UUID]]] = []

    async def work(employer_id: UUID | None) -> None:
        async with pool.transaction(employer_id) as rows:
            for _ in range(3):
                await asyncio.sleep(chance.uniform(0, 0.002))
                found = await rows.many(UUID, "select distinct employer_id from peil.unit")
                seen_by.append((employer_id, set(found)))

    async def give_up(task: asyncio.Task[None]) -> None:
        await asyncio.sleep(chance.uniform(0, 0.7))
        task.cancel()

    ids = [neighbours[0].employer_id, neighbours[1].employer_id, None]
    tasks = [asyncio.create_task(work(ids[place % 3])) for place in range(400)]
    quitters = [asyncio.create_task(give_up(task)) for task in chance.sample(tasks, 133)]
    ends: list[Any] = await asyncio.gather(*tasks, *quitters, return_exceptions=True)

    assert {(one, frozenset({one} if one else ())) for one in ids} == {(one, frozenset(rows)) for one, rows in seen_by}
    assert {asyncio.CancelledError} == {type(end) for end in ends if end is not None}
    async with pool.transaction(None) as rows:
        assert "" == (await rows.value("select coalesce(current_setting('app.employer_id', true), '')"))


async def test_a_setting_ends_with_its_transaction(pool: Database, neighbours: Neighbours) -> None:
    """The service's wider view does not outlast its transaction either."""
    async with pool.transaction(neighbours[0].employer_id, service=True) as rows:
        assert len(await rows.many(UUID, "select employer_id from peil.employer")) > 1
    async with pool.transaction(neighbours[0].employer_id) as rows:
        after = await rows.many(UUID, "select employer_id from peil.employer")

    assert [neighbours[0].employer_id] == after
