"""While a wave is asked: who is invited, who answered in bands, until when, and what will be reported."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from cases.examples import WAVE
from cases.measuring import (
    advance,
    answer_all,
    bring_to,
    codes_of,
    consent,
    dpia,
    instrument_of,
    notice,
    play_round,
    time_of,
    wave_new,
)
from peil import clock
from support.apis import Api, Rest, Speak
from support.house import House
from support.personas import Cast, add_crowd, add_people, cast_of


async def people(cast: Cast, unit: str, number: int, name: str, **said: Any) -> None:
    """Puts so many people of whom this is said into a unit."""
    lines = [{"externalId": f"{name}-{place}", "unitExternalId": unit, **said} for place in range(number)]
    await add_people(cast.hr, lines)


async def ready(cast: Cast, **changed: Any) -> dict[str, Any]:
    """A wave whose population is frozen."""
    wave: dict[str, Any] = (await Rest(cast.hr).get_wave(await bring_to(cast, "ready", **changed))).must()
    return wave


async def test_who_is_away_for_long_is_not_asked(speak: Speak, cast: Cast) -> None:
    """Nor who is of another kind of employment; both are counted, and have no code."""
    await add_crowd(cast.hr, field=10)
    await people(cast, "field", 9, "agency", employmentType="agency")
    await people(cast, "field", 8, "away", employmentType="agency", absent=True)

    all_kinds = await ready(cast)
    agency = await ready(cast, employmentTypes=["agency"])

    assert (24, {"absent": 8, "employmentType": 0}) == (all_kinds["invited"], all_kinds["excluded"])
    assert (9, {"absent": 8, "employmentType": 15}) == (agency["invited"], agency["excluded"])
    assert 9 == len(await codes_of(cast, agency["waveId"]))


async def test_few_who_were_left_out_are_not_counted(speak: Speak, cast: Cast) -> None:
    """Six are told as unknown, as is any number in a wave that asks some units only: a difference would be a team."""
    await add_crowd(cast.hr, field=10, care=10)
    await people(cast, "field", 6, "away", absent=True)
    few = await ready(cast)
    await people(cast, "field", 7, "away", absent=True)

    enough = await ready(cast)
    of_unit = await ready(cast, unitIds=[cast.units["field"]])

    assert [None, 7, None] == [wave["excluded"]["absent"] for wave in (few, enough, of_unit)]
    assert None is (await speak(cast.hr).plan_wave(await wave_new(cast))).must()["excluded"]


async def test_joining_and_leaving_later_changes_nothing(speak: Speak, cast: Cast) -> None:
    """Who comes after the opening is not in the snapshot, and who falls ill or leaves then stays in it."""
    await add_crowd(cast.hr, field=10)
    wave = await ready(cast)
    await people(cast, "field", 5, "late")
    await add_people(cast.hr, [{"externalId": "field-0", "unitExternalId": "field", "absent": True}])
    await add_people(cast.hr, [{"externalId": "field-1", "active": False}])

    codes = await codes_of(cast, wave["waveId"])

    after = (await speak(cast.hr).get_wave(wave["waveId"])).must()
    assert (15, 15, 15) == (wave["invited"], after["invited"], len(codes))


async def test_some_kinds_of_employment_are_not_everybody(cast: Cast) -> None:
    """An action of the whole organisation does not begin with a wave of agency workers only."""
    await people(cast, "field", 12, "agency", employmentType="agency")
    await play_round(cast, employmentTypes=["agency"])
    async with cast.house.parts.database.transaction(cast.employer.employer_id) as rows:
        whole = await rows.many(
            bool, "select distinct whole from release.aggregate where employer_id = $1", cast.employer.employer_id
        )

    assert [False] == whole


async def open_wave(cast: Cast, **changed: Any) -> tuple[str, list[str]]:
    """An open wave of a week for 34 people in `sales`, 40 in `field` beneath it, and 12 in `care`; its codes."""
    await add_crowd(cast.hr, sales=33, field=38, care=11)
    closes = (await time_of(cast) + timedelta(days=7)).isoformat()
    wave_id = await bring_to(cast, "open", closesAt=closes, **changed)
    return wave_id, await codes_of(cast, wave_id)


async def told(api: Api, wave_id: str) -> dict[str, str]:
    """Bands by the name of the unit."""
    found = (await api.get_participation(wave_id)).must()
    return {unit["name"]: unit["band"] for unit in found["units"]}


async def test_participation_is_told_in_bands_of_large_units(speak: Speak, cast: Cast) -> None:
    """After a day, of the root and of units with thirty invited; what is left between two of them has thirty too."""
    wave_id, codes = await open_wave(cast)
    await answer_all(cast, wave_id, codes)
    before = await told(speak(cast.hr), wave_id)
    await advance(cast, days=1)

    after = (await speak(cast.hr).get_participation(wave_id)).must()

    by_name = {unit["name"]: (unit["invited"], unit["band"]) for unit in after["units"]}
    assert ({}, 87) == (before, after["invited"])
    # `sales` without `field` is 34 people, but the root without `sales` is 13: one of the two is not told.
    assert {"root": (87, "70-or-more"), "field": (40, "70-or-more")} == by_name


async def test_a_figure_waits_for_as_many_as_a_group(speak: Speak, cast: Cast) -> None:
    """Six more answers move nothing, the seventh does, and not before the next day."""
    wave_id, codes = await open_wave(cast)
    await answer_all(cast, wave_id, codes[:21])
    await advance(cast, days=1)
    first = await told(speak(cast.hr), wave_id)
    await answer_all(cast, wave_id, codes[21:27])
    await advance(cast, days=1)
    six_more = await told(speak(cast.hr), wave_id)
    await answer_all(cast, wave_id, codes[27:28])
    same_day = await told(speak(cast.hr), wave_id)
    await advance(cast, days=1)

    seven_more = await told(speak(cast.hr), wave_id)

    # 21 of 87 are 24 per cent, 27 already 31.
    bands = [one["root"] for one in (first, six_more, same_day, seven_more)]
    assert ["below-30"] * 3 + ["30-to-50"] == bands


async def test_everybody_sees_the_same_participation(speak: Speak, cast: Cast) -> None:
    """The employee of `field` what HR sees of it; whoever works in `care` the root alone, with the same figure."""
    wave_id, codes = await open_wave(cast)
    await answer_all(cast, wave_id, codes)
    await advance(cast, days=1)
    everything = await told(speak(cast.hr), wave_id)
    others = [await told(speak(who), wave_id) for who in (cast.works_council, cast.manager, cast.employee)]

    of_care = await told(speak(cast.employer.person("care-0")), wave_id)

    assert [everything] * 3 == others
    assert {"root": everything["root"]} == of_care


@pytest.mark.parametrize("step", ["close_wave", "cancel_wave"])
async def test_figures_end_with_the_wave(speak: Speak, cast: Cast, step: str) -> None:
    """Closed, the release tells; cancelled, nothing is ever told."""
    wave_id, codes = await open_wave(cast)
    await answer_all(cast, wave_id, codes)
    await advance(cast, days=1)
    during = await told(speak(cast.hr), wave_id)
    (await speak(cast.hr).call(step, wave_id)).must()
    await cast.house.work()
    await advance(cast, days=1)

    assert (2, {}) == (len(during), await told(speak(cast.hr), wave_id))


async def test_the_api_cannot_read_how_many_answered(cast: Cast) -> None:
    """Neither the number behind a band nor a sealed answer: the role has no right to them."""
    questions = [
        "select has_column_privilege('participation.figure', 'band', 'select')",
        "select has_column_privilege('participation.figure', 'answered', 'select')",
        "select has_schema_privilege('intake', 'usage')",
    ]
    async with cast.house.parts.database.transaction(cast.employer.employer_id) as rows:
        may = [await rows.value(question) for question in questions]

    assert [True, False, False] == may


async def test_more_time_is_given(speak: Speak, cast: Cast) -> None:
    """The wave that would have closed is open until the new moment, and everybody is told."""
    hr = speak(cast.hr)
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, "open")
    closes = datetime.fromisoformat((await hr.get_wave(wave_id)).must()["closesAt"])
    later = closes + timedelta(days=2)

    extended = (await hr.extend_wave(wave_id, {"closesAt": later.isoformat()})).must()
    await advance(cast, days=1, hours=1)
    past_the_first = (await hr.get_wave(wave_id)).must()["state"]
    await advance(cast, days=2)

    page = await cast.administrator.must(cast.administrator.get("/events?limit=200"), 200)
    assert later == datetime.fromisoformat(extended["closesAt"])
    assert ("open", "released") == (past_the_first, (await hr.get_wave(wave_id)).must()["state"])
    assert 1 == [one["type"] for one in page["items"]].count("nl.peil.wave.extended")


@pytest.mark.parametrize(
    ("hours", "findings"),
    [(-1, [("/closesAt", "not-later")]), (0, [("/closesAt", "not-later")]), (24 * 7, [("/closesAt", "window-length")])],
)
async def test_only_more_time_and_not_too_much(
    speak: Speak, cast: Cast, hours: int, findings: list[tuple[str, str]]
) -> None:
    """Earlier is closing, and a pulse of more than a week is none."""
    hr = speak(cast.hr)
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, "ready")
    closes = datetime.fromisoformat((await hr.get_wave(wave_id)).must()["closesAt"])

    refused = await hr.extend_wave(wave_id, {"closesAt": (closes + timedelta(hours=hours)).isoformat()})

    assert ("invalid-input", findings) == (refused.code, refused.findings)


async def test_whose_window_is_over_gets_no_more_time(speak: Speak, cast: Cast) -> None:
    """Late answers were refused already, whether the worker has closed it or not."""
    hr = speak(cast.hr)
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, "open")
    to = (await time_of(cast) + timedelta(days=2)).isoformat()
    (await hr.advance_test_clock(cast.employer_id, {"to": to})).must()
    later = (await time_of(cast) + timedelta(days=1)).isoformat()

    before = await hr.extend_wave(wave_id, {"closesAt": later})
    await cast.house.work()
    after = await hr.extend_wave(wave_id, {"closesAt": later})

    assert ("window-over", "wave-state") == (before.code, after.code)


async def test_the_intake_is_told_of_more_time(house: House) -> None:
    """In real time it goes by its own copy, which follows in the worker's job."""
    cast = await cast_of(await house.employer("Langer BV", sandbox=False))
    await add_crowd(cast.hr, field=10)
    hr, now = Rest(cast.hr), clock.now()
    window = {"opensAt": now.isoformat(), "closesAt": (now + timedelta(days=1)).isoformat()}
    instrument_id = (await instrument_of(cast))["instrumentId"]
    wave_id = (await hr.plan_wave(WAVE | window | {"instrumentId": instrument_id})).must()["waveId"]
    (await Rest(cast.works_council).record_consent(consent(now.date()))).must()
    for document in (dpia(now.date()), notice(now.date())):
        (await hr.record_precondition(document)).must()
    (await hr.open_wave(wave_id)).must()
    await house.work()
    later = now + timedelta(days=3)

    (await hr.extend_wave(wave_id, {"closesAt": later.isoformat()})).must()
    await house.work()

    async with house.worker.parts.database.transaction(cast.employer.employer_id) as rows:
        told_to_intake = await rows.value("select closes_at from intake.open_wave where wave_id = $1", UUID(wave_id))
    assert later == told_to_intake


