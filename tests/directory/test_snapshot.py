"""What waves read of the directory, with no more than the worker may."""

from datetime import date, timedelta
from uuid import UUID

from directory.organisation import add_people, add_units
from peil import actor, clock
from peil.actor import Reach
from peil.database import Database, Rows
from peil.directory import operations
from peil.directory.model import MemberOf
from peil.operation import Transaction
from support.house import Employer


async def snapshot(
    employer: Employer, on: date, unit_ids: list[UUID] | None = None
) -> tuple[list[str], list[MemberOf]]:
    """Units by external id, and members, read by the worker's role."""
    database = Database(employer.house.settings.database_url_worker, size=1)
    await database.open()
    try:
        async with database.transaction(employer.employer_id) as rows:
            worker = actor.worker(employer.employer_id, sandbox=True)
            tx = Transaction(rows, worker, "snapshot", Reach.EMPLOYER, clock.now())
            await operations.lock_directory(tx)
            units = await operations.units_on(tx, on)
            members = await operations.members_on(tx, on, unit_ids)
            return sorted(unit.external_id for unit in units), members
    finally:
        await database.close()


async def _insert_membership(rows: Rows, employer: Employer, person_id: UUID, unit_id: UUID) -> None:
    await rows.execute(
        "insert into peil.membership (employer_id, person_id, unit_id, role, valid_from)"
        " values ($1, $2, $3, 'member', $4)",
        employer.employer_id,
        person_id,
        unit_id,
        clock.now().date(),
    )


async def test_a_snapshot_has_the_day_it_asks_for(employer: Employer) -> None:
    """Moves, leaving and units of the future count from their day; whoever has left never does."""
    hr = await employer.client("hr")
    today = clock.now().date()
    soon = today + timedelta(days=9)
    units = await add_units(hr, ("root", None), ("a", "root"))
    later = {"externalId": "b", "name": "B", "parentExternalId": "a", "validFrom": soon.isoformat()}
    units["b"] = await hr.must(hr.post("/units", later))
    people = await add_people(hr, ("stays", "a"), ("moves", "a"), ("left", "a"), manages=["root"])
    await hr.must(hr.patch(f"/people/{people['moves']['personId']}", {"unitExternalId": "b"}, "*"), 200)
    await hr.must(hr.patch(f"/people/{people['left']['personId']}", {"active": False}, "*"), 200)
    unit_of = {name: UUID(unit["unitId"]) for name, unit in units.items()}
    stays, moves = (UUID(people[name]["personId"]) for name in ("stays", "moves"))

    now, then = await snapshot(employer, today), await snapshot(employer, soon)
    of_b = await snapshot(employer, soon, [unit_of["b"]])

    assert ["a", "root"] == now[0]
    assert {stays: unit_of["a"], moves: unit_of["a"]} == {m.person_id: m.unit_id for m in now[1]}
    assert ["a", "b", "root"] == then[0]
    assert {stays: unit_of["a"], moves: unit_of["b"]} == {m.person_id: m.unit_id for m in then[1]}
    assert [MemberOf(person_id=moves, unit_id=unit_of["b"], employment_type=None, absent=False)] == of_b[1]


async def test_whoever_is_not_active_is_in_no_snapshot(employer: Employer) -> None:
    """Even with memberships that go on, as a row may have that got there otherwise."""
    hr = await employer.client("hr")
    units = await add_units(hr, ("root", None), ("a", "root"))
    person_id = UUID((await add_people(hr, ("p", "root")))["p"]["personId"])
    async with employer.house.parts.database.transaction(employer.employer_id) as rows:
        await rows.execute(
            "update peil.person set active = false where employer_id = $1 and person_id = $2",
            employer.employer_id,
            person_id,
        )
        await _insert_membership(rows, employer, person_id, UUID(units["a"]["unitId"]))

    _, members = await snapshot(employer, clock.now().date())
    doubled = await hr.must(hr.get("/people?doubled=true"), 200)

    assert ([], []) == (members, doubled["items"])
