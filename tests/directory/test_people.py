"""People over HTTP: one unit at a time, and who may see whom."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace

from directory.organisation import add_people, add_units, found
from peil import actor, clock
from peil.actor import Reach
from peil.directory import operations
from peil.directory.model import PersonQuery
from peil.operation import Call
from support.house import Employer

TREE = (("root", None), ("north", "root"), ("team", "north"), ("south", "root"))


def day(offset: int) -> str:
    return (clock.now().date() + timedelta(days=offset)).isoformat()


async def test_hr_adds_a_person(employer: Employer) -> None:
    """With the unit of the main job from today, and the units that the person manages."""
    hr = await employer.client("hr")
    units = await add_units(hr, *TREE)

    person = (await add_people(hr, ("p", "team"), userName="p@x", displayName="P", manages=["team"]))["p"]

    assert person == await hr.must(hr.get(f"/people/{person['personId']}"), 200)
    assert (units["team"]["unitId"], "team", ["team"]) == (
        person["unitId"],
        person["unitExternalId"],
        person["manages"],
    )
    assert [("manager", day(0), None), ("member", day(0), None)] == [
        (membership["role"], membership["from"], membership["to"]) for membership in person["memberships"]
    ]


async def test_messages_and_populations_find_what_hr_says_of_a_person(employer: Employer) -> None:
    """Address, language, kind of employment and absence are kept, told and changed one by one."""
    hr = await employer.client("hr")
    await add_units(hr, *TREE)
    said = {"email": "p@example.org", "language": "nl", "employmentType": "agency", "absent": True}
    person = (await add_people(hr, ("p", "team"), **said))["p"]
    path = f"/people/{person['personId']}"

    changed = await hr.must(hr.patch(path, {"absent": False, "email": None}, "*"), 200)

    assert said == {name: person[name] for name in said}
    assert said | {"absent": False, "email": None} == {name: changed[name] for name in said}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"unitExternalId": "nowhere"}, [("/unitExternalId", "unknown-unit")]),
        ({"unitExternalId": None}, [("/unitExternalId", "unit-required")]),
        (
            {"manages": ["team", "nowhere", "team"]},
            [("/manages/1", "unknown-unit"), ("/manages/2", "duplicate-item")],
        ),
    ],
)
async def test_a_person_who_does_not_fit_is_refused(
    employer: Employer, change: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    """On creation and on change alike."""
    hr = await employer.client("hr")
    await add_units(hr, *TREE)
    known = (await add_people(hr, ("known", "team")))["known"]

    created = await hr.post("/people", {"externalId": "p", "unitExternalId": "team"} | change)
    changed = await hr.patch(f"/people/{known['personId']}", change, "*")

    assert [(409, expected), (409, expected)] == [(answer.status_code, found(answer)) for answer in (created, changed)]


async def test_external_ids_and_user_names_are_one_persons_only(employer: Employer) -> None:
    """Each has a conflict of its own; a user name in whatever case."""
    hr = await employer.client("hr")
    await add_units(hr, *TREE)
    people = await add_people(hr, ("p", "team"), userName="p@x")
    other = (await add_people(hr, ("q", "team")))["q"]

    answers = [
        await hr.post("/people", {"externalId": "p", "unitExternalId": "team"}),
        await hr.post("/people", {"externalId": "r", "userName": "p@x", "unitExternalId": "team"}),
        await hr.post("/people", {"externalId": "r", "userName": "P@X", "unitExternalId": "team"}),
        await hr.patch(f"/people/{other['personId']}", {"userName": "p@X"}, "*"),
    ]
    own = await hr.patch(f"/people/{people['p']['personId']}", {"userName": "P@x"}, "*")

    assert 200 == own.status_code
    assert [(409, "external-id-taken"), *[(409, "user-name-taken")] * 3] == [
        (answer.status_code, answer.json()["code"]) for answer in answers
    ]


async def test_hr_plans_a_move(employer: Employer) -> None:
    """Until its day the person is in the old unit; a later change of name leaves it planned."""
    hr = await employer.client("hr")
    await add_units(hr, *TREE)
    path = f"/people/{(await add_people(hr, ('p', 'team')))['p']['personId']}"

    await hr.must(hr.patch(path, {"unitExternalId": "south", "from": day(9)}, "*"), 200)
    person = await hr.must(hr.patch(path, {"displayName": "P"}, "*"), 200)

    assert ("team", "P") == (person["unitExternalId"], person["displayName"])
    assert [("team", day(0), day(9)), ("south", day(9), None)] == [
        (membership["unitExternalId"], membership["from"], membership["to"]) for membership in person["memberships"]
    ]


async def test_a_planned_move_changes_the_etag(employer: Employer) -> None:
    """Whoever has not seen it cannot overwrite it."""
    hr = await employer.client("hr")
    await add_units(hr, *TREE)
    path = f"/people/{(await add_people(hr, ('p', 'team')))['p']['personId']}"
    etag = (await hr.get(path)).headers["etag"]
    await hr.must(hr.patch(path, {"unitExternalId": "south", "from": day(9)}, etag), 200)

    stale = await hr.patch(path, {"displayName": "P"}, etag)

    assert 412 == stale.status_code


async def test_who_leaves_cannot_sign_in_and_can_come_back(employer: Employer) -> None:
    """Memberships end with leaving; the same person comes back in a unit."""
    hr = await employer.client("hr")
    await add_units(hr, *TREE)
    person = (await add_people(hr, ("p", "team"), manages=["team"]))["p"]
    path = f"/people/{person['personId']}"

    left = await hr.must(hr.patch(path, {"active": False}, "*"), 200)
    refused = await employer.person("p").get(path)
    back = await hr.must(hr.patch(path, {"active": True, "unitExternalId": "south"}, "*"), 200)

    assert (None, [], []) == (left["unitId"], left["manages"], left["memberships"])
    assert (403, "person-not-in-directory") == (refused.status_code, refused.json()["code"])
    assert (True, "south", person["personId"]) == (back["active"], back["unitExternalId"], back["personId"])


async def test_the_external_id_of_a_person_stays(employer: Employer) -> None:
    """Another one would be another person's sign-in."""
    hr = await employer.client("hr")
    await add_units(hr, *TREE)
    person = (await add_people(hr, ("p", "team")))["p"]

    refused = await hr.patch(f"/people/{person['personId']}", {"externalId": "q"}, "*")

    assert [("/externalId", "immutable")] == found(refused)


