"""Row-level security alone shows a vendor its own employers, and nothing of the others."""

from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import pytest

from isolation.conftest import tables
from peil.database import Database
from support.house import Employer, House, Persona, Vendor

OWN = {
    "peil.client",
    "peil.client_secret",
    "peil.delivery",
    "peil.delivery_attempt",
    "peil.employer",
    "peil.vendor_event",
    "peil.vendor_link",
    "peil.webhook_endpoint",
    "peil.webhook_secret",
}
"""What a vendor sees of employers without entering one."""


@pytest.fixture
async def pool(house: House) -> AsyncIterator[Database]:
    database = Database(house.settings.database_url_api, size=2)
    await database.open()
    yield database
    await database.close()


async def link(employer: Employer, vendor: Vendor) -> None:
    administrator = await employer.client("administrator")
    await administrator.must(
        administrator.post(f"/employers/{employer.employer_id}/vendors", {"vendorId": vendor.vendor_id})
    )
    await employer.house.work()


_ATTEMPT = (
    "insert into peil.delivery_attempt (employer_id, endpoint_id, event_id, attempt_id, vendor_id, at, outcome,"
    " milliseconds) select employer_id, endpoint_id, event_id, gen_random_uuid(), vendor_id, created_at, 'x', 1"
    " from peil.delivery where employer_id = $1 and endpoint_id = $2"
)


async def send(house: House, employer: Employer, persona: Persona, endpoints: str) -> None:
    """Has the first event of the feed go to a new endpoint, and tries it once."""
    made = await persona.must(persona.post(endpoints, {"url": house.receiver_url}))
    endpoint = f"{endpoints}/{made['endpointId']}"
    await persona.must(persona.post(f"{endpoint}/verify"), 200)
    feed = await persona.must(persona.get("/events?limit=1"), 200)
    await persona.must(persona.post(f"{endpoint}/deliveries/{feed['items'][0]['id']}/replay"), 202)
    async with house.worker.parts.database.transaction(employer.employer_id) as rows:
        assert await rows.execute(_ATTEMPT, employer.employer_id, UUID(made["endpointId"]))


async def seen_by(pool: Database, vendor: Vendor) -> dict[str, set[UUID | None]]:
    """By table the employers whose rows a vendor's transaction shows, asked for without any condition."""
    found = {}
    async with pool.transaction(None, vendor_id=UUID(vendor.vendor_id)) as rows:
        for table in await tables(rows.connection):
            try:
                async with rows.savepoint(asyncpg.InsufficientPrivilegeError):
                    records = await rows.connection.fetch(f"select distinct employer_id from {table}")
            except asyncpg.InsufficientPrivilegeError:
                continue
            if records:
                found[table] = {record["employer_id"] for record in records}
    return found


async def test_a_vendor_sees_its_own(house: House, pool: Database) -> None:
    """Of another vendor's employer it sees no row, of its own that they are there and what its feed tells."""
    mine, theirs = await house.employer("Eigen BV"), await house.employer("Andere BV")
    vendor, other = await house.vendor(), await house.vendor()
    await link(mine, vendor)
    await link(theirs, other)
    for employer, one in ((mine, vendor), (theirs, other)):
        await send(house, employer, await one.itself(), f"/vendors/{one.vendor_id}/webhook-endpoints")
        await send(house, employer, await employer.client("administrator"), "/webhook-endpoints")

    seen = await seen_by(pool, vendor)

    assert OWN == seen.keys()
    assert {mine.employer_id} == seen["peil.employer"] == seen["peil.vendor_event"] == seen["peil.vendor_link"]
    assert {mine.employer_id} == seen["peil.delivery"] == seen["peil.delivery_attempt"]
    assert {None} == seen["peil.client"] == seen["peil.client_secret"], "those that are the vendor's own"
    assert {None} == seen["peil.webhook_endpoint"] == seen["peil.webhook_secret"]
    async with pool.transaction(None, vendor_id=UUID(vendor.vendor_id)) as rows:
        assert [UUID(vendor.vendor_id)] == await rows.many(UUID, "select vendor_id from peil.vendor")
        owners = [
            await rows.many(UUID, f"select distinct vendor_id from {table}")
            for table in ("peil.client", "peil.webhook_endpoint", "peil.webhook_secret", "peil.delivery")
        ]
    assert [[UUID(vendor.vendor_id)]] * 4 == owners


