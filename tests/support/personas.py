"""The people and clients who speak in the cases, and the small organisation they belong to."""

import asyncio
from typing import Any

import msgspec

from peil.access.table import TABLE, VENDOR
from peil.actor import Reach
from support.house import Employer, Persona, Vendor

NDJSON = {"content-type": "application/x-ndjson"}
UNITS = {"root": None, "sales": "root", "field": "sales", "care": "root"}
"""The tree: external ids of units with that of the unit above."""


class Cast:
    """Everybody who may speak for one employer.

    The manager leads `sales`, above `field`; the employee and the ambassador work in `field`.
    """

    def __init__(self, employer: Employer, units: dict[str, str], clients: dict[str, Persona]) -> None:
        self.employer = employer
        self.employer_id = str(employer.employer_id)
        self.house = employer.house
        self.units = units
        """Ids by external id."""
        self.operator = employer.operator
        self._linked: Vendor | None = None
        self.administrator = clients["administrator"]
        self.hr = clients["hr"]
        self.vendor = clients["vendor_integration"]
        self.arbodienst = clients["occupational_health"]
        self.board = employer.person("board", "Board")
        self.works_council = employer.person("council", "OR")
        self.manager = employer.person("manager")
        self.employee = employer.person("employee")
        self.ambassador = employer.person("ambassador", "Ambassador")
        self.prevention_officer = clients["prevention_officer"]
        self.confidential_adviser = clients["confidential_adviser"]

    def in_role(self, role: str) -> Persona:
        """Who speaks in a role of the access table."""
        names = {"vendor_integration": "vendor", "occupational_health": "arbodienst"}
        speaker: Persona = getattr(self, names.get(role, role))
        return speaker

    async def asker_of(self, scope: str) -> Persona:
        """Who may do what this scope allows: HR where HR may, and a person where an own sign-in is needed."""
        name, _, verb = scope.partition(":")
        (resource,) = [one for one in TABLE if one.name == name]
        rights = {role: right for role, right in resource.cells.items() if right.write or verb != "write"}
        if all(right.reach is Reach.PERSON for right in rights.values()):
            return self.employee
        for role in ("hr", "administrator", "works_council", "confidential_adviser"):
            if role in rights:
                return self.in_role(role)
        if VENDOR in rights:
            return await (await self.linked_vendor()).itself()
        return self.operator if "operator" in rights else await self.employer.client(next(iter(rights)))

    async def linked_vendor(self) -> Vendor:
        """A vendor with a client of its own, which the employer lets act; the same one each time."""
        if self._linked is None:
            vendor = await self.house.vendor()
            link = {"vendorId": vendor.vendor_id}
            await self.administrator.must(self.administrator.post(f"/employers/{self.employer_id}/vendors", link))
            self._linked = vendor
        return self._linked


async def cast_of(employer: Employer) -> Cast:
    """A new employer's organisation and cast."""
    clients = {
        role: await employer.client(role)
        for role in (
            "administrator",
            "hr",
            "vendor_integration",
            "occupational_health",
            "prevention_officer",
            "confidential_adviser",
        )
    }
    units = await add_units(clients["hr"])
    await add_people(
        clients["hr"],
        [
            {"externalId": "board", "unitExternalId": "root"},
            {"externalId": "council", "unitExternalId": "care"},
            {"externalId": "manager", "unitExternalId": "sales", "manages": ["sales"]},
            {"externalId": "employee", "unitExternalId": "field"},
            {"externalId": "ambassador", "unitExternalId": "field"},
        ],
    )
    return Cast(employer, units, clients)


async def add_units(hr: Persona) -> dict[str, str]:
    """Creates the tree; ids by external id."""
    lines = [{"externalId": name, "name": name, "parentExternalId": above} for name, above in UNITS.items()]
    await hr.must(_send(hr, "/units/import", lines), 200)
    page = await hr.must(hr.get("/units"), 200)
    return {unit["externalId"]: unit["unitId"] for unit in page["items"]}


async def add_people(hr: Persona, people: list[dict[str, Any]]) -> None:
    """Creates people, or changes those there are."""
    await hr.must(_send(hr, "/people/import", people), 200)


async def add_crowd(hr: Persona, **numbers: int) -> None:
    """Puts so many nameless people into each of these units."""
    await add_people(
        hr,
        [
            {"externalId": f"{unit}-{place}", "unitExternalId": unit}
            for unit, number in numbers.items()
            for place in range(number)
        ],
    )


async def at_once(*awaitables: Any) -> list[Any]:
    """What these give, started together."""
    return list(await asyncio.gather(*awaitables))


async def _send(hr: Persona, path: str, lines: list[dict[str, Any]]) -> Any:
    return await hr.request("POST", path, content=b"\n".join(map(msgspec.json.encode, lines)), headers=NDJSON)
