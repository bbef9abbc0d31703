"""What became of a campaign, and what is next: the same story for HR and, of the own team, for its manager."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from cases.measuring import instrument_of, pass_gates, today_of
from cases.programme import (
    BEFORE,
    WEEK,
    action_new,
    activity_new,
    block_of,
    campaign_new,
    communication_new,
    create_campaign,
    goal_new,
    play_edition,
    play_wave,
)
from support.apis import GraphQL, Rest, Speak
from support.house import House
from support.personas import Cast, add_crowd, cast_of
from support.statements import count_statements

DAY = timedelta(days=1)
Played = tuple[Cast, str, str, str]


@pytest.fixture(scope="session")
async def played(house: House) -> Played:
    """An edition with a baseline and a post-measurement of the same answers: cast, campaign and the two waves."""
    cast = await cast_of(await house.employer("Editie BV"))
    instrument = await instrument_of(cast)
    other = await instrument_of(cast, "workload-energy-recovery-satisfaction")
    asked = {"instrumentId": instrument["instrumentId"], "block": block_of(instrument)}
    elsewhere = {"instrumentId": other["instrumentId"], "block": "energy"}
    goal = await goal_new(cast)
    campaign_id, baseline, post = await play_edition(
        cast,
        goals=[
            goal | {"title": "within reach", "target": 40},
            goal | {"title": "far", "target": 90},
            goal | {"title": "many", "metric": {"kind": "participation", "waveKind": "post"}, "target": 60},
            goal | {"title": "pulses", "metric": {"kind": "participation", "waveKind": "pulse"}},
        ],
        criteria=[
            {"kind": "participation", "atLeast": 70},
            {"kind": "score", "atLeast": 99} | asked,
            {"kind": "score", "atLeast": 10} | elsewhere,
            {"kind": "change", "atLeast": 5} | asked,
            {"kind": "change", "atLeast": 5} | elsewhere,
        ],
    )
    return cast, campaign_id, baseline, post


async def test_an_edition_is_judged_by_its_releases(speak: Speak, played: Played) -> None:
    """Met, not met, not measurable: of each criterion and goal, with the value and in words."""
    cast, campaign_id, baseline, post = played
    hr = speak(cast.hr)
    tops = [(await hr.get_aggregate(wave_id, cast.units["root"])).must() for wave_id in (baseline, post)]
    key = block_of(await instrument_of(cast))
    means = [block["cell"]["mean"] for top in tops for block in top["blocks"] if block["key"] == key]

    evaluation = (await hr.get_evaluation(campaign_id)).must()

    assert [(baseline, "baseline"), (post, "post")] == [(one["waveId"], one["kind"]) for one in evaluation["waves"]]
    assert [top["response"]["rate"] for top in tops] == [one["rate"] for one in evaluation["waves"]]
    assert [
        ("met", 100.0),
        ("not-met", means[1]),
        ("not-measurable", None),
        ("not-met", 0.0),
        ("not-measurable", None),
    ] == [(one["verdict"], one["value"]) for one in evaluation["criteria"]]
    assert [
        ("met", means[0], means[1]),
        ("not-met", means[0], means[1]),
        ("met", None, 100.0),
        ("not-measurable", None, None),
    ] == [(one["verdict"], one["baseline"], one["current"]) for one in evaluation["goals"]]
    change = (await hr.get_change(post, cast.units["root"])).must()
    assert change["blocks"] == evaluation["changes"]


@pytest.fixture(scope="session")
async def risen(house: House) -> Played:
    """An edition of more than a hundred people whose answers were better after it: cast, campaign, two waves."""
    cast = await cast_of(await house.employer("Beter BV"))
    await add_crowd(cast.hr, root=12, sales=20, field=80)
    await pass_gates(cast, Rest(cast.hr), Rest(cast.works_council))
    goal = await goal_new(cast)
    block = {name: goal["metric"][name] for name in ("instrumentId", "block")}
    campaign_id = await create_campaign(
        cast,
        year=(await today_of(cast)).year,
        goals=[goal | {"target": 70}, goal | {"target": 95}],
        criteria=[{"kind": "change", "atLeast": least} | block for least in (10, 60)],
    )
    baseline = await play_wave(cast, "baseline", points=(2, 3), campaignId=campaign_id)
    post = await play_wave(cast, "post", points=(4, 5), campaignId=campaign_id)
    return cast, campaign_id, baseline, post


async def test_a_rise_that_is_no_chance_is_a_success(speak: Speak, risen: Played) -> None:
    """Of more than a hundred people each time, with a signal; a goal is met by the newest value, not by the first."""
    cast, campaign_id, baseline, post = risen
    hr, root = speak(cast.hr), cast.units["root"]
    before, after = [(await hr.get_aggregate(one, root)).must()["blocks"][0]["cell"] for one in (baseline, post)]
    evaluation = (await hr.get_evaluation(campaign_id, language="en")).must()
    change = evaluation["changes"][0]["cell"]

    assert (True, True) == (min(before["n"], after["n"]) >= 100, before["mean"] + 10 < after["mean"] < 95)
    assert ("clear-signal", round(after["mean"] - before["mean"], 2)) == (change["label"], change["difference"])
    assert [("met", change["difference"]), ("not-met", change["difference"])] == [
        (one["verdict"], one["value"]) for one in evaluation["criteria"]
    ]
    assert [("met", before["mean"], after["mean"]), ("not-met", before["mean"], after["mean"])] == [
        (one["verdict"], one["baseline"], one["current"]) for one in evaluation["goals"]
    ]


async def test_a_metric_moves_on_from_its_start(speak: Speak, risen: Played) -> None:
    """The start value stays that of the baseline, the current one is that of the post-measurement."""
    cast, _, baseline, post = risen
    hr, root = speak(cast.hr), cast.units["root"]
    before, after = [(await hr.get_aggregate(one, root)).must()["blocks"][0] for one in (baseline, post)]
    metric = {"waveId": baseline, "block": before["key"], "target": 95}

    shown = (await hr.create_action(await action_new(cast, metric=metric))).must()["metric"]

    assert before["cell"]["mean"] != after["cell"]["mean"]
    assert (before["cell"]["mean"], after["cell"]["mean"]) == (shown["startValue"], shown["current"]["value"])


async def test_the_verdict_is_told_in_the_callers_language(speak: Speak, played: Played) -> None:
    """Numbers as the language writes them, and the sentence beside every figure."""
    cast, campaign_id, *_ = played
    told = {
        language: (await speak(cast.hr).get_evaluation(campaign_id, language=language)).must()
        for language in ("nl", "en")
    }

    assert {
        "nl": ("Gehaald: 100,0.", "Niet gehaald: 0,0."),
        "en": ("Met: 100.0.", "Not met: 0.0."),
    } == {language: (one["criteria"][0]["text"], one["criteria"][3]["text"]) for language, one in told.items()}
    assert ["Trend = signaal, geen diagnose.", "Trend = signal, not a diagnosis."] == [
        told[language]["notice"] for language in ("nl", "en")
    ]


async def test_a_post_measurement_comes_after_its_baseline(speak: Speak, cast: Cast) -> None:
    """Where the baseline was taken later there is no change to tell."""
    goal = await goal_new(cast)
    block = {name: goal["metric"][name] for name in ("instrumentId", "block")}
    campaign_id, *_ = await play_edition(cast, criteria=[{"kind": "change", "atLeast": 5} | block])
    await play_wave(cast, "baseline", campaignId=campaign_id)

    evaluation = (await speak(cast.hr).get_evaluation(campaign_id)).must()

    assert ([], "not-measurable") == (evaluation["changes"], evaluation["criteria"][0]["verdict"])


async def test_before_anything_was_released(speak: Speak, cast: Cast) -> None:
    """Nothing can be said, and it says why."""
    criteria = [{"kind": "participation", "atLeast": 70}]
    goal = await goal_new(cast)
    block = {name: goal["metric"][name] for name in ("instrumentId", "block")}
    criteria.append({"kind": "change", "atLeast": 5} | block)
    campaign_id = await create_campaign(cast, goals=[goal], criteria=criteria)

    evaluation = (await speak(cast.hr).get_evaluation(campaign_id, language="en")).must()

    assert ([], []) == (evaluation["waves"], evaluation["changes"])
    assert [
        "Not measurable: there is no released post-measurement yet.",
        "Not measurable: there is no released baseline.",
    ] == [one["text"] for one in evaluation["criteria"]]
    assert ["not-measurable"] == [one["verdict"] for one in evaluation["goals"]]
    assert (WEEK[1] + 7 * DAY).isoformat() == evaluation["dueOn"]


async def test_everybody_sees_the_same_verdict(speak: Speak, played: Played) -> None:
    """The figures are those of the whole organisation; only what one may not read is left out."""
    cast, campaign_id, *_ = played
    hr, manager, employee, adviser = [
        (await speak(persona).get_evaluation(campaign_id, language="en")).must()
        for persona in (cast.hr, cast.manager, cast.employee, cast.confidential_adviser)
    ]

    for other in (manager, employee):
        assert hr["criteria"] == other["criteria"]
        assert hr["changes"] == other["changes"]
    assert (True, False) == (hr["actions"] is not None, adviser["actions"] is not None)


@pytest.fixture(scope="session")
async def partly(house: House) -> tuple[Cast, str, dict[str, Any]]:
    """An edition that ended with two waves which asked only `care`, and its evaluation before those."""
    cast = await cast_of(await house.employer("Deels BV"))
    goal, survey = await goal_new(cast), await instrument_of(cast, "employee-survey")
    asked = {name: goal["metric"][name] for name in ("instrumentId", "block")}
    elsewhere = {"instrumentId": survey["instrumentId"], "block": "workload"}
    campaign_id, *_ = await play_edition(
        cast,
        goals=[goal, goal | {"metric": {"kind": "participation", "waveKind": "post"}, "target": 60}],
        criteria=[
            {"kind": "participation", "atLeast": 70},
            {"kind": "score", "atLeast": 40} | asked,
            {"kind": "change", "atLeast": 5} | asked,
            {"kind": "change", "atLeast": 5} | elsewhere,
        ],
    )
    before = (await Rest(cast.hr).get_evaluation(campaign_id, language="en")).must()
    await add_crowd(cast.hr, care=12)
    for kind in ("post", "pulse"):
        part: dict[str, Any] = {"unitIds": [cast.units["care"]], "name": f"{kind} of care"}
        await play_wave(cast, kind, share=0.8, campaignId=campaign_id, **part)
    return cast, campaign_id, before


@pytest.mark.parametrize("who", ["hr", "ambassador", "manager", "employee"])
async def test_an_edition_is_not_judged_by_a_part(
    speak: Speak, partly: tuple[Cast, str, dict[str, Any]], who: str
) -> None:
    """A newer wave that asked one unit only changes no verdict, for who may see it as little as for who may not."""
    cast, campaign_id, before = partly
    after = (await speak(cast.in_role(who)).get_evaluation(campaign_id, language="en")).must()

    assert ["baseline", "post"] == [wave["kind"] for wave in after["waves"]]
    for part in ("waves", "changes", "goals", "criteria"):
        assert before[part] == after[part]


async def test_a_change_is_of_the_same_questions(speak: Speak, partly: tuple[Cast, str, dict[str, Any]]) -> None:
    """A block of another instrument is not the one that was asked, though it has the same key."""
    cast, campaign_id, _ = partly
    asked, other = (await speak(cast.hr).get_evaluation(campaign_id, language="en")).must()["criteria"][2:]

    assert asked["block"] == other["block"] == "workload"
    assert "not-met" == asked["verdict"]
    assert ("not-measurable", None, "Not measurable: the questions were different.") == tuple(
        other[name] for name in ("verdict", "value", "text")
    )


async def test_fewer_than_half_say_nothing_about_all(speak: Speak, cast: Cast) -> None:
    """A score and a goal are not measured by them; how many took part is known all the same."""
    goal, reason = await goal_new(cast), "Not measurable: fewer than half answered."
    asked = {name: goal["metric"][name] for name in ("instrumentId", "block")}
    criteria = [{"kind": "score", "atLeast": 10} | asked, {"kind": "participation", "atLeast": 70}]
    year = (await today_of(cast)).year
    campaign_id = await create_campaign(cast, year=year, goals=[goal | {"target": 10}], criteria=criteria)
    await add_crowd(cast.hr, root=12, sales=14, field=14)
    await pass_gates(cast, Rest(cast.hr), Rest(cast.works_council))
    await play_wave(cast, "post", share=0.4, campaignId=campaign_id)

    evaluation = (await speak(cast.hr).get_evaluation(campaign_id, language="en")).must()
    [wave], [aim], [score, participation] = (evaluation[name] for name in ("waves", "goals", "criteria"))

    assert 10 <= wave["respondents"] < wave["invited"] / 2
    assert ("not-measurable", None, reason) == (score["verdict"], score["value"], score["text"])
    assert ("not-measurable", None, reason) == (aim["verdict"], aim["current"], aim["text"])
    assert ("not-met", wave["rate"]) == (participation["verdict"], participation["value"])


async def test_actions_are_counted_by_state(speak: Speak, cast: Cast) -> None:
    """Of the campaign; for a manager those of everyone and of the own units."""
    hr, campaign_id = Rest(cast.hr), await create_campaign(cast)
    for unit, state in ((None, "active"), ("field", "planned"), ("care", "planned")):
        new = await action_new(cast, campaignId=campaign_id, unitId=unit and cast.units[unit], state=state)
        (await hr.create_action(new)).must()
    counts = [
        (await speak(persona).get_evaluation(campaign_id)).must()["actions"] for persona in (cast.hr, cast.manager)
    ]

    assert [(2, 1), (1, 1)] == [(one["planned"], one["active"]) for one in counts]


async def timeline_of(speak: Speak, persona: Any, campaign_id: str) -> list[tuple[str, str, str]]:
    entries = (await speak(persona).get_timeline(campaign_id, language="en")).must()["entries"]
    assert sorted(entries, key=lambda entry: (entry["from"], entry["to"])) == entries
    return [(entry["kind"], entry["title"], entry["state"]) for entry in entries]


def titles(entries: Sequence[tuple[str, str, str]], kind: str) -> list[str]:
    return [title for one, title, _ in entries if one == kind]


async def test_the_timeline_tells_what_was_and_what_is_next(speak: Speak, cast: Cast) -> None:
    """Phases, agenda, communication, deadlines and checks by day: past, now, overdue and to come."""
    hr, today = Rest(cast.hr), await today_of(cast)
    new = campaign_new(year=today.year, weekFrom=today.isoformat(), weekTo=(today + DAY).isoformat())
    campaign_id = (await hr.create_campaign(new)).must()["campaignId"]
    for on in (today - DAY, today + 2 * DAY):
        (await hr.create_activity(campaign_id, activity_new(on=on, title=f"{(on - today).days:+}"))).must()
    (await hr.create_communication(campaign_id, communication_new(on=today - DAY, title="forgotten"))).must()
    action = await action_new(
        cast,
        campaignId=campaign_id,
        title="late",
        startsOn=(today - 40 * DAY).isoformat(),
        deadline=(today - DAY).isoformat(),
    )
    (await hr.create_action(action)).must()
    await cast.house.work()

    entries = await timeline_of(speak, cast.hr, campaign_id)

    assert ["Preparation", "Baseline", "The week", "Evaluation"] == titles(entries, "phase")[:4]
    assert {
        ("phase", "The week", "now"),
        ("phase", "After 30 days", "to-come"),
        ("activity", "-1", "past"),
        ("activity", "+2", "to-come"),
        ("communication", "forgotten", "overdue"),
        ("deadline", "late", "overdue"),
        ("progress-check", "After 30 days: late", "overdue"),
        ("progress-check", "After 60 days: late", "to-come"),
    } <= set(entries)


async def test_the_timeline_is_for_whom_it_concerns(speak: Speak, cast: Cast) -> None:
    """A manager has what is for everyone and for the own units, and what was sent."""
    hr, campaign_id = Rest(cast.hr), await create_campaign(cast)
    for unit in ("field", "care"):
        unit_ids = [cast.units[unit]]
        (await hr.create_activity(campaign_id, activity_new(title=unit, unitIds=unit_ids))).must()
        new = await action_new(cast, campaignId=campaign_id, title=unit, unitId=unit_ids[0])
        (await hr.create_action(new)).must()
    (await hr.create_communication(campaign_id, communication_new(on=BEFORE, title="secret"))).must()
    seen = {
        name: await timeline_of(speak, persona, campaign_id)
        for name, persona in (("hr", cast.hr), ("manager", cast.manager), ("adviser", cast.confidential_adviser))
    }

    assert ["field", "care"] == titles(seen["hr"], "activity")
    assert {"field", "After 30 days: field"} == {title for kind, title, _ in seen["manager"] if kind != "phase"}
    assert {"activity", "phase", "communication"} == {kind for kind, *_ in seen["adviser"]}


async def test_a_manager_reads_the_story_of_the_own_team(speak: Speak, played: Played) -> None:
    """Campaign, own figures and those above, change, actions: nothing of another team, in any of them."""
    cast, campaign_id, _, post = played
    hr, manager = Rest(cast.hr), speak(cast.manager)
    for unit in ("sales", "care"):
        new = await action_new(cast, campaignId=campaign_id, title=f"for {unit}", unitId=cast.units[unit])
        (await hr.create_action(new)).must()

    campaign = (await manager.get_campaign(campaign_id)).must()
    units = [(await manager.call(name, post)).must()["items"] for name in ("list_aggregates", "list_changes")]
    actions = (await manager.list_actions(campaign=campaign_id)).must()["items"]
    readiness = (await manager.get_readiness(campaign_id)).must()["findings"]
    story = f"{campaign} {units} {actions} {readiness} {await timeline_of(speak, cast.manager, campaign_id)}"

    assert [{"root", "sales", "field"}] * 2 == [{one["name"] for one in listed} for listed in units]
    assert {"for sales"} == {one["title"] for one in actions}
    assert cast.units["care"] not in story
    assert "for care" not in story


STORY = """query($c: UUID!) { campaign(campaignId: $c) { ... on Campaign { name
  waves { ... on WaveListing { items { name } } }
  actions { ... on ActionListing { items { title
    progressChecks { ... on ProgressCheckListing { items { kind state } } } } } } } } }"""


async def test_one_query_tells_the_story(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A campaign with its waves and actions in one query, in as many statements however many there are."""
    hr = GraphQL(cast.hr)
    campaign_id = await create_campaign(cast, year=(await today_of(cast)).year)
    began = (await today_of(cast) - 61 * DAY).isoformat()
    found, counted, statements = [], [], count_statements(monkeypatch)
    for more in (1, 5):
        for _ in range(more):
            new = await action_new(cast, campaignId=campaign_id, startsOn=began)
            (await Rest(cast.hr).create_action(new)).must()
        await cast.house.work()
        statements.clear()
        answer = await hr.send({"query": STORY, "variables": {"c": campaign_id}})
        found.append(answer.json()["data"]["campaign"])
        # What is asked at the same time may come in any order.
        counted.append(sorted(statements))

    assert [2] * 6 == [len(one["progressChecks"]["items"]) for one in found[1]["actions"]["items"]]
    assert counted[0] == counted[1]


