"""Groups: units of the organisation, who belongs to them and who manages them."""

from datetime import timedelta

import pytest

from peil import clock
from scim.client import OUR_GROUP, Provisioner, outcome, provisioner_of
from scim.test_providers import unapplied
from support.apis import Rest
from support.personas import Cast


async def test_a_tree_is_built_by_the_extension(cast: Cast, idp: Provisioner) -> None:
    """A group hangs under the one it names, else under the top; it can be moved, and never under itself."""
    above = await idp.create_group("Zorg")
    below = await idp.create_group("Nachtzorg", **{OUR_GROUP: {"parent": {"value": above["id"]}}})
    path = f"{OUR_GROUP}:parent"

    own = await idp.patch(f"/Groups/{above['id']}", {"op": "add", "path": path, "value": {"value": below["id"]}})
    gone = await idp.patch(f"/Groups/{below['id']}", {"op": "remove", "path": path})
    units = {one["unitId"]: one["parentId"] for one in (await Rest(cast.hr).list_units()).must()["items"]}

    assert above["id"] == below[OUR_GROUP]["parent"]["value"]
    assert ((400, "invalidValue"), 204) == (outcome(own), gone.status_code)
    assert [cast.units["root"]] * 2 == [units[above["id"]], units[below["id"]]]


async def test_the_last_group_is_the_unit(cast: Cast, idp: Provisioner) -> None:
    """Somebody in two is told of, and goes back to the first where the second is taken away, and then is nowhere."""
    user = (await idp.create_user("ian@voorbeeld.example"))["id"]
    first = (await idp.create_group("Een", user))["id"]
    second = (await idp.create_group("Twee", user))["id"]

    async def unit() -> str | None:
        person = (await Rest(cast.hr).get_person(user)).must()
        return str(person["unitId"]) if person["unitId"] else None

    await idp.patch(f"/Users/{user}", {"op": "add", "path": "displayName", "value": "Ian"})
    both = await unit()
    report = (await Rest(cast.administrator).get_scim_report(idp.connection_id)).must()
    groups = (await idp.must("GET", f"/Users/{user}"))["groups"]
    await idp.must("DELETE", f"/Groups/{second}")
    back = await unit()
    await idp.patch(f"/Groups/{first}", {"op": "remove", "path": "members"})

    assert [second, first, None] == [both, back, await unit()]
    assert (1, {first, second}) == (report["standing"]["inTwoGroups"], {one["value"] for one in groups})


async def test_a_unit_has_the_manager_that_was_said(cast: Cast, idp: Provisioner) -> None:
    """One takes the place of the other; whom the HR system named stays."""
    jan, kai = [(await idp.create_user(f"{name}@voorbeeld.example"))["id"] for name in ("jan", "kai")]
    group = (await idp.create_group("Lab", jan, **{OUR_GROUP: {"manager": {"value": jan}}}))["id"]

    await idp.patch(f"/Groups/{group}", {"op": "replace", "path": f"{OUR_GROUP}:manager", "value": {"value": kai}})

    hr = Rest(cast.hr)
    managed = [len((await hr.get_person(one)).must()["manages"]) for one in (jan, kai)]
    assert ([0, 1], group) == (managed, (await hr.get_person(jan)).must()["unitId"])


async def test_groups_that_are_no_units_are_refused(cast: Cast) -> None:
    """By a prefix or by their names, each attempt is counted."""
    prefix = await provisioner_of(cast, groups="prefix", groupPrefix="Afdeling ")
    named = await provisioner_of(cast, groups="named", groupNames=["Team A"])

    answers = [
        (await idp.request("POST", "/Groups", {"displayName": name})).status_code
        for idp, name in ((prefix, "Afdeling X"), (prefix, "VPN-users"), (named, "Team A"), (named, "Team B"))
    ]

    assert [201, 400, 201, 400] == answers
    assert {("group-is-no-unit", "displayName"): 1, ("value-refused", ""): 1} == await unapplied(cast, prefix)


async def test_the_import_can_keep_the_tree(cast: Cast) -> None:
    """A group is a unit that is there, by the HR system's id or by name; its name and its end are not the group's."""
    idp = await provisioner_of(cast, tree="import")
    user = (await idp.create_user("lou@voorbeeld.example"))["id"]

    by_name = await idp.create_group("field", user)
    by_id = await idp.create_group("Zorg", externalId="care")
    unknown = await idp.request("POST", "/Groups", {"displayName": "Nergens"})
    renamed = await idp.patch(f"/Groups/{by_name['id']}", {"op": "replace", "path": "displayName", "value": "Buiten"})
    ended = await idp.request("DELETE", f"/Groups/{by_name['id']}")

    assert [cast.units["field"], cast.units["care"]] == [by_name["id"], by_id["id"]]
    assert cast.units["field"] == (await Rest(cast.hr).get_person(user)).must()["unitId"]
    assert ("field", 204) == ((await idp.must("GET", f"/Groups/{by_name['id']}"))["displayName"], renamed.status_code)
    assert [(400, "invalidValue"), (400, "mutability")] == [outcome(unknown), outcome(ended)]
    assert {("kept-by-import", "displayName"), ("kept-by-import", ""), ("unit-not-known", "displayName")} <= set(
        await unapplied(cast, idp)
    )


async def test_a_unit_with_people_of_another_system_does_not_end(cast: Cast, idp: Provisioner) -> None:
    """Nor one with units under it."""
    refused = [await idp.request("DELETE", f"/Groups/{cast.units[name]}") for name in ("field", "sales")]

    assert [409, 409] == [one.status_code for one in refused]
    assert 200 == (await idp.request("GET", f"/Groups/{cast.units['field']}")).status_code


async def test_a_unit_ends_on_its_day(cast: Cast, idp: Provisioner) -> None:
    """By the employer's clock, when nobody is in it any more."""
    user = (await idp.create_user("mia@voorbeeld.example"))["id"]
    ends = (clock.now() + timedelta(days=10)).date().isoformat()
    group = (await idp.create_group("Project", user, **{OUR_GROUP: {"validTo": ends}}))["id"]

    async def after(days: int) -> int:
        to = (clock.now() + timedelta(days=days)).isoformat()
        await Rest(cast.administrator).advance_test_clock(cast.employer_id, {"to": to})
        await cast.house.work()
        return (await idp.request("GET", f"/Groups/{group}")).status_code

    early, full = await after(9), await after(11)
    await idp.patch(f"/Groups/{group}", {"op": "remove", "path": "members"})

    assert [200, 200, 404] == [early, full, await after(14)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"validFrom": "soon"},
        {"validTo": "2020-01-01"},
        {"parent": {"value": "00000000-0000-4000-8000-000000000000"}},
        {"parent": {"value": "nobody"}},
        {"manager": {"value": "00000000-0000-4000-8000-000000000000"}},
    ],
)
async def test_what_cannot_be_is_refused(cast: Cast, idp: Provisioner, wrong: dict[str, object]) -> None:
    """With nothing written."""
    before = len((await Rest(cast.hr).list_units()).must()["items"])

    refused = await idp.request("POST", "/Groups", {"displayName": "Fout", OUR_GROUP: wrong})

    assert (400, "invalidValue") == outcome(refused)
    assert before == len((await Rest(cast.hr).list_units()).must()["items"])
