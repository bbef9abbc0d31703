"""Bodies of campaigns, agenda, communication and actions, and what cases about them do often."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from cases.measuring import advance, answer_all, codes_of, instrument_of, pass_gates, time_of, today_of, wave_new
from support.apis import Rest
from support.personas import Cast, add_crowd

YEAR = 2030
WEEK = (date(2030, 11, 11), date(2030, 11, 15))
"""The week of that year: its Monday falls on 10-16 November."""
BEFORE = WEEK[0] - timedelta(days=7)


def campaign_new(**changed: Any) -> dict[str, Any]:
    """The least that a campaign needs."""
    return {"name": "Week van de Werkstress", "year": YEAR} | changed


def activity_new(kind: str = "kick-off", on: date = WEEK[0], **changed: Any) -> dict[str, Any]:
    return {"kind": kind, "title": kind, "on": on.isoformat(), "from": "09:30", "to": "10:00"} | changed


def communication_new(kind: str = "invitation", on: date = BEFORE, **changed: Any) -> dict[str, Any]:
    return {"kind": kind, "title": kind, "channel": "intranet", "on": on.isoformat()} | changed


async def action_new(cast: Cast, **changed: Any) -> dict[str, Any]:
    """A measure of the organisation that starts today and ends in a year."""
    today = await today_of(cast)
    return {
        "title": "Vergadervrije ochtenden",
        "level": "organisation",
        "owner": {"role": "HR"},
        "deadline": (today + timedelta(days=365)).isoformat(),
    } | changed


def risk_new(**changed: Any) -> dict[str, Any]:
    return {"title": "Te veel werk", "category": "workload", "severity": 4, "likelihood": 3} | changed


async def goal_new(cast: Cast, **changed: Any) -> dict[str, Any]:
    """A goal that is measured by a block of a shipped instrument."""
    instrument = await instrument_of(cast)
    return {
        "title": "Minder werkdruk",
        "goal": "lower-workload",
        "kpi": "workload",
        "metric": {"kind": "block", "instrumentId": instrument["instrumentId"], "block": block_of(instrument)},
        "target": 70,
    } | changed


def block_of(instrument: dict[str, Any]) -> str:
    """A block of an instrument that has a mean."""
    blocks: list[dict[str, Any]] = instrument["blocks"] or instrument["items"]
    return str(blocks[0]["key"])


async def people_of(cast: Cast) -> dict[str, str]:
    """Ids of the cast's people by external id."""
    page = await cast.hr.must(cast.hr.get("/people?limit=200"), 200)
    return {person["externalId"]: person["personId"] for person in page["items"]}


async def create_campaign(cast: Cast, **changed: Any) -> str:
    created = (await Rest(cast.hr).create_campaign(campaign_new(**changed))).must()
    return str(created["campaignId"])


async def play_wave(
    cast: Cast, kind: str, *, share: float = 1, points: Sequence[int] = range(1, 6), **changed: Any
) -> str:
    """A wave of this kind from plan to release, after the gates were passed.

    `share`: how many of all answer; `points`: between which their answers vary.
    """
    hr = Rest(cast.hr)
    plan = await wave_new(cast, kind=kind, **changed)
    wave_id: str = (await hr.plan_wave(plan)).must()["waveId"]
    (await hr.open_wave(wave_id)).must()
    await cast.house.work()
    codes = await codes_of(cast, wave_id)
    await advance(cast, hours=2)
    await answer_all(cast, wave_id, codes[: round(share * len(codes))], points)
    await advance(cast, days=1)
    assert (await hr.get_wave(wave_id)).must()["state"] == "released"
    return wave_id


async def play_edition(cast: Cast, **changed: Any) -> tuple[str, str, str]:
    """A campaign with a released baseline and post-measurement: the three ids. `care` is protected."""
    await add_crowd(cast.hr, root=12, sales=14, field=14, care=4)
    await pass_gates(cast, Rest(cast.hr), Rest(cast.works_council))
    year = (await time_of(cast)).year
    campaign_id = await create_campaign(cast, year=year, **changed)
    baseline = await play_wave(cast, "baseline", campaignId=campaign_id)
    post = await play_wave(cast, "post", campaignId=campaign_id)
    return campaign_id, baseline, post


async def campaign_ids(cast: Cast) -> dict[str, str]:
    """A campaign with an item of each kind, and an action that was looked at."""
    hr = Rest(cast.hr)
    campaign_id = await create_campaign(cast)
    activity = (await hr.create_activity(campaign_id, activity_new())).must()
    communication = (await hr.create_communication(campaign_id, communication_new())).must()
    began = await today_of(cast) - timedelta(days=31)
    action = (await hr.create_action(await action_new(cast, startsOn=began.isoformat()))).must()
    await cast.house.work()
    [check] = (await hr.list_progress_checks()).must()["items"]
    return {
        "campaignId": campaign_id,
        "activityId": activity["activityId"],
        "communicationId": communication["communicationId"],
        "actionId": action["actionId"],
        "progressCheckId": check["progressCheckId"],
        "riskId": (await hr.create_risk(risk_new())).must()["riskId"],
    }
