"""Campaigns: planned, changed, copied, with an agenda and a communication plan, each seen by whom it concerns."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from cases.measuring import wave_new
from cases.programme import (
    BEFORE,
    WEEK,
    YEAR,
    activity_new,
    campaign_new,
    communication_new,
    create_campaign,
    goal_new,
    people_of,
    risk_new,
)
from cases.test_events import audit_of, read_feed
from support.apis import Rest, Speak
from support.personas import Cast, add_people

TEXT = {"nl": "Omdat het kan.", "en": "Because we can."}


async def whole(cast: Cast) -> dict[str, Any]:
    """A campaign with everything that one can have."""
    people = await people_of(cast)
    risk = (await Rest(cast.hr).create_risk(risk_new())).must()
    goal = await goal_new(cast, riskId=risk["riskId"])
    block = {name: goal["metric"][name] for name in ("instrumentId", "block")}
    return campaign_new(
        weekFrom="2030-11-12",
        weekTo="2030-11-15",
        provisional=True,
        dates={"preparationFrom": "2030-09-10", "baselineFrom": None, "baselineTo": None, "evaluationBy": None},
        goals=[goal, goal | {"metric": {"kind": "participation", "waveKind": "post"}, "riskId": None}],
        themes=["psychological-safety"],
        criteria=[
            {"kind": "participation", "atLeast": 70},
            {"kind": "score", "atLeast": 60} | block,
            {"kind": "change", "atLeast": 5} | block,
        ],
        coreTeam=[{"personId": people["manager"], "position": "manager", "part": "host"}],
        sponsorId=people["board"],
        coreMessage={"why": TEXT, "whatWeWant": TEXT, "whatWeExpect": TEXT},
    )


async def test_a_name_and_a_year_are_enough(speak: Speak, cast: Cast) -> None:
    """The week and all phases follow from the year."""
    made = (await speak(cast.hr).create_campaign(campaign_new())).must()
    phases = {phase["kind"]: phase["from"] for phase in made["phases"]}

    assert [day.isoformat() for day in WEEK] == [made["weekFrom"], made["weekTo"]]
    assert ("2030-09-16", "2030-12-15") == (phases["preparation"], phases["check-30-days"])
    assert ([], [], None, None) == (made["goals"], made["coreTeam"], made["sponsorId"], made["copiedFromId"])


async def test_everything_that_was_said_is_kept(speak: Speak, cast: Cast) -> None:
    """What is read is what was written, and the week moves the phases."""
    new, hr = await whole(cast), speak(cast.hr)

    made = (await hr.create_campaign(new)).must()
    read = (await hr.get_campaign(made["campaignId"])).must()

    assert made == read
    assert new == {name: read[name] for name in new}
    assert "2030-09-10" == read["phases"][0]["from"]


async def test_a_change_moves_what_nobody_chose(speak: Speak, cast: Cast) -> None:
    """Another year moves the week; a chosen day that no longer fits is told, and nothing has changed."""
    hr = speak(cast.hr)
    campaign_id = await create_campaign(cast)
    moved = (await hr.update_campaign(campaign_id, {"year": 2031}, if_match="*")).must()
    wrong = await hr.update_campaign(campaign_id, {"dates": {"baselineTo": "2031-12-01"}}, if_match="*")

    assert ("2031-11-10", "2031-09-15") == (moved["weekFrom"], moved["phases"][0]["from"])
    assert [("/dates/baselineTo", "phase-out-of-order")] == wrong.findings
    assert moved == (await hr.get_campaign(campaign_id)).must()


async def test_bad_input_is_told_at_once(speak: Speak, cast: Cast) -> None:
    """A goal whose metric does not exist, a theme, a person: all of it, and nothing is kept."""
    hr, goal = speak(cast.hr), await goal_new(cast)
    metric = goal["metric"] | {"block": "nothing"}
    wrong = campaign_new(
        weekFrom="2030-11-13",
        weekTo="2030-11-12",
        themes=["astrology"],
        goals=[goal | {"metric": metric, "riskId": str(uuid4())}, goal | {"goal": "fame", "kpi": "likes"}],
        sponsorId=str(uuid4()),
    )
    before = (await hr.list_campaigns(limit=100)).must()["items"]

    outcome = await hr.create_campaign(wrong)

    assert {
        ("/weekTo", "ends-before-start"),
        ("/themes/0", "unknown-theme"),
        ("/goals/0/metric/block", "unknown-block"),
        ("/goals/0/riskId", "unknown-risk"),
        ("/goals/1/goal", "unknown-goal"),
        ("/goals/1/kpi", "unknown-kpi"),
        ("/sponsorId", "unknown-person"),
    } == set(outcome.findings)
    assert before == (await hr.list_campaigns(limit=100)).must()["items"]


@pytest.mark.parametrize(
    "changed",
    [
        {"weekFrom": "9999-12-31"},
        {"weekFrom": "0001-01-01"},
        {"weekFrom": "0001-01-01", "weekTo": "0001-01-02"},
        {"weekTo": "9999-12-31"},
    ],
)
async def test_days_out_of_all_bounds(speak: Speak, standing: Cast, changed: dict[str, Any]) -> None:
    """They are of another year, and nothing is computed from them."""
    outcome = await speak(standing.hr).create_campaign(campaign_new(**changed))

    assert {(f"/{name}", "week-in-another-year") for name in changed} == set(outcome.findings)


async def test_a_preparation_of_two_thousand_years(speak: Speak, standing: Cast) -> None:
    """A year is enough."""
    dates = {"preparationFrom": "0001-01-01"}
    outcome = await speak(standing.hr).create_campaign(campaign_new(dates=dates))

    assert [("/dates/preparationFrom", "day-out-of-range")] == outcome.findings


async def test_an_item_that_the_week_left_can_still_be_counted(speak: Speak, cast: Cast) -> None:
    """Who moves the week need not move every item first to say who came."""
    hr, campaign_id = speak(cast.hr), await create_campaign(cast)
    activity = (await hr.create_activity(campaign_id, activity_new())).must()["activityId"]
    (await hr.update_campaign(campaign_id, {"year": YEAR + 2}, if_match="*")).must()
    counted = await hr.update_activity(activity, {"attended": 12}, if_match="*")
    moved = await hr.update_activity(activity, {"on": WEEK[1].isoformat()}, if_match="*")

    assert 12 == counted.must()["attended"]
    assert [("/on", "outside-campaign")] == moved.findings


async def test_own_kinds_count_as_the_shipped_ones(speak: Speak, cast: Cast) -> None:
    """A theme and an activity of the employer's catalogue."""
    hr = speak(cast.hr)
    for kind, marks in (("theme", []), ("activity", ["kick-off"])):
        entry = {"kind": kind, "key": "our-own", "title": {"nl": "Eigen"}, "marks": marks}
        (await hr.create_catalogue_entry(entry)).must()
    campaign_id = (await hr.create_campaign(campaign_new(themes=["our-own"]))).must()["campaignId"]
    (await hr.create_activity(campaign_id, activity_new("our-own"))).must()
    left = (await hr.get_readiness(campaign_id)).must()["findings"]

    assert not {"no-theme", "no-kick-off"} & {finding["code"] for finding in left}