async def test_what_will_be_reported_is_told_before(speak: Speak, cast: Cast) -> None:
    """With 70 per cent of 12, 15, 16 and 5: `care` reports at the root, the others have means, and nobody has bands."""
    await add_crowd(cast.hr, root=11, sales=14, field=14, care=4)
    wave_id = (await speak(cast.hr).plan_wave(await wave_new(cast))).must()["waveId"]

    found = (await speak(cast.works_council).get_reportability(wave_id)).must()

    names = {unit_id: name for name, unit_id in cast.units.items()}
    groups = {one["name"]: (sorted(names[unit] for unit in one["unitIds"]), one["invited"]) for one in found["groups"]}
    classes = {one["figures"]: {unit["name"]: unit["status"] for unit in one["units"]} for one in found["classes"]}
    rolled = {u["name"]: names[u["reportedAt"]] for u in found["classes"][0]["units"] if u["reportedAt"]}
    assert (70, False, 48) == (found["rate"], found["frozen"], found["invited"])
    assert {"root": (["care", "root"], 17), "sales": (["sales"], 15), "field": (["field"], 16)} == groups
    assert ["mean", "bands", "distribution"] == list(classes)
    assert {"root": "published", "sales": "published", "field": "published", "care": "protected"} == classes["mean"]
    assert {"care": "root"} == rolled
    assert "protected" == classes["bands"]["field"]


