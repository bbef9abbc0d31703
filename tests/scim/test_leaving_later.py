"""Who leaves on a day to come stays until then by the employer's clock, wherever that is read, and is then gone."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from directory.test_snapshot import snapshot
from peil import clock
from scim.client import CORE_USER, Provisioner
from scim.test_leaving import OFF, ON, advance, send, traces
from support.apis import Rest
from support.house import Persona
from support.personas import NDJSON, Cast, add_people

OLE = {
    "externalId": "ole",
    "userName": "ole@voorbeeld.example",
    "displayName": "Ole Olsen",
    "email": "ole@voorbeeld.example",
}
TEXTS = ("Ole Olsen", "ole@voorbeeld.example")


def day(offset: int) -> date:
    return clock.now().date() + timedelta(days=offset)


def leaves(offset: int, **more: Any) -> dict[str, Any]:
    """A line of the import by which Ole leaves."""
    return {**OLE, "active": False, "from": day(offset).isoformat(), **more}


@pytest.fixture
async def ole(cast: Cast) -> str:
    """The id of Ole, who is in the unit `field`."""
    await add_people(cast.hr, [{**OLE, "unitExternalId": "field"}])
    everybody = (await Rest(cast.hr).list_people(limit=200)).must()["items"]
    return next(str(one["personId"]) for one in everybody if one["externalId"] == "ole")


async def seen(cast: Cast, idp: Provisioner, person_id: str) -> tuple[bool, bool, bool, str]:
    """Whether Ole is active in the directory and for SCIM, is asked by a wave of today, and may come in."""
    person = (await Rest(cast.hr).get_person(person_id)).must()
    user = await idp.must("GET", f"/Users/{person_id}")
    today = (await Rest(cast.administrator).get_employer(cast.employer_id)).must()["testClock"][:10]
    _, members = await snapshot(cast.employer, date.fromisoformat(today))
    cast.house.parts.authentication.forget()
    token = cast.house.issuer.token("ole", aud=cast.employer_id, groups=[])
    word = (await Rest(Persona(cast.house.http, token)).list_units()).word
    return person["active"], user.get("active", True), UUID(person_id) in {one.person_id for one in members}, word


async def test_who_leaves_later_stays_until_that_day(cast: Cast, idp: Provisioner, ole: str) -> None:
    """Active, a member, asked and let in until the day; then none of it, told in the feed, and erased by its term."""
    await send(cast.hr, "/people/import?eraseAfter=20", [leaves(10)])
    said = (await Rest(cast.hr).get_person(ole)).must()
    first = await seen(cast, idp, ole)
    await advance(cast, 9)
    eve = await seen(cast, idp, ole)
    await advance(cast, 10)
    gone = await seen(cast, idp, ole)
    after = (await Rest(cast.hr).get_person(ole)).must()
    told = (await Rest(cast.administrator).list_events(limit=200)).must()["items"]
    await advance(cast, 29)
    kept = await traces(cast, *TEXTS)
    await advance(cast, 30)

    assert [day(10).isoformat()] == [one["to"] for one in said["memberships"]]
    assert (True, True, True, "ok") == first == eve
    assert (False, False, False, "denied") == gone
    assert (False, None, []) == (after["active"], after["unitId"], after["memberships"])
    assert after["modifiedAt"] > said["modifiedAt"]
    assert 1 == sum((one["type"], one["subject"]) == ("nl.peil.person.updated", f"people/{ole}") for one in told)
    assert (True, 0) == (kept > 0, await traces(cast, *TEXTS))


async def test_a_further_import_moves_the_day(cast: Cast, idp: Provisioner, ole: str) -> None:
    """Later and earlier, with the term that counts from it; the same line again changes nothing."""
    await send(cast.hr, "/people/import?eraseAfter=5", [leaves(10)])
    again = await cast.hr.must(
        cast.hr.request("POST", "/people/import", content=msgspec.json.encode(leaves(10)), headers=NDJSON), 200
    )
    await send(cast.hr, "/people/import?eraseAfter=5", [leaves(20)])
    await advance(cast, 16)
    later = await seen(cast, idp, ole)
    await send(cast.hr, "/people/import?eraseAfter=5", [leaves(18)])
    await advance(cast, 18)
    gone = await seen(cast, idp, ole)
    await advance(cast, 22)
    kept = await traces(cast, *TEXTS)
    await advance(cast, 23)

    assert (0, 0, 1) == (again["created"], again["updated"], again["unchanged"])
    assert [True, False] == [later[0], gone[0]]
    assert (True, 0) == (kept > 0, await traces(cast, *TEXTS))


async def test_a_line_with_a_day_takes_the_leaving_back(cast: Cast, idp: Provisioner, ole: str) -> None:
    """One without says how it is today, which the leaving does not contradict."""
    await send(cast.hr, "/people/import?eraseAfter=0", [leaves(10)])
    line = {**OLE, "unitExternalId": "field", "displayName": "Ole O."}
    await send(cast.hr, "/people/import", [line])
    stands = (await Rest(cast.hr).get_person(ole)).must()
    await send(cast.hr, "/people/import", [{**line, "from": day(0).isoformat()}])
    lifted = (await Rest(cast.hr).get_person(ole)).must()
    await advance(cast, 400)

    assert ("Ole O.", [day(10).isoformat()]) == (stands["displayName"], [one["to"] for one in stands["memberships"]])
    assert [None] == [one["to"] for one in lifted["memberships"]]
    assert (True, True, True, "ok") == await seen(cast, idp, ole)


async def test_what_scim_says_meanwhile_does_not_take_it_back(cast: Cast, idp: Provisioner, ole: str) -> None:
    """A new name or another group is no new day; what is switched off there has left at once."""
    await send(cast.hr, "/people/import?eraseAfter=400", [leaves(10)])
    user = await idp.must("GET", f"/Users/{ole}")
    await idp.patch(f"/Users/{ole}", {"op": "replace", "path": "userName", "value": "o.olsen@voorbeeld.example"})
    await idp.create_group("Team O", user["id"])
    moved = (await Rest(cast.hr).get_person(ole)).must()
    await advance(cast, 10)
    gone = (await idp.must("GET", f"/Users/{ole}"))["active"]

    assert (True, [day(10).isoformat()]) == (moved["active"], [one["to"] for one in moved["memberships"]])
    assert moved["unitExternalId"] != "field"
    assert False is gone


def remove(person_id: str) -> dict[str, Any]:
    return {"op": "remove", "path": f'members[value eq "{person_id}"]'}


def add(person_id: str) -> dict[str, Any]:
    return {"op": "add", "path": "members", "value": [{"value": person_id}]}


async def ends(cast: Cast, person_id: str) -> tuple[bool, str | None, list[str | None]]:
    """Whether somebody is active, leaves when, and when what memberships there are end."""
    person = (await Rest(cast.hr).get_person(person_id)).must()
    return person["active"], person["leavesOn"], [one["to"] for one in person["memberships"]]


async def told_and_erased(cast: Cast, idp: Provisioner, person_id: str, term: int) -> list[bool]:
    """Whether Ole is there on the eve of the tenth day and then, and leaves traces on the eve of the end and then."""
    await advance(cast, 9)
    eve = await seen(cast, idp, person_id)
    await advance(cast, 10)
    gone = await seen(cast, idp, person_id)
    await advance(cast, 9 + term)
    kept = await traces(cast, *TEXTS)
    await advance(cast, 10 + term)
    return [eve[0], eve[1], gone[0], gone[1], kept > 0, await traces(cast, *TEXTS) > 0]


@pytest.mark.parametrize("first", ["removed", "added"])
async def test_a_move_in_two_requests_leaves_the_day(cast: Cast, idp: Provisioner, ole: str, first: str) -> None:
    """Whichever of the two comes first: the new membership ends on that day, and the term counts from it."""
    old, new = [(await idp.create_group(name, *who))["id"] for name, who in (("Team A", [ole]), ("Team B", []))]
    await send(cast.hr, "/people/import?eraseAfter=20", [leaves(10)])
    steps = [(old, remove(ole)), (new, add(ole))]

    between = []
    for group, step in steps if first == "removed" else reversed(steps):
        assert 204 == (await idp.patch(f"/Groups/{group}", step)).status_code
        between.append(await ends(cast, ole))

    there = (True, day(10).isoformat())
    assert [(*there, [] if first == "removed" else [day(10).isoformat()]), (*there, [day(10).isoformat()])] == between
    assert [True, True, False, False, True, False] == await told_and_erased(cast, idp, ole, 20)


async def test_who_is_in_no_unit_any_more_leaves_on_the_day_too(cast: Cast, idp: Provisioner, ole: str) -> None:
    """It is HR's to say that somebody stays after all, and the same line again needs no unit and changes nothing."""
    team = (await idp.create_group("Team A", ole))["id"]
    await send(cast.hr, "/people/import?eraseAfter=20", [leaves(10)])
    await idp.patch(f"/Groups/{team}", remove(ole))

    again = await cast.hr.must(
        cast.hr.request("POST", "/people/import", content=msgspec.json.encode(leaves(10)), headers=NDJSON), 200
    )

    assert (1, 0) == (again["unchanged"], again["refused"])
    assert (True, day(10).isoformat(), []) == await ends(cast, ole)
    assert [True, True, False, False, True, False] == await told_and_erased(cast, idp, ole, 20)