async def test_who_has_left_may_stay_in_the_team(speak: Speak, cast: Cast) -> None:
    """A change of something else is not refused for it; to name who has left anew is."""
    hr, people = speak(cast.hr), await people_of(cast)
    member = {"personId": people["ambassador"], "position": "ambassador", "part": None}
    campaign_id = await create_campaign(cast, coreTeam=[member], sponsorId=people["board"])
    await add_people(cast.hr, [{"externalId": name, "active": False} for name in ("ambassador", "board")])

    changed = await hr.update_campaign(campaign_id, {"name": "Anders"}, if_match="*")
    new = await hr.create_campaign(campaign_new(coreTeam=[member]))

    assert [member] == changed.must()["coreTeam"]
    assert [("/coreTeam/0/personId", "unknown-person")] == new.findings


async def test_the_next_edition(speak: Speak, cast: Cast) -> None:
    """Aims, agenda and communication, moved by whole weeks; who left is not in its team, no wave is in it."""
    hr, new = speak(cast.hr), await whole(cast)
    campaign_id = (await hr.create_campaign(new)).must()["campaignId"]
    (await hr.create_activity(campaign_id, activity_new(on=WEEK[1], attended=120))).must()
    (
        await hr.create_communication(campaign_id, communication_new(state="sent", reach=900, owner={"role": "HR"}))
    ).must()
    (await hr.plan_wave(await wave_new(cast, campaignId=campaign_id))).must()
    await add_people(cast.hr, [{"externalId": "manager", "active": False}])

    copied = (await hr.copy_campaign(campaign_id, {"year": YEAR + 1, "name": "Volgend jaar"})).must()
    [activity] = (await hr.list_activities(copied["campaignId"])).must()["items"]
    [item] = (await hr.list_communications(copied["campaignId"])).must()["items"]
    on = date.fromisoformat(activity["on"])

    assert (campaign_id, "Volgend jaar", True, []) == (
        copied["copiedFromId"],
        copied["name"],
        copied["provisional"],
        copied["coreTeam"],
    )
    assert (new["goals"], new["criteria"]) == (copied["goals"], copied["criteria"])
    assert ("2031-11-11", "2031-11-14", "2031-09-09") == (
        copied["weekFrom"],
        copied["weekTo"],
        copied["phases"][0]["from"],
    )
    assert (WEEK[1].weekday(), timedelta(days=364), None) == (on.weekday(), on - WEEK[1], activity["attended"])
    assert ("planned", None, "2031-11-03", "HR") == (item["state"], item["reach"], item["on"], item["owner"]["role"])


