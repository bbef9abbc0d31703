"""Users: people of the directory by its own rules, and what SCIM keeps beside it."""

from typing import Any

import pytest

from scim.client import CORE_USER, ENTERPRISE, OUR_USER, Provisioner, outcome, provisioner_of
from scim.test_providers import unapplied
from support.apis import Rest
from support.personas import Cast, add_people


async def test_people_of_the_hr_system_are_found_and_linked(cast: Cast, idp: Provisioner) -> None:
    """By user name or by the HR system's id; what SCIM says is kept beside it, and the id of the HR system stays."""
    await add_people(cast.hr, [{"externalId": "E7", "userName": "zoe@voorbeeld.example", "unitExternalId": "field"}])

    [found] = (await idp.must("GET", '/Users?filter=userName eq "ZOE@voorbeeld.example"'))["Resources"]
    [same] = (await idp.must("GET", '/Users?filter=externalId eq "E7"'))["Resources"]
    await idp.patch(f"/Users/{found['id']}", {"op": "replace", "path": "externalId", "value": "entra-9"})
    person = (await Rest(cast.hr).get_person(found["id"])).must()
    after = await idp.must("GET", f"/Users/{found['id']}")

    assert found["id"] == same["id"]
    assert ("E7", cast.units["field"]) == (person["externalId"], person["unitId"])
    assert "entra-9" == after["externalId"]


async def test_a_user_without_user_name_is_taken_over(cast: Cast, idp: Provisioner) -> None:
    """A person whom only the HR system knows gets the name of the identity provider."""
    await add_people(cast.hr, [{"externalId": "E8", "displayName": "Kim", "unitExternalId": "field"}])

    made = await idp.create_user("kim@voorbeeld.example", externalId="E8")
    person = (await Rest(cast.hr).get_person(made["id"])).must()

    assert ("E8", "Kim", "kim@voorbeeld.example", cast.units["field"]) == (
        person["externalId"],
        person["displayName"],
        person["userName"],
        person["unitId"],
    )


async def test_a_user_name_is_one_persons_only(idp: Provisioner) -> None:
    """Whatever its case; nothing is changed by the attempt."""
    first = await idp.create_user("ada@voorbeeld.example")
    second = await idp.create_user("bo@voorbeeld.example")

    twice = await idp.request("POST", "/Users", {"schemas": [CORE_USER], "userName": "ADA@voorbeeld.example"})
    taken = await idp.patch(
        f"/Users/{second['id']}",
        {"op": "replace", "path": "displayName", "value": "Bo"},
        {"op": "replace", "path": "userName", "value": "Ada@voorbeeld.example"},
    )

    assert [(409, "uniqueness")] * 2 == [outcome(twice), outcome(taken)]
    assert "displayName" not in await idp.must("GET", f"/Users/{second['id']}")
    assert first["meta"]["version"] == (await idp.must("GET", f"/Users/{first['id']}"))["meta"]["version"]


async def test_a_version_that_is_over_changes_nothing(idp: Provisioner) -> None:
    """If-Match with the version before is refused with 412, and a reader who has it gets 304."""
    made = await idp.create_user("eva@voorbeeld.example")
    seen, path = made["meta"]["version"], f"/Users/{made['id']}"
    rename = {"op": "replace", "path": "displayName", "value": "Eva"}

    first = await idp.patch(path, rename, if_match=seen)
    late = await idp.patch(path, rename | {"value": "Other"}, if_match=seen)
    now = await idp.request("GET", path)
    again = await idp.request("GET", path, if_none_match=now.headers["etag"])

    assert [204, 412, 200, 304] == [one.status_code for one in (first, late, now, again)]
    assert "Eva" == now.json()["displayName"]


async def test_a_user_may_be_active_before_there_is_a_unit(cast: Cast, idp: Provisioner) -> None:
    """The administrator sees how many have no place."""
    made = await idp.create_user("new@voorbeeld.example")

    report = (await Rest(cast.administrator).get_scim_report(idp.connection_id)).must()
    person = (await Rest(cast.hr).get_person(made["id"])).must()

    assert (True, None) == (person["active"], person["unitId"])
    assert {"people": 1, "withoutUnit": 1, "inTwoGroups": 0} == report["standing"]