async def test_an_employee_sees_only_that_one(employer: Employer) -> None:
    """Others do not exist for an employee, nor units but the own."""
    hr = await employer.client("hr")
    units = await add_units(hr, *TREE)
    people = await add_people(hr, ("p", "team"), ("colleague", "team"))
    p = employer.person("p")

    listed = await p.must(p.get("/people"), 200)
    seen_units = await p.must(p.get("/units"), 200)
    answers = [
        await p.get(f"/people/{people['p']['personId']}"),
        await p.get(f"/people/{people['colleague']['personId']}"),
        await p.get(f"/units/{units['team']['unitId']}"),
        await p.get(f"/units/{units['north']['unitId']}"),
        await p.post("/people", {"externalId": "x", "unitExternalId": "team"}),
    ]

    assert ["p"] == [person["externalId"] for person in listed["items"]]
    assert ["team"] == [unit["externalId"] for unit in seen_units["items"]]
    assert [200, 404, 200, 404, 403] == [answer.status_code for answer in answers]


async def test_a_manager_sees_the_people_of_the_subtree(employer: Employer) -> None:
    """All under the managed unit, and the manager's own person; who has moved away is out of sight."""
    hr = await employer.client("hr")
    units = await add_units(hr, *TREE)
    people = await add_people(hr, ("a", "north"), ("b", "team"), ("c", "south"), ("moved", "team"))
    await add_people(hr, ("boss", "root"), manages=["north"])
    await hr.must(hr.patch(f"/people/{people['moved']['personId']}", {"unitExternalId": "south"}, "*"), 200)
    boss = employer.person("boss")

    listed = await boss.must(boss.get("/people"), 200)
    seen_units = await boss.must(boss.get("/units"), 200)
    answers = [
        await boss.get(f"/people/{people['b']['personId']}"),
        await boss.get(f"/people/{people['c']['personId']}"),
        await boss.get(f"/people/{people['moved']['personId']}"),
        await boss.get(f"/units/{units['team']['unitId']}"),
        await boss.get(f"/units/{units['south']['unitId']}"),
        await boss.patch(f"/people/{people['b']['personId']}", {"displayName": "B"}, "*"),
    ]

    assert ["a", "b", "boss"] == [person["externalId"] for person in listed["items"]]
    assert ["north", "root", "team"] == [unit["externalId"] for unit in seen_units["items"]]
    assert [200, 404, 404, 200, 404, 403] == [answer.status_code for answer in answers]


