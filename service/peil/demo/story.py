"""The story of the demo: one employer asks twice, two years apart, and every step is a call over HTTP."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from peil.aggregates.model import Aggregate
from peil.demo import answers
from peil.demo.answers import SYNTHETIC, Edition, Year
from peil.demo.cast import Caller, Client, StoryError, sign_in, visitor
from peil.demo.stage import Stage
from peil.instruments.model import Answer

Tell = Callable[[str, str, str], None]
"""Tells who did what with which outcome."""

YEARS: tuple[Year, Year] = (2014, 2016)
_NAMES: dict[Year, str] = {2014: "Baseline 2014", 2016: "Post-measurement 2016"}
_KINDS: dict[Year, str] = {2014: "baseline", 2016: "post"}

_AT_ONCE = 32
_PATIENCE = 60.0
_DOCUMENT = "0" * 64  # stands for the SHA-256 of the document that the council or the employer keeps


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one wave: its aggregates in the order of the tree, and how many invited were made up."""

    year: Year
    title: str
    wave_id: str
    aggregates: list[Aggregate]
    synthetic: int


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """The end of the story: both waves, and the clients for whoever wants to go on."""

    waves: list[Told]
    hr: Client
    vendor: Client


class Employer(msgspec.Struct, frozen=True, kw_only=True):
    """The employer's clients."""

    employer_id: str
    administrator: Client
    vendor: Client
    hr: Client
    council: Client


async def play_story(stage: Stage, tell: Tell) -> Ended:
    """Plays both years. Raises StoryError where an answer is not what it should be."""
    async with AsyncExitStack() as stack:
        employer = await _create_employer(stage, tell, stack)
        await _register_issuer(stage, employer, tell)
        rows = answers.list_rows()
        editions = {year: answers.edition(rows, year) for year in YEARS}
        await _import_directory(employer, editions[2014], tell)
        waves = [await _measure(stage, employer, editions[2014], tell)]
        await _advance(employer, _start(2016))
        await _replace_people(employer, editions[2014], editions[2016], tell)
        waves.append(await _measure(stage, employer, editions[2016], tell))
        await _read_as_employee(stage, employer, waves[-1], editions[2016], tell)
        return Ended(waves=waves, hr=employer.hr, vendor=employer.vendor)


def _start(year: Year) -> datetime:
    return datetime(year, 9, 1, 7, tzinfo=UTC)


async def _create_employer(stage: Stage, tell: Tell, stack: AsyncExitStack) -> Employer:
    async def enter(who: str, created: Any) -> Client:
        client = await sign_in(who, stage.url, created["clientId"], created["clientSecret"])
        stack.push_async_callback(client.http.aclose)
        return client

    operator = await enter("operator", msgspec.to_builtins(stage.operator))
    start = _start(2014)
    created = await operator.post("/employers", {"name": "OSMI", "sandbox": True, "testClock": start.isoformat()})
    clients = f"/employers/{created['employerId']}/clients"
    tell("operator", "creates the sandbox employer OSMI", f"its clock stands at {start:%-d %B %Y}")
    new = await operator.post(clients, {"name": "Company IT", "roles": ["administrator"]})
    administrator = await enter("administrator", new)
    names = {"vendor_integration": "HRIS vendor", "hr": "HR suite", "works_council": "works council"}
    cast = {}
    for role, name in names.items():
        cast[role] = await enter(name, await administrator.post(clients, {"name": name, "roles": [role]}))
    tell("administrator", "creates clients for vendor, HR and works council", "all sign in")
    return Employer(
        employer_id=created["employerId"],
        administrator=administrator,
        vendor=cast["vendor_integration"],
        hr=cast["hr"],
        council=cast["works_council"],
    )


async def _register_issuer(stage: Stage, employer: Employer, tell: Tell) -> None:
    issuer = {
        "issuer": stage.issuer.url,
        "audience": employer.employer_id,
        "jwksUrl": stage.issuer.jwks_url,
        "identityClaim": "sub",
        "directoryAttribute": "externalId",
    }
    await employer.administrator.post("/issuers", issuer)
    tell("administrator", "registers the company's identity provider", "single sign-on")


