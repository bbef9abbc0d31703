"""What is of a unit beside the caller's does not exist for the caller, whichever way it is asked for."""

from datetime import date, timedelta
from typing import Any, NamedTuple

import httpx
import msgspec
import pytest

from cases.measuring import today_of, wave_new
from cases.programme import (
    action_new,
    activity_new,
    communication_new,
    create_campaign,
    play_edition,
    play_wave,
    risk_new,
)
from support.apis import Api, GraphQL, Rest, Speak, application_with_documents, id_of_document
from support.house import PUBLIC_URL, House, Persona
from support.personas import Cast, add_crowd, cast_of

BESIDE = ("manager", "employee")
"""Who is not of `care`: the manager leads `sales`, the employee works in `field` beneath it."""


class Kind(NamedTuple):
    """How something is asked for, alone and among others."""

    alone: str
    among: str
    member: str
    is_of_campaign: bool = False


KINDS = {
    "action": Kind("get_action", "list_actions", "actionId"),
    "progress check": Kind("get_progress_check", "list_progress_checks", "progressCheckId"),
    "activity": Kind("get_activity", "list_activities", "activityId", is_of_campaign=True),
    "risk": Kind("get_risk", "list_risks", "riskId"),
    "communication": Kind("get_communication", "list_communications", "communicationId", is_of_campaign=True),
    "wave": Kind("get_wave", "list_waves", "waveId"),
}


class Apart(NamedTuple):
    """A campaign with one thing of each kind that is of `care` alone; their ids by kind, of some also for everyone."""

    cast: Cast
    campaign_id: str
    of_care: dict[str, str]
    for_all: dict[str, str]

    def told_in(self, story: Any) -> set[str]:
        """What the JSON of `story` tells about the action and the wave of `care`."""
        text = msgspec.json.encode(story).decode()
        ids = [self.of_care[kind] for kind in ("action", "progress check", "wave")]
        return {one for one in ("measure of care", "wave of care", self.cast.units["care"], *ids) if one in text}


@pytest.fixture(scope="session")
async def apart(house: House) -> Apart:
    """An edition that was measured, and besides it what is of `care`, where enough people work to be measured alone."""
    cast = await cast_of(await house.employer("Apart BV"))
    hr, care = Rest(cast.hr), cast.units["care"]
    campaign_id, *_ = await play_edition(cast)
    await add_crowd(cast.hr, care=12)
    wave_id = await play_wave(cast, "pulse", campaignId=campaign_id, unitIds=[care], name="wave of care")
    await hr.plan_wave(await wave_new(cast, campaignId=campaign_id, name="wave for all"))
    on = date.fromisoformat((await hr.get_campaign(campaign_id)).must()["weekFrom"])
    began = (await today_of(cast) - timedelta(days=31)).isoformat()
    actions = {}
    for title, unit_id in (("measure of care", care), ("measure for all", None)):
        new = await action_new(cast, title=title, unitId=unit_id, campaignId=campaign_id, startsOn=began)
        actions[title] = (await hr.create_action(new)).must()["actionId"]
    await house.work()
    checks = {one["actionId"]: one["progressCheckId"] for one in (await hr.list_progress_checks()).must()["items"]}
    activity = (await hr.create_activity(campaign_id, activity_new(on=on, unitIds=[care]))).must()
    planned = (await hr.create_communication(campaign_id, communication_new(on=on))).must()
    of_care = {
        "action": actions["measure of care"],
        "progress check": checks[actions["measure of care"]],
        "activity": activity["activityId"],
        "risk": (await hr.create_risk(risk_new(unitIds=[care]))).must()["riskId"],
        "communication": planned["communicationId"],
        "wave": wave_id,
    }
    return Apart(cast, campaign_id, of_care, {"action": actions["measure for all"]})


async def narrowed(cast: Cast, scope: str) -> Persona:
    """A client in HR's role with a token for these scopes only."""
    administrator = cast.administrator
    made = await administrator.must(
        administrator.post(f"/employers/{cast.employer_id}/clients", {"name": "narrow", "roles": ["hr"]})
    )
    token = await cast.house.sign_in(made["clientId"], made["clientSecret"], scope)
    return Persona(cast.house.http, token, cast.employer_id)


async def seen_by(api: Api, apart: Apart, name: str) -> tuple[str, bool]:
    """What asking for a thing of `care` answers, and whether it is in the list."""
    kind = KINDS[name]
    listed = await api.call(kind.among, *([apart.campaign_id] if kind.is_of_campaign else []))
    ids = {one[kind.member] for one in listed.must()["items"]}
    return (await api.call(kind.alone, apart.of_care[name])).word, apart.of_care[name] in ids


@pytest.mark.parametrize("name", KINDS)
async def test_what_is_of_another_unit_does_not_exist(speak: Speak, apart: Apart, name: str) -> None:
    """For who is beside it, alone and in the list; for HR it does. A planned message is for those who plan."""
    seen = {who: await seen_by(speak(apart.cast.in_role(who)), apart, name) for who in ("hr", *BESIDE)}

    assert {"hr": ("ok", True)} | dict.fromkeys(BESIDE, ("not-found", False)) == seen