async def test_lists_in_lists_cost_what_they_may_hold(cast: Cast) -> None:
    """Nobody says beforehand how long a list without pages is, so each one counts for many."""
    inner = "progressChecks { ... on ProgressCheckListing { items { kind } } }"
    many = f"actions {{ ... on ActionListing {{ items {{ {inner} }} }} }}"
    query = f"{{ campaigns(first: %d) {{ ... on CampaignConnection {{ edges {{ node {{ {many} }} }} }} }} }}"
    answers = [(await GraphQL(cast.hr).send({"query": query % first})).json() for first in (10, 100)]
    codes = [[error["extensions"]["code"] for error in answer.get("errors", [])] for answer in answers]

    assert [[], ["cost-exceeded"]] == codes


async def test_what_does_not_exist_is_not_found(speak: Speak, standing: Cast) -> None:
    """Of a campaign that is none there is nothing to tell."""
    hr, nothing = speak(standing.hr), str(uuid4())
    words = [(await hr.call(name, nothing)).word for name in ("get_readiness", "get_timeline", "get_evaluation")]

    assert ["not-found"] * 3 == words


async def test_a_wave_is_compared_within_its_campaign(speak: Speak, cast: Cast) -> None:
    """Without another word against the baseline of its own campaign, though a newer one stands apart."""
    campaign_id, baseline, _ = await play_edition(cast)
    apart = await play_wave(cast, "baseline")
    within = await play_wave(cast, "post", campaignId=campaign_id)
    alone = await play_wave(cast, "post")
    against = [
        (await speak(cast.hr).get_change(wave_id, cast.units["root"])).must()["against"] for wave_id in (within, alone)
    ]

    assert [baseline, apart] == against
