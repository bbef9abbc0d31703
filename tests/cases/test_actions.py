"""Actions: with a metric that a release measures, looked at again when the employer's clock says so."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from cases.measuring import advance, bring_to, instrument_of, today_of
from cases.programme import action_new, create_campaign, people_of, play_edition, play_wave, risk_new
from cases.test_events import audit_of, read_feed
from support.apis import Rest, Speak
from support.house import House, Persona
from support.personas import Cast, add_crowd, add_people, cast_of
from support.statements import count_statements

DAY = timedelta(days=1)


@pytest.fixture(scope="session")
async def measured(house: House) -> tuple[Cast, str, str]:
    """An employer with a released baseline and post-measurement of one campaign, for those who only add."""
    cast = await cast_of(await house.employer("Maatregel BV"))
    _, baseline, post = await play_edition(cast)
    return cast, baseline, post


async def block_in(cast: Cast, wave_id: str, unit: str) -> tuple[str, Any]:
    """The first block of a wave and its cell in a unit."""
    aggregate = (await Rest(cast.hr).get_aggregate(wave_id, cast.units[unit])).must()
    return aggregate["blocks"][0]["key"], aggregate["blocks"][0]["cell"]


async def test_a_metric_goes_from_the_release_to_the_target(speak: Speak, measured: tuple[Cast, str, str]) -> None:
    """The start value is the mean of the unit then, the current one that of the newest release."""
    (cast, baseline, post), unit = measured, "field"
    block, before = await block_in(cast, baseline, unit)
    _, after = await block_in(cast, post, unit)
    new = await action_new(cast, unitId=cast.units[unit], metric={"waveId": baseline, "block": block, "target": 80})

    made = (await speak(cast.hr).create_action(new)).must()

    assert {
        "waveId": baseline,
        "block": block,
        "unitId": cast.units[unit],
        "startValue": before["mean"],
        "target": 80.0,
        "current": {"waveId": post, "value": after["mean"]},
    } == made["metric"]


async def test_an_action_for_everyone_is_measured_at_the_top(speak: Speak, measured: tuple[Cast, str, str]) -> None:
    """Where no unit is named."""
    cast, baseline, _ = measured
    block, cell = await block_in(cast, baseline, "root")
    new = await action_new(cast, metric={"waveId": baseline, "block": block, "target": 80})

    metric = (await speak(cast.hr).create_action(new)).must()["metric"]

    assert (cast.units["root"], cell["mean"]) == (metric["unitId"], metric["startValue"])


async def test_the_next_release_fills_the_metric_in(speak: Speak, cast: Cast) -> None:
    """Until it is there the start value stands; what is protected in it has no value."""
    hr = speak(cast.hr)
    _, baseline, _ = await play_edition(cast)
    block, cell = await block_in(cast, baseline, "field")
    new = await action_new(cast, unitId=cast.units["field"], metric={"waveId": baseline, "block": block, "target": 80})
    action_id = (await hr.create_action(new)).must()["actionId"]
    gone = [{"externalId": f"field-{place}", "active": False} for place in range(10)]
    await add_people(cast.hr, gone)

    pulse = await play_wave(cast, "pulse")
    metric = (await hr.get_action(action_id)).must()["metric"]

    assert {"waveId": pulse, "value": None} == metric["current"]
    assert cell["mean"] == metric["startValue"]


async def test_a_part_is_no_measurement_of_everyone(speak: Speak, cast: Cast) -> None:
    """What only `care` was asked later says nothing about an action for everyone, to nobody."""
    hr = Rest(cast.hr)
    _, baseline, post = await play_edition(cast)
    block, _ = await block_in(cast, baseline, "root")
    _, newest = await block_in(cast, post, "root")
    new = await action_new(cast, metric={"waveId": baseline, "block": block, "target": 80})
    action_id = (await hr.create_action(new)).must()["actionId"]
    await add_crowd(cast.hr, care=12)

    await play_wave(cast, "pulse", unitIds=[cast.units["care"]])
    current = [
        (await speak(persona).get_action(action_id)).must()["metric"]["current"] for persona in (cast.hr, cast.employee)
    ]

    assert [{"waveId": post, "value": newest["mean"]}] * 2 == current


async def test_other_items_do_not_fill_a_metric_in(speak: Speak, cast: Cast) -> None:
    """A block of the same name that asks something else is another block."""
    hr = speak(cast.hr)
    _, baseline, post = await play_edition(cast)
    block, _ = await block_in(cast, baseline, "root")
    new = await action_new(cast, metric={"waveId": baseline, "block": block, "target": 90})
    action_id = (await hr.create_action(new)).must()["actionId"]
    asked = await instrument_of(cast)
    own = ("key", "title", "kind", "languages", "items", "blocks", "licence")
    other = {name: asked[name] for name in own} | {
        "key": "other",
        "items": [one | {"version": 2} for one in asked["items"]],
    }
    instrument_id = (await Rest(cast.hr).create_instrument(other)).must()["instrumentId"]
    (await Rest(cast.hr).publish_instrument(instrument_id)).must()
    await play_wave(cast, "pulse", instrumentId=instrument_id)

    assert post == (await hr.get_action(action_id)).must()["metric"]["current"]["waveId"]


async def test_a_protected_unit_is_no_start(speak: Speak, measured: tuple[Cast, str, str]) -> None:
    """`care` is too small to have a figure: the refusal names where its people are counted, and no number."""
    cast, baseline, _ = measured
    block, _ = await block_in(cast, baseline, "root")
    new = await action_new(cast, unitId=cast.units["care"], metric={"waveId": baseline, "block": block, "target": 80})

    outcome = await speak(cast.hr).create_action(new, language="nl")
    [found] = outcome.body.get("errors") or outcome.body["findings"]

    assert [("/unitId", "unit-protected")] == outcome.findings
    assert "root" in found["detail"]
    assert not any(character.isdigit() for character in found["detail"])


@pytest.mark.parametrize(
    ("wave", "unit", "finding"),
    [
        ("field", None, ("/metric/waveId", "unit-partly-asked")),
        ("field", "sales", ("/unitId", "unit-partly-asked")),
        ("few", None, ("/metric/waveId", "wave-not-representative")),
        ("none", None, ("/metric/waveId", "nothing-published")),
        ("all", "late", ("/unitId", "unit-not-in-wave")),
    ],
)
async def test_a_figure_that_is_no_start(
    speak: Speak, answered: tuple[Cast, dict[str, str]], wave: str, unit: str | None, finding: tuple[str, str]
) -> None:
    """One of a part, of fewer than half or of nobody, and of a unit that was made later: each says which it is."""
    cast, waves = answered
    metric = {"waveId": waves[wave], "block": "workload", "target": 100}
    new = await action_new(cast, unitId=unit and cast.units[unit], metric=metric)

    assert [finding] == (await speak(cast.hr).create_action(new)).findings


async def test_who_does_not_see_a_unit_is_told_no_more_of_it(speak: Speak, cast: Cast) -> None:
    """Of a unit that moved here later it is the same as of one that was not there: not even that it is protected."""
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, "released")
    await add_people(cast.hr, [{"externalId": "lead", "unitExternalId": "care", "manages": ["care"]}])
    (await Rest(cast.hr).update_unit(cast.units["field"], {"parentExternalId": "care"}, if_match="*")).must()
    metric = {"waveId": wave_id, "block": "workload", "target": 100}
    new = await action_new(cast, unitId=cast.units["field"], metric=metric)

    found = [(await speak(persona).create_action(new)).findings for persona in (cast.employer.person("lead"), cast.hr)]

    assert [[("/unitId", "unit-not-in-wave")], [("/metric/waveId", "nothing-published")]] == found


async def test_a_metric_that_comes_later_needs_a_start_as_well(speak: Speak, measured: tuple[Cast, str, str]) -> None:
    """A change that sets one on a protected unit is refused as the creation is, and keeps nothing."""
    (cast, baseline, _), hr = measured, speak(measured[0].hr)
    made = (await hr.create_action(await action_new(cast, unitId=cast.units["care"]))).must()
    block, _ = await block_in(cast, baseline, "root")
    metric = {"waveId": baseline, "block": block, "target": 80}

    refused = await hr.update_action(made["actionId"], {"metric": metric, "title": "Anders"}, if_match="*")

    assert [("/unitId", "unit-protected")] == refused.findings
    assert made == (await hr.get_action(made["actionId"])).must()


async def test_everything_that_is_wrong(speak: Speak, measured: tuple[Cast, str, str]) -> None:
    """The deadline before the start, and whatever does not exist, in one refusal; nothing is kept."""
    (cast, baseline, _), hr = measured, speak(measured[0].hr)
    nothing, today = str(uuid4()), await today_of(cast)
    wrong = await action_new(
        cast,
        unitId=nothing,
        campaignId=nothing,
        riskId=nothing,
        measure="magic",
        owner={"personId": nothing},
        startsOn=today.isoformat(),
        deadline=(today - DAY).isoformat(),
        metric={"waveId": baseline, "block": "nothing", "target": 1},
    )
    before = len((await hr.list_actions(limit=100)).must()["items"])

    outcome = await hr.create_action(wrong)

    assert {
        ("/unitId", "unknown-unit"),
        ("/campaignId", "unknown-campaign"),
        ("/riskId", "unknown-risk"),
        ("/measure", "unknown-measure"),
        ("/owner/personId", "unknown-person"),
        ("/deadline", "ends-before-start"),
        ("/metric/block", "unknown-block"),
    } == set(outcome.findings)
    assert before == len((await hr.list_actions(limit=100)).must()["items"])


async def test_waves_that_are_no_start(speak: Speak, cast: Cast) -> None:
    """One that does not exist and one without a release."""
    planned = await bring_to(cast, "planned")
    codes = []
    for wave_id in (str(uuid4()), planned):
        new = await action_new(cast, metric={"waveId": wave_id, "block": "x", "target": 1})
        codes += (await speak(cast.hr).create_action(new)).findings

    assert [("/metric/waveId", "unknown-wave"), ("/metric/waveId", "wave-not-released")] == codes


@pytest.mark.parametrize(
    ("changed", "finding"),
    [
        ({"startsOn": "0001-01-01"}, ("/startsOn", "day-out-of-range")),
        ({"startsOn": "9999-11-01", "deadline": "9999-12-31"}, ("/startsOn", "day-out-of-range")),
        ({"deadline": "9999-12-31"}, ("/deadline", "day-out-of-range")),
        ({"state": "done"}, ("/state", "begins-at-its-end")),
        ({"owner": {}}, ("/owner", "one-owner")),
        ({"owner": {"role": "HR", "personId": str(uuid4())}}, ("/owner", "one-owner")),
    ],
)
async def test_what_no_plan_of_action_can_hold(
    speak: Speak, standing: Cast, changed: dict[str, Any], finding: tuple[str, str]
) -> None:
    """Days out of all bounds, an action that begins at its end, and no owner or two."""
    assert finding in (await speak(standing.hr).create_action(await action_new(standing, **changed))).findings


async def test_a_target_is_no_step_back(speak: Speak, measured: tuple[Cast, str, str]) -> None:
    """Higher is better: a target below where it begins is a mistake about the direction."""
    cast, baseline, _ = measured
    block, cell = await block_in(cast, baseline, "root")
    metric = {"waveId": baseline, "block": block, "target": cell["mean"] - 1}

    assert [("/metric/target", "target-below-start")] == (
        await speak(cast.hr).create_action(await action_new(cast, metric=metric))
    ).findings


async def test_an_action_stays_with_its_unit(speak: Speak, cast: Cast) -> None:
    """What was noted and measured is of that unit; a manager cannot draw everyone's action into the own one."""
    hr = speak(cast.hr)
    action_id = (await hr.create_action(await action_new(cast, unitId=cast.units["care"]))).must()["actionId"]
    moved = await hr.update_action(action_id, {"unitId": cast.units["field"]}, if_match="*")
    widened = await hr.update_action(action_id, {"unitId": None}, if_match="*")

    assert [[("/unitId", "immutable")]] * 2 == [moved.findings, widened.findings]