@pytest.mark.parametrize("hr_says_it_again", [False, True])
async def test_who_is_switched_off_and_on_again_leaves_on_the_day(
    cast: Cast, idp: Provisioner, ole: str, hr_says_it_again: bool
) -> None:
    """SCIM, which knows of no day, takes none back; the term is then that of the connection, from the day on."""
    await idp.create_group("Team A", ole)
    await send(cast.hr, "/people/import?eraseAfter=20", [leaves(10)])
    await idp.patch(f"/Users/{ole}", OFF)
    off = await ends(cast, ole)
    if hr_says_it_again:
        await send(cast.hr, "/people/import?eraseAfter=20", [leaves(10)])

    await idp.patch(f"/Users/{ole}", ON)

    assert (False, None, []) == off
    assert (True, day(10).isoformat(), [day(10).isoformat()]) == await ends(cast, ole)
    assert [True, True, False, False, True, False] == await told_and_erased(cast, idp, ole, 365)


async def test_who_is_switched_off_before_the_day_is_told_once(cast: Cast, idp: Provisioner, ole: str) -> None:
    """And erased by the term that began then; on the day itself nothing happens any more."""
    await send(cast.hr, "/people/import?eraseAfter=20", [leaves(10)])
    await idp.patch(f"/Users/{ole}", OFF)
    off = (await Rest(cast.hr).get_person(ole)).must()["modifiedAt"]

    await advance(cast, 11)
    later = (await Rest(cast.hr).get_person(ole)).must()
    await advance(cast, 364)
    kept = await traces(cast, *TEXTS)
    await advance(cast, 365)

    assert (False, off) == (later["active"], later["modifiedAt"])
    assert (True, 0) == (kept > 0, await traces(cast, *TEXTS))


