"""User names in whatever case, as the database compares them, and users that have none."""

from typing import Any

import msgspec
import pytest

from scim.client import CORE_USER, PATCH_OP, Provisioner, outcome
from scim.test_leaving import OFF, ON
from scim.test_providers import unapplied
from support.apis import Rest
from support.personas import NDJSON, Cast, add_people

# Of these two, Python makes other texts in lower case than the database does.
FOLDED = [("İlker@voorbeeld.example", "ilker@voorbeeld.example"), ("ΟΔΟΣ", "οδοσ")]


async def imported(cast: Cast, *lines: dict[str, Any]) -> list[list[str]]:
    """What an import finds wrong with each line."""
    content = b"\n".join(map(msgspec.json.encode, lines))
    report = await cast.hr.must(cast.hr.request("POST", "/people/import", content=content, headers=NDJSON), 200)
    return [[error["code"] for error in line["errors"]] for line in report["lines"]]


def said(name: str | None, external_id: str) -> dict[str, Any]:
    return {"schemas": [CORE_USER], "externalId": external_id} | ({} if name is None else {"userName": name})


@pytest.mark.parametrize(("upper", "lower"), FOLDED)
async def test_an_import_tells_by_line_whose_name_it_is(cast: Cast, upper: str, lower: str) -> None:
    """Of two lines the second, and of a line the one whose name somebody has already."""
    first, second = [
        {"externalId": one, "userName": name, "unitExternalId": "care"} for one, name in (("t1", upper), ("t2", lower))
    ]

    together = await imported(cast, first, second)
    alone = await imported(cast, second)
    after = await imported(cast, first)

    assert [[[], ["user-name-taken"]], [[]], [["user-name-taken"]]] == [together, alone, after]


@pytest.mark.parametrize(("upper", "lower"), FOLDED)
async def test_scim_tells_that_the_name_is_somebody_elses(cast: Cast, idp: Provisioner, upper: str, lower: str) -> None:
    """As of any other name; and it is free when that person has left."""
    first = (await idp.create_user(lower, externalId="a"))["id"]

    taken = await idp.request("POST", "/Users", said(upper, "b"))
    await idp.patch(f"/Users/{first}", OFF)
    second = await idp.create_user(upper, externalId="b")

    assert (409, "uniqueness") == outcome(taken)
    assert (upper, None) == (second["userName"], (await Rest(cast.hr).get_person(first)).must()["userName"])
    assert 1 == (await unapplied(cast, idp))["user-name-reused", "userName"]


@pytest.mark.parametrize("path", ["POST", "PUT", "PATCH", "bare PATCH"])
@pytest.mark.parametrize("name", ["", " "])
async def test_a_name_has_something_in_it(cast: Cast, idp: Provisioner, path: str, name: str) -> None:
    """Whichever way it is said; whoever is there keeps the name."""
    made = (await idp.create_user("pat@voorbeeld.example", externalId="a"))["id"]
    replace: dict[str, Any] = {"op": "replace", "path": "userName", "value": name}
    if path == "bare PATCH":
        replace = {"op": "replace", "value": {"userName": name}}
    body = {"schemas": [PATCH_OP], "Operations": [replace]} if path.endswith("PATCH") else said(name, "b")

    answer = await idp.request(path.split()[-1], "/Users" if path == "POST" else f"/Users/{made}", body)

    assert (400, "invalidValue", "userName") == (*outcome(answer), answer.json()["detail"].split(":")[0])
    assert "pat@voorbeeld.example" == (await Rest(cast.hr).get_person(made)).must()["userName"]


async def test_nobody_is_called_none(cast: Cast, idp: Provisioner) -> None:
    """A user without a name, whom HR has made so, takes it from nobody who is called like the lack of one."""
    await add_people(cast.hr, [{"externalId": "E1", "unitExternalId": "care"}])
    none = (await idp.create_user("None", externalId="n"))["id"]
    await idp.patch(f"/Users/{none}", OFF)
    [nameless] = (await idp.must("GET", '/Users?filter=externalId eq "E1"'))["Resources"]

    changed = await idp.patch(f"/Users/{nameless['id']}", {"op": "replace", "path": "displayName", "value": "E"})

    assert (204, "None") == (changed.status_code, (await Rest(cast.hr).get_person(none)).must()["userName"])


async def test_who_has_lost_the_name_needs_one_to_come_back(cast: Cast, idp: Provisioner) -> None:
    """The answer says which attribute to send; with it the same person is there again."""
    first = (await idp.create_user("jan@voorbeeld.example", externalId="a"))["id"]
    await idp.patch(f"/Users/{first}", OFF)
    await idp.create_user("jan@voorbeeld.example", externalId="b")

    refused = await idp.patch(f"/Users/{first}", ON)
    name = {"op": "replace", "path": "userName", "value": "jan2@voorbeeld.example"}
    back = await idp.patch(f"/Users/{first}", name, ON)
    person = (await Rest(cast.hr).get_person(first)).must()

    assert ((409, None), "userName: ") == (outcome(refused), refused.json()["detail"][:10])
    assert (204, True, "jan2@voorbeeld.example") == (back.status_code, person["active"], person["userName"])