async def test_what_happens_is_told_and_recorded(cast: Cast) -> None:
    """Events have ids and states and nothing else; every change has its audit row."""
    hr = Rest(cast.hr)
    campaign_id = await create_campaign(cast)
    item = (await hr.create_communication(campaign_id, communication_new())).must()["communicationId"]
    (await hr.update_communication(item, {"state": "sent"}, if_match="*")).must()
    await cast.house.work()
    events, _ = await read_feed(Rest(cast.administrator))
    feed = [(event["type"].removeprefix("nl.peil."), event["subject"], event["data"]["state"]) for event in events]
    audit = [(row["event"], row["subject"]) for row in await audit_of(cast)]

    assert {
        ("campaign.created", f"campaigns/{campaign_id}", None),
        ("communication.created", f"communications/{item}", "planned"),
        ("communication.updated", f"communications/{item}", "sent"),
    } <= set(feed)
    assert {
        ("create_campaign", f"campaigns/{campaign_id}"),
        ("create_communication", f"communications/{item}"),
        ("update_communication", f"communications/{item}"),
    } <= set(audit)


async def test_the_agenda_is_by_day_and_for_whom_it_is(speak: Speak, cast: Cast) -> None:
    """Everybody sees what is for everyone; a manager what is for the own units too; an employee likewise."""
    hr, campaign_id = Rest(cast.hr), await create_campaign(cast)
    plan = {"late": (WEEK[1], None), "field": (WEEK[0], "field"), "care": (WEEK[0], "care")}
    made = {}
    for title, (on, unit) in plan.items():
        new = activity_new(on=on, title=title, unitIds=unit and [cast.units[unit]])
        made[title] = (await hr.create_activity(campaign_id, new)).must()["activityId"]
    seen = {
        name: [item["title"] for item in (await speak(persona).list_activities(campaign_id)).must()["items"]]
        for name, persona in (("hr", cast.hr), ("manager", cast.manager), ("employee", cast.employee))
    }
    words = [(await speak(cast.employee).get_activity(made[title])).word for title in plan]

    assert {"hr": ["field", "care", "late"], "manager": ["field", "late"], "employee": ["field", "late"]} == seen
    assert ["ok", "ok", "not-found"] == words


async def test_a_manager_plans_for_the_own_units(speak: Speak, cast: Cast) -> None:
    """For `field`, which is under `sales`; not for `care`, not for everyone, and HR's items stay HR's."""
    manager, campaign_id = speak(cast.manager), await create_campaign(cast)
    everyone = (await Rest(cast.hr).create_activity(campaign_id, activity_new())).must()["activityId"]
    own = (await manager.create_activity(campaign_id, activity_new(unitIds=[cast.units["field"]]))).must()
    refused = [
        await manager.create_activity(campaign_id, activity_new(unitIds=unit_ids))
        for unit_ids in (None, [cast.units["care"]], [cast.units["field"], cast.units["root"]])
    ]
    refused.append(await manager.update_activity(own["activityId"], {"unitIds": None}, if_match="*"))
    refused.append(await manager.update_activity(everyone, {"host": "I"}, if_match="*"))
    refused.append(await manager.delete_activity(everyone, if_match="*"))
    changed = await manager.update_activity(own["activityId"], {"host": "I"}, if_match="*")

    assert {("denied", "not-your-units")} == {(one.word, one.code) for one in refused}
    assert "I" == changed.must()["host"]
    assert 2 == len((await Rest(cast.hr).list_activities(campaign_id)).must()["items"])