async def test_scim_does_not_take_the_day_back(cast: Cast, idp: Provisioner, ole: str) -> None:
    """`active` is said with every update, of how it is today: only HR lifts what HR has said."""
    await send(cast.hr, "/people/import?eraseAfter=20", [leaves(10)])

    await idp.must("PUT", f"/Users/{ole}", {"schemas": [CORE_USER], "userName": "ole", "active": True})
    stands = await ends(cast, ole)
    line = {**OLE, "unitExternalId": "field", "from": day(0).isoformat()}
    await send(cast.hr, "/people/import", [line])

    assert (True, day(10).isoformat(), [day(10).isoformat()]) == stands
    assert (True, None, [None]) == await ends(cast, ole)


async def test_who_has_left_by_hr_and_comes_back_by_scim_stays(cast: Cast, idp: Provisioner, ole: str) -> None:
    """Leaving at once takes a day that was said before back, and a day that is over holds for nobody."""
    await idp.create_group("Team A", ole)
    await send(cast.hr, "/people/import?eraseAfter=20", [leaves(10)])
    await send(cast.hr, "/people/import", [{**OLE, "active": False}])
    await idp.patch(f"/Users/{ole}", ON)
    at_once = await ends(cast, ole)
    await send(cast.hr, "/people/import?eraseAfter=20", [leaves(12)])
    await advance(cast, 13)
    await idp.patch(f"/Users/{ole}", ON)

    assert (True, None, [None]) == at_once == await ends(cast, ole)


async def test_who_is_to_leave_and_in_no_line_of_a_full_import_leaves_today(
    cast: Cast, idp: Provisioner, ole: str
) -> None:
    """As everybody who is absent from it, and with the term of that import."""
    others = [
        {"externalId": one["externalId"], "unitExternalId": one["unitExternalId"]}
        for one in (await Rest(cast.hr).list_people(limit=200)).must()["items"]
        if one["externalId"] != "ole"
    ]
    await send(cast.hr, "/people/import?eraseAfter=300", [leaves(10)])

    await send(cast.hr, "/people/import?full=true&eraseAfter=3", others)
    gone = await seen(cast, idp, ole)
    await advance(cast, 3)

    assert False is gone[0] is gone[1]
    assert 0 == await traces(cast, *TEXTS)
