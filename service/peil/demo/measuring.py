"""The act that is played twice: a wave of the campaign from its plan to its release."""

import asyncio
import time
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from datetime import time as wall_time
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from peil.aggregates.model import Aggregate
from peil.campaigns.model import PhaseKind
from peil.demo.answers import Edition, Year
from peil.demo.cast import Caller, StoryError, visitor
from peil.demo.preparing import Prepared
from peil.demo.setting import PATIENCE, Employer, Tell, deadline, require, synthetic
from peil.demo.stage import Stage
from peil.demo.told import Measurement
from peil.instruments.model import Answer

TITLES: Mapping[Year, str] = {2014: "Baseline (answers of 2014)", 2016: "Post-measurement (answers of 2016)"}
_KINDS: Mapping[Year, str] = {2014: "baseline", 2016: "post"}
_NAMES: Mapping[Year, str] = {2014: "baseline", 2016: "post-measurement"}
_AT_ONCE = 32


async def plan_waves(employer: Employer, prepared: Prepared, tell: Tell) -> dict[Year, str]:
    """Baseline and post-measurement of the campaign; their ids."""
    planned: dict[Year, str] = {}
    phases: dict[Year, PhaseKind] = {2014: "baseline", 2016: "evaluation"}
    for year, kind in phases.items():
        phase = prepared.phase(kind)
        # The service counts the evaluation from the Saturday; people are asked on working days.
        first = phase.from_ + timedelta(days=-phase.from_.weekday() % 7)
        last = phase.to - timedelta(days=max(0, phase.to.weekday() - 4))
        new = {
            "campaignId": str(prepared.campaign.campaign_id),
            "name": TITLES[year],
            "kind": _KINDS[year],
            "instrumentId": prepared.instruments[year],
            "mode": "split",
            "languages": ["nl", "en"],
            "opensAt": at(first, 9).isoformat(),
            "closesAt": at(last, 17).isoformat(),
        }
        planned[year] = (await employer.hr.post("/waves", new))["waveId"]
        tell("HR", f"plans the {_NAMES[year]}", f"{first:%-d %B} to {last:%-d %B %Y}")
    return planned


def at(day: date, hour: int) -> datetime:
    """An hour of the employer's day."""
    return datetime.combine(day, wall_time(hour), ZoneInfo("Europe/Amsterdam"))


async def measure(stage: Stage, employer: Employer, wave_id: str, edition: Edition, tell: Tell) -> Measurement:
    """A planned wave, from its opening to its release."""
    hr, year = employer.hr, edition.year
    await hr.post(f"/waves/{wave_id}/open", expected=202)
    wave = await _wait_for(hr, wave_id, "ready")
    tell("HR", "opens the wave", f"frozen: {wave['invited']:,} invited")
    codes = await employer.vendor.post(f"/waves/{wave_id}/codes", expected=200)
    tell("HRIS vendor", "draws one-time codes and hands them out", f"{len(codes):,}")
    opens_at = datetime.fromisoformat(wave["opensAt"])
    await employer.go_on(opens_at, f"{TITLES[year]} begins", tell)
    await _wait_for(hr, wave_id, "open")
    await _answer(stage, wave_id, {code["externalId"]: code["code"] for code in codes}, edition, tell)
    closes_at = datetime.fromisoformat(wave["closesAt"])
    await employer.go_to(closes_at)
    await _wait_for(hr, wave_id, "released")
    tell("worker", "closes, counts, protects and publishes", "answers deleted")
    await employer.go_to(closes_at + timedelta(days=2))
    await _wait_for(hr, wave_id, "destroyed", field="keys")
    tell("worker", "destroys the key a day later", "no answer opens again")
    found = await hr.get_all(f"/waves/{wave_id}/aggregates")
    tell("HR", "reads the release", f"{len(found):,} units")
    return Measurement(
        year=year,
        title=TITLES[year],
        wave_id=wave_id,
        aggregates=msgspec.convert(found, list[Aggregate]),
        synthetic=synthetic(edition),
    )


async def _answer(stage: Stage, wave_id: str, codes: dict[str, str], edition: Edition, tell: Tell) -> None:
    """Everybody who took part sends the answers in, some at a time; one tries to do so twice."""
    crowd = visitor("respondents", stage.url, {}, connections=_AT_ONCE)
    path = f"/waves/{wave_id}/responses"
    waiting = iter(edition.answers.items())

    async def one_after_another() -> None:
        for external_id, given in waiting:
            receipt = await crowd.post(path, _response(codes[external_id], given))
            require(receipt["result"] == "recorded", "an answer was not recorded")

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


async def _wait_for(hr: Caller, wave_id: str, wanted: str, field: str = "state") -> dict[str, Any]:
    """The wave once the worker has brought it where it is `wanted`."""
    latest = deadline()
    while time.monotonic() < latest:
        wave: dict[str, Any] = await hr.get(f"/waves/{wave_id}")
        if wave[field] == wanted:
            return wave
        if wave["failure"] is not None:
            raise StoryError(f"the wave did not open: {wave['failure']}")
        await asyncio.sleep(0.05)
    raise StoryError(f"the worker did not bring the wave to {wanted} within {PATIENCE:.0f} s")
