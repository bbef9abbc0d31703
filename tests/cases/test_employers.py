"""Employers, thresholds that only rise, gates, and the clock of a sandbox."""

from datetime import timedelta
from typing import Any

import pytest

from cases.measuring import consent, dpia, notice, pass_gates, time_of, today_of, wave_new
from peil.releases.model import Thresholds
from support.apis import Rest, Speak
from support.house import Employer, House
from support.personas import Cast

FLOORS = {
    wire: getattr(Thresholds(), name)
    for name, wire in zip(Thresholds.__struct_fields__, Thresholds.__struct_encode_fields__, strict=True)
}


async def test_the_operator_creates_an_employer(speak: Speak, house: House) -> None:
    """With the floors as its first policy and the shipped instruments, and it is found again."""
    operator = await house.operator()
    created = (await speak(operator).create_employer({"name": "Nieuw BV", "language": "en"})).must()

    seen = (await speak(operator).get_employer(created["employerId"])).must()

    assert created == seen
    assert ("Nieuw BV", "en", False, None) == tuple(seen[one] for one in ("name", "language", "sandbox", "testClock"))


async def test_everybody_else_sees_their_own_employer_only(speak: Speak, standing: Cast, stranger: Cast) -> None:
    """In the list too."""
    page = (await speak(standing.hr).list_employers()).must()
    other = await speak(standing.hr).get_employer(stranger.employer_id)

    assert [standing.employer_id] == [one["employerId"] for one in page["items"]]
    assert "not-found" == other.word


async def test_an_external_id_is_one_employers_only(speak: Speak, standing: Cast) -> None:
    """A vendor's id of an employer is not used twice."""
    new = {"name": "X", "externalId": standing.employer_id + speak.__name__}
    (await speak(standing.operator).create_employer(new)).must()

    assert "external-id-taken" == (await speak(standing.operator).create_employer(new)).code


async def test_thresholds_rise(speak: Speak, cast: Cast) -> None:
    """A new policy is the next version, and the list begins with it."""
    hr = speak(cast.hr)

    raised = (await hr.create_policy({"thresholds": FLOORS | {"kN": 9, "kD5": 40}})).must()
    policies = (await hr.list_policies()).must()["items"]

    assert [(2, 9), (1, 7)] == [(one["version"], one["thresholds"]["kN"]) for one in policies]
    assert raised == policies[0]


@pytest.mark.parametrize("name", sorted(FLOORS))
async def test_no_threshold_ever_falls(speak: Speak, standing: Cast, name: str) -> None:
    """Not one of them, and the answer says which and what it must be at least."""
    wanted = FLOORS | {name: FLOORS[name] - 1}

    outcome = await speak(standing.hr).create_policy({"thresholds": wanted})

    assert ("refused", "policy-loosened") == (outcome.word, outcome.code)
    assert (f"/thresholds/{name}", "threshold-lowered") in outcome.findings
    assert 1 == len((await speak(standing.hr).list_policies()).must()["items"])


async def test_thresholds_keep_their_order(speak: Speak, standing: Cast) -> None:
    """A mean may never ask for fewer people than a comment."""
    outcome = await speak(standing.hr).create_policy({"thresholds": FLOORS | {"kM": 20}})

    assert [("/thresholds/kM", "thresholds-not-rising")] == outcome.findings


async def test_a_raised_policy_needs_a_new_consent(speak: Speak, cast: Cast) -> None:
    """Also for a wave that was planned before: what holds is frozen when it opens, and by then it is the new policy."""
    hr, council = speak(cast.hr), speak(cast.works_council)
    before = (await hr.plan_wave(await wave_new(cast))).must()
    await pass_gates(cast, hr, council)
    (await hr.create_policy({"thresholds": FLOORS | {"kN": 8}})).must()
    after = (await hr.plan_wave(await wave_new(cast))).must()

    refused = [await hr.open_wave(wave["waveId"]) for wave in (before, after)]
    (await council.record_consent(consent(await today_of(cast), policyVersion=2))).must()
    opened = [(await hr.open_wave(wave["waveId"])).must() for wave in (before, after)]

    assert [[("/gates/consent", "consent-missing")]] * 2 == [one.findings for one in refused]
    assert [1, 2, 2] == [before["policyVersion"], *(one["policyVersion"] for one in opened)]


