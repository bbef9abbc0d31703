"""What must hold between the steps: reach, withdrawal, the window and a lost key."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from anonymity.asking import owner
from cases.measuring import (
    advance,
    answer_all,
    bring_to,
    codes_of,
    consent,
    instrument_of,
    pass_gates,
    today_of,
    wave_new,
)
from peil import clock
from peil.keys.key_files import KeyMissingError
from support.apis import Api, Rest, Speak
from support.house import House
from support.personas import Cast, add_crowd, at_once, cast_of


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


async def test_the_council_disputes_what_the_employer_entered(speak: Speak, cast: Cast) -> None:
    """It is told, takes it back, the wave stays shut, and HR does not enter it a second time."""
    hr, council = speak(cast.hr), speak(cast.works_council)
    wave_id = (await hr.plan_wave(await wave_new(cast))).must()["waveId"]
    await pass_gates(cast, hr, hr)
    entered = await _consent_of(hr)
    await cast.house.work()
    told = (await speak(cast.administrator).list_events(limit=100)).must()["items"]

    disputed = (await council.revoke_consent(entered["preconditionId"])).must()

    again = await hr.record_consent(consent(await today_of(cast)))
    shut = await hr.open_wave(wave_id)
    subject = f"preconditions/{entered['preconditionId']}"
    assert ["nl.peil.consent.recorded"] == [one["type"] for one in told if one["subject"] == subject]
    assert ("employer", "works-council") == (entered["enteredBy"], disputed["withdrawnBy"])
    assert ("refused", "council-withdrew") == (again.word, again.code)
    assert [("/gates/consent", "consent-withdrawn")] == shut.findings


async def test_the_employers_word_does_not_outlive_the_councils(speak: Speak, cast: Cast) -> None:
    """What HR entered beside the council's consent goes with it, also a declaration that there is no council."""
    hr, council = speak(cast.hr), speak(cast.works_council)
    wave_id = (await hr.plan_wave(await wave_new(cast))).must()["waveId"]
    await pass_gates(cast, hr, hr)
    today = await today_of(cast)
    (await hr.record_consent(consent(today, kind="no-works-council"))).must()
    other = (await hr.record_consent(consent(today, mode="blind"))).must()
    given = (await council.record_consent(consent(today))).must()

    (await council.revoke_consent(given["preconditionId"])).must()

    gates = (await hr.list_preconditions()).must()["items"]
    standing = [one["preconditionId"] for one in gates if one["policyVersion"] and one["withdrawnAt"] is None]
    assert [other["preconditionId"]] == standing
    assert [("/gates/consent", "consent-withdrawn")] == (await hr.open_wave(wave_id)).findings


async def test_no_entry_slips_past_a_withdrawal(speak: Speak, cast: Cast) -> None:
    """Entered while the council withdraws, the employer's word goes as well or is refused: none is left."""
    hr, council = speak(cast.hr), speak(cast.works_council)
    new = consent(await today_of(cast))
    given = (await council.record_consent(new)).must()

    await at_once(
        *(hr.record_consent(new) for _ in range(4)),
        council.revoke_consent(given["preconditionId"]),
        *(hr.record_consent(new) for _ in range(4)),
    )

    gates = (await hr.list_preconditions()).must()["items"]
    assert [] == [one for one in gates if one["withdrawnAt"] is None]


async def test_hr_takes_back_one_entry_of_its_own(speak: Speak, cast: Cast) -> None:
    """A mistake is put right: the council's consent stands, and HR may enter another document."""
    hr, council = speak(cast.hr), speak(cast.works_council)
    today = await today_of(cast)
    (await council.record_consent(consent(today))).must()
    entered = (await hr.record_consent(consent(today))).must()

    withdrawn = (await hr.revoke_consent(entered["preconditionId"])).must()

    gates = (await hr.list_preconditions()).must()["items"]
    assert "employer" == withdrawn["withdrawnBy"]
    assert ["works-council"] == [one["enteredBy"] for one in gates if one["withdrawnAt"] is None]
    assert "ok" == (await hr.record_consent(consent(today))).word


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
        "closesAt": (now + timedelta(hours=2)).isoformat(),
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


async def test_what_was_closed_once_is_not_opened_again(cast: Cast) -> None:
    """A database from before the opening was restored, and the key store knows better."""
    await add_crowd(cast.hr, field=12)
    wave_id = await bring_to(cast, "planned")
    await pass_gates(cast, Rest(cast.hr), Rest(cast.works_council))
    cast.house.worker.parts.keys.close(UUID(wave_id))
    (await Rest(cast.hr).open_wave(wave_id)).must()

    await cast.house.work()

    wave = (await Rest(cast.hr).get_wave(wave_id)).must()
    assert ("cancelled", "closed-before") == (wave["state"], wave["failure"])


async def test_an_envelope_that_does_not_open_keeps_nobody_from_being_counted(cast: Cast) -> None:
    """Damaged on disk: the others are released, and the wave says that something could not be read."""
    await add_crowd(cast.hr, field=12)
    wave_id = await bring_to(cast, "open")
    await answer_all(cast, wave_id, (await codes_of(cast, wave_id))[:12])
    async with owner(cast.house) as connection:
        await connection.execute(_DAMAGE, UUID(wave_id))

    await advance(cast, days=2)

    hr = Rest(cast.hr)
    wave, page = (await hr.get_wave(wave_id)).must(), (await hr.list_aggregates(wave_id)).must()
    root = next(one for one in page["items"] if one["name"] == "root")
    assert ("released", "answers-unreadable") == (wave["state"], wave["failure"])
    assert 11 == root["response"]["respondents"]


_DAMAGE = """
update intake.sealed
set envelope = set_byte(envelope, 80, 255 - get_byte(envelope, 80))
where (employer_id, wave_id, token_hash) in (
  select employer_id, wave_id, token_hash from intake.sealed where wave_id = $1 limit 1
)
"""


async def test_a_key_stays_for_its_grace_and_then_goes(cast: Cast) -> None:
    """A release can be repeated after a restore for as long as `PEIL_KEY_GRACE` says; after that nobody opens it."""
    await add_crowd(cast.hr, root=12, sales=14, field=14, care=4)
    wave_id = await bring_to(cast, "released")
    keys, grace = cast.house.worker.parts.keys, cast.house.settings.key_grace
    await advance(cast, seconds=grace - 1)
    within = (await Rest(cast.hr).get_wave(wave_id)).must()["keys"], len(keys.read(UUID(wave_id)))
    await advance(cast, seconds=1)
    after = (await Rest(cast.hr).get_wave(wave_id)).must()["keys"]

    assert ("pending", 32) == within
    assert "destroyed" == after
    with pytest.raises(KeyMissingError):
        keys.read(UUID(wave_id))


async def _consent_of(hr: Api) -> dict[str, Any]:
    """The one consent there is."""
    gates = (await hr.list_preconditions()).must()["items"]
    [found] = [one for one in gates if one["policyVersion"]]
    return dict(found)


async def _record_documents(cast: Cast) -> None:
    hr = Rest(cast.hr)
    day = clock.now().date()
    for kind, languages in (("dpia", []), ("participant-notice", ["nl"])):
        new = {"kind": kind, "decidedOn": day.isoformat(), "documentSha256": "0" * 64, "languages": languages}
        (await hr.record_precondition(new)).must()
