"""The act that is played twice: a wave of the campaign from its plan to its release."""

import asyncio
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from datetime import time as wall_time
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from peil.aggregates.model import Aggregate
from peil.campaigns.model import PhaseKind
from peil.demo.answers import Edition, Year
from peil.demo.cast import Caller, StoryError
from peil.demo.crowd import Taken, Taking
from peil.demo.preparing import Prepared
from peil.demo.setting import PATIENCE, Employer, Tell, deadline, require, synthetic
from peil.demo.stage import Stage
from peil.demo.told import Measurement
from peil.instruments.model import Answer

TITLES: Mapping[Year, str] = {2014: "Baseline (answers of 2014)", 2016: "Post-measurement (answers of 2016)"}
_KINDS: Mapping[Year, str] = {2014: "baseline", 2016: "post"}
_NAMES: Mapping[Year, str] = {2014: "baseline", 2016: "post-measurement"}
MODES: Mapping[Year, str] = {2014: "split", 2016: "blind"}
"""The baseline is asked by codes that the vendor delivers; then people sign in, and nobody can answer for them."""
LABELS: Mapping[str, str] = {"split": "confidential", "blind": "anonymous"}


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
            "mode": MODES[year],
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
    wave = await open_wave(employer, wave_id, tell)
    codes = await _deliver_codes(employer, wave_id, tell) if wave["mode"] == "split" else {}
    await employer.go_on(datetime.fromisoformat(wave["opensAt"]), f"{TITLES[year]} begins", tell)
    await wait_for(hr, wave_id, "open")
    await take_part(stage, employer, wave_id, edition.answers, codes, tell)
    closes_at = datetime.fromisoformat(wave["closesAt"])
    await employer.go_to(closes_at)
    await wait_for(hr, wave_id, "released")
    tell("worker", "closes, counts, protects and publishes", "answers deleted")
    await employer.go_to(closes_at + timedelta(days=2))
    await wait_for(hr, wave_id, "destroyed", field="keys")
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


async def open_wave(employer: Employer, wave_id: str, tell: Tell) -> dict[str, Any]:
    """HR opens a planned wave; the wave once its population is frozen."""
    await employer.hr.post(f"/waves/{wave_id}/open", expected=202)
    wave = await wait_for(employer.hr, wave_id, "ready")
    tell("HR", f"opens the wave, {LABELS[wave['mode']]}", f"frozen: {wave['invited']:,} invited")
    return wave


async def _deliver_codes(employer: Employer, wave_id: str, tell: Tell) -> dict[str, str]:
    drawn = await employer.vendor.post(f"/waves/{wave_id}/codes", expected=200)
    tell("HRIS vendor", "draws one-time codes and hands them out", f"{len(drawn):,}")
    return {code["externalId"]: code["code"] for code in drawn}


async def take_part(
    stage: Stage,
    employer: Employer,
    wave_id: str,
    answers: Mapping[str, dict[str, Answer]],
    codes: Mapping[str, str],
    tell: Tell,
) -> None:
    """Everybody takes part, by a code, or where there are none by an own sign-in; one tries to do so twice."""
    program = [sys.executable, "-m", "peil.demo.crowd", stage.url, stage.intake_url, wave_id]
    # In a session of its own, since Ctrl-C is for the demo; without us the input of the crowd ends, and so it does.
    crowd = await asyncio.create_subprocess_exec(*program, stdin=PIPE, stdout=PIPE, start_new_session=True)
    try:
        said, _ = await crowd.communicate(await asyncio.to_thread(_people, stage, employer, answers, codes))
    except BaseException:
        crowd.kill()
        raise
    if crowd.returncode != 0:
        raise StoryError(f"respondents: {said.decode().strip()}")
    taken = msgspec.json.decode(said, type=Taken)
    require(taken.recorded == len(answers), "an answer was not recorded")
    if not codes:
        tell("respondents", "each have a token signed that nobody sees", f"{taken.recorded:,} signed")
    how = "with their codes" if codes else "with their tokens, without a sign-in"
    tell("respondents", f"answer {how}", f"{taken.recorded:,} sealed")
    tell("respondent", f"uses a {'code' if codes else 'token'} a second time", taken.again)


def _people(
    stage: Stage, employer: Employer, answers: Mapping[str, dict[str, Answer]], codes: Mapping[str, str]
) -> bytes:
    """Those who take part, one a line."""
    people = [
        Taking(sign_in=stage.issuer.token(who, aud=employer.employer_id), code=codes.get(who), answers=given)
        for who, given in answers.items()
    ]
    return msgspec.json.Encoder().encode_lines(people)


async def wait_for(hr: Caller, wave_id: str, wanted: str, field: str = "state") -> dict[str, Any]:
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