@pytest.mark.parametrize(
    ("operation", "name", "body"),
    [
        ("update_action", "action", {"title": "Mine"}),
        ("complete_progress_check", "progress check", {"result": "working"}),
        ("update_activity", "activity", {"host": "I"}),
        ("delete_activity", "activity", None),
    ],
)
async def test_what_is_of_another_unit_cannot_be_changed(
    speak: Speak, apart: Apart, operation: str, name: str, body: dict[str, str] | None
) -> None:
    """A manager is told that there is no such thing, and it stays as it was."""
    hr, given = Rest(apart.cast.hr), [] if body is None else [body]
    matching = {} if operation == "complete_progress_check" else {"if_match": "*"}
    before = (await hr.call(KINDS[name].alone, apart.of_care[name])).must()

    outcome = await speak(apart.cast.manager).call(operation, apart.of_care[name], *given, **matching)
    after = (await hr.call(KINDS[name].alone, apart.of_care[name])).must()

    assert "not-found" == outcome.word
    assert before == after


@pytest.mark.parametrize("unit", [None, "field", "sales"])
async def test_what_is_for_everyone_is_not_a_managers_to_change(speak: Speak, apart: Apart, unit: str | None) -> None:
    """Neither to keep it for everyone nor to move it to the own units."""
    patch = {"title": "Mine"} | ({} if unit is None else {"unitId": apart.cast.units[unit]})

    outcome = await speak(apart.cast.manager).update_action(apart.for_all["action"], patch, if_match="*")
    kept = (await Rest(apart.cast.hr).get_action(apart.for_all["action"])).must()

    assert ("denied", "not-your-units") == (outcome.word, outcome.code)
    assert ("measure for all", None) == (kept["title"], kept["unitId"])


EDGES = """query edges($c: UUID!) { campaign(campaignId: $c) { ... on Campaign {
  waves { ... on WaveListing { items { waveId name unitIds } } }
  actions { ... on ActionListing { items { actionId title unitId
    progressChecks { ... on ProgressCheckListing { items { progressCheckId actionId } } } } } } } } }"""


@pytest.mark.parametrize("who", ["hr", *BESIDE])
async def test_the_edges_of_a_campaign_lead_to_no_other_unit(apart: Apart, who: str) -> None:
    """Neither to what `care` does nor to a wave that asks only `care`, but for HR."""
    persona, of_care = apart.cast.in_role(who), who == "hr"
    transport = httpx.ASGITransport(app=application_with_documents(apart.cast.house.parts, EDGES))
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as http:
        api = GraphQL(Persona(http, persona.token, persona.employer_id))
        answer = await api.send({"documentId": id_of_document(EDGES), "variables": {"c": apart.campaign_id}})
    campaign = answer.json()["data"]["campaign"]
    actions = {one["title"]: len(one["progressChecks"]["items"]) for one in campaign["actions"]["items"]}
    waves = sorted(one["name"] for one in campaign["waves"]["items"])

    assert {"measure for all": 1} | ({"measure of care": 1} if of_care else {}) == actions
    assert ["Puls", "Puls", "wave for all", *(["wave of care"] if of_care else [])] == waves
    assert of_care == bool(apart.told_in(campaign))


STORIES = ("get_timeline", "get_readiness", "get_evaluation")


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("who", ["ambassador", "confidential_adviser"])
async def test_who_sees_all_campaigns_sees_no_more_in_them(speak: Speak, apart: Apart, who: str, story: str) -> None:
    """An ambassador has actions and waves of the own units, an adviser has none: the campaign's story tells no more."""
    told = (await speak(apart.cast.in_role(who)).call(story, apart.campaign_id)).must()

    assert set() == apart.told_in(told)


async def test_hr_is_told_what_others_are_not(speak: Speak, apart: Apart) -> None:
    """The same stories name the action and the wave of `care` to who may see them."""
    told = [apart.told_in((await speak(apart.cast.hr).call(one, apart.campaign_id)).must()) for one in STORIES[:2]]

    assert {"measure of care", "wave of care"} <= told[0]
    assert {"measure of care", apart.cast.units["care"]} <= told[1]


async def test_actions_are_counted_as_they_are_seen(speak: Speak, apart: Apart) -> None:
    """HR counts both; an ambassador, like any employee, what is for everyone; an adviser none."""
    counted = {
        who: (await speak(apart.cast.in_role(who)).get_evaluation(apart.campaign_id)).must()["actions"]
        for who in ("hr", "ambassador", "employee", "confidential_adviser")
    }

    assert {"hr": 2, "ambassador": 1, "employee": 1, "confidential_adviser": None} == {
        who: None if states is None else sum(states.values()) for who, states in counted.items()
    }


@pytest.mark.parametrize("story", ["get_timeline", "get_readiness"])
async def test_a_narrow_token_tells_of_no_action(speak: Speak, apart: Apart, story: str) -> None:
    """Of what its scopes do not name, a client in HR's role hears neither title nor id."""
    client = await narrowed(apart.cast, "readiness:read campaigns:read")

    told = (await speak(client).call(story, apart.campaign_id)).must()

    assert set() == apart.told_in(told)
    assert "measure for all" not in msgspec.json.encode(told).decode()


async def test_an_evaluation_is_for_who_may_read_figures(speak: Speak, apart: Apart) -> None:
    """Before there are any as well as after: a refusal that depends on it would tell that there are."""
    unmeasured = await create_campaign(apart.cast)
    client = await narrowed(apart.cast, "readiness:read campaigns:read")
    words = [(await speak(client).get_evaluation(one)).word for one in (unmeasured, apart.campaign_id)]

    assert ["denied", "denied"] == words
