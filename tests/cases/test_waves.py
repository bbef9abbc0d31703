"""Waves: the main job from plan to figures, and no state that can be skipped."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from cases.measuring import advance, bring_to, pass_gates, play_round, time_of, today_of, wave_new
from support.apis import Api, Outcome, Rest, Speak
from support.personas import Cast, add_crowd


async def test_main_job(speak: Speak, cast: Cast) -> None:
    """HR plans, the works council consents, people answer, and everybody reads their own figures."""
    wave_id, aggregates = (await play_round(cast, speak(cast.hr), speak(cast.works_council)))[1:]

    wave = (await speak(cast.hr).get_wave(wave_id)).must()
    own = (await speak(cast.employee).get_aggregate(wave_id, cast.units["field"])).must()

    assert ("released", 49, "pending") == (wave["state"], wave["invited"], wave["keys"])
    assert ["published"] * 2 == [aggregates[name]["response"]["status"] for name in ("root", "field")]
    assert aggregates["field"]["blocks"] == own["blocks"]


STATES = ("planned", "opening", "ready", "open", "closing", "released", "cancelled")
STEPS = {
    "open_wave": {"planned"},
    "close_wave": {"open"},
    "cancel_wave": {"planned", "opening", "ready", "open", "closing"},
    "update_wave": {"planned"},
}


@pytest.mark.parametrize("state", STATES)
async def test_no_state_can_be_skipped(speak: Speak, cast: Cast, state: str) -> None:
    """What the state does not allow is refused, and the wave is as it was."""
    hr = speak(cast.hr)
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, state)
    before = (await hr.get_wave(wave_id)).must()

    refused = {step: await _step(hr, step, wave_id) for step, allowed in STEPS.items() if state not in allowed}

    assert {("refused", "wave-state")} == {(one.word, one.code) for one in refused.values()}
    assert before == (await hr.get_wave(wave_id)).must()


@pytest.mark.parametrize(("step", "state"), [(step, state) for step in STEPS for state in sorted(STEPS[step])])
async def test_every_step_that_is_allowed(speak: Speak, cast: Cast, step: str, state: str) -> None:
    """It does what it says; the worker does the rest, and nothing of a cancelled wave is left."""
    hr = speak(cast.hr)
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, state)
    if step == "open_wave":
        await pass_gates(cast, hr, speak(cast.works_council))

    (await _step(hr, step, wave_id)).must()
    await cast.house.work()

    after = (await hr.get_wave(wave_id)).must()
    expected = {"open_wave": "ready", "close_wave": "released", "cancel_wave": "cancelled", "update_wave": "planned"}
    assert expected[step] == after["state"]
    assert step != "cancel_wave" or after["keys"] in ("none", "destroyed")
    assert step != "update_wave" or after["name"] == "Andere naam"


async def _step(hr: Api, step: str, wave_id: str) -> Outcome:
    if step == "update_wave":
        return await hr.update_wave(wave_id, {"name": "Andere naam"}, if_match="*")
    return await hr.call(step, wave_id)


@pytest.mark.parametrize(
    ("changed", "finding"),
    [
        ({"zone": "Mars/Olympus"}, ("/zone", "unknown-zone")),
        ({"opensAt": "2100-01-02T00:00:00Z", "closesAt": "2100-01-01T00:00:00Z"}, ("/closesAt", "ends-before-start")),
        ({"opensAt": "2001-01-01T00:00:00Z", "closesAt": "2001-01-02T00:00:00Z"}, ("/closesAt", "in-the-past")),
        ({"opensAt": "2100-01-01T00:00:00Z", "closesAt": "2100-06-01T00:00:00Z"}, ("/closesAt", "window-length")),
        ({"opensAt": "2100-01-01T00:00:00Z", "closesAt": "2100-01-01T00:00:01Z"}, ("/closesAt", "window-length")),
        ({"instrumentId": str(uuid4())}, ("/instrumentId", "unknown-instrument")),
        ({"unitIds": [str(uuid4())]}, ("/unitIds/0", "unknown-unit")),
        ({"unitIds": []}, ("/unitIds", "too-few-items")),
        ({"languages": ["fr"]}, ("/languages/0", "language-not-in-instrument")),
        ({"languages": ["nl", "nl"]}, ("/languages", "duplicate-item")),
    ],
)
async def test_a_plan_that_cannot_be_is_refused(
    speak: Speak, standing: Cast, changed: dict[str, Any], finding: tuple[str, str]
) -> None:
    """With the place and the rule, when it is planned and when it is changed."""
    hr = speak(standing.hr)
    wave = await wave_new(standing)
    wave_id = (await hr.plan_wave(wave)).must()["waveId"]

    planned = await hr.plan_wave(wave | changed)
    updated = await hr.update_wave(wave_id, changed, if_match="*")

    assert [("invalid-input", [finding])] * 2 == [(one.code, one.findings) for one in (planned, updated)]


async def test_everything_that_is_wrong_is_told_at_once(speak: Speak, standing: Cast) -> None:
    """Not one by one."""
    wave = await wave_new(standing, zone="Nowhere/At", instrumentId=str(uuid4()), unitIds=[str(uuid4())])

    outcome = await speak(standing.hr).plan_wave(wave)

    assert {"unknown-zone", "unknown-instrument", "unknown-unit"} == {code for _, code in outcome.findings}


async def test_a_wave_whose_window_is_over_does_not_open(speak: Speak, cast: Cast) -> None:
    """It would close at the moment it opened."""
    hr = speak(cast.hr)
    wave_id = await bring_to(cast, "planned")
    await advance(cast, days=3)

    outcome = await hr.open_wave(wave_id)

    assert ("refused", "window-over") == (outcome.word, outcome.code)


async def test_a_wave_for_too_few_people_goes_back_to_its_plan(speak: Speak, cast: Cast) -> None:
    """It says why, and can be opened again when the directory has changed."""
    hr = speak(cast.hr)
    wave_id = (await hr.plan_wave(await wave_new(cast, unitIds=[cast.units["care"]]))).must()["waveId"]
    await pass_gates(cast, hr, speak(cast.works_council))
    (await hr.open_wave(wave_id)).must()
    await cast.house.work()
    failed = (await hr.get_wave(wave_id)).must()
    await add_crowd(cast.hr, care=10)

    (await hr.open_wave(wave_id)).must()
    await cast.house.work()

    opened = (await hr.get_wave(wave_id)).must()
    assert ("planned", "too-few-invited", None) == (failed["state"], failed["failure"], failed["invited"])
    assert ("ready", None, 11) == (opened["state"], opened["failure"], opened["invited"])


async def _doubled(cast: Cast, external_id: str, unit: str) -> str:
    """Puts a person into a second unit, as no operation does; the id of that person."""
    people = (await Rest(cast.hr).list_people(limit=200)).must()["items"]
    person_id: str = next(one["personId"] for one in people if one["externalId"] == external_id)
    async with cast.house.parts.database.transaction(cast.employer.employer_id) as rows:
        await rows.execute(
            "insert into peil.membership (employer_id, person_id, unit_id, role, valid_from)"
            " values ($1, $2, $3, 'member', $4)",
            cast.employer.employer_id,
            UUID(person_id),
            UUID(cast.units[unit]),
            await today_of(cast),
        )
    return person_id


async def test_who_is_in_two_units_is_mended_in_the_directory(speak: Speak, cast: Cast) -> None:
    """The wave says that somebody is; the directory says who, to those who may read it; mended, the wave opens."""
    hr = speak(cast.hr)
    await add_crowd(cast.hr, field=10)
    person_id = await _doubled(cast, "field-0", "care")
    wave_id = await bring_to(cast, "opening", hr)
    await cast.house.work()
    failed = (await hr.get_wave(wave_id)).must()
    refused = await speak(cast.board).get_reportability(wave_id)
    named = [one["personId"] for one in (await hr.list_people(doubled=True)).must()["items"]]

    moved = {"unitExternalId": "field", "from": (await today_of(cast)).isoformat()}
    (await hr.update_person(person_id, moved, if_match="*")).must()
    (await hr.open_wave(wave_id)).must()
    await cast.house.work()

    assert ("planned", "two-units") == (failed["state"], failed["failure"])
    assert ("two-units", []) == (refused.code, refused.findings)
    assert [person_id] == named
    assert person_id not in str(refused.body)
    assert ([], "ready") == (
        (await hr.list_people(doubled=True)).must()["items"],
        (await hr.get_wave(wave_id)).body["state"],
    )


async def test_waves_are_listed_in_the_order_in_which_they_open(speak: Speak, cast: Cast) -> None:
    """Whatever the order they were planned in."""
    hr, now = speak(cast.hr), await time_of(cast)
    for days in (5, 1, 3):
        opens = {"opensAt": (now + timedelta(days=days)).isoformat(), "name": str(days)}
        closes = {"closesAt": (now + timedelta(days=days + 1)).isoformat()}
        (await hr.plan_wave(await wave_new(cast, **opens, **closes))).must()

    assert ["1", "3", "5"] == [one["name"] for one in (await hr.list_waves()).must()["items"]]