GATES = {
    "consent": ("/gates/consent", "consent-missing"),
    "dpia": ("/gates/dpia", "dpia-missing"),
    "notice": ("/gates/notice", "notice-missing"),
}


@pytest.mark.parametrize("missing", sorted(GATES))
async def test_each_gate_alone_keeps_a_wave_shut(speak: Speak, cast: Cast, missing: str) -> None:
    """The other two do not make up for it, and the wave stays as it was planned."""
    hr, on = speak(cast.hr), await today_of(cast)
    wave = (await hr.plan_wave(await wave_new(cast))).must()
    if missing != "consent":
        (await speak(cast.works_council).record_consent(consent(on))).must()
    if missing != "dpia":
        (await hr.record_precondition(dpia(on))).must()
    if missing != "notice":
        (await hr.record_precondition(notice(on))).must()

    outcome = await hr.open_wave(wave["waveId"])

    assert ("refused", "gates-closed", [GATES[missing]]) == (outcome.word, outcome.code, outcome.findings)
    assert wave == (await hr.get_wave(wave["waveId"])).must()


async def test_a_notice_in_every_language_is_needed(speak: Speak, cast: Cast) -> None:
    """The languages of the wave may be covered by several notices together."""
    hr, on = speak(cast.hr), await today_of(cast)
    wave_id = (await hr.plan_wave(await wave_new(cast, languages=["nl", "en"]))).must()["waveId"]
    await pass_gates(cast, hr, speak(cast.works_council))
    half = await hr.open_wave(wave_id)
    (await hr.record_precondition(notice(on, languages=["en"]))).must()

    assert [("/gates/notice", "notice-missing")] == half.findings
    assert "ok" == (await hr.open_wave(wave_id)).word


@pytest.mark.parametrize(
    "other", [{"mode": "blind"}, {"mode": "handout"}, {"policyVersion": 1}, {"kind": "no-works-council"}]
)
async def test_a_consent_is_for_one_policy_and_one_mode(speak: Speak, cast: Cast, other: dict[str, Any]) -> None:
    """One for another does not open the wave; that there is no council opens it as a consent does."""
    hr, on = speak(cast.hr), await today_of(cast)
    wave_id = (await hr.plan_wave(await wave_new(cast))).must()["waveId"]
    (await hr.create_policy({"thresholds": FLOORS | {"kN": 8}})).must()
    (await hr.record_precondition(dpia(on))).must()
    (await hr.record_precondition(notice(on))).must()
    (await hr.record_consent(consent(on, **({"policyVersion": 2} | other)))).must()

    outcome = await hr.open_wave(wave_id)

    assert ("ok" if "kind" in other else "refused") == outcome.word
    assert outcome.findings in ([], [GATES["consent"]])


async def test_a_withdrawn_consent_opens_nothing(speak: Speak, cast: Cast) -> None:
    """And can be withdrawn once."""
    hr, council = speak(cast.hr), speak(cast.works_council)
    wave_id = (await hr.plan_wave(await wave_new(cast))).must()["waveId"]
    await pass_gates(cast, hr, council)
    gates = (await hr.list_preconditions()).must()["items"]
    consent_id = next(one["preconditionId"] for one in gates if one["kind"] == "works-council-consent")

    withdrawn = (await council.revoke_consent(consent_id)).must()
    again = await council.revoke_consent(consent_id)

    assert withdrawn["withdrawnAt"] is not None
    assert "precondition-withdrawn" == again.code
    assert [("/gates/consent", "consent-withdrawn")] == (await hr.open_wave(wave_id)).findings


async def test_only_consents_are_revoked(speak: Speak, cast: Cast) -> None:
    """A DPIA is none."""
    recorded = (await speak(cast.hr).record_precondition(dpia(await today_of(cast)))).must()

    assert "not-found" == (await speak(cast.works_council).revoke_consent(recorded["preconditionId"])).word


async def test_a_gate_shuts_again_when_its_term_is_over(speak: Speak, cast: Cast) -> None:
    """On the day that `validUntil` names, not on the day before."""
    hr, on = speak(cast.hr), await today_of(cast)
    (await speak(cast.works_council).record_consent(consent(on))).must()
    (await hr.record_precondition(notice(on))).must()
    (await hr.record_precondition(dpia(on, validUntil=(on + timedelta(days=1)).isoformat()))).must()
    wave = await wave_new(cast, closesAt=(await time_of(cast) + timedelta(days=6)).isoformat())
    first, second = [(await hr.plan_wave(wave)).must()["waveId"] for _ in range(2)]

    in_time = await hr.open_wave(first)
    await hr.advance_test_clock(cast.employer_id, {"to": (await time_of(cast) + timedelta(days=1)).isoformat()})
    too_late = await hr.open_wave(second)

    assert ("ok", [GATES["dpia"]]) == (in_time.word, too_late.findings)