async def test_an_employer_that_has_not_confirmed_is_not_seen(house: House, pool: Database) -> None:
    """Nor one whose link has ended: only the link itself is."""
    waiting, ended = await house.employer("Wachtende BV"), await house.employer("Oude BV")
    vendor = await house.vendor()
    path = f"/employers/{waiting.employer_id}/vendors"
    await waiting.operator.must(waiting.operator.post(path, {"vendorId": vendor.vendor_id}))
    await link(ended, vendor)
    administrator = await ended.client("administrator")
    await administrator.must(
        administrator.post(f"/employers/{ended.employer_id}/vendors/{vendor.vendor_id}/revoke"), 200
    )

    seen = await seen_by(pool, vendor)

    assert "peil.employer" not in seen
    assert {waiting.employer_id, ended.employer_id} == seen["peil.vendor_link"]


async def test_a_vendor_lets_itself_in_nowhere(house: House, pool: Database) -> None:
    """It makes no link to an employer that it has not entered, and changes no employer of another vendor."""
    theirs, vendor = await house.employer("Andere BV"), await house.vendor()
    make = (
        "insert into peil.vendor_link (employer_id, vendor_id, state, created_at, confirmed_at) "
        "select $1, $2, 'active', created_at, created_at from peil.vendor"
    )

    async with pool.transaction(None, vendor_id=UUID(vendor.vendor_id)) as rows:
        changed = await rows.execute("update peil.employer set vendor_ids = array[$1::uuid]", UUID(vendor.vendor_id))
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
        async with pool.transaction(None, vendor_id=UUID(vendor.vendor_id)) as rows:
            await rows.execute(make, theirs.employer_id, UUID(vendor.vendor_id))

    assert 0 == changed
    assert {"peil.client", "peil.client_secret"} == (await seen_by(pool, vendor)).keys()


@pytest.mark.parametrize("whose", ["employer", "vendor"])
@pytest.mark.parametrize(
    "statement",
    [
        "update peil.vendor set state = 'revoked' where vendor_id = $1",
        "insert into peil.vendor (vendor_id, name, state, created_at, position) "
        "select gen_random_uuid(), 'x', 'active', created_at, 0 from peil.vendor where vendor_id = $1",
        "update peil.vendor set position = 0 where vendor_id = $1",
        "delete from peil.vendor where vendor_id = $1",
    ],
    ids=["state", "new", "position", "gone"],
)
async def test_only_the_operator_writes_a_vendor(house: House, pool: Database, whose: str, statement: str) -> None:
    """Neither an employer does, in whose transaction it is seen, nor the vendor itself."""
    vendor, employer = await house.vendor(), await house.employer("Eigen BV")
    vendor_id = UUID(vendor.vendor_id)
    entered = (employer.employer_id, None) if whose == "employer" else (None, vendor_id)

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with pool.transaction(entered[0], vendor_id=entered[1]) as rows:
            await rows.execute(statement, vendor_id)


async def test_the_worker_moves_a_feed_and_no_more(house: House) -> None:
    """It writes the position of a vendor, and cannot write its state."""
    vendor_id, employer = UUID((await house.vendor()).vendor_id), await house.employer("Eigen BV")
    pool = Database(house.settings.database_url_worker, size=1)
    await pool.open()
    try:
        async with pool.transaction(employer.employer_id) as rows:
            moved = await rows.execute("update peil.vendor set position = position where vendor_id = $1", vendor_id)
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with pool.transaction(employer.employer_id) as rows:
                await rows.execute("update peil.vendor set state = 'revoked' where vendor_id = $1", vendor_id)
    finally:
        await pool.close()

    assert 1 == moved