@pytest.mark.parametrize(
    ("changed", "finding"),
    [
        ({"kind": "seance"}, ("/kind", "unknown-kind")),
        ({"to": "09:30"}, ("/to", "ends-before-start")),
        ({"on": WEEK[0] - timedelta(weeks=9)}, ("/on", "outside-campaign")),
        ({"unitIds": [str(uuid4())]}, ("/unitIds/0", "unknown-unit")),
    ],
)
async def test_an_activity_that_does_not_fit(
    speak: Speak, standing: Cast, changed: dict[str, Any], finding: tuple[str, str]
) -> None:
    """What is wrong is told where it stands."""
    campaign_id = await create_campaign(standing)
    outcome = await speak(standing.hr).create_activity(campaign_id, activity_new(**changed))

    assert [finding] == outcome.findings


@pytest.mark.parametrize("time", ["24:00", "9:30", "09:60", "09:30:00", "half ten"])
async def test_a_time_is_what_the_clock_on_the_wall_says(speak: Speak, standing: Cast, time: str) -> None:
    """Hours and minutes, nothing else."""
    campaign_id = await create_campaign(standing)
    outcome = await speak(standing.hr).create_activity(campaign_id, activity_new() | {"from": time})

    assert [("/from", "pattern")] == outcome.findings


async def test_people_see_what_was_sent(speak: Speak, cast: Cast) -> None:
    """A plan is for those who plan: employees and managers see what was sent; by day, before, in or after the week."""
    hr, campaign_id = Rest(cast.hr), await create_campaign(cast)
    days = {"after": WEEK[1] + timedelta(days=1), "during": WEEK[0], "before": BEFORE}
    for title, on in days.items():
        state = "sent" if title == "before" else "planned"
        (await hr.create_communication(campaign_id, communication_new(on=on, title=title, state=state))).must()
    personas = {"hr": cast.hr, "ambassador": cast.ambassador, "manager": cast.manager, "employee": cast.employee}
    seen = {
        name: (await speak(persona).list_communications(campaign_id)).must()["items"]
        for name, persona in personas.items()
    }
    hidden = seen["hr"][-1]["communicationId"]

    assert ["before", "during", "after"] == [one["stage"] for one in seen["hr"]] == [one["title"] for one in seen["hr"]]
    assert [3, 3, 1, 1] == [len(seen[name]) for name in personas]
    assert "not-found" == (await speak(cast.employee).get_communication(hidden)).word


async def test_an_ambassador_tells(speak: Speak, cast: Cast) -> None:
    """Ambassadors write the communication plan, and nothing else of the campaign."""
    ambassador, campaign_id = speak(cast.ambassador), await create_campaign(cast)
    told = await ambassador.create_communication(campaign_id, communication_new("experience-story"))
    campaign = await ambassador.update_campaign(campaign_id, {"name": "Mine"}, if_match="*")
    agenda = await ambassador.create_activity(campaign_id, activity_new())

    assert ["ok", "denied", "denied"] == [told.word, campaign.word, agenda.word]


async def test_an_owner_who_left_stays_with_the_item(speak: Speak, cast: Cast) -> None:
    """It can still be marked as sent; to name that person anew is refused."""
    hr, people, campaign_id = speak(cast.hr), await people_of(cast), await create_campaign(cast)
    owner = {"personId": people["ambassador"]}
    item = (await hr.create_communication(campaign_id, communication_new(owner=owner))).must()["communicationId"]
    await add_people(cast.hr, [{"externalId": "ambassador", "active": False}])

    sent = await hr.update_communication(item, {"state": "sent"}, if_match="*")
    new = await hr.create_communication(campaign_id, communication_new(owner=owner))

    assert ("sent", owner | {"role": None}) == (sent.must()["state"], sent.must()["owner"])
    assert [("/owner/personId", "unknown-person")] == new.findings


async def test_waves_belong_to_a_campaign(speak: Speak, cast: Cast) -> None:
    """One that exists; a wave may also stand alone, and be put into one later."""
    hr, campaign_id = speak(cast.hr), await create_campaign(cast)
    alone = (await hr.plan_wave(await wave_new(cast))).must()
    put = (await hr.update_wave(alone["waveId"], {"campaignId": campaign_id}, if_match="*")).must()
    wrong = await hr.plan_wave(await wave_new(cast, campaignId=str(uuid4())))

    assert (None, campaign_id) == (alone["campaignId"], put["campaignId"])
    assert [("/campaignId", "unknown-campaign")] == wrong.findings
