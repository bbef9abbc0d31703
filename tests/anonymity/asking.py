"""Asks a crowd: an employer with a wave that is open, and a code for everybody."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import httpx

from peil.checks.anonymity.canary import ITEMS, questionnaire
from support.house import Employer, House, Persona


class Asked:
    """An open wave; `codes` by external id, in the order of the list that Peil hands out."""

    def __init__(self, employer: Employer, hr: Persona, wave_id: UUID, codes: dict[str, str], closes_at: datetime):
        self.employer = employer
        self.hr = hr
        self.wave_id = wave_id
        self.codes = codes
        self.closes_at = closes_at

    @property
    def path(self) -> str:
        return f"/v1/waves/{self.wave_id}/responses"

    def unit_of(self, external_id: str) -> str:
        return external_id.partition(".")[2]

    async def submit(
        self, external_id: str, answers: Mapping[str, Any] | None = None, http: httpx.AsyncClient | None = None
    ) -> httpx.Response:
        """Answers in somebody's place."""
        body = {"code": self.codes[external_id], "answers": answers if answers is not None else {ITEMS[0]: 3}}
        return await (http or self.employer.house.http).post(self.path, json=body)

    async def advance(self, to: datetime) -> None:
        """Moves the employer's test clock."""
        operator = self.employer.operator
        await operator.must(
            operator.post(f"/test-clocks/{self.employer.employer_id}/advance", {"to": to.isoformat()}), 200
        )


@asynccontextmanager
async def owner(house: House) -> AsyncIterator[Any]:
    """A connection that sees everything, as the role that owns the tables."""
    connection = await asyncpg.connect(house.settings.database_url_owner)
    try:
        yield connection
    finally:
        await connection.close()


async def ask(employer: Employer, content: Mapping[str, Any] | None = None, **units: int) -> Asked:
    """Gives each unit so many people (`0000.unit` …), passes the gates and opens a wave for all of them.

    It asks `content`, or else the questionnaire of the anonymity check, comments and all.
    """
    hr = await employer.client("hr")
    await _organise(hr, units)
    wave_id, now = await plan(employer, hr, content=content)
    await hr.must(hr.post(f"/waves/{wave_id}/open"), 202)
    await employer.house.work()
    drawn = await hr.post(f"/waves/{wave_id}/codes")
    codes = {line["externalId"]: line["code"] for line in map(json.loads, drawn.text.splitlines())}
    asked = Asked(employer, hr, UUID(wave_id), codes, now + timedelta(days=1))
    await asked.advance(now + timedelta(hours=1))
    await employer.house.work()
    return asked


async def plan(
    employer: Employer, hr: Persona, mode: str = "split", content: Mapping[str, Any] | None = None
) -> tuple[str, datetime]:
    """A wave that opens in an hour, and the employer's time."""
    shown = await hr.must(hr.get(f"/employers/{employer.employer_id}"), 200)
    now = datetime.fromisoformat(shown["testClock"])
    instrument = await hr.must(hr.post("/instruments", content or questionnaire()))
    await hr.must(hr.post(f"/instruments/{instrument['instrumentId']}/publish"), 200)
    decided = {"decidedOn": now.date().isoformat(), "documentSha256": "0" * 64}
    consent = {"kind": "works-council-consent", "policyVersion": 1, "mode": mode, **decided}
    await hr.must(hr.post("/consents", consent))
    await hr.must(hr.post("/preconditions", {"kind": "dpia", **decided}))
    await hr.must(hr.post("/preconditions", {"kind": "participant-notice", "languages": ["nl"], **decided}))
    wave = await hr.must(
        hr.post(
            "/waves",
            {
                "name": "Week",
                "kind": "survey",
                "instrumentId": instrument["instrumentId"],
                "mode": mode,
                "languages": ["nl"],
                "opensAt": (now + timedelta(hours=1)).isoformat(),
                "closesAt": (now + timedelta(days=1)).isoformat(),
            },
        )
    )
    return wave["waveId"], now


async def _organise(hr: Persona, units: Mapping[str, int]) -> None:
    await hr.must(hr.post("/units", {"externalId": "root", "name": "root"}))
    for unit in units:
        await hr.must(hr.post("/units", {"externalId": unit, "name": unit, "parentExternalId": "root"}))
    people = [
        {"externalId": f"{place:04}.{unit}", "unitExternalId": unit}
        for unit, number in units.items()
        for place in range(number)
    ]
    content = "\n".join(map(json.dumps, people))
    headers = {"content-type": "application/x-ndjson"}
    await hr.must(hr.request("POST", "/people/import", content=content, headers=headers), 200)