async def test_the_tree_can_come_from_departments(cast: Cast) -> None:
    """A department that is no unit yet becomes one under the top; no group is a unit then."""
    idp = await provisioner_of(cast, groups="none", tree="department")

    made = await idp.create_user("dee@voorbeeld.example", **{ENTERPRISE: {"department": "Inkoop"}})
    moved = await idp.patch(
        f"/Users/{made['id']}", {"op": "replace", "path": f"{ENTERPRISE}:department", "value": "care"}
    )
    group = await idp.request("POST", "/Groups", {"displayName": "Inkoop"})
    units = (await Rest(cast.hr).list_units()).must()["items"]
    person = (await Rest(cast.hr).get_person(made["id"])).must()

    [bought] = [one for one in units if one["name"] == "Inkoop"]
    assert (cast.units["root"], 204, (400, "invalidValue")) == (bought["parentId"], moved.status_code, outcome(group))
    assert cast.units["care"] == person["unitId"]
    assert ("group-is-no-unit", "displayName") in await unapplied(cast, idp)


async def test_a_department_is_one_unit_however_it_is_spelled(cast: Cast) -> None:
    """Case, white space and composed letters make no second one; the first spelling is the name, also again later."""
    idp = await provisioner_of(cast, groups="none", tree="department")
    spelled = ["Café  Finance", "CAFÉ FINANCE", " cafe\u0301 finance\u00a0", "Care ", "FIELD", "   "]

    made = [
        (await idp.create_user(f"s{place}@voorbeeld.example", **{ENTERPRISE: {"department": text}}))["id"]
        for place, text in enumerate(spelled)
    ]
    people = [(await Rest(cast.hr).get_person(one)).must() for one in made]
    units = {one["unitId"]: one["name"] for one in (await Rest(cast.hr).list_units()).must()["items"]}

    names = [units.get(one["unitId"]) for one in people]
    assert ["Café Finance"] * 3 + ["care", "field", None] == names
    assert len(cast.units) + 1 == len(units)
    assert spelled[2] == (await idp.must("GET", f"/Users/{made[2]}"))[ENTERPRISE]["department"]


async def test_a_department_that_ended_begins_again(cast: Cast) -> None:
    """In whatever spelling, with the unit it had; two units of one name are not taken for it."""
    idp = await provisioner_of(cast, groups="none", tree="department")
    user = (await idp.create_user("end@voorbeeld.example", **{ENTERPRISE: {"department": "Inkoop"}}))["id"]
    first = (await Rest(cast.hr).get_person(user)).must()["unitId"]
    path = f"{ENTERPRISE}:department"
    for name in ("twin-1", "twin-2"):
        new = {"externalId": name, "name": "Twin", "parentExternalId": "root"}
        (await Rest(cast.hr).create_unit(new)).must()

    async def moved(department: str) -> Any:
        answer = await idp.patch(f"/Users/{user}", {"op": "replace", "path": path, "value": department})
        assert 204 == answer.status_code
        return (await Rest(cast.hr).get_person(user)).must()

    twin = await moved("twin")
    (await Rest(cast.hr).delete_unit(first, if_match="*")).must()
    again = await moved("INKOOP")
    units = (await Rest(cast.hr).list_units()).must()["items"]

    assert ("twin", 3) == (twin["unitExternalId"], sum(one["name"].lower() == "twin" for one in units))
    assert (first, "Inkoop") == (again["unitId"], next(one["name"] for one in units if one["unitId"] == first))


async def test_our_extension_says_what_the_core_has_not(cast: Cast, idp: Provisioner) -> None:
    """The kind of employment, and who is away for long."""
    made = await idp.create_user("fay@voorbeeld.example", **{OUR_USER: {"employmentType": "agency", "absent": True}})

    person = (await Rest(cast.hr).get_person(made["id"])).must()

    assert ("agency", True) == (person["employmentType"], person["absent"])
    assert {"employmentType": "agency", "absent": True} == made[OUR_USER]


async def test_a_replacement_clears_no_extension_it_does_not_know(cast: Cast, idp: Provisioner) -> None:
    """Okta replaces users whole; what the HR system or our extension said stays, and what is said anew counts."""
    made = await idp.create_user(
        "fin@voorbeeld.example",
        displayName="Fin",
        **{OUR_USER: {"employmentType": "agency", "absent": True}, ENTERPRISE: {"department": "Zorg"}},
    )
    body = {"schemas": [CORE_USER], "userName": "fin@voorbeeld.example", "active": True}

    kept = await idp.must("PUT", f"/Users/{made['id']}", body)
    said = await idp.must("PUT", f"/Users/{made['id']}", body | {OUR_USER: {"absent": False}})

    assert (made[OUR_USER], made[ENTERPRISE], None) == (kept[OUR_USER], kept[ENTERPRISE], kept.get("displayName"))
    assert {"absent": False} == said[OUR_USER]