async def test_a_wave_can_be_looked_at_before_it_is_planned(speak: Speak, cast: Cast) -> None:
    """What is told is what is told of the wave once it is planned; until then there is no wave."""
    await add_crowd(cast.hr, root=11, sales=14, field=14, care=4)
    hr, new = speak(cast.hr), await wave_new(cast)
    told = (await hr.preview_wave(new | {"rate": 60})).must()
    before = (await hr.list_waves()).must()["items"]

    wave_id = (await hr.plan_wave(new)).must()["waveId"]

    later = (await hr.get_reportability(wave_id, rate=60)).must()
    assert [] == before
    assert told | {"waveId": wave_id, "frozen": False} == later


async def test_a_preview_refuses_what_cannot_be_planned(speak: Speak, cast: Cast) -> None:
    """With the findings of the plan, with the fatigue budget, and with too few people to ask."""
    hr, new = speak(cast.hr), await wave_new(cast)
    wrong = await hr.preview_wave(new | {"unitIds": [cast.employer_id]})
    few = await hr.preview_wave(new | {"unitIds": [cast.units["care"]]})
    await cast.hr.must(cast.hr.patch("/fatigue-budget", {"items": 1}, "*"), 200)
    much = await hr.preview_wave(new)

    assert [("/unitIds/0", "unknown-unit")] == wrong.findings
    assert ("too-few-invited", "fatigue-budget") == (few.code, much.code)


async def test_a_release_shows_what_was_told(speak: Speak, cast: Cast) -> None:
    """Where everybody answers, what was told of 100 per cent is what there is; the population is the frozen one."""
    played = await play_round(cast)

    found = (await speak(cast.hr).get_reportability(played.wave_id, rate=100)).must()

    means = next(one for one in found["classes"] if one["figures"] == "mean")
    assert {unit["name"]: unit["status"] for unit in means["units"]} == {
        name: one["response"]["status"] for name, one in played.aggregates.items()
    }
    assert (True, 49) == (found["frozen"], found["invited"])


async def test_too_few_people_are_told_before_as_well(speak: Speak, cast: Cast) -> None:
    """The preview is refused with what the opening would say."""
    wave_id = (await speak(cast.hr).plan_wave(await wave_new(cast, unitIds=[cast.units["care"]]))).must()["waveId"]

    assert "too-few-invited" == (await speak(cast.hr).get_reportability(wave_id)).code
