"""What a campaign lacks: each finding goes by the act it names, by no other, and returns when that is undone."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any, NamedTuple, get_args

import pytest

from cases.measuring import advance, consent, dpia, instrument_of, notice, pass_gates, time_of, today_of, wave_new
from cases.programme import (
    BEFORE,
    WEEK,
    action_new,
    activity_new,
    campaign_new,
    communication_new,
    create_campaign,
    goal_new,
    people_of,
    play_edition,
    risk_new,
)
from peil.readiness.model import Mistake
from peil.readiness.texts import KINDS
from support.apis import Api, Rest, Speak
from support.personas import Cast

DAY = timedelta(days=1)


class Stage(NamedTuple):
    """Who acts in which campaign; `made` is for what a step has to remember."""

    cast: Cast
    campaign_id: str
    made: dict[str, Any]

    @property
    def hr(self) -> Api:
        return Rest(self.cast.hr)

    async def patch(self, **members: Any) -> None:
        (await self.hr.update_campaign(self.campaign_id, members, if_match="*")).must()


Step = Callable[[Stage], Awaitable[None]]
Body = Callable[[Stage], Awaitable[dict[str, Any]]]


class Scenario(NamedTuple):
    """How a finding comes about, the act it names, and how that is undone."""

    given: Step
    act: Step
    undo: Step


async def nothing(_: Stage) -> None:
    """A campaign that was just created has it."""


def patched(act: Body, given: Step = nothing) -> Scenario:
    """The act is a patch of the campaign, its undoing takes the same members away."""

    async def do(stage: Stage) -> None:
        stage.made["members"] = await act(stage)
        await stage.patch(**stage.made["members"])

    async def undo(stage: Stage) -> None:
        await stage.patch(**dict.fromkeys(stage.made["members"]))

    return Scenario(given, do, undo)


def swapped(bad: Body, good: Body) -> Scenario:
    """A patch brings it about, another one mends it."""

    async def spoil(stage: Stage) -> None:
        await stage.patch(**await bad(stage))

    async def mend(stage: Stage) -> None:
        await stage.patch(**await good(stage))

    return Scenario(spoil, mend, spoil)


def created(kind: str, body: Body, given: Step = nothing) -> Scenario:
    """The act creates something of the campaign, its undoing deletes it."""

    async def act(stage: Stage) -> None:
        made = (await stage.hr.call(f"create_{kind}", stage.campaign_id, await body(stage))).must()
        stage.made["id"] = made[f"{kind}Id"]

    async def undo(stage: Stage) -> None:
        (await stage.hr.call(f"delete_{kind}", stage.made["id"], if_match="*")).must()

    return Scenario(given, act, undo)


def planned(kind: str) -> Scenario:
    """The act plans a wave, its undoing cancels it."""

    async def act(stage: Stage) -> None:
        plan = await wave_new(stage.cast, kind=kind, campaignId=stage.campaign_id)
        stage.made["id"] = (await stage.hr.plan_wave(plan)).must()["waveId"]

    async def undo(stage: Stage) -> None:
        (await stage.hr.cancel_wave(stage.made["id"])).must()

    return Scenario(nothing, act, undo)


async def ask_otherwise(stage: Stage) -> None:
    """A baseline, and a post-measurement of which some blocks are the same."""
    plan = await wave_new(stage.cast, kind="baseline", campaignId=stage.campaign_id)
    stage.made["asked"] = (await stage.hr.plan_wave(plan)).must()["instrumentId"]
    other = (await instrument_of(stage.cast, "workload-energy-recovery-satisfaction"))["instrumentId"]
    post = (await stage.hr.plan_wave(plan | {"kind": "post", "instrumentId": other})).must()
    stage.made.update(post=post["waveId"], other=other)


async def ask_the_same(stage: Stage) -> None:
    (await stage.hr.update_wave(stage.made["post"], {"instrumentId": stage.made["asked"]}, if_match="*")).must()


async def ask_another(stage: Stage) -> None:
    (await stage.hr.update_wave(stage.made["post"], {"instrumentId": stage.made["other"]}, if_match="*")).must()


def budgeted(kind: str) -> Scenario:
    """A wave is planned and then the budget lowered; the act raises it again."""

    async def given(stage: Stage) -> None:
        plan = await wave_new(stage.cast, kind=kind, campaignId=stage.campaign_id)
        (await stage.hr.plan_wave(plan)).must()
        await undo(stage)

    async def act(stage: Stage) -> None:
        (await stage.hr.update_fatigue_budget({"items": 60}, if_match="*")).must()

    async def undo(stage: Stage) -> None:
        (await stage.hr.update_fatigue_budget({"items": 1}, if_match="*")).must()

    return Scenario(given, act, undo)


def routed(kind: str) -> Scenario:
    async def act(stage: Stage) -> None:
        made = (await stage.hr.create_support_route({"kind": kind, "name": kind, "contact": "x"})).must()
        stage.made["id"] = made["supportRouteId"]

    async def undo(stage: Stage) -> None:
        (await stage.hr.delete_support_route(stage.made["id"], if_match="*")).must()

    return Scenario(nothing, act, undo)


async def measure(stage: Stage, **changed: Any) -> str:
    """An action of the campaign; its id."""
    new = await action_new(stage.cast, campaignId=stage.campaign_id, **changed)
    return str((await stage.hr.create_action(new)).must()["actionId"])


async def change(stage: Stage, action_id: str, **members: Any) -> None:
    (await stage.hr.update_action(action_id, members, if_match="*")).must()


def measured(number: int, **changed: Any) -> Step:
    """So many actions of the campaign."""

    async def given(stage: Stage) -> None:
        stage.made["actions"] = [await measure(stage, **changed) for _ in range(number)]

    return given


async def one_more(stage: Stage) -> None:
    stage.made["id"] = await measure(stage)


async def stop_it(stage: Stage) -> None:
    await change(stage, stage.made["id"], state="stopped")


async def stop_one(stage: Stage) -> None:
    await change(stage, stage.made["actions"][0], state="stopped")


async def take_it_up(stage: Stage) -> None:
    await change(stage, stage.made["actions"][0], state="active")


async def name_the_risk(stage: Stage) -> None:
    risk = (await stage.hr.create_risk(risk_new())).must()
    await change(stage, stage.made["actions"][0], riskId=risk["riskId"])


async def forget_the_risk(stage: Stage) -> None:
    await change(stage, stage.made["actions"][0], riskId=None)


def team(*members: tuple[str, str]) -> Body:
    """A core team of (external id, position)."""

    async def of(stage: Stage) -> dict[str, Any]:
        people = await people_of(stage.cast)
        return {
            "coreTeam": [{"personId": people[name], "position": position, "part": None} for name, position in members]
        }

    return of


def members_of(**members: Any) -> Body:
    async def of(_: Stage) -> dict[str, Any]:
        return members

    return of


async def sponsor(stage: Stage) -> dict[str, Any]:
    return {"sponsorId": (await people_of(stage.cast))["board"]}


def goals(number: int) -> Body:
    async def of(stage: Stage) -> dict[str, Any]:
        return {"goals": [await goal_new(stage.cast)] * number}

    return of


async def goal_with_risk(stage: Stage) -> dict[str, Any]:
    risk = (await stage.hr.create_risk(risk_new())).must()
    return {"goals": [await goal_new(stage.cast, riskId=risk["riskId"])]}


def activity(kind: str, **changed: Any) -> Body:
    async def of(_: Stage) -> dict[str, Any]:
        return activity_new(kind, **changed)

    return of


def communication(kind: str, **changed: Any) -> Body:
    async def of(_: Stage) -> dict[str, Any]:
        return communication_new(kind, **changed)

    return of


async def workshop_for_sales(stage: Stage) -> None:
    new = activity_new("workshop", unitIds=[stage.cast.units["sales"]])
    (await stage.hr.create_activity(stage.campaign_id, new)).must()


async def workshop_for_care(stage: Stage) -> dict[str, Any]:
    return activity_new("workshop", unitIds=[stage.cast.units["care"]])


async def four_workshops(stage: Stage) -> None:
    for _ in range(4):
        await one_workshop(stage)


async def one_workshop(stage: Stage) -> None:
    made = (await stage.hr.create_activity(stage.campaign_id, activity_new("workshop", on=WEEK[1]))).must()
    stage.made["id"] = made["activityId"]


async def one_workshop_less(stage: Stage) -> None:
    (await stage.hr.delete_activity(stage.made["id"], if_match="*")).must()


def recorded(body: Callable[..., dict[str, Any]]) -> Scenario:
    """The act records a precondition until tomorrow; its term undoes it."""

    async def act(stage: Stage) -> None:
        today = await today_of(stage.cast)
        (await stage.hr.record_precondition(body(today, validUntil=(today + DAY).isoformat()))).must()

    async def undo(stage: Stage) -> None:
        await advance(stage.cast, days=2)

    return Scenario(nothing, act, undo)


async def ask_the_council(stage: Stage) -> None:
    request = {
        "policyVersion": 1,
        "mode": "split",
        "documentSha256": "0" * 64,
        "answerBy": (await today_of(stage.cast) + 30 * DAY).isoformat(),
    }
    stage.made["id"] = (await stage.hr.create_consent_request(request)).must()["consentRequestId"]


async def take_it_back(stage: Stage) -> None:
    (await stage.hr.cancel_consent_request(stage.made["id"])).must()


async def council_refuses(stage: Stage) -> None:
    await ask_the_council(stage)
    decision = {"decision": "refuse", "note": "Te weinig tijd."}
    (await Rest(stage.cast.works_council).decide_consent_request(stage.made["id"], decision)).must()


async def council_withdraws(stage: Stage) -> None:
    """What it entered itself, without having been asked."""
    council = Rest(stage.cast.works_council)
    given = (await council.record_consent(consent(await today_of(stage.cast)))).must()
    (await council.revoke_consent(given["preconditionId"])).must()


async def council_refuses_again(stage: Stage) -> None:
    await take_it_back(stage)
    await council_refuses(stage)


async def forgotten_check(stage: Stage) -> None:
    """An action that began 40 days ago, of which nobody did the first check."""
    began = await today_of(stage.cast) - 40 * DAY
    await measure(stage, startsOn=began.isoformat())
    await stage.cast.house.work()


async def do_the_check(stage: Stage) -> None:
    [check] = (await stage.hr.list_progress_checks()).must()["items"]
    (await stage.hr.complete_progress_check(check["progressCheckId"], {"result": "working"})).must()


async def forget_the_next(stage: Stage) -> None:
    await advance(stage.cast, days=30)


async def measure_without_metric(stage: Stage) -> None:
    hr, cast = stage.hr, stage.cast
    stage.made["campaign"], stage.made["wave"], _ = await play_edition(cast)
    stage.made["actions"] = [
        (await hr.create_action(await action_new(cast, campaignId=stage.campaign_id))).must()["actionId"]
    ]


async def give_a_metric(stage: Stage) -> None:
    aggregate = (await stage.hr.get_aggregate(stage.made["wave"], stage.cast.units["root"])).must()
    metric = {"waveId": stage.made["wave"], "block": aggregate["blocks"][0]["key"], "target": 90}
    await change(stage, stage.made["actions"][0], metric=metric)


async def take_the_metric(stage: Stage) -> None:
    await change(stage, stage.made["actions"][0], metric=None)


TEXTS = {"nl": "Omdat het beter kan.", "en": "Because it can be better."}
AFTER = WEEK[1] + 3 * DAY

SCENARIOS: dict[str, Scenario] = {
    "no-goal": patched(goals(1)),
    "too-many-goals": swapped(goals(3), goals(2)),
    "no-theme": patched(members_of(themes=["resilience"])),
    "too-many-themes": swapped(
        members_of(themes=["resilience", "prevention", "connection"]), members_of(themes=["resilience"])
    ),
    "no-criterion": patched(members_of(criteria=[{"kind": "participation", "atLeast": 70}])),
    "no-core-message": patched(members_of(coreMessage={"why": TEXTS, "whatWeWant": TEXTS, "whatWeExpect": TEXTS})),
    "no-sponsor": patched(sponsor),
    "no-risk": swapped(goals(1), goal_with_risk),
    "no-manager": patched(team(("manager", "manager"))),
    "no-ambassador": patched(team(("ambassador", "ambassador"))),
    "ambassadors-of-one-unit": swapped(
        team(("ambassador", "ambassador"), ("employee", "ambassador")),
        team(("ambassador", "ambassador"), ("council", "ambassador")),
    ),
    "late-start": swapped(
        members_of(
            dates={
                "preparationFrom": (WEEK[0] - 20 * DAY).isoformat(),
                "baselineFrom": (WEEK[0] - 19 * DAY).isoformat(),
            }
        ),
        members_of(dates={"preparationFrom": None, "baselineFrom": None}),
    ),
    "no-baseline": planned("baseline"),
    "no-post-measurement": planned("post"),
    "asked-too-much": budgeted("survey"),
    "post-asks-otherwise": Scenario(ask_otherwise, ask_the_same, ask_another),
    "no-kick-off": created("activity", activity("kick-off")),
    "no-recovery": created("activity", activity("breathing-break")),
    "no-evaluation": created("activity", activity("retro", on=AFTER)),
    "full-agenda": Scenario(four_workshops, one_workshop_less, one_workshop),
    "uneven-coverage": created("activity", workshop_for_care, workshop_for_sales),
    "no-invitation": created("communication", communication("invitation", on=BEFORE)),
    "no-manager-message": created("communication", communication("manager-letter", on=BEFORE)),
    "outcomes-not-shared": created("communication", communication("shared-follow-up", on=AFTER)),
    "no-action": Scenario(nothing, one_more, stop_it),
    "few-actions": Scenario(measured(2), one_more, stop_it),
    "many-actions": Scenario(measured(6), stop_one, take_it_up),
    "symptoms-only": Scenario(measured(1, level="individual"), one_more, stop_it),
    "action-without-risk": Scenario(measured(1), name_the_risk, forget_the_risk),
    "action-without-metric": Scenario(measure_without_metric, give_a_metric, take_the_metric),
    "progress-check-overdue": Scenario(forgotten_check, do_the_check, forget_the_next),
    "works-council-not-involved": Scenario(nothing, ask_the_council, take_it_back),
    "works-council-withdrew": Scenario(council_withdraws, ask_the_council, take_it_back),
    "works-council-refused": Scenario(council_refuses, ask_the_council, council_refuses_again),
    "no-dpia": recorded(dpia),
    "no-participant-notice": recorded(notice),
    "no-confidential-adviser": routed("confidential-adviser"),
    "no-reporting-route": routed("reporting-route"),
    "no-complaints-procedure": routed("complaints-procedure"),
    "no-prevention-officer": routed("prevention-officer"),
    "no-occupational-physician": routed("occupational-physician"),
}


MISTAKES: dict[Mistake, str] = {
    "M1": "no-baseline no-post-measurement action-without-metric",
    "M2": "no-goal too-many-goals no-action few-actions many-actions",
    "M3": "no-manager no-sponsor no-manager-message",
    "M4": "no-risk action-without-risk symptoms-only",
    "M5": "no-recovery full-agenda",
    "M6": "no-evaluation outcomes-not-shared progress-check-overdue",
}
"""The findings that belong to a common mistake; the others to none."""
MISTAKE_OF = {code: mistake for mistake, codes in MISTAKES.items() for code in codes.split()}

RESOURCES = {
    "/waves/": "asked-too-much post-asks-otherwise",
    "/actions/": "action-without-metric action-without-risk",
    "/progress-checks/": "progress-check-overdue",
    "/consent-requests": "works-council-not-involved works-council-refused works-council-withdrew",
    "/preconditions": "no-dpia no-participant-notice",
    "/support-routes": "no-confidential-adviser no-reporting-route no-complaints-procedure no-prevention-officer "
    "no-occupational-physician",
}
"""How the path begins of what a finding is about; of the others it is the campaign."""
RESOURCE_OF = {code: prefix for prefix, codes in RESOURCES.items() for code in codes.split()}


async def findings_of(api: Api, campaign_id: str, language: str = "en") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await api.get_readiness(campaign_id, language=language)).must()["findings"]
    return found


async def codes_of(api: Api, campaign_id: str) -> set[str]:
    return {finding["code"] for finding in await findings_of(api, campaign_id)}


@pytest.mark.parametrize("code", KINDS)
async def test_a_finding_goes_by_its_act_and_returns(speak: Speak, cast: Cast, code: str) -> None:
    """It is there, the act it names takes it away and no other, and undoing the act brings it back.

    Until then it names the mistake that it belongs to and what it is about, in both languages in whole sentences.
    """
    scenario, api = SCENARIOS[code], speak(cast.hr)
    stage = Stage(cast, await create_campaign(cast), {})
    await scenario.given(stage)
    told = [one for language in ("nl", "en") for one in await findings_of(api, stage.campaign_id, language)]
    before = {one["code"] for one in told}
    own = [one for one in told if one["code"] == code]

    await scenario.act(stage)
    after = await codes_of(api, stage.campaign_id)
    await scenario.undo(stage)
    again = await codes_of(api, stage.campaign_id)

    assert {code} == before - after
    assert before == again
    assert {MISTAKE_OF.get(code)} == {one["mistake"] for one in own}
    about = RESOURCE_OF.get(code, f"/campaigns/{stage.campaign_id}")
    assert all(one["resource"].startswith(about) for one in own)
    assert not any("{" in one["title"] + one["advice"] for one in own)


@pytest.mark.parametrize(
    ("code", "kind", "body", "on"),
    [
        ("no-recovery", "activity", activity("breathing-break"), AFTER),
        ("no-evaluation", "activity", activity("retro", on=AFTER), BEFORE),
        ("no-invitation", "communication", communication("invitation", on=BEFORE), AFTER),
        ("no-manager-message", "communication", communication("manager-letter", on=BEFORE), AFTER),
        ("outcomes-not-shared", "communication", communication("shared-follow-up", on=AFTER), BEFORE),
    ],
)
async def test_what_is_moved_out_of_its_time_counts_no_more(
    speak: Speak, cast: Cast, code: str, kind: str, body: Body, on: date
) -> None:
    """The act that a finding names undoes it in its time only: on another day the finding is there again."""
    api = speak(cast.hr)
    stage = Stage(cast, await create_campaign(cast), {})
    before = await codes_of(api, stage.campaign_id)

    await created(kind, body).act(stage)
    in_time = await codes_of(api, stage.campaign_id)
    (await api.call(f"update_{kind}", stage.made["id"], {"on": on.isoformat()}, if_match="*")).must()
    moved = await codes_of(api, stage.campaign_id)

    assert {code} == before - in_time
    assert before == moved


async def test_a_new_campaign_has_much_to_do(speak: Speak, cast: Cast) -> None:
    """At least ten different findings, all six common mistakes among them, the gravest first; each with advice."""
    campaign_id = await create_campaign(cast)
    found = (await speak(cast.hr).get_readiness(campaign_id, language="nl")).must()["findings"]
    severities = [("high", "medium", "low").index(one["severity"]) for one in found]

    assert len({one["code"] for one in found}) >= 10
    assert set(get_args(Mistake)) <= {one["mistake"] for one in found}
    assert sorted(severities) == severities
    assert all(one["title"].endswith(".") and one["advice"].endswith(".") for one in found)
    assert all((one["mistake"] is None) == (one["mistakeTitle"] is None) for one in found)


async def test_readiness_is_told_in_the_callers_language(speak: Speak, standing: Cast) -> None:
    """Dutch and English; the codes are the same."""
    campaign_id = await create_campaign(standing)
    told = {
        language: (await speak(standing.hr).get_readiness(campaign_id, language=language)).must()["findings"]
        for language in ("nl", "en")
    }

    assert [one["code"] for one in told["nl"]] == [one["code"] for one in told["en"]]
    assert not {one["title"] for one in told["nl"]} & {one["title"] for one in told["en"]}


async def test_a_manager_is_told_about_the_own_units(speak: Speak, cast: Cast) -> None:
    """What is missing for `field`, which is under `sales`; nothing about `care` and nothing about the campaign."""
    stage = Stage(cast, await create_campaign(cast), {})
    own = await measure(stage, title="Own", level="team", unitId=cast.units["field"])
    await measure(stage, title="Other", level="team", unitId=cast.units["care"])
    found = (await speak(cast.manager).get_readiness(stage.campaign_id)).must()["findings"]

    assert {f"/actions/{own}"} == {one["resource"] for one in found}
    assert {cast.units["field"]} == {one["unitId"] for one in found}


async def test_an_employee_is_not_told(speak: Speak, cast: Cast) -> None:
    """It is for those who plan."""
    campaign_id = await create_campaign(cast)

    assert "denied" == (await speak(cast.employee).get_readiness(campaign_id)).word


async def test_gates_that_were_passed_are_no_findings(speak: Speak, cast: Cast) -> None:
    """Consent, DPIA and notice as waves need them."""
    campaign_id = await create_campaign(cast)
    await pass_gates(cast, Rest(cast.hr), Rest(cast.works_council))
    left = await codes_of(speak(cast.hr), campaign_id)

    assert not {"works-council-not-involved", "no-dpia", "no-participant-notice"} & left


async def test_what_was_not_sent_told_nobody(speak: Speak, cast: Cast) -> None:
    """An item whose day is over counts once it was sent."""
    hr, soon = Rest(cast.hr), await today_of(cast) + 20 * DAY
    new = campaign_new(year=soon.year, weekFrom=soon.isoformat(), weekTo=soon.isoformat())
    campaign_id = (await hr.create_campaign(new)).must()["campaignId"]
    told = communication_new("invitation", on=soon - DAY)
    item = (await hr.create_communication(campaign_id, told)).must()["communicationId"]
    found = [await codes_of(speak(cast.hr), campaign_id)]
    await advance(cast, days=21)
    found.append(await codes_of(speak(cast.hr), campaign_id))
    (await hr.update_communication(item, {"state": "sent"}, if_match="*")).must()
    found.append(await codes_of(speak(cast.hr), campaign_id))

    assert [False, True, False] == ["no-invitation" in codes for codes in found]


async def test_a_support_route_that_is_over_is_none(speak: Speak, cast: Cast) -> None:
    """From its first day no more on."""
    campaign_id, tomorrow = await create_campaign(cast), await today_of(cast) + DAY
    route = {"kind": "reporting-route", "name": "x", "contact": "y", "validUntil": tomorrow.isoformat()}
    (await Rest(cast.hr).create_support_route(route)).must()
    before = await codes_of(speak(cast.hr), campaign_id)
    await advance(cast, days=1)
    after = await codes_of(speak(cast.hr), campaign_id)

    assert [False, True] == ["no-reporting-route" in codes for codes in (before, after)]


async def test_a_late_campaign_says_so(speak: Speak, cast: Cast) -> None:
    """Created within six weeks of its week."""
    soon = (await time_of(cast)).date() + 20 * DAY
    new = campaign_new(year=soon.year, weekFrom=soon.isoformat(), weekTo=soon.isoformat())
    campaign_id = (await Rest(cast.hr).create_campaign(new)).must()["campaignId"]

    assert "late-start" in await codes_of(speak(cast.hr), campaign_id)
