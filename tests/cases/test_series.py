"""Series: waves in a cadence, planned and cancelled together, and no more of them than people can bear."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from cases.examples import INSTRUMENT
from cases.measuring import (
    advance,
    ask_freely,
    bring_to,
    instrument_of,
    pass_gates,
    series_new,
    time_of,
    today_of,
    wave_new,
)
from support.apis import Speak
from support.personas import Cast, add_crowd


async def test_a_series_plans_its_waves(speak: Speak, cast: Cast) -> None:
    """HR plans three pulses; the waves are there, numbered, every other week, and each an ordinary planned wave."""
    hr, new = speak(cast.hr), await series_new(cast)
    series = (await hr.plan_wave_series(new)).must()
    waves = [(await hr.get_wave(one["waveId"])).must() for one in series["waves"]]

    opens = [datetime.fromisoformat(wave["opensAt"]) for wave in waves]
    assert ["Puls 1", "Puls 2", "Puls 3"] == [wave["name"] for wave in waves]
    assert {(series["seriesId"], "planned", "pulse")} == {(w["seriesId"], w["state"], w["kind"]) for w in waves}
    assert "fortnightly" == series["cadence"]
    assert [timedelta(weeks=2)] * 2 == [_on_the_wall(opens[1], opens[0]), _on_the_wall(opens[2], opens[1])]
    assert series == (await hr.get_wave_series(series["seriesId"])).must()


def _on_the_wall(after: datetime, before: datetime) -> timedelta:
    """What lies between by the wall clock: an hour may have been lost or won, and a holiday moves a day or more."""
    return timedelta(weeks=round((after - before) / timedelta(weeks=1)))


async def test_a_preview_is_the_series_without_planning_it(speak: Speak, cast: Cast) -> None:
    """The same days, and no wave."""
    hr, new = speak(cast.hr), await series_new(cast)
    told = (await hr.preview_wave_series(new)).must()
    before = (await hr.list_waves()).must()["items"]
    series = (await hr.plan_wave_series(new)).must()

    assert [] == before
    assert [(w["opensAt"], w["closesAt"]) for w in series["waves"]] == [
        (one["opensAt"], one["closesAt"]) for one in told["dates"]
    ]


async def test_a_pulse_that_names_no_questionnaire_asks_the_shipped_one(speak: Speak, cast: Cast) -> None:
    """Workload, recovery and focus as they came, alone or every other week; another kind has to name its own."""
    hr, shipped = speak(cast.hr), (await instrument_of(cast))["instrumentId"]
    wave, series = await wave_new(cast), await series_new(cast)
    del wave["instrumentId"], series["instrumentId"]

    alone = (await hr.plan_wave(wave)).must()
    planned = (await hr.plan_wave_series(series)).must()
    survey = await hr.plan_wave(wave | {"kind": "survey"})

    of_series = (await hr.get_wave(planned["waves"][0]["waveId"])).must()
    assert [shipped] * 3 == [one["instrumentId"] for one in (alone, planned, of_series)]
    assert "fortnightly" == planned["cadence"]
    assert [("/instrumentId", "instrument-needed")] == survey.findings


async def test_series_are_listed_as_they_were_planned(speak: Speak, cast: Cast) -> None:
    """Whatever the days of their waves."""
    hr = speak(cast.hr)
    for name, days in (("later", 200), ("sooner", 100)):
        first = (await today_of(cast) + timedelta(days=days)).isoformat()
        (await hr.plan_wave_series(await series_new(cast, name=name, firstOn=first))).must()
        await advance(cast, seconds=1)

    assert ["later", "sooner"] == [one["name"] for one in (await hr.list_wave_series()).must()["items"]]


@pytest.mark.parametrize(
    ("changed", "findings"),
    [
        ({"count": None}, {("/count", "never-ends")}),
        ({"to": "10:00"}, {("/to", "window-length")}),
        ({"instrumentId": str(uuid4())}, {("/instrumentId", "unknown-instrument")}),
        (
            {"count": None, "zone": "Nowhere/At", "unitIds": [str(uuid4())]},
            {("/count", "never-ends"), ("/zone", "unknown-zone"), ("/unitIds/0", "unknown-unit")},
        ),
        ({"count": 61}, {("/count", "too-large")}),
    ],
)
async def test_a_series_that_cannot_be_is_refused(
    speak: Speak, standing: Cast, changed: dict[str, Any], findings: set[tuple[str, str]]
) -> None:
    """One that never ends above all; with everything that is wrong at once, planned or only previewed."""
    hr, new = speak(standing.hr), await series_new(standing, **changed)

    refused = [await hr.plan_wave_series(new), await hr.preview_wave_series(new)]

    assert [("invalid-input", findings)] * 2 == [(one.code, set(one.findings)) for one in refused]


async def test_what_may_be_asked_once_is_in_no_series(speak: Speak, cast: Cast) -> None:
    """An item that is not repeatable can be asked by a series of one wave, not of two."""
    hr = speak(cast.hr)
    items = [one | {"repeatable": one["key"] != "pause"} for one in INSTRUMENT["items"]]
    instrument_id = (await hr.create_instrument(INSTRUMENT | {"items": items})).must()["instrumentId"]
    (await hr.publish_instrument(instrument_id)).must()

    twice, once = [
        await hr.plan_wave_series(await series_new(cast, instrumentId=instrument_id, count=count)) for count in (2, 1)
    ]

    assert ("ok", [("/instrumentId", "item-not-repeatable")]) == (once.word, twice.findings)


async def test_what_a_series_asks_stays_the_same(speak: Speak, cast: Cast) -> None:
    """A wave of it can get another name or window, and not other people."""
    hr = speak(cast.hr)
    series = (await hr.plan_wave_series(await series_new(cast))).must()
    wave_id = series["waves"][0]["waveId"]

    renamed = await hr.update_wave(wave_id, {"name": "De eerste"}, if_match="*")
    other = await hr.update_wave(wave_id, {"unitIds": [cast.units["care"]], "kind": "survey"}, if_match="*")

    assert ("ok", "De eerste") == (renamed.word, renamed.body["name"])
    assert {("/unitIds", "same-in-series"), ("/kind", "same-in-series")} == set(other.findings)


async def test_cancelling_leaves_the_open_wave(speak: Speak, cast: Cast) -> None:
    """What is not open yet is cancelled; people who are answering go on, and it can be cancelled once."""
    hr = speak(cast.hr)
    await add_crowd(cast.hr, field=10)
    first = (await today_of(cast) + timedelta(days=1)).isoformat()
    series = (await hr.plan_wave_series(await series_new(cast, firstOn=first, holidays="ignore"))).must()
    await pass_gates(cast, hr, speak(cast.works_council))
    (await hr.open_wave(series["waves"][0]["waveId"])).must()
    await cast.house.work()
    opens = datetime.fromisoformat(series["waves"][0]["opensAt"])
    await advance(cast, seconds=(opens - await time_of(cast)).total_seconds() + 60)

    cancelled = (await hr.cancel_wave_series(series["seriesId"])).must()
    again = await hr.cancel_wave_series(series["seriesId"])

    assert ["open", "cancelled", "cancelled"] == [one["state"] for one in cancelled["waves"]]
    assert ("series-cancelled", True) == (again.code, cancelled["cancelledAt"] is not None)


async def test_a_series_of_other_units_does_not_exist(speak: Speak, cast: Cast) -> None:
    """For the employee of `field` there is none of `care`, alone or in the list; one of everybody there is."""
    hr, employee = speak(cast.hr), speak(cast.employee)
    of_care = (await hr.plan_wave_series(await series_new(cast, unitIds=[cast.units["care"]]))).must()
    of_all = (await hr.plan_wave_series(await series_new(cast, name="all", count=1))).must()

    assert "not-found" == (await employee.get_wave_series(of_care["seriesId"])).word
    assert [of_all["seriesId"]] == [one["seriesId"] for one in (await employee.list_wave_series()).must()["items"]]


async def test_more_than_the_budget_is_refused(speak: Speak, cast: Cast) -> None:
    """The second wave of the same people is refused with the first one named; of other people it is planned."""
    hr = speak(cast.hr)
    budget = (await hr.get_fatigue_budget()).must()
    (await hr.update_fatigue_budget({"waves": 1}, if_match="*")).must()
    sales, field, care = ([cast.units[name]] for name in ("sales", "field", "care"))
    first = (await hr.plan_wave(await wave_new(cast, unitIds=sales))).must()

    beneath = await hr.plan_wave(await wave_new(cast, unitIds=field))
    beside = await hr.plan_wave(await wave_new(cast, unitIds=care))

    assert {"waves": 5, "items": 60, "days": 28} == {key: budget[key] for key in ("waves", "items", "days")}
    assert ("refused", "fatigue-budget") == (beneath.word, beneath.code)
    assert {(f"/waves/{first['waveId']}", "asked-by-wave"), ("/plan", "asked-by-plan")} == set(beneath.findings)
    assert "ok" == beside.word


async def test_a_wave_does_not_collide_with_itself(speak: Speak, cast: Cast) -> None:
    """It can be changed where it fills the budget; a cancelled one takes no room."""
    hr = speak(cast.hr)
    (await hr.update_fatigue_budget({"waves": 1}, if_match="*")).must()
    wave_id = (await hr.plan_wave(await wave_new(cast))).must()["waveId"]
    changed = await hr.update_wave(wave_id, {"name": "Anders"}, if_match="*")
    (await hr.cancel_wave(wave_id)).must()

    again = await hr.plan_wave(await wave_new(cast))

    assert ["ok", "ok"] == [changed.word, again.word]


async def test_a_series_above_the_budget_plans_nothing(speak: Speak, cast: Cast) -> None:
    """Weekly where two in four weeks are allowed: refused whole, with its own days named."""
    hr = speak(cast.hr)
    (await hr.update_fatigue_budget({"waves": 2}, if_match="*")).must()

    refused = await hr.plan_wave_series(await series_new(cast, cadence="weekly"))

    assert ("fatigue-budget", [("/plan", "asked-by-plan")] * 3) == (refused.code, refused.findings)
    assert [[], []] == [(await hr.call(name)).must()["items"] for name in ("list_waves", "list_wave_series")]


@pytest.mark.parametrize(
    ("kind", "key", "fits"),
    [
        ("pulse", "employee-survey", False),
        ("pulse", "traffic-light", True),
        ("traffic-light", "workload-recovery-focus", False),
        ("baseline", "work-stress-baseline", True),
        ("survey", "employee-survey", True),
    ],
)
async def test_a_kind_keeps_its_promise(speak: Speak, standing: Cast, kind: str, key: str, fits: bool) -> None:
    """A pulse is short and a traffic light is one item, whatever the instrument; the others ask what they need."""
    instrument_id = (await instrument_of(standing, key))["instrumentId"]

    outcome = await speak(standing.hr).plan_wave(await wave_new(standing, kind=kind, instrumentId=instrument_id))

    assert fits == (("/instrumentId", "kind-does-not-fit") not in outcome.findings)


@pytest.mark.parametrize(
    ("kind", "hours", "word"),
    [
        ("pulse", 1, "refused"),
        ("pulse", 2, "ok"),
        ("pulse", 168, "ok"),
        ("pulse", 169, "refused"),
        ("survey", 42 * 24, "ok"),
        ("survey", 42 * 24 + 1, "refused"),
    ],
)
async def test_a_pulse_takes_two_hours_to_a_week(
    speak: Speak, standing: Cast, kind: str, hours: int, word: str
) -> None:
    """No less and no more; a survey may take six weeks."""
    opens = await time_of(standing) + timedelta(hours=1)
    window = {"opensAt": opens.isoformat(), "closesAt": (opens + timedelta(hours=hours)).isoformat()}

    outcome = await speak(standing.hr).plan_wave(await wave_new(standing, kind=kind, **window))

    assert (word, [] if word == "ok" else [("/closesAt", "window-length")]) == (outcome.word, outcome.findings)


async def test_a_post_measurement_asks_what_the_baseline_asked(speak: Speak, cast: Cast) -> None:
    """Or there would be nothing to compare: refused in either order, while other kinds are free."""
    hr = speak((await ask_freely(cast)).hr)
    campaign_id = (await hr.create_campaign({"name": "Week", "year": 2030})).must()["campaignId"]
    ids = {key: (await instrument_of(cast, key))["instrumentId"] for key in ("work-stress-baseline", "stress-scan")}

    async def plan(kind: str, key: str) -> list[tuple[str, str]]:
        new = await wave_new(cast, kind=kind, campaignId=campaign_id, instrumentId=ids[key])
        return (await hr.plan_wave(new)).findings

    found = [
        await plan("baseline", "work-stress-baseline"),
        await plan("post", "stress-scan"),
        await plan("post", "work-stress-baseline"),
        await plan("survey", "stress-scan"),
        await plan("baseline", "stress-scan"),
    ]

    refused = [("/instrumentId", "nothing-to-compare")]
    assert [[], refused, [], [], refused] == found


async def test_the_budget_is_for_plans_to_come(speak: Speak, cast: Cast) -> None:
    """A lower budget refuses the next wave, and what was planned opens all the same."""
    hr = speak(cast.hr)
    await add_crowd(cast.hr, field=10)
    planned = [await bring_to(cast, "planned") for _ in range(2)]
    (await hr.update_fatigue_budget({"waves": 1}, if_match="*")).must()
    await pass_gates(cast, hr, speak(cast.works_council))

    opened = await hr.open_wave(planned[1])

    assert ("ok", "fatigue-budget") == (opened.word, (await hr.plan_wave(await wave_new(cast))).code)