async def test_another_start_gives_no_second_check(speak: Speak, cast: Cast) -> None:
    """A check is known by its number; an earlier start has what it has missed asked after at once."""
    hr = speak(cast.hr)
    action_id = (await hr.create_action(await action_new(cast))).must()["actionId"]
    await advance(cast, days=31)
    today = await today_of(cast)
    kinds = []
    for days in (30, 65):
        start = (today - days * DAY).isoformat()
        (await hr.update_action(action_id, {"startsOn": start}, if_match="*")).must()
        await cast.house.work()
        kinds.append(sorted(one["kind"] for one in (await hr.list_progress_checks()).must()["items"]))
    wrong = await hr.update_action(action_id, {"startsOn": None, "deadline": "2026-01-01"}, if_match="*")

    assert [["30-days"], ["30-days", "60-days"]] == kinds
    assert ("/deadline", "ends-before-start") in wrong.findings


async def test_nobody_asks_after_what_is_over(cast: Cast) -> None:
    """A check that was open when its action stopped is neither an event nor a finding any more."""
    hr, campaign_id = Rest(cast.hr), await create_campaign(cast)
    action_id = (await hr.create_action(await action_new(cast, campaignId=campaign_id))).must()["actionId"]
    await advance(cast, days=30)
    (await hr.update_action(action_id, {"state": "stopped"}, if_match="*")).must()
    await advance(cast, days=9)
    events, _ = await read_feed(Rest(cast.administrator))
    findings = (await hr.get_readiness(campaign_id)).must()["findings"]

    checks = [(await hr.list_progress_checks(**narrow)).must()["items"] for narrow in ({}, {"open": True})]
    (await hr.update_action(action_id, {"state": "active"}, if_match="*")).must()
    await cast.house.work()
    again, _ = await read_feed(Rest(cast.administrator))

    assert [] == [event["type"] for event in events if event["type"].endswith("overdue")]
    assert "progress-check-overdue" not in {finding["code"] for finding in findings}
    assert [["dropped"], []] == [[one["state"] for one in listed] for listed in checks]
    assert 1 == len([event for event in again if event["type"].endswith("progress-check.overdue")])


