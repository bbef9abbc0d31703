"""People whom SCIM would leave without a unit: a mass of them is held, and who gets another unit is not."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from scim.client import BULK, CORE_GROUP, ENTERPRISE, PATCH_OP, Provisioner, outcome, provisioner_of
from scim.test_leaving import OFF, advance
from scim.test_providers import unapplied
from support.apis import Rest
from support.personas import Cast

EMPTY = {"schemas": [CORE_GROUP], "displayName": "Team", "members": []}


def members(*people: str) -> list[dict[str, str]]:
    return [{"value": one} for one in people]


async def without_unit(cast: Cast, idp: Provisioner) -> int:
    report = (await Rest(cast.administrator).get_scim_report(idp.connection_id)).must()
    return int(report["standing"]["withoutUnit"])


async def teams_of(cast: Cast, idp: Provisioner, number: int = 4, size: int = 10) -> list[tuple[str, list[str]]]:
    """Groups with the people in them, who were there yesterday."""
    teams = []
    for team in range(number):
        people = [(await idp.create_user(f"t{team}-{one}@voorbeeld.example"))["id"] for one in range(size)]
        teams.append(((await idp.create_group(f"Team {team}", *people))["id"], people))
    await advance(cast, 1)
    return teams


Way = Callable[[Provisioner, str, list[str]], Awaitable[Any]]
WAYS: dict[str, Way] = {
    "delete": lambda idp, group, people: idp.request("DELETE", f"/Groups/{group}"),
    "remove all": lambda idp, group, people: idp.patch(f"/Groups/{group}", {"op": "remove", "path": "members"}),
    "remove by value": lambda idp, group, people: idp.patch(
        f"/Groups/{group}", {"op": "Remove", "path": "members", "value": members(*people)}
    ),
    "remove by filter": lambda idp, group, people: idp.patch(
        f"/Groups/{group}", *[{"op": "remove", "path": f'members[value eq "{one}"]'} for one in people]
    ),
    "replace": lambda idp, group, people: idp.patch(
        f"/Groups/{group}", {"op": "replace", "path": "members", "value": []}
    ),
    "put": lambda idp, group, people: idp.request("PUT", f"/Groups/{group}", EMPTY),
}


@pytest.mark.parametrize("way", WAYS)
async def test_a_mass_of_people_is_not_left_without_a_unit(cast: Cast, idp: Provisioner, way: str) -> None:
    """It is refused and told until an administrator confirms a number; the last team then is beyond it."""
    teams = await teams_of(cast, idp)

    held = [await WAYS[way](idp, group, people) for group, people in teams]
    stays, told = await without_unit(cast, idp), await unapplied(cast, idp)
    (await Rest(cast.administrator).confirm_scim_removals(idp.connection_id, {"people": 35})).must()
    after = [(await WAYS[way](idp, group, people)).status_code for group, people in teams]

    assert [(409, None)] * 4 == [outcome(one) for one in held]
    assert "confirm-removals" in held[0].json()["detail"]
    assert (0, 4) == (stays, told["removals-held", "members"])
    assert ([409], 30) == (after[3:], await without_unit(cast, idp))


async def test_people_out_of_one_team_and_into_another_are_not_held(cast: Cast, idp: Provisioner) -> None:
    """A system that takes them out first is refused until they are in the other; nobody confirms anything."""
    [(old, people), *_] = await teams_of(cast, idp)
    new = (await idp.create_group("New"))["id"]
    out = {"op": "Remove", "path": "members", "value": members(*people)}
    into = {"op": "Add", "path": "members", "value": members(*people)}

    answers = [
        (await idp.patch(f"/Groups/{group}", operation)).status_code
        for group, operation in ((old, out), (new, into), (old, out))
    ]
    units = {(await Rest(cast.hr).get_person(one)).must()["unitId"] for one in people}

    assert ([409, 204, 204], {new}) == (answers, units)
    assert 204 == (await idp.request("DELETE", f"/Groups/{old}")).status_code


async def test_one_by_one_a_whole_team_moves(cast: Cast, idp: Provisioner) -> None:
    """Out and in again by separate requests: never more than one is without a unit."""
    teams = await teams_of(cast, idp)
    new = (await idp.create_group("New"))["id"]

    answers = []
    for group, person in [(group, person) for group, people in teams for person in people]:
        for path, operation in ((group, "remove"), (new, "add")):
            where = {"path": f'members[value eq "{person}"]'} if operation == "remove" else {"path": "members"}
            value = {} if operation == "remove" else {"value": members(person)}
            answers.append((await idp.patch(f"/Groups/{path}", {"op": operation} | where | value)).status_code)

    assert [204] * 80 == answers
    assert (0, {}) == (await without_unit(cast, idp), await unapplied(cast, idp))


async def test_a_reorganisation_in_one_request_is_judged_by_what_comes_of_it(cast: Cast, idp: Provisioner) -> None:
    """All units end first and others take their place; that in between nobody had a unit holds nothing."""
    teams = await teams_of(cast, idp)
    everybody = [one for _, people in teams for one in people]
    new = {"displayName": "New", "members": members(*everybody)}
    operations = [{"method": "DELETE", "path": f"/Groups/{group}"} for group, _ in teams]

    done = await idp.must(
        "POST",
        "/Bulk",
        {
            "schemas": [BULK],
            "Operations": [*operations, {"method": "POST", "path": "/Groups", "bulkId": "n", "data": new}],
        },
    )

    assert ["204"] * 4 + ["201"] == [one["status"] for one in done["Operations"]]
    assert (0, {}) == (await without_unit(cast, idp), await unapplied(cast, idp))


def patch_group(group: str, operation: dict[str, Any]) -> dict[str, Any]:
    data = {"schemas": [PATCH_OP], "Operations": [operation]}
    return {"method": "PATCH", "path": f"/Groups/{group}", "data": data}


async def test_of_many_operations_those_beyond_a_tenth_are_held(cast: Cast, idp: Provisioner) -> None:
    """Four of forty-five go, beside those who get another unit; the others of the request stand, and are done once."""
    [(group, people), (other, _), *_] = await teams_of(cast, idp)
    out = [patch_group(group, {"op": "remove", "path": f'members[value eq "{one}"]'}) for one in people]
    back = patch_group(other, {"op": "add", "path": "members", "value": members(*people[:4])})
    more = {"method": "POST", "path": "/Users", "bulkId": "u", "data": {"userName": "more@voorbeeld.example"}}

    done = await idp.must("POST", "/Bulk", {"schemas": [BULK], "Operations": [*out[:4], back, *out[4:], more]})

    assert ["200"] * 9 + ["409"] * 2 + ["201"] == [one["status"] for one in done["Operations"]]
    # The one that is new is in none either.
    assert (5, 2) == (await without_unit(cast, idp), (await unapplied(cast, idp))["removals-held", "members"])


async def test_leaving_and_losing_the_unit_count_together(cast: Cast, idp: Provisioner) -> None:
    """Each person once, whichever comes first."""
    [(group, people), *_] = await teams_of(cast, idp)

    async def out(person: str) -> int:
        return (
            await idp.patch(f"/Groups/{group}", {"op": "remove", "path": f'members[value eq "{person}"]'})
        ).status_code

    async def off(person: str) -> int:
        return (await idp.patch(f"/Users/{person}", OFF)).status_code

    taken = [await out(one) for one in people[:2]] + [await off(one) for one in people[2:4]]
    same = [await off(people[0]), await out(people[2])]
    held = [await out(people[4]), await off(people[4])]

    assert ([204] * 4, [204] * 2, [409] * 2) == (taken, same, held)


async def test_those_who_are_in_no_unit_do_not_hide_the_others(cast: Cast, idp: Provisioner) -> None:
    """A tenth of everybody can be all who are in a unit: of these it is a tenth too."""
    for number in range(60):
        await idp.create_user(f"nowhere{number}@voorbeeld.example")
    [(group, people)] = await teams_of(cast, idp, number=1, size=6)

    held = await idp.request("DELETE", f"/Groups/{group}")
    off = [(await idp.patch(f"/Users/{one}", OFF)).status_code for one in people[:4]]

    assert (409, [204, 204, 204, 409]) == (held.status_code, off)


async def test_a_few_always_may_and_who_came_today(cast: Cast, idp: Provisioner) -> None:
    """A team of three of a small employer ends, and one that was made by mistake today."""
    [(group, _)] = await teams_of(cast, idp, number=1, size=3)
    fresh = [(await idp.create_user(f"f{number}@voorbeeld.example"))["id"] for number in range(20)]
    mistake = (await idp.create_group("Mistake", *fresh))["id"]

    assert [204, 204] == [(await idp.request("DELETE", f"/Groups/{one}")).status_code for one in (group, mistake)]


async def test_a_department_that_is_taken_away_counts(cast: Cast) -> None:
    """With the tree of departments: removed, or replaced by nothing."""
    idp = await provisioner_of(cast, groups="none", tree="department")
    department = {ENTERPRISE: {"department": "Inkoop"}}
    people = [(await idp.create_user(f"d{one}@voorbeeld.example", **department))["id"] for one in range(20)]
    await advance(cast, 1)
    remove = {"op": "remove", "path": f"{ENTERPRISE}:department"}
    move = remove | {"op": "replace", "value": "Verkoop"}

    moved = [(await idp.patch(f"/Users/{one}", move)).status_code for one in people[:10]]
    gone = [(await idp.patch(f"/Users/{one}", remove)).status_code for one in people[:4]]

    assert ([204] * 10, [204] * 3 + [409]) == (moved, gone)
    assert (3, 1) == (
        await without_unit(cast, idp),
        (await unapplied(cast, idp))["removals-held", f"{ENTERPRISE}:department"],
    )
