"""What Entra ID and Okta say that they send, in their documentation: applied where it can be, and told where not.

None of it is traffic of a tenant.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from scim.client import BULK, CORE_USER, ENTERPRISE, PATCH_OP, Provisioner, outcome, provisioner_of
from support.apis import Rest
from support.personas import Cast

DOCUMENTED = Path(__file__).parent / "documented"


async def play(idp: Provisioner, name: str) -> dict[str, str]:
    """Sends what the documentation of an identity provider has; the ids of what it made, by name."""
    kept: dict[str, str] = {}
    for said in json.loads((DOCUMENTED / f"{name}.json").read_text()):
        body = _filled(said.get("body"), kept)
        response = await idp.request(said["method"], said["path"].format(**kept), body)
        assert said["status"] == response.status_code, f"{said['say']}: {response.text}"
        if "total" in said:
            assert said["total"] == response.json()["totalResults"], said["say"]
        if "keep" in said:
            kept[said["keep"]] = response.json()["id"]
    return kept


def _filled(value: Any, kept: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _filled(member, kept) for name, member in value.items()}
    if isinstance(value, list):
        return [_filled(item, kept) for item in value]
    if isinstance(value, str):
        for name, one in kept.items():
            value = value.replace(f"{{{name}}}", one)
    return value


async def unapplied(cast: Cast, idp: Provisioner) -> dict[tuple[str, str], int]:
    """What the administrator is told, by code and attribute."""
    report = (await Rest(cast.administrator).get_scim_report(idp.connection_id)).must()
    return {(one["code"], one["attribute"]): one["times"] for one in report["unapplied"]}


async def test_entra_id(cast: Cast) -> None:
    """Op in capitals, a manager and a flag as text, paths with filters, also as names of members, dotted names, members
    removed by value."""
    idp = await provisioner_of(cast)

    made = await play(idp, "entra")

    noor = await idp.must("GET", f"/Users/{made['noor']}")
    person = (await Rest(cast.hr).get_person(made["noor"])).must()
    sem = (await Rest(cast.hr).get_person(made["sem"])).must()
    assert ("Noor de Jansen-Bakker", "noor.bakker@voorbeeld.example", "nl-NL") == (
        noor["displayName"],
        noor["emails"][0]["value"],
        noor["preferredLanguage"],
    )
    assert {"department": "Thuiszorg", "manager": made["sem"]} == {
        name: value["value"] if name == "manager" else value for name, value in noor[ENTERPRISE].items()
    }
    assert made["thuiszorg"] == person["unitId"]
    assert (False, None, "sem@voorbeeld.example") == (sem["active"], sem["unitId"], sem["email"])
    assert {
        "name",
        "title",
        "name.familyName",
        f"{ENTERPRISE}.employeeNumber",
        "emails.primary",
        "addresses.country",
    } <= {name for _, name in await unapplied(cast, idp)}


WORK = 'emails[type eq "work"].value'
NAMES: dict[str, tuple[dict[str, Any], dict[str, Any], set[str]]] = {
    "a filter": ({WORK: "k@voorbeeld.example"}, {"emails": "k@voorbeeld.example"}, set()),
    "a filter, whatever its case": ({WORK.upper(): "k@voorbeeld.example"}, {"emails": "k@voorbeeld.example"}, set()),
    "a filter beside a name": (
        {"displayName": "Kay", WORK: "k@voorbeeld.example"},
        {"displayName": "Kay", "emails": "k@voorbeeld.example"},
        set(),
    ),
    "a filter of the schema": (
        {f"{CORE_USER}:{WORK}": "k@voorbeeld.example"},
        {"emails": "k@voorbeeld.example"},
        set(),
    ),
    "a filter and nothing": ({WORK: None}, {"emails": None}, set()),
    "a department": ({f"{ENTERPRISE}:department": "Zorg"}, {"department": "Zorg"}, set()),
    "a part of what is written": (
        {'emails[type eq "work"]': {"value": "k@voorbeeld.example", "display": "Kay"}},
        {"emails": "k@voorbeeld.example"},
        {"emails.display"},
    ),
    "a list of what is written": (
        {"emails": [{"value": "k@voorbeeld.example", "primary": True}]},
        {"emails": "k@voorbeeld.example"},
        {"emails.primary"},
    ),
    "what an extension has not": ({ENTERPRISE: {"division": "Noord"}}, {}, {f"{ENTERPRISE}:division"}),
    "an attribute there is not": ({'phoneNumbers[type eq "mobile"].value': "06"}, {}, {"phoneNumbers.value"}),
    "a schema there is not": ({"urn:example:2.0:User:shoe": "42"}, {}, {"urn:example:2.0:User:shoe"}),
    "what is no path": ({"emails[type eq": "k@voorbeeld.example"}, {}, {"emails"}),
}


@pytest.mark.parametrize(("value", "changed", "told"), NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("in_bulk", [False, True])
async def test_a_name_that_is_a_path_is_applied_or_told(
    cast: Cast, idp: Provisioner, value: dict[str, Any], changed: dict[str, Any], told: set[str], *, in_bulk: bool
) -> None:
    """Entra ID leaves the path out and writes it as the name of a member: nothing of it disappears without a word."""
    address = [{"type": "work", "value": "old@voorbeeld.example"}]
    made = await idp.create_user("kay@voorbeeld.example", displayName="K", emails=address)
    body = {"schemas": [PATCH_OP], "Operations": [{"op": "Replace", "value": value}]}

    if in_bulk:
        each = {"method": "PATCH", "path": f"/Users/{made['id']}", "data": body}
        await idp.must("POST", "/Bulk", {"schemas": [BULK], "Operations": [each]})
    else:
        await idp.must("PATCH", f"/Users/{made['id']}", body)

    now = await idp.must("GET", f"/Users/{made['id']}")
    addresses = now.get("emails") or [{"value": None}]
    found = {
        "emails": addresses[0]["value"],
        "displayName": now["displayName"],
        "department": now.get(ENTERPRISE, {}).get("department"),
    }
    assert {"emails": "old@voorbeeld.example", "displayName": "K", "department": None} | changed == found
    assert told == {name for code, name in await unapplied(cast, idp) if code == "attribute-not-applied"}


async def test_a_name_that_is_a_path_is_refused_as_the_path_is(cast: Cast, idp: Provisioner) -> None:
    """Where it selects by what there is not, writes what is none, or what only this service writes; nothing changes."""
    made = await idp.create_user("kim@voorbeeld.example")
    values: list[dict[str, Any]] = [{"emails[primary eq true].value": "k@x"}, {WORK: 5}, {"groups.value": "x"}]

    refused = [
        outcome(await idp.patch(f"/Users/{made['id']}", {"op": "Replace", "value": {"displayName": "Kim", **value}}))
        for value in values
    ]

    assert [(400, "invalidFilter"), (400, "invalidValue"), (400, "mutability")] == refused
    assert made == await idp.must("GET", f"/Users/{made['id']}")


async def test_okta(cast: Cast) -> None:
    """A user that is replaced whole, PATCH without a path, a group with its own id, and a password that is dropped."""
    idp = await provisioner_of(cast)

    made = await play(idp, "okta")

    noor = await idp.must("GET", f"/Users/{made['noor']}")
    group = await idp.must("GET", f"/Groups/{made['zorg']}")
    person = (await Rest(cast.hr).get_person(made["noor"])).must()
    assert ("Noor de Jansen", True, "00ujl29u0le5T6Aj10h7") == (noor["displayName"], noor["active"], noor["externalId"])
    assert ("Wijkzorg", [made["noor"]]) == (group["displayName"], [one["value"] for one in group["members"]])
    # Whoever comes back comes back to the unit that the group still says.
    assert (made["zorg"], [made["zorg"]]) == (person["unitId"], [one["unitId"] for one in person["memberships"]])
    assert ("attribute-not-applied", "password") in await unapplied(cast, idp)


async def test_a_password_is_nowhere(cast: Cast, idp: Provisioner) -> None:
    """It is neither stored nor given back."""
    secret = "correct-horse-battery"
    made = await idp.create_user("p@voorbeeld.example", password=secret)

    async with cast.house.parts.database.transaction(cast.employer.employer_id) as rows:
        tables = ["person", "scim_user", "scim_finding", "audit", "event"]
        found = [
            await rows.value(f"select count(*) from peil.{one} as t where t::text like '%{secret}%'") for one in tables
        ]

    assert [0] * len(tables) == found
    assert "password" not in made
