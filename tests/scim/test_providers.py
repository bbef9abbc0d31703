"""What Entra ID and Okta send, as they document it: applied where it can be, and told where not."""

import json
from pathlib import Path
from typing import Any

from scim.client import ENTERPRISE, Provisioner, provisioner_of
from support.apis import Rest
from support.personas import Cast

RECORDED = Path(__file__).parent / "recorded"


async def play(idp: Provisioner, name: str) -> dict[str, str]:
    """Sends what was recorded of an identity provider; the ids of what it made, by name."""
    kept: dict[str, str] = {}
    for said in json.loads((RECORDED / f"{name}.json").read_text()):
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
    """Op in capitals, a manager and a flag as text, paths with filters, dotted names, members removed by value."""
    idp = await provisioner_of(cast)

    made = await play(idp, "entra")

    noor = await idp.must("GET", f"/Users/{made['noor']}")
    person = (await Rest(cast.hr).get_person(made["noor"])).must()
    sem = (await Rest(cast.hr).get_person(made["sem"])).must()
    assert ("Noor de Jansen", "noor@voorbeeld.example", "nl-NL") == (
        noor["displayName"],
        noor["emails"][0]["value"],
        noor["preferredLanguage"],
    )
    assert {"department": "Thuiszorg", "manager": made["sem"]} == {
        name: value["value"] if name == "manager" else value for name, value in noor[ENTERPRISE].items()
    }
    assert made["thuiszorg"] == person["unitId"]
    assert (False, None, "sem@voorbeeld.example") == (sem["active"], sem["unitId"], sem["email"])
    assert {"name", "title", "name.familyName", f"{ENTERPRISE}.employeeNumber", "emails.primary"} <= {
        name for _, name in await unapplied(cast, idp)
    }


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