async def _import_directory(employer: Employer, first: Edition, tell: Tell) -> None:
    units = [
        {"externalId": unit.external_id, "name": unit.name, "parentExternalId": unit.parent}
        for unit in answers.units(answers.list_rows())
    ]
    report = await employer.vendor.post_lines("/units/import", units)
    _require(report["written"] and report["created"] == len(units), "the units were not imported")
    tell("HRIS vendor", "imports countries and American states", f"{len(units):,} units")
    await _import_people(employer, list(_joining(first)))
    made_up = _synthetic(first)
    tell("HRIS vendor", "imports the people of 2014", f"{len(first.people):,}, of whom {made_up:,} made up")


async def _replace_people(employer: Employer, gone: Edition, come: Edition, tell: Tell) -> None:
    leaving = [{"externalId": person.external_id, "active": False} for person in gone.people]
    await _import_people(employer, leaving + list(_joining(come)))
    tell(
        "HRIS vendor",
        "imports the people of 2016, ends those of 2014",
        f"{len(come.people):,}, of whom {_synthetic(come):,} made up",
    )


async def _import_people(employer: Employer, people: list[dict[str, Any]]) -> None:
    report = await employer.vendor.post_lines("/people/import", people)
    changed = report["created"] + report["updated"]
    _require(report["written"] and changed == len(people), "the people were not imported")


def _joining(edition: Edition) -> Iterator[dict[str, Any]]:
    return ({"externalId": person.external_id, "unitExternalId": person.unit} for person in edition.people)


def _synthetic(edition: Edition) -> int:
    return sum(person.external_id.startswith(SYNTHETIC) for person in edition.people)


async def _measure(stage: Stage, employer: Employer, edition: Edition, tell: Tell) -> Told:
    """One wave, from its questionnaire to its release."""
    year, hr = edition.year, employer.hr
    wave_id = await _plan(employer, year, tell)
    if year == YEARS[0]:
        await _pass_gates(employer, wave_id, tell)
    await hr.post(f"/waves/{wave_id}/open", expected=202)
    wave = await _wait_for(hr, wave_id, "ready")
    tell("HR", "opens the wave", f"frozen: {wave['invited']:,} invited")
    codes = await employer.vendor.post(f"/waves/{wave_id}/codes", expected=200)
    tell("HRIS vendor", "draws one-time codes and hands them out", f"{len(codes):,}")
    await _advance(employer, datetime.fromisoformat(wave["opensAt"]))
    await _wait_for(hr, wave_id, "open")
    await _answer(stage, wave_id, {code["externalId"]: code["code"] for code in codes}, edition, tell)
    await _advance(employer, datetime.fromisoformat(wave["closesAt"]))
    wave = await _wait_for(hr, wave_id, "released")
    tell("worker", "closes, counts, protects and publishes", "answers deleted")
    await _advance(employer, datetime.fromisoformat(wave["closesAt"]) + timedelta(days=2))
    await _wait_for(hr, wave_id, "destroyed", field="keys")
    tell("worker", "destroys the key a day later", "no answer opens again")
    found = await hr.get_all(f"/waves/{wave_id}/aggregates")
    tell("HR", "reads the release", f"{len(found):,} units")
    aggregates = msgspec.convert(found, list[Aggregate])
    return Told(year=year, title=_NAMES[year], wave_id=wave_id, aggregates=aggregates, synthetic=_synthetic(edition))


async def _plan(employer: Employer, year: Year, tell: Tell) -> str:
    content = msgspec.to_builtins(answers.instrument(year))
    instrument = await employer.hr.post("/instruments", content)
    instrument_id = instrument["instrumentId"]
    await employer.hr.post(f"/instruments/{instrument_id}/publish", expected=200)
    opens = _start(year) + timedelta(days=7)
    wave = await employer.hr.post(
        "/waves",
        {
            "name": _NAMES[year],
            "kind": _KINDS[year],
            "instrumentId": instrument_id,
            "mode": "split",
            "languages": ["nl", "en"],
            "opensAt": opens.isoformat(),
            "closesAt": (opens + timedelta(days=11, hours=8)).isoformat(),
        },
    )
    tell("HR", f"publishes the questions, plans {_NAMES[year]}", f"opens on {opens:%-d %B %Y}")
    return str(wave["waveId"])