async def test_figures_are_for_who_may_read_them(cast: Cast) -> None:
    """A token for actions alone sees no metric and can set none."""
    _, baseline, _ = await play_edition(cast)
    block, _ = await block_in(cast, baseline, "root")
    new = await action_new(cast, metric={"waveId": baseline, "block": block, "target": 90})
    (await Rest(cast.hr).create_action(new)).must()
    created = await cast.administrator.must(
        cast.administrator.post(f"/employers/{cast.employer_id}/clients", {"name": "narrow", "roles": ["hr"]})
    )
    scopes = "actions:read actions:write"
    token = await cast.house.sign_in(created["clientId"], created["clientSecret"], scopes)
    narrow = Rest(Persona(cast.house.http, token))

    [shown] = (await narrow.list_actions()).must()["items"]
    back = await narrow.update_action(shown["actionId"], {"metric": None}, if_match="*")
    named = await narrow.update_action(shown["actionId"], {"title": "Anders"}, if_match="*")
    kept = (await Rest(cast.hr).get_action(shown["actionId"])).must()

    assert shown["metric"] is None
    assert ["denied", "denied", "ok"] == [(await narrow.create_action(new)).word, back.word, named.word]
    assert ("Anders", 90.0) == (kept["title"], kept["metric"]["target"])