async def test_it_shows_who_entered_a_consent(speak: Speak, cast: Cast) -> None:
    """The council itself, or the employer, whose word the council can dispute."""
    on = await today_of(cast)

    entered = [
        (await speak(who).record_consent(consent(on))).must()["enteredBy"] for who in (cast.works_council, cast.hr)
    ]

    assert ["works-council", "employer"] == entered


@pytest.mark.parametrize(
    ("changed", "finding"),
    [
        ({"policyVersion": 7}, ("/policyVersion", "unknown-policy")),
        ({"decidedOn": "2999-01-01"}, ("/decidedOn", "in-the-future")),
        ({"validUntil": "2001-01-01"}, ("/validUntil", "ends-before-start")),
        ({"documentSha256": "A" * 64}, ("/documentSha256", "pattern")),
    ],
)
async def test_a_consent_that_cannot_be_is_refused(
    speak: Speak, standing: Cast, changed: dict[str, Any], finding: tuple[str, str]
) -> None:
    """With the place and the rule."""
    outcome = await speak(standing.works_council).record_consent(consent(await today_of(standing), **changed))

    assert ("refused", "invalid-input", [finding]) == (outcome.word, outcome.code, outcome.findings)


@pytest.mark.parametrize(
    "new", [{"kind": "dpia", "languages": ["nl"]}, {"kind": "participant-notice", "languages": []}]
)
async def test_notices_have_languages_and_dpias_none(speak: Speak, standing: Cast, new: dict[str, Any]) -> None:
    """Either way round is a mistake."""
    outcome = await speak(standing.hr).record_precondition(dpia(await today_of(standing)) | new)

    assert [("/languages", "notice-languages")] == outcome.findings


async def test_a_test_clock_goes_forward(speak: Speak, cast: Cast) -> None:
    """Backwards or to the same moment it does not go."""
    hr, now = speak(cast.hr), await time_of(cast)
    later = now + timedelta(days=365)

    moved = (await hr.advance_test_clock(cast.employer_id, {"to": later.isoformat()})).must()
    refused = [
        await hr.advance_test_clock(cast.employer_id, {"to": to.isoformat()})
        for to in (later, now, later - timedelta(microseconds=1))
    ]

    assert later == await time_of(cast)
    assert cast.employer_id == moved["employerId"]
    assert [("refused", "clock-goes-forward")] * 3 == [(one.word, one.code) for one in refused]


async def test_only_a_sandbox_has_a_test_clock(speak: Speak, house: House) -> None:
    """An employer of flesh and blood lives in real time."""
    employer = await house.employer("Echt BV", sandbox=False)
    operator = Rest(employer.operator)
    hr = await employer.client("hr")

    refused = await speak(hr).advance_test_clock(employer.employer_id, {"to": "2999-01-01T00:00:00Z"})

    assert ("refused", "no-test-clock") == (refused.word, refused.code)
    assert (await operator.get_employer(employer.employer_id)).must()["testClock"] is None


async def test_consents_are_for_those_who_may_read_them(employer: Employer) -> None:
    """A vendor sees the DPIA and no consent; HR and the works council see both."""
    hr, vendor = await employer.client("hr"), await employer.client("vendor_integration")
    day = {"decidedOn": "2020-01-01", "documentSha256": "0" * 64}
    consent = {"kind": "works-council-consent", "policyVersion": 1, "mode": "split"} | day
    recorded = await hr.must(hr.post("/consents", consent))
    await hr.must(hr.post("/preconditions", {"kind": "dpia"} | day))
    seen = [
        [one["kind"] for one in (await persona.must(persona.get("/preconditions"), 200))["items"]]
        for persona in (hr, vendor)
    ]
    direct = await vendor.get(f"/preconditions/{recorded['preconditionId']}")

    assert [["works-council-consent", "dpia"], ["dpia"]] == seen
    assert 404 == direct.status_code