async def _pass_gates(employer: Employer, wave_id: str, tell: Tell) -> None:
    """A wave does not open before the works council, the DPIA and the notice are there."""
    refusal = await employer.hr.post(f"/waves/{wave_id}/open", expected=409)
    missing = dict.fromkeys(error["code"].removesuffix("-missing") for error in refusal["errors"])
    tell("HR", "tries to open the wave", f"refused, missing: {', '.join(missing)}")
    [policy] = await employer.council.get_all("/policies")
    today = _start(YEARS[0]).date().isoformat()
    document = {"decidedOn": today, "documentSha256": _DOCUMENT}
    consent = {"kind": "works-council-consent", "policyVersion": policy["version"], "mode": "split", **document}
    await employer.council.post("/consents", consent)
    smallest = policy["thresholds"]["kM"]
    tell("works council", "reads the thresholds, consents", f"no figure below {smallest} people")
    await employer.hr.post("/preconditions", {"kind": "dpia", **document})
    await employer.hr.post("/preconditions", {"kind": "participant-notice", "languages": ["nl", "en"], **document})
    tell("HR", "records the DPIA and the participant notice", "the gates are open")


async def _answer(stage: Stage, wave_id: str, codes: dict[str, str], edition: Edition, tell: Tell) -> None:
    """Everybody who took part sends the answers in, some at a time; one tries to do so twice."""
    crowd = visitor("respondents", stage.url, {}, connections=_AT_ONCE)
    path = f"/waves/{wave_id}/responses"
    waiting = iter(edition.answers.items())

    async def one_after_another() -> None:
        for external_id, given in waiting:
            receipt = await crowd.post(path, _response(codes[external_id], given))
            _require(receipt["result"] == "recorded", "an answer was not recorded")

    async with crowd.http:
        questionnaire = await crowd.get(f"/waves/{wave_id}/questionnaire")
        tell("respondents", "read the questions without signing in", f"{len(questionnaire['items'])} items")
        try:
            async with asyncio.TaskGroup() as tasks:
                for _ in range(_AT_ONCE):
                    tasks.create_task(one_after_another())
        except ExceptionGroup as group:
            raise group.exceptions[0] from None
        tell("respondents", f"answer, {_AT_ONCE} at a time", f"{len(edition.answers):,} sealed")
        external_id, given = next(iter(edition.answers.items()))
        again = await crowd.post(path, _response(codes[external_id], given), expected=200)
        tell("respondent", "uses a code a second time", again["result"])


def _response(code: str, given: dict[str, Answer]) -> dict[str, Any]:
    return {"code": code, "answers": given}


async def _read_as_employee(stage: Stage, employer: Employer, wave: Told, edition: Edition, tell: Tell) -> None:
    """An employee sees the own unit and those above, and that other units do not exist."""
    person = next(person for person in edition.people if person.unit == "osmi-netherlands")
    token = stage.issuer.token(person.external_id, aud=employer.employer_id)
    employee = visitor("employee", stage.url, {"authorization": f"Bearer {token}"})
    async with employee.http:
        seen = await employee.get_all(f"/waves/{wave.wave_id}/aggregates")
        names = " and ".join(item["name"] for item in seen)
        hidden = next(unit for unit in wave.aggregates if str(unit.unit_id) not in {item["unitId"] for item in seen})
        await employee.get(f"/waves/{wave.wave_id}/aggregates/{hidden.unit_id}", expected=404)
    tell("employee", "signs in at the company", f"{names}, nothing else")


async def _advance(employer: Employer, to: datetime) -> None:
    path = f"/test-clocks/{employer.employer_id}/advance"
    await employer.vendor.post(path, {"to": to.isoformat()}, expected=200)


async def _wait_for(hr: Caller, wave_id: str, wanted: str, field: str = "state") -> dict[str, Any]:
    """The wave once the worker has brought it where it is `wanted`."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        wave: dict[str, Any] = await hr.get(f"/waves/{wave_id}")
        if wave[field] == wanted:
            return wave
        if wave["failure"] is not None:
            raise StoryError(f"the wave did not open: {wave['failure']}")
        await asyncio.sleep(0.05)
    raise StoryError(f"the worker did not bring the wave to {wanted} within {_PATIENCE:.0f} s")


def _require(held: bool, otherwise: str) -> None:
    if not held:
        raise StoryError(otherwise)