async def test_a_manager_of_people_manages_no_unit(cast: Cast, idp: Provisioner) -> None:
    """Whoever is said to manage everybody of a unit gets no reach by it; only the directory says who does."""
    boss = (await idp.create_user("boss@voorbeeld.example", externalId="boss"))["id"]
    manager = {ENTERPRISE: {"manager": {"value": boss}}}
    people = [(await idp.create_user(f"b{place}@voorbeeld.example", **manager))["id"] for place in range(3)]
    unit = (await idp.create_group("Lab", boss, *people))["id"]

    before = (await Rest(cast.hr).get_person(boss)).must()
    (await Rest(cast.hr).update_person(boss, {"manages": [before["unitExternalId"]]}, if_match="*")).must()
    await idp.patch(f"/Users/{boss}", {"op": "add", "path": "displayName", "value": "Bo"})
    after = (await Rest(cast.hr).get_person(boss)).must()

    assert ([], unit) == (before["manages"], before["unitId"])
    assert [before["unitExternalId"]] == after["manages"]


async def test_managers_of_each_other_are_data(idp: Provisioner) -> None:
    """Who manages whom gives no right, so a circle does no harm; nobody is no manager."""
    first, second = [await idp.create_user(f"{name}@voorbeeld.example") for name in ("gus", "hal")]
    path = f"{ENTERPRISE}:manager"

    round_ = [
        await idp.patch(f"/Users/{one['id']}", {"op": "add", "path": path, "value": {"value": other["id"]}})
        for one, other in ((first, second), (second, first), (first, first))
    ]
    nobody = await idp.patch(
        f"/Users/{first['id']}", {"op": "add", "path": path, "value": "00000000-0000-4000-8000-000000000000"}
    )

    assert [204, 204, 204] == [one.status_code for one in round_]
    assert (400, "invalidValue") == outcome(nobody)


FILTERS = [
    ('userName sw "l"', ["lea", "liv"]),
    ('emails[type eq "work" and value eq "LEA@voorbeeld.example"]', ["lea"]),
    ('emails.value eq "liv@voorbeeld.example"', ["liv"]),
    ('userName eq "lea@voorbeeld.example" or displayName eq "Max"', ["lea", "max"]),
    ("not (displayName pr)", ["lea", "liv"]),
    ('externalId eq "x-liv"', ["liv"]),
    ('externalId eq "X-LIV"', []),
    (f'{OUR_USER}:employmentType eq "intern"', ["max"]),
    ('meta.created gt "2020-01-01T00:00:00Z" and userName co "a@"', ["lea"]),
]


@pytest.fixture
async def three(cast: Cast) -> Provisioner:
    """An identity provider that has made three users; those of the organisation have no user name."""
    idp = await provisioner_of(cast)
    more: dict[str, dict[str, Any]] = {"max": {"displayName": "Max", OUR_USER: {"employmentType": "intern"}}}
    for name in ("lea", "liv", "max"):
        address = [{"value": f"{name}@voorbeeld.example", "type": "work"}]
        await idp.create_user(f"{name}@voorbeeld.example", externalId=f"x-{name}", emails=address, **more.get(name, {}))
    return idp


async def test_filters_find_who_they_should(three: Provisioner) -> None:
    """By index where one attribute has to be equal, and by looking at everybody where not."""
    found = {}
    for text, _ in FILTERS:
        answer = await three.http.get(
            "/scim/v2/Users",
            params={"filter": f"({text}) and userName pr" if "externalId" not in text else text, "sortBy": "userName"},
            headers={"authorization": f"Bearer {three.secret}"},
        )
        found[text] = [one["userName"].split("@")[0] for one in answer.json().get("Resources", [])]

    assert dict(FILTERS) == found


async def test_lists_have_pages(three: Provisioner) -> None:
    """By startIndex and count, which is cut to the most there is; each user on one page."""
    pages = [await three.must("GET", f"/Users?startIndex={start}&count=3") for start in (1, 4, 7)]
    cut = await three.must("GET", "/Users?count=100000")
    none = await three.must("GET", "/Users?count=0")

    assert [8, 8, 8] == [page["totalResults"] for page in pages]
    assert 8 == len({one["id"] for page in pages for one in page.get("Resources", [])})
    assert ([3, 3, 2], 8, 0) == ([page["itemsPerPage"] for page in pages], cut["itemsPerPage"], none["itemsPerPage"])


async def test_sorting_goes_both_ways(three: Provisioner) -> None:
    """Whoever has no user name comes last."""
    asked = "/Users?sortBy=userName&count=3"
    up = await three.must("GET", asked)
    down = await three.must("GET", f"{asked}&sortOrder=descending&filter=userName pr")

    names = [[one["userName"][:3] for one in page["Resources"]] for page in (up, down)]
    assert [["lea", "liv", "max"], ["max", "liv", "lea"]] == names