async def test_a_figure_of_before_is_not_for_who_came_later(speak: Speak, cast: Cast) -> None:
    """A unit that moves under a manager brings its action, and not the figure of a tree in which it was another's."""
    _, baseline, _ = await play_edition(cast)
    block, _ = await block_in(cast, baseline, "field")
    new = await action_new(cast, unitId=cast.units["field"], metric={"waveId": baseline, "block": block, "target": 90})
    action_id = (await Rest(cast.hr).create_action(new)).must()["actionId"]
    await add_people(cast.hr, [{"externalId": "lead", "unitExternalId": "care", "manages": ["care"]}])
    (await Rest(cast.hr).update_unit(cast.units["field"], {"parentExternalId": "care"}, if_match="*")).must()
    shown = (await speak(cast.employer.person("lead")).get_action(action_id)).must()

    assert ("Vergadervrije ochtenden", None) == (shown["title"], shown["metric"])


async def test_states_follow_each_other(speak: Speak, cast: Cast) -> None:
    """Each with the day it began; what was not begun is not done."""
    hr = speak(cast.hr)
    made = (await hr.create_action(await action_new(cast))).must()
    today = await today_of(cast)
    skipped = await hr.update_action(made["actionId"], {"state": "done"}, if_match="*")
    await advance(cast, days=2)
    for state in ("active", "done"):
        changed = await hr.update_action(made["actionId"], {"state": state}, if_match="*")

    assert ("refused", "action-state") == (skipped.word, skipped.code)
    assert [("planned", today), ("active", today + 2 * DAY), ("done", today + 2 * DAY)] == [
        (one["state"], type(today).fromisoformat(one["since"])) for one in changed.must()["history"]
    ]
    assert changed.must()["nextCheckOn"] is None