async def test_reach_is_not_widened_by_managing(employer: Employer) -> None:
    """A token that reaches the own person only does so for a manager too."""
    hr = await employer.client("hr")
    units = await add_units(hr, *TREE)
    people = await add_people(hr, ("boss", "root"), ("a", "team"), manages=["root"])
    boss = actor.worker(employer.employer_id, sandbox=True)
    boss = replace(
        boss,
        kind="person",
        person_id=UUID(people["boss"]["personId"]),
        reaches={"directory:read": Reach.PERSON},
        managed=frozenset({UUID(units["root"]["unitId"])}),
    )

    listed = await operations.list_people(Call(boss, employer.house.parts), PersonQuery())

    assert ["boss"] == [person.external_id for person in listed.items]


@pytest.mark.parametrize(
    ("role", "read", "write"),
    [("administrator", 200, 403), ("hr", 200, 201), ("vendor_integration", 200, 201), ("board", 403, 403)],
)
async def test_roles(employer: Employer, role: str, read: int, write: int) -> None:
    """The row of the access table, for clients."""
    await add_units(await employer.client("hr"), *TREE)
    caller = await employer.client(role)

    answers = [
        await caller.get("/people"),
        await caller.post("/people", {"externalId": "x", "unitExternalId": "team"}),
    ]

    assert [read, write] == [answer.status_code for answer in answers]


async def test_nobody_is_not_let_in(employer: Employer) -> None:
    """Without a token: 401 for everything of the directory."""
    nobody = employer.house.anonymous

    answers = [await nobody.get("/people"), await nobody.get("/units"), await nobody.post("/units", {})]

    assert [401, 401, 401] == [answer.status_code for answer in answers]


async def test_people_are_paged(employer: Employer) -> None:
    """Every person comes once, in the order of external ids."""
    hr = await employer.client("hr")
    await add_units(hr, *TREE)
    await add_people(hr, *((f"p{number}", "team") for number in range(5)))

    seen: list[str] = []
    query = "?limit=2"
    while query:
        listed = await hr.must(hr.get(f"/people{query}"), 200)
        seen += [person["externalId"] for person in listed["items"]]
        query = f"?limit=2&cursor={listed['next']}" if listed["next"] else ""

    assert [f"p{number}" for number in range(5)] == seen


async def test_another_employers_people_do_not_exist(employer: Employer, other_employer: Employer) -> None:
    """And the same external ids can be theirs."""
    hr, other = await employer.client("hr"), await other_employer.client("hr")
    for caller in (hr, other):
        await add_units(caller, *TREE)
    person = (await add_people(hr, ("p", "team"), userName="p@x"))["p"]
    await add_people(other, ("p", "team"), userName="p@x")

    answers = [
        await other.get(f"/people/{person['personId']}"),
        await other.patch(f"/people/{person['personId']}", {"displayName": "X"}, "*"),
    ]

    assert [404, 404] == [answer.status_code for answer in answers]


async def test_a_retry_creates_one_person(employer: Employer) -> None:
    """The same Idempotency-Key gives the first reply."""
    hr = await employer.client("hr")
    await add_units(hr, *TREE)
    body = {"externalId": "p", "unitExternalId": "team", "from": date(2026, 1, 1).isoformat()}

    first, second = [await hr.post("/people", body, headers={"idempotency-key": "once"}) for _ in range(2)]

    assert (201, 201, first.json()) == (first.status_code, second.status_code, second.json())
