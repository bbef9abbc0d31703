"""What must hold between the steps: reach, withdrawal, the window and a lost key."""

from datetime import timedelta
from uuid import UUID

from cases.measuring import (
    advance,
    answer_all,
    bring_to,
    codes_of,
    consent,
    instrument_of,
    today_of,
    wave_new,
)
from peil import clock
from support.apis import Rest, Speak
from support.house import House
from support.personas import Cast, add_crowd, cast_of


async def test_a_wave_concerns_whom_it_asks(speak: Speak, cast: Cast) -> None:
    """A wave for `care` is none of the business of those in `field` and `sales`; a wave for `sales` is."""
    hr = Rest(cast.hr)
    care = (await hr.plan_wave(await wave_new(cast, unitIds=[cast.units["care"]]))).must()["waveId"]
    sales = (await hr.plan_wave(await wave_new(cast, unitIds=[cast.units["sales"]]))).must()["waveId"]
    listed = {
        name: [wave["waveId"] for wave in (await speak(persona).list_waves()).must()["items"]]
        for name, persona in (("employee", cast.employee), ("manager", cast.manager), ("hr", cast.hr))
    }
    direct = [(await speak(cast.employee).get_wave(wave_id)).word for wave_id in (care, sales)]

    assert {"employee": [sales], "manager": [sales], "hr": sorted([care, sales], key=listed["hr"].index)} == listed
    assert ["not-found", "ok"] == direct


async def test_manifests_are_for_those_who_audit(speak: Speak, cast: Cast) -> None:
    """A manifest lists every published unit: an employee and a manager do not read it, the council does."""
    await add_crowd(cast.hr, root=12, sales=14, field=14, care=4)
    wave_id = await bring_to(cast, "released")
    words = [
        (await speak(persona).get_release(wave_id)).word
        for persona in (cast.employee, cast.manager, cast.works_council, cast.hr)
    ]

    assert ["denied", "denied", "ok", "ok"] == words


async def test_a_consent_withdrawn_before_the_window_cancels_the_wave(cast: Cast) -> None:
    """A wave that is ready does not open once the council has withdrawn."""
    await add_crowd(cast.hr, root=12, sales=14, field=14, care=4)
    wave_id = await bring_to(cast, "ready")
    council = Rest(cast.works_council)
    recorded = (await council.list_preconditions()).must()["items"]
    given = next(one for one in recorded if one["policyVersion"])
    (await council.revoke_consent(given["preconditionId"])).must()
    await advance(cast, hours=2)
    wave = (await Rest(cast.hr).get_wave(wave_id)).must()

    assert ("cancelled", "gates-closed") == (wave["state"], wave["failure"])


async def test_only_the_council_takes_back_what_it_gave(speak: Speak, cast: Cast) -> None:
    """HR neither withdraws the council's consent nor enters anew what the council withdrew."""
    hr, council = speak(cast.hr), speak(cast.works_council)
    given = (await council.record_consent(consent(await today_of(cast)))).must()
    taken = await hr.revoke_consent(given["preconditionId"])
    (await council.revoke_consent(given["preconditionId"])).must()
    entered = await hr.record_consent(consent(await today_of(cast)))
    again = await council.record_consent(consent(await today_of(cast)))

    assert ("denied", "consent-of-council") == (taken.word, taken.code)
    assert ("refused", "council-withdrew") == (entered.word, entered.code)
    assert "ok" == again.word


async def test_the_window_ends_without_a_worker(house: House) -> None:
    """After `closesAt` the intake takes no answer, also while no worker runs to close the wave."""
    cast = await cast_of(await house.employer("Echt BV", sandbox=False))
    await add_crowd(cast.hr, root=12, sales=14, field=14, care=4)
    now = clock.now()
    instrument = await instrument_of(cast)
    plan = {
        "name": "Puls",
        "kind": "pulse",
        "instrumentId": instrument["instrumentId"],
        "mode": "split",
        "languages": ["nl"],
        "opensAt": (now - timedelta(minutes=5)).isoformat(),
        "closesAt": (now + timedelta(minutes=10)).isoformat(),
    }
    wave_id = (await Rest(cast.hr).plan_wave(plan)).must()["waveId"]
    (await Rest(cast.works_council).record_consent(consent(now.date()))).must()
    await _record_documents(cast)
    (await Rest(cast.hr).open_wave(wave_id)).must()
    await house.work()
    codes = await codes_of(cast, wave_id)
    await answer_all(cast, wave_id, codes[:1])
    async with house.worker.parts.database.transaction(cast.employer.employer_id) as rows:
        await rows.execute("update intake.open_wave set closes_at = $2 where wave_id = $1", UUID(wave_id), now)
    late = await house.anonymous.post(f"/waves/{wave_id}/responses", {"code": codes[1], "answers": {}})

    assert (409, "wave-closed") == (late.status_code, late.json()["code"])


async def test_a_wave_whose_key_is_lost_says_so(cast: Cast) -> None:
    """Without its key a wave cannot be counted: it is `unrecoverable`, and nothing is released."""
    await add_crowd(cast.hr, root=12, sales=14, field=14, care=4)
    wave_id = await bring_to(cast, "open")
    cast.house.worker.parts.keys.destroy(UUID(wave_id))
    await advance(cast, days=2)
    wave = (await Rest(cast.hr).get_wave(wave_id)).must()

    assert ("unrecoverable", "key-missing") == (wave["state"], wave["failure"])


async def _record_documents(cast: Cast) -> None:
    hr = Rest(cast.hr)
    day = clock.now().date()
    for kind, languages in (("dpia", []), ("participant-notice", ["nl"])):
        new = {"kind": kind, "decidedOn": day.isoformat(), "documentSha256": "0" * 64, "languages": languages}
        (await hr.record_precondition(new)).must()
