"""The works council is asked, decides itself and can withdraw; waves follow."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from cases.examples import BODIES, any_id
from cases.measuring import DIGEST, consent, dpia, notice, time_of, today_of, wave_new
from cases.test_events import audit_of, read_feed
from peil.releases.model import Thresholds
from support.apis import Api, Rest, Speak
from support.personas import Cast, at_once

SHUT = [("/gates/consent", "consent-missing")]
WITHDRAWN = [("/gates/consent", "consent-withdrawn")]


async def asking(cast: Cast, **changed: Any) -> dict[str, Any]:
    """A request to be answered within a month."""
    by = await today_of(cast) + timedelta(days=30)
    return {"policyVersion": 1, "mode": "split", "documentSha256": DIGEST, "answerBy": by.isoformat()} | changed


async def ask(cast: Cast, hr: Api, **changed: Any) -> str:
    """A request that waits for its decision; its id."""
    return str((await hr.create_consent_request(await asking(cast, **changed))).must()["consentRequestId"])


async def waves_of(cast: Cast, hr: Api, count: int = 1) -> list[str]:
    """Planned waves that lack nothing but the consent."""
    on = await today_of(cast)
    (await hr.record_precondition(dpia(on))).must()
    (await hr.record_precondition(notice(on))).must()
    return [(await hr.plan_wave(await wave_new(cast))).must()["waveId"] for _ in range(count)]


async def test_hr_enters_nothing_against_the_councils_word(speak: Speak, cast: Cast) -> None:
    """Not while the council is asked, not after it refused, and not that there is none; it can ask again."""
    hr, council, on = speak(cast.hr), speak(cast.works_council), await today_of(cast)
    request_id = await ask(cast, hr)
    codes = [(await hr.record_consent(consent(on))).code]
    (await council.decide_consent_request(request_id, {"decision": "refuse"})).must()
    codes += [
        (await hr.record_consent(consent(on, kind=kind))).code for kind in ("works-council-consent", "no-works-council")
    ]
    codes.append((await hr.record_consent(consent(on, kind="no-works-council", mode="handout"))).code)
    # To ask again and take it back changes nothing of what the council said.
    (await hr.cancel_consent_request(await ask(cast, hr))).must()
    codes.append((await hr.record_consent(consent(on))).code)
    again = await ask(cast, hr)
    (await council.decide_consent_request(again, {"decision": "consent"})).must()

    withdrawn = await hr.cancel_consent_request(await ask(cast, hr, mode="handout"))

    assert "ok" == withdrawn.word
    assert ["council-decides"] * 3 + ["council-exists", "council-decides"] == codes
    assert "ok" == (await hr.record_consent(consent(on))).word


async def test_a_refusal_takes_what_was_entered(speak: Speak, cast: Cast) -> None:
    """HR enters a consent, then asks: the council refuses, and the gate is shut."""
    hr, council = speak(cast.hr), speak(cast.works_council)
    [wave_id] = await waves_of(cast, hr)
    entered = (await hr.record_consent(consent(await today_of(cast)))).must()
    request_id = await ask(cast, hr)
    (await council.decide_consent_request(request_id, {"decision": "refuse"})).must()
    gone = (await council.get_precondition(entered["preconditionId"])).must()

    assert WITHDRAWN == (await hr.open_wave(wave_id)).findings
    assert "works-council" == gone["withdrawnBy"]


async def test_waves_follow_the_council(speak: Speak, cast: Cast) -> None:
    """HR asks, the council consents, a wave opens; the council withdraws, and the next one does not."""
    hr, council = speak(cast.hr), speak(cast.works_council)
    first, second = await waves_of(cast, hr, 2)
    request_id = await ask(cast, hr, note="Nulmeting")
    before = await hr.open_wave(first)

    given = (await council.decide_consent_request(request_id, {"decision": "consent", "note": "Akkoord"})).must()
    opened = await hr.open_wave(first)
    (await council.revoke_consent(given["preconditionId"])).must()
    shut = await hr.open_wave(second)

    after = (await hr.get_consent_request(request_id)).must()
    assert (SHUT, "ok", WITHDRAWN) == (before.findings, opened.word, shut.findings)
    assert given | {"state": "withdrawn"} == after
    assert [after] == (await council.list_consent_requests()).must()["items"]


async def test_a_decision_is_recorded_as_the_councils_consent(speak: Speak, cast: Cast) -> None:
    """To what was asked, of the document that was put before it, from that day on, for as long as it says."""
    hr, council = speak(cast.hr), speak(cast.works_council)
    today = await today_of(cast)
    until = (today + timedelta(days=1)).isoformat()
    new = await asking(cast, documentSha256="a" * 64, mode="blind")
    asked = (await hr.create_consent_request(new)).must()

    decided = (
        await council.decide_consent_request(
            asked["consentRequestId"], {"decision": "consent", "note": "Een jaar", "validUntil": until}
        )
    ).must()

    recorded = (await hr.get_precondition(decided["preconditionId"])).must()
    assert new | {"state": "requested", "requestedOn": today.isoformat(), "note": None} == {
        name: asked[name] for name in (*new, "state", "requestedOn", "note")
    }
    assert (
        asked
        | {
            "state": "consented",
            "decidedOn": today.isoformat(),
            "decisionNote": "Een jaar",
            "preconditionId": recorded["preconditionId"],
        }
        == decided
    )
    assert {
        "kind": "works-council-consent",
        "policyVersion": 1,
        "mode": "blind",
        "documentSha256": "a" * 64,
        "decidedOn": today.isoformat(),
        "validUntil": until,
        "enteredBy": "works-council",
    }.items() <= recorded.items()


async def test_a_refusal_leaves_the_gate_shut(speak: Speak, cast: Cast) -> None:
    """The reason is kept, no consent is recorded, and HR may ask again."""
    hr, council = speak(cast.hr), speak(cast.works_council)
    [wave_id] = await waves_of(cast, hr)
    request_id = await ask(cast, hr)

    refused = (await council.decide_consent_request(request_id, {"decision": "refuse", "note": "Te vroeg"})).must()

    gates = (await hr.list_preconditions()).must()["items"]
    assert ("refused", "Te vroeg", None) == tuple(refused[one] for one in ("state", "decisionNote", "preconditionId"))
    assert {"dpia", "participant-notice"} == {one["kind"] for one in gates}
    assert SHUT == (await hr.open_wave(wave_id)).findings
    assert "ok" == (await hr.create_consent_request(await asking(cast))).word


async def test_a_consent_ends_with_its_term(speak: Speak, cast: Cast) -> None:
    """On the day that the council said the gate is shut again; the request still says what was decided."""
    hr, council = speak(cast.hr), speak(cast.works_council)
    first, second = await waves_of(cast, hr, 2)
    now = await time_of(cast)
    later = {"closesAt": (now + timedelta(days=6)).isoformat()}
    (await hr.update_wave(second, later, if_match="*")).must()
    request_id = await ask(cast, hr)
    until = (now + timedelta(days=1)).date().isoformat()
    (await council.decide_consent_request(request_id, {"decision": "consent", "validUntil": until})).must()

    in_time = await hr.open_wave(first)
    await hr.advance_test_clock(cast.employer_id, {"to": (now + timedelta(days=1)).isoformat()})
    too_late = await hr.open_wave(second)

    assert ("ok", SHUT) == (in_time.word, too_late.findings)
    assert "consented" == (await hr.get_consent_request(request_id)).must()["state"]


async def test_after_the_term_the_council_still_decides(speak: Speak, cast: Cast) -> None:
    """The employer waits for it: silence is neither consent nor refusal."""
    hr, council = speak(cast.hr), speak(cast.works_council)
    request_id = await ask(cast, hr, answerBy=(await today_of(cast)).isoformat())
    to = (await time_of(cast) + timedelta(days=60)).isoformat()
    await hr.advance_test_clock(cast.employer_id, {"to": to})

    silent = (await hr.get_consent_request(request_id)).must()
    decided = await council.decide_consent_request(request_id, {"decision": "consent"})

    assert ("requested", "consented") == (silent["state"], decided.must()["state"])


NOBODY_ELSE = {
    "decide_consent_request": {"hr", "board", "manager", "employee", "prevention_officer", "administrator", "vendor"},
    "cancel_consent_request": {"works_council", "board", "manager", "employee", "prevention_officer", "vendor"},
}


@pytest.mark.parametrize(("name", "role"), [(name, role) for name in NOBODY_ELSE for role in sorted(NOBODY_ELSE[name])])
async def test_nobody_else_settles_a_request(speak: Speak, standing: Cast, name: str, role: str) -> None:
    """HR does not decide, the council does not cancel, others do neither: denied, and nothing changes."""
    hr = Rest(standing.hr)
    created = await hr.create_consent_request(await asking(standing))
    request_id = created.body["consentRequestId"] if created.word == "ok" else await _pending(hr)
    before = (await hr.get_consent_request(request_id)).must(), await _consents(hr)

    outcome = await speak(getattr(standing, role)).call(
        name, request_id, *([{"decision": "consent"}] if name == "decide_consent_request" else [])
    )

    assert ("denied", "denied") == (outcome.word, outcome.code)
    assert before == ((await hr.get_consent_request(request_id)).must(), await _consents(hr))


async def _pending(hr: Rest) -> str:
    """The one request for split mode that waits."""
    page = (await hr.list_consent_requests(limit=200)).must()["items"]
    return next(str(one["consentRequestId"]) for one in page if (one["state"], one["mode"]) == ("requested", "split"))


async def _consents(hr: Rest) -> list[str]:
    gates = (await hr.list_preconditions(limit=200)).must()["items"]
    return [one["preconditionId"] for one in gates if one["policyVersion"]]


@pytest.mark.parametrize("settled", ["consented", "refused", "cancelled", "withdrawn"])
async def test_what_is_settled_is_settled(speak: Speak, cast: Cast, settled: str) -> None:
    """It is decided once, and not taken back any more, nor decided after it was."""
    hr, council = speak(cast.hr), speak(cast.works_council)
    request_id = await ask(cast, hr)
    if settled == "cancelled":
        (await hr.cancel_consent_request(request_id)).must()
    else:
        word = "refuse" if settled == "refused" else "consent"
        decided = (await council.decide_consent_request(request_id, {"decision": word})).must()
        if settled == "withdrawn":
            (await council.revoke_consent(decided["preconditionId"])).must()
    before = (await hr.get_consent_request(request_id)).must()

    outcomes = [
        await council.decide_consent_request(request_id, {"decision": "consent"}),
        await council.decide_consent_request(request_id, {"decision": "refuse"}),
        await hr.cancel_consent_request(request_id),
    ]

    assert settled == before["state"]
    assert [("refused", "request-decided")] * 3 == [(one.word, one.code) for one in outcomes]
    assert before == (await hr.get_consent_request(request_id)).must()


@pytest.mark.parametrize("other", ["refuse", "consent", "cancel"])
async def test_of_two_at_once_one_wins(speak: Speak, cast: Cast, other: str) -> None:
    """The council decides while it, or HR, settles the request another way: one is refused and leaves no trace."""
    hr, council = speak(cast.hr), speak(cast.works_council)
    request_id = await ask(cast, hr)

    def settle_otherwise() -> Any:
        if other == "cancel":
            return hr.cancel_consent_request(request_id)
        return council.decide_consent_request(request_id, {"decision": other})

    outcomes = await at_once(
        *(council.decide_consent_request(request_id, {"decision": "consent"}) for _ in range(3)),
        *(settle_otherwise() for _ in range(3)),
    )

    [winner] = [one.must() for one in outcomes if one.word == "ok"]
    audited = [one["event"] for one in await audit_of(cast) if one["subject"] == f"consent-requests/{request_id}"]
    assert [("refused", "request-decided")] * 5 == [(one.word, one.code) for one in outcomes if one.word != "ok"]
    assert winner == (await hr.get_consent_request(request_id)).must()
    assert [winner["preconditionId"]] * (winner["state"] == "consented") == await _consents(Rest(cast.hr))
    assert 2 == len(audited)


@pytest.mark.parametrize("at_the_same_time", [False, True])
async def test_the_council_is_asked_one_thing_once(speak: Speak, cast: Cast, at_the_same_time: bool) -> None:
    """While a request waits there is no second for its policy and mode; another mode may be asked beside it."""
    hr, new = speak(cast.hr), await asking(cast)

    if at_the_same_time:
        outcomes = await at_once(*(hr.create_consent_request(new) for _ in range(4)))
    else:
        outcomes = [await hr.create_consent_request(new) for _ in range(4)]

    assert 1 == len([one for one in outcomes if one.word == "ok"])
    assert [("refused", "request-pending")] * 3 == [(one.word, one.code) for one in outcomes if one.word != "ok"]
    assert "ok" == (await hr.create_consent_request(new | {"mode": "blind"})).word


async def test_hr_takes_a_request_back(speak: Speak, cast: Cast) -> None:
    """And may then ask anew."""
    hr = speak(cast.hr)
    request_id = await ask(cast, hr)

    cancelled = (await hr.cancel_consent_request(request_id)).must()

    again = await ask(cast, hr)
    listed = [(one["consentRequestId"], one["state"]) for one in (await hr.list_consent_requests()).must()["items"]]
    assert ("cancelled", None, None) == tuple(cancelled[one] for one in ("state", "decidedOn", "preconditionId"))
    assert [(request_id, "cancelled"), (again, "requested")] == listed


async def test_requests_come_in_pages(speak: Speak, cast: Cast) -> None:
    """Each once, the oldest first."""
    hr = speak(cast.hr)
    asked = [await ask(cast, hr, mode=mode) for mode in ("split", "blind", "handout")]

    first = (await hr.list_consent_requests(limit=2)).must()
    second = (await hr.list_consent_requests(limit=2, cursor=first["next"])).must()

    assert asked == [one["consentRequestId"] for one in (*first["items"], *second["items"])]
    assert second["next"] is None


async def test_after_a_withdrawal_the_council_can_be_asked_again(speak: Speak, cast: Cast) -> None:
    """HR cannot enter what was withdrawn; a new decision of the council opens the gate, the old request stays."""
    hr, council = speak(cast.hr), speak(cast.works_council)
    [wave_id] = await waves_of(cast, hr)
    first = await ask(cast, hr)
    given = (await council.decide_consent_request(first, {"decision": "consent"})).must()
    (await council.revoke_consent(given["preconditionId"])).must()

    entered = await hr.record_consent(consent(await today_of(cast)))
    second = await ask(cast, hr)
    (await council.decide_consent_request(second, {"decision": "consent"})).must()

    states = [one["state"] for one in (await hr.list_consent_requests()).must()["items"]]
    assert ("council-withdrew", ["withdrawn", "consented"]) == (entered.code, states)
    assert "ok" == (await hr.open_wave(wave_id)).word


async def test_a_newer_policy_may_be_asked_beside_the_old(speak: Speak, cast: Cast) -> None:
    """Consent to the one is none to the other."""
    hr, council = speak(cast.hr), speak(cast.works_council)
    (await hr.create_policy({"thresholds": {"kN": Thresholds().k_n + 1}})).must()
    [wave_id] = await waves_of(cast, hr)
    old, new = [await ask(cast, hr, policyVersion=version) for version in (1, 2)]

    (await council.decide_consent_request(old, {"decision": "consent"})).must()
    shut = await hr.open_wave(wave_id)
    (await council.decide_consent_request(new, {"decision": "consent"})).must()

    assert (SHUT, "ok") == (shut.findings, (await hr.open_wave(wave_id)).word)


async def test_every_mistake_in_a_request_is_told(speak: Speak, cast: Cast) -> None:
    """A policy that does not exist and a term that is over, both at once; today is still in time."""
    hr, today = speak(cast.hr), await today_of(cast)
    over = (today - timedelta(days=1)).isoformat()

    outcome = await hr.create_consent_request(await asking(cast, policyVersion=2, answerBy=over))

    assert [("/policyVersion", "unknown-policy"), ("/answerBy", "in-the-past")] == outcome.findings
    assert "ok" == (await hr.create_consent_request(await asking(cast, answerBy=today.isoformat()))).word


@pytest.mark.parametrize(
    ("decision", "days", "finding"),
    [
        ("consent", 0, ("/validUntil", "ends-before-start")),
        ("consent", -1, ("/validUntil", "ends-before-start")),
        ("refuse", 1, ("/validUntil", "refusal-without-term")),
    ],
)
async def test_a_decision_that_cannot_be_is_refused(
    speak: Speak, cast: Cast, decision: str, days: int, finding: tuple[str, str]
) -> None:
    """A consent counts for a day at least, a refusal has no end; the request goes on waiting."""
    hr, council = speak(cast.hr), speak(cast.works_council)
    request_id = await ask(cast, hr)
    until = (await today_of(cast) + timedelta(days=days)).isoformat()

    outcome = await council.decide_consent_request(request_id, {"decision": decision, "validUntil": until})

    assert ("invalid-input", [finding]) == (outcome.code, outcome.findings)
    assert "requested" == (await hr.get_consent_request(request_id)).must()["state"]
    assert [] == await _consents(Rest(cast.hr))


async def test_another_employers_council_decides_nothing(speak: Speak, standing: Cast, stranger: Cast) -> None:
    """The request does not exist for it, as for its HR, and goes on waiting."""
    hr = Rest(stranger.hr)
    request_id = await ask(stranger, hr, mode="handout")
    council = speak(standing.works_council)

    theirs = await council.decide_consent_request(request_id, {"decision": "consent"})
    nothing = await council.decide_consent_request(any_id(""), {"decision": "consent"})
    taken = await speak(standing.hr).cancel_consent_request(request_id)

    assert ["not-found"] * 3 == [one.word for one in (theirs, nothing, taken)]
    assert "requested" == (await hr.get_consent_request(request_id)).must()["state"]
    (await hr.cancel_consent_request(request_id)).must()


async def test_events_and_audit_tell_what_became_of_it(speak: Speak, cast: Cast) -> None:
    """Each step once, with its state; the consent that came of a decision has its own, in no order with it."""
    hr, council = speak(cast.hr), speak(cast.works_council)
    refused, cancelled, consented = [await ask(cast, hr, mode=mode) for mode in ("split", "blind", "handout")]
    (await council.decide_consent_request(refused, {"decision": "refuse"})).must()
    (await hr.cancel_consent_request(cancelled)).must()
    given = (await council.decide_consent_request(consented, {"decision": "consent"})).must()

    rows = Counter((one["event"], one["subject"]) for one in await audit_of(cast))
    items, _ = await read_feed(speak(cast.administrator), limit=100)

    told = Counter((one["type"].removeprefix("nl.peil."), one["subject"], one["data"]["state"]) for one in items)
    kind, gate = "consent-requests", f"preconditions/{given['preconditionId']}"
    assert Counter(
        [
            *(("consent-request.created", f"{kind}/{one}", "requested") for one in (refused, cancelled, consented)),
            ("consent-request.decided", f"{kind}/{refused}", "refused"),
            ("consent-request.cancelled", f"{kind}/{cancelled}", "cancelled"),
            ("consent.recorded", gate, None),
            ("consent-request.decided", f"{kind}/{consented}", "consented"),
        ]
    ) == Counter({one: count for one, count in told.items() if one[0].startswith("consent")})
    assert Counter(
        [
            *(("create_consent_request", f"{kind}/{one}") for one in (refused, cancelled, consented)),
            ("decide_consent_request", f"{kind}/{refused}"),
            ("cancel_consent_request", f"{kind}/{cancelled}"),
            ("decide_consent_request", gate),
            ("decide_consent_request", f"{kind}/{consented}"),
        ]
    ) == Counter({one: count for one, count in rows.items() if one[0].endswith("_consent_request")})


async def test_a_retry_asks_once(cast: Cast) -> None:
    """The same Idempotency-Key gets the first reply, not that the request is pending."""
    headers = {"idempotency-key": "once"}

    answers = [
        await cast.hr.post("/consent-requests", BODIES["create_consent_request"], headers=headers) for _ in range(2)
    ]

    assert [201, 201] == [one.status_code for one in answers]
    assert answers[0].content == answers[1].content
