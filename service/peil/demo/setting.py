"""The first act: the operator creates the employer, the vendor fills its directory and replaces its people."""

import time
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from peil.demo import answers
from peil.demo.answers import ROOT, SYNTHETIC, Edition
from peil.demo.cast import Caller, Client, StoryError, sign_in, visitor
from peil.demo.stage import Stage

Tell = Callable[[str, str, str], None]
"""Tells who did what with which outcome."""

PATIENCE = 60.0
"""How many seconds the worker may take for anything."""


class Member(NamedTuple):
    """Somebody who is there through the whole story: made up, invited both times, and never answering."""

    key: str
    display_name: str
    unit: str
    manages: tuple[str, ...] = ()


SPONSOR = Member("sponsor", "director", ROOT)
HR_OFFICER = Member("hr-officer", "HR officer", ROOT)
MANAGER = Member("manager", "manager United Kingdom", f"{ROOT}-united-kingdom", (f"{ROOT}-united-kingdom",))
AMBASSADORS = (
    Member("ambassador-canada", "ambassador Canada", f"{ROOT}-canada"),
    Member("ambassador-germany", "ambassador Germany", f"{ROOT}-germany"),
)
STAFF = (SPONSOR, HR_OFFICER, MANAGER, *AMBASSADORS)


class Employer(msgspec.Struct, frozen=True, kw_only=True):
    """The employer's clients, with the ids that the directory gave: of units by external id, of staff by key."""

    employer_id: str
    administrator: Client
    vendor: Client
    hr: Client
    council: Client
    units: dict[str, str] = {}
    staff: dict[str, str] = {}

    async def go_to(self, moment: datetime) -> None:
        """Moves the test clock; what is due by then is the worker's to do."""
        path = f"/test-clocks/{self.employer_id}/advance"
        await self.vendor.post(path, {"to": moment.isoformat()}, expected=200)

    async def go_on(self, moment: datetime, what: str, tell: Tell) -> None:
        """Moves the test clock to a day with a name."""
        await self.go_to(moment)
        tell("test clock", f"{moment:%-d %B %Y}", what)


async def create_employer(stage: Stage, start: datetime, tell: Tell, stack: AsyncExitStack) -> Employer:
    """OSMI, a sandbox whose clock begins at `start`, with a client for everybody; `stack` closes them."""

    async def enter(who: str, created: Any) -> Client:
        client = await sign_in(who, stage.url, created["clientId"], created["clientSecret"])
        stack.push_async_callback(client.http.aclose)
        return client

    operator = await enter("operator", msgspec.to_builtins(stage.operator))
    created = await operator.post("/employers", {"name": "OSMI", "sandbox": True, "testClock": start.isoformat()})
    clients = f"/employers/{created['employerId']}/clients"
    tell("operator", "creates OSMI, a sandbox", f"it is {start:%-d %B %Y}")
    new = await operator.post(clients, {"name": "Company IT", "roles": ["administrator"]})
    administrator = await enter("administrator", new)
    names = {"vendor_integration": "HRIS vendor", "hr": "HR suite", "works_council": "works council"}
    cast = {}
    for role, name in names.items():
        cast[role] = await enter(name, await administrator.post(clients, {"name": name, "roles": [role]}))
    tell("administrator", "creates clients for vendor, HR, council", "all sign in")
    return Employer(
        employer_id=created["employerId"],
        administrator=administrator,
        vendor=cast["vendor_integration"],
        hr=cast["hr"],
        council=cast["works_council"],
    )


async def register_issuer(stage: Stage, employer: Employer, tell: Tell) -> None:
    """Lets people of the directory sign in at the company."""
    issuer = {
        "issuer": stage.issuer.url,
        "audience": employer.employer_id,
        "jwksUrl": stage.issuer.jwks_url,
        "identityClaim": "sub",
        "directoryAttribute": "externalId",
    }
    await employer.administrator.post("/issuers", issuer)
    tell("administrator", "registers the identity provider", "single sign-on")


async def import_directory(employer: Employer, first: Edition, tell: Tell) -> Employer:
    """Units, the people of the first measurement, and the staff who stay; the employer with their ids."""
    units = [
        {"externalId": unit.external_id, "name": unit.name, "parentExternalId": unit.parent}
        for unit in answers.units(answers.list_rows())
    ]
    report = await employer.vendor.post_lines("/units/import", units)
    require(report["written"] and report["created"] == len(units), "the units were not imported")
    tell("HRIS vendor", "imports countries and American states", f"{len(units):,} units")
    await _import_people(employer, list(_joining(first)))
    tell("HRIS vendor", "imports people", _number(first))
    staff = {}
    for member in STAFF:
        new = {
            "externalId": external_id_of(member),
            "displayName": member.display_name,
            "unitExternalId": member.unit,
            "manages": list(member.manages),
        }
        staff[member.key] = (await employer.vendor.post("/people", new))["personId"]
    tell("HRIS vendor", "adds sponsor, HR officer, manager, ambassadors", f"{len(staff)}, made up")
    known = {unit["externalId"]: unit["unitId"] for unit in await employer.vendor.get_all("/units")}
    return msgspec.structs.replace(employer, units=known, staff=staff)


async def replace_people(employer: Employer, gone: Edition, come: Edition, tell: Tell) -> None:
    """The people of one survey leave, those of the other join."""
    leaving = [{"externalId": person.external_id, "active": False} for person in gone.people]
    await _import_people(employer, leaving + list(_joining(come)))
    tell("HRIS vendor", "replaces the people", _number(come))


def synthetic(edition: Edition) -> int:
    """How many of those who are invited to a measurement were made up, the staff among them."""
    return len(STAFF) + sum(person.external_id.startswith(SYNTHETIC) for person in edition.people)


def external_id_of(member: Member) -> str:
    """What the directory and the identity provider call somebody of the staff."""
    return f"{SYNTHETIC}{member.key}"


def signed_in(stage: Stage, employer: Employer, who: str, external_id: str) -> Caller:
    """Somebody with a token of the company's identity provider."""
    token = stage.issuer.token(external_id, aud=employer.employer_id)
    return visitor(who, stage.url, {"authorization": f"Bearer {token}", "accept-language": "en"})


def require(held: bool, otherwise: str) -> None:
    """Raises StoryError unless something held."""
    if not held:
        raise StoryError(otherwise)


def deadline() -> float:
    """Until when the worker has time, on the monotonic clock."""
    return time.monotonic() + PATIENCE


def _number(edition: Edition) -> str:
    made_up = sum(person.external_id.startswith(SYNTHETIC) for person in edition.people)
    return f"{len(edition.people):,}, of whom {made_up:,} made up"


async def _import_people(employer: Employer, people: list[dict[str, Any]]) -> None:
    report = await employer.vendor.post_lines("/people/import", people)
    changed = report["created"] + report["updated"]
    require(report["written"] and changed == len(people), "the people were not imported")


def _joining(edition: Edition) -> Iterator[dict[str, Any]]:
    return ({"externalId": person.external_id, "unitExternalId": person.unit} for person in edition.people)