async def test_progress_is_asked_after_by_the_clock(speak: Speak, cast: Cast) -> None:
    """At 30, 60 and 90 days and each quarter, however far the clock jumps; each once, and none when it is over."""
    hr = speak(cast.hr)
    made = (await hr.create_action(await action_new(cast))).must()
    start = await today_of(cast)
    found = []
    for days in (29, 1, 60, 300):
        await advance(cast, days=days)
        found.append(len((await hr.list_progress_checks()).must()["items"]))
    checks = (await hr.list_progress_checks(action=made["actionId"])).must()["items"]
    for state in ("active", "done"):
        (await hr.update_action(made["actionId"], {"state": state}, if_match="*")).must()
    await advance(cast, days=300)

    assert [0, 1, 3, 6] == found
    assert ["30-days", "60-days", "90-days", "quarter", "quarter", "quarter"] == [one["kind"] for one in checks]
    assert [(start + days * DAY).isoformat() for days in (30, 60, 90)] == [one["dueOn"] for one in checks[:3]]
    assert (start + 30 * DAY).isoformat() == made["nextCheckOn"]
    assert 6 == len((await hr.list_progress_checks()).must()["items"])


async def test_an_action_that_is_taken_up_again_is_looked_at_again(speak: Speak, cast: Cast) -> None:
    """What fell due while it was stopped is asked after."""
    hr = speak(cast.hr)
    action_id = (await hr.create_action(await action_new(cast))).must()["actionId"]
    (await hr.update_action(action_id, {"state": "stopped"}, if_match="*")).must()
    await advance(cast, days=31)
    while_stopped = (await hr.list_progress_checks()).must()["items"]
    (await hr.update_action(action_id, {"state": "active"}, if_match="*")).must()
    await advance(cast, days=30)

    assert [] == while_stopped
    assert ["30-days", "60-days"] == [one["kind"] for one in (await hr.list_progress_checks()).must()["items"]]


async def test_a_check_keeps_what_the_metric_said(speak: Speak, cast: Cast) -> None:
    """Until it is done it shows the newest value; afterwards that of its day, and it is done once."""
    hr = speak(cast.hr)
    _, baseline, _ = await play_edition(cast)
    block, _ = await block_in(cast, baseline, "root")
    new = await action_new(cast, metric={"waveId": baseline, "block": block, "target": 80})
    metric = (await hr.create_action(new)).must()["metric"]
    await advance(cast, days=31)
    [open_check] = (await hr.list_progress_checks(open=True)).must()["items"]
    check_id = open_check["progressCheckId"]

    done = (await hr.complete_progress_check(check_id, {"result": "changed", "note": "Op dinsdag nu."})).must()
    again = await hr.complete_progress_check(check_id, {"result": "working"})
    await play_wave(cast, "pulse")
    kept = (await hr.get_progress_check(check_id)).must()

    assert ("due", metric["current"]) == (open_check["state"], open_check["reading"])
    assert ("done", "changed", "Op dinsdag nu.", metric["current"]) == tuple(
        done[name] for name in ("state", "result", "note", "reading")
    )
    assert ("refused", "progress-check-done") == (again.word, again.code)
    assert done == kept
    assert [] == (await hr.list_progress_checks(open=True)).must()["items"]


async def test_a_forgotten_check_is_overdue_and_said_so(cast: Cast) -> None:
    """A week after its day, in an event as well; one that was done is not."""
    hr = Rest(cast.hr)
    for title in ("forgotten", "done"):
        (await hr.create_action(await action_new(cast, title=title))).must()
    await advance(cast, days=30)
    forgotten, done = (await hr.list_progress_checks()).must()["items"]
    (await hr.complete_progress_check(done["progressCheckId"], {"result": "working"})).must()
    await advance(cast, days=8)
    states = [one["state"] for one in (await hr.list_progress_checks()).must()["items"]]
    events, _ = await read_feed(Rest(cast.administrator))
    feed = [(event["type"].removeprefix("nl.peil."), event["subject"]) for event in events]
    overdue = [subject for kind, subject in feed if kind == "progress-check.overdue"]
    audit = [(row["actorKind"], row["event"]) for row in await audit_of(cast)]

    assert ["overdue", "done"] == states
    assert [f"progress-checks/{forgotten['progressCheckId']}"] == overdue
    assert {"progress-check.due", "progress-check.completed"} <= {kind for kind, _ in feed}
    assert {("worker", "generate_progress_checks"), ("client", "complete_progress_check")} <= set(audit)


async def test_who_sees_and_who_acts(speak: Speak, cast: Cast) -> None:
    """A manager for the own subtree; an employee sees the own and everyone's; checks go with their action."""
    hr, manager = Rest(cast.hr), speak(cast.manager)
    began = (await today_of(cast) - 31 * DAY).isoformat()
    made = {}
    for title, unit in {"all": None, "field": "field", "care": "care"}.items():
        new = await action_new(cast, title=title, unitId=unit and cast.units[unit], startsOn=began)
        made[title] = (await hr.create_action(new)).must()["actionId"]
    await cast.house.work()
    checks = {one["actionId"]: one["progressCheckId"] for one in (await hr.list_progress_checks()).must()["items"]}
    seen = {
        name: [one["title"] for one in (await speak(persona).list_actions()).must()["items"]]
        for name, persona in (("hr", cast.hr), ("manager", cast.manager), ("employee", cast.employee))
    }
    own = await manager.create_action(await action_new(cast, title="mine", unitId=cast.units["sales"]))
    words = {
        title: [
            (await manager.update_action(made[title], {"title": title}, if_match="*")).code,
            (await manager.complete_progress_check(checks[made[title]], {"result": "working"})).code,
        ]
        for title in made
    }
    refused = [
        (await manager.create_action(await action_new(cast, unitId=unit))).code for unit in (None, cast.units["care"])
    ]

    assert {"hr": ["all", "field", "care"], "manager": ["all", "field"], "employee": ["all", "field"]} == seen
    assert "ok" == own.word
    assert {"all": ["not-your-units"] * 2, "field": [None, None], "care": ["not-found"] * 2} == words
    assert ["not-your-units"] * 2 == refused
    assert 2 == len((await speak(cast.employee).list_progress_checks()).must()["items"])


async def test_lists_can_be_narrowed(speak: Speak, cast: Cast) -> None:
    """To one campaign, one unit, one action."""
    hr, campaign_id = speak(cast.hr), await create_campaign(cast)
    for title, more in {"a": {"campaignId": campaign_id}, "b": {"unitId": cast.units["field"]}, "c": {}}.items():
        (await hr.create_action(await action_new(cast, title=title, **more))).must()
    titles = [
        [one["title"] for one in (await hr.list_actions(**narrow)).must()["items"]]
        for narrow in ({"campaign": campaign_id}, {"unit": cast.units["field"]}, {"campaign": str(uuid4())}, {})
    ]

    await advance(cast, days=30)
    checks = [len((await hr.list_progress_checks(campaign=one)).must()["items"]) for one in (campaign_id, str(uuid4()))]

    assert [["a"], ["b"], [], ["a", "b", "c"]] == titles
    assert [1, 0] == checks


async def test_owners_who_left_and_units_that_closed_may_stay(speak: Speak, cast: Cast) -> None:
    """An action can be ended whoever was to see to it."""
    hr, people = speak(cast.hr), await people_of(cast)
    owner = {"personId": people["employee"]}
    (await hr.create_unit({"externalId": "short", "name": "Short", "parentExternalId": "root"})).must()
    units = {unit["externalId"]: unit["unitId"] for unit in (await hr.list_units()).must()["items"]}
    new = await action_new(cast, owner=owner, unitId=units["short"])
    action_id = (await hr.create_action(new)).must()["actionId"]
    await add_people(cast.hr, [{"externalId": "employee", "active": False}])
    (await hr.delete_unit(units["short"], if_match="*")).must()

    stopped = await hr.update_action(action_id, {"state": "stopped"}, if_match="*")
    again = await hr.create_action(new)

    assert "stopped" == stopped.must()["state"]
    assert {("/owner/personId", "unknown-person"), ("/unitId", "unknown-unit")} == set(again.findings)


async def test_a_list_asks_the_database_as_often_as_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Metrics of a whole page are read in one statement."""
    _, baseline, _ = await play_edition(cast)
    block, _ = await block_in(cast, baseline, "root")
    new = await action_new(cast, metric={"waveId": baseline, "block": block, "target": 80})
    counted, statements = [], count_statements(monkeypatch)
    for more in (2, 10):
        for _ in range(more):
            (await Rest(cast.hr).create_action(new)).must()
        statements.clear()
        (await Rest(cast.hr).list_actions()).must()
        counted.append(list(statements))

    assert "-- select_newest_readings" in counted[0]
    assert counted[0] == counted[1]


async def test_risks_and_measures_are_named(speak: Speak, cast: Cast) -> None:
    """A measure of the catalogue fits its level."""
    hr = speak(cast.hr)
    risk_id = (await hr.create_risk(risk_new())).must()["riskId"]
    made = await hr.create_action(await action_new(cast, riskId=risk_id, measure="prioritising"))
    wrong = await hr.create_action(await action_new(cast, level="individual", measure="prioritising"))

    assert (risk_id, "prioritising") == (made.must()["riskId"], made.must()["measure"])
    assert UUID(made.must()["actionId"]).version == 7
    assert [("/measure", "measure-of-another-level")] == wrong.findings
