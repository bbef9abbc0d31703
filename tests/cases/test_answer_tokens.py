"""Blind mode: a token for each invited person, redeemed by nobody in particular."""

import json
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import pytest

from anonymity.asking import owner
from cases.measuring import Round, advance, bring_to, consent, today_of, wave_new
from peil import base64url
from support.answering import obtain, request, start, submit, wave_of
from support.apis import Rest, Speak
from support.house import House
from support.personas import Cast, add_crowd, cast_of


@pytest.fixture(scope="module")
async def asked(house: House) -> Round:
    """An open wave in blind mode with two groups: `root` and `field`, each with a crowd."""
    cast = await cast_of(await house.employer("Blind BV"))
    await add_crowd(cast.hr, root=8, field=8)
    wave_id = await bring_to(cast, "open", mode="blind")
    return Round(cast, wave_id, {})


async def keys_of(cast: Cast, wave_id: str) -> list[str]:
    anybody = cast.house.anonymous
    asked = await anybody.must(anybody.get(f"/waves/{wave_id}/questionnaire"), 200)
    return [item["key"] for item in asked["items"]]


async def ledger(house: House, wave_id: str) -> list[Any]:
    """Who was issued a token, as the owner of the database sees it."""
    async with owner(house) as connection:
        found: list[Any] = await connection.fetch(
            "select person_id, issued_on, blinded_digest from participation.invitation where wave_id = $1", wave_id
        )
    return found


async def test_an_invited_person_answers_once(asked: Round) -> None:
    """With an own sign-in a token, without one an answer; the same again is told so."""
    house, person = asked.cast.house, asked.cast.employer.person("field-0")
    token = await obtain(person, asked.wave_id)
    body = token.with_answers({(await keys_of(asked.cast, asked.wave_id))[0]: 3})

    first, again = [await submit(house.anonymous, asked.wave_id, body) for _ in range(2)]

    assert [(201, "recorded"), (200, "already-recorded")] == [
        (one.status_code, one.json()["result"]) for one in (first, again)
    ]


async def test_the_person_sees_the_own_waves(speak: Speak, asked: Round) -> None:
    """With the label, the group, the key and whether a token was issued; the notice in the caller's language."""
    person = asked.cast.employer.person("field-1")

    (wave,) = (await speak(person).list_my_waves()).must()["items"]

    assert (asked.wave_id, "blind", "anonymous", "open", False) == tuple(
        wave[name] for name in ("waveId", "mode", "label", "state", "tokenIssued")
    )
    assert ("field", 10) == (wave["reportingGroup"]["unitName"], wave["reportingGroup"]["invited"])
    assert sha256(base64url.decode(wave["publicKey"])).hexdigest() in {
        key["publicKeySha256"] for key in (await manifest(asked))["keys"] if key["keyId"] == wave["keyId"]
    }
    assert "field" in next(line["text"] for line in wave["notice"] if line["code"] == "reports-at")


@pytest.mark.parametrize(("language", "word"), [("nl", "vrijwillig"), ("en", "voluntary")])
async def test_the_notice_is_in_the_callers_language(asked: Round, language: str, word: str) -> None:
    """Dutch or English."""
    person = asked.cast.employer.person("field-1")
    page = await person.must(person.get("/me/waves", headers={"accept-language": language}), 200)

    assert word in page["items"][0]["notice"][0]["text"]


async def manifest(asked: Round) -> dict[str, Any]:
    anybody = asked.cast.house.anonymous
    found: dict[str, Any] = await anybody.must(anybody.get(f"/waves/{asked.wave_id}/manifest"), 200)
    return found


async def test_the_manifest_is_public_and_its_digest_is_told(speak: Speak, asked: Round) -> None:
    """The wave, the person's own view and the audit trail all name the bytes that the intake serves."""
    cast = asked.cast
    served = await cast.house.anonymous.get(f"/waves/{asked.wave_id}/manifest")
    digest = sha256(served.content).hexdigest()
    wave = (await speak(cast.works_council).get_wave(asked.wave_id)).must()
    trail = (await speak(cast.works_council).list_audit()).must()["items"]
    mine = await wave_of(cast.employer.person("field-1"), asked.wave_id)

    assert (digest, digest) == (wave["manifestSha256"], mine["manifestSha256"])
    assert f"waves/{asked.wave_id}/manifests/{digest}" in {row["subject"] for row in trail}
    assert [10, 11] == sorted(key["invited"] for key in served.json()["keys"])
    assert served.headers["etag"]


async def test_the_same_message_gets_the_same_signature(asked: Round) -> None:
    """A reply that was lost is asked for again; another message is refused."""
    person = asked.cast.employer.person("field-2")
    blinding = await start(person, asked.wave_id)
    first, again = [await request(person, asked.wave_id, blinding) for _ in range(2)]

    other = await request(person, asked.wave_id, await start(person, asked.wave_id))

    assert first.status_code == again.status_code == 200
    assert first.content == again.content
    assert (409, "answer-token-issued") == (other.status_code, other.json()["code"])


async def test_only_the_day_is_remembered(asked: Round) -> None:
    """Neither time, nor audit row, nor event: the ledger has a date and a digest."""
    cast = asked.cast
    before = len((await cast.works_council.must(cast.works_council.get("/audit?limit=200"), 200))["items"])
    await obtain(cast.employer.person("field-3"), asked.wave_id)
    await cast.house.work()
    after = (await cast.works_council.must(cast.works_council.get("/audit?limit=200"), 200))["items"]

    issued = [row["issued_on"] for row in await ledger(cast.house, asked.wave_id) if row["issued_on"] is not None]

    assert before == len(after)
    assert {await today_of(cast)} == set(issued)


async def test_the_ledger_does_not_keep_the_order(cast: Cast) -> None:
    """Whose transaction wrote a line last says nothing of when somebody got a token: the others' were written with it.

    Not either where few of many have one, and who asks again, for the same or for another, leaves nothing in the line.
    """
    await add_crowd(cast.hr, field=60)
    wave_id = await bring_to(cast, "ready", mode="blind")
    people = [cast.employer.person(f"field-{number}") for number in range(12)]
    blindings = [await start(person, wave_id) for person in people]
    statuses = [
        (await request(people[place], wave_id, blinding)).status_code
        for place, blinding in [*enumerate(blindings), (3, blindings[3]), (5, blindings[6])]
    ]

    async with owner(cast.house) as connection:
        lines = await connection.fetch(_WRITTEN, wave_id)

    assert [*[200] * 13, 409] == statuses
    assert 12 == len(lines)
    assert 1 == len({line["written"] for line in lines})
    assert all(line["locked"] in ("0", line["written"]) for line in lines)


_WRITTEN = """
select
  xmin::text as written,
  xmax::text as locked
from participation.invitation
where
  wave_id = $1
  and issued_on is not null
"""


async def test_who_is_not_invited_gets_nothing(asked: Round, stranger: Cast) -> None:
    """Neither a client of the employer, nor another employer's people, nor who joined later, nor with another key."""
    cast = asked.cast
    blinding = await start(cast.employer.person("field-4"), asked.wave_id)
    await add_crowd(cast.hr, care=1)
    elsewhere = await start(cast.employer.person("root-1"), asked.wave_id)
    answers = [
        await request(cast.hr, asked.wave_id, blinding),
        await request(stranger.employee, asked.wave_id, blinding),
        await request(cast.employer.person("care-0"), asked.wave_id, blinding),
        await request(cast.employer.person("field-4"), asked.wave_id, elsewhere),
        await request(cast.employer.person("field-4"), str(uuid4()), blinding),
        await request(cast.house.anonymous, asked.wave_id, blinding),
    ]

    assert [403, 404, 404, 404, 404, 401] == [one.status_code for one in answers]


@pytest.mark.parametrize("message", [b"\xff" * 256, b"\x00" * 255])
async def test_a_message_that_cannot_be_signed(asked: Round, message: bytes) -> None:
    """Is told what is wrong with it, and the person can still get a token."""
    person = asked.cast.employer.person("field-5")
    blinding = await start(person, asked.wave_id)
    refused = await person.post(
        f"/waves/{asked.wave_id}/answer-tokens",
        {"keyId": blinding.wave["keyId"], "blindedMessage": base64url.encode(message)},
    )

    assert 400 == refused.status_code
    assert {"/blindedMessage"} == {error["pointer"] for error in refused.json()["errors"]}
    assert not (await wave_of(person, asked.wave_id))["tokenIssued"]


async def test_all_that_is_no_token_of_the_wave_gets_one_answer(asked: Round) -> None:
    """A signature for another message, another group's key, a key of no wave, noise: nothing tells them apart."""
    house, cast = asked.cast.house, asked.cast
    token = await obtain(cast.employer.person("field-6"), asked.wave_id)
    other = await obtain(cast.employer.person("root-6"), asked.wave_id)
    wrong = [
        token._replace(message=other.message),
        token._replace(key_id=other.key_id),
        token._replace(key_id=str(uuid4())),
        token._replace(signature=bytes(256)),
        token._replace(signature=b"\xff" * 256),
    ]
    answers = [await submit(house.anonymous, asked.wave_id, one.with_answers({})) for one in wrong]

    assert [(403, "unknown-answer-token")] * 5 == [(one.status_code, one.json()["code"]) for one in answers]
    assert 1 == len({json.dumps(one.json() | {"instance": None}) for one in answers})
    assert 201 == (await submit(house.anonymous, asked.wave_id, token.with_answers({}))).status_code


async def test_a_key_of_another_wave_opens_nothing(asked: Round, house: House) -> None:
    """Neither of the same employer later, nor of another."""
    other = await cast_of(await house.employer("Ook blind BV"))
    await add_crowd(other.hr, field=8)
    elsewhere = await bring_to(other, "open", mode="blind")
    token = await obtain(other.employer.person("field-0"), elsewhere)

    refused = await submit(house.anonymous, asked.wave_id, token.with_answers({}))

    assert (403, "unknown-answer-token") == (refused.status_code, refused.json()["code"])
    assert 201 == (await submit(house.anonymous, elsewhere, token.with_answers({}))).status_code


@pytest.mark.parametrize(
    ("person", "change", "expected"),
    [
        ("root-2", {"keyId": None}, [("/keyId", "needed-in-this-mode")]),
        (
            "root-3",
            {"message": None, "signature": None},
            [("/message", "needed-in-this-mode"), ("/signature", "needed-in-this-mode")],
        ),
        ("root-4", {"code": "7K2QF-0VXNA-93TRE-HM5DC"}, [("/code", "not-in-this-mode")]),
        ("root-5", {"answers": {"nothing": 1}}, [("/answers/nothing", "unknown-item")]),
        ("root-7", {"contentHash": "0" * 64}, [("/contentHash", "another-questionnaire")]),
    ],
)
async def test_a_bad_body_gets_the_same_answer_whatever_the_token(
    asked: Round, person: str, change: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """Everything wrong is told, and whether the token is good or spent is not."""
    token = await obtain(asked.cast.employer.person(person), asked.wave_id)
    good = token.with_answers({}) | change
    noise = token._replace(signature=bytes(256)).with_answers({}) | change

    answers = [await submit(asked.cast.house.anonymous, asked.wave_id, body) for body in (good, noise)]

    for one in answers:
        assert (400, expected) == (one.status_code, [(e["pointer"], e["code"]) for e in one.json()["errors"]])


async def test_answers_may_say_to_which_questionnaire_they_are(asked: Round) -> None:
    """By the hash that the instrument tells too; of another they are refused in words, and the token is good still."""
    cast, anybody = asked.cast, asked.cast.house.anonymous
    content_hash = (await anybody.must(anybody.get(f"/waves/{asked.wave_id}/questionnaire"), 200))["contentHash"]
    wave = await cast.hr.must(cast.hr.get(f"/waves/{asked.wave_id}"), 200)
    instrument = await cast.hr.must(cast.hr.get(f"/instruments/{wave['instrumentId']}"), 200)
    token = (await obtain(cast.employer.person("field-7"), asked.wave_id)).with_answers({})

    refused = [
        await anybody.post(
            f"/waves/{asked.wave_id}/responses",
            token | {"contentHash": "0" * 64},
            headers={"accept-language": language},
        )
        for language in ("nl", "en")
    ]
    taken = await submit(anybody, asked.wave_id, token | {"contentHash": content_hash})

    assert instrument["contentHash"] == content_hash
    assert ["andere vragenlijst", "another questionnaire"] == [
        word
        for word, one in zip(("andere vragenlijst", "another questionnaire"), refused, strict=True)
        if word in one.json()["errors"][0]["detail"]
    ]
    assert 201 == taken.status_code


async def test_early_tokens_are_good_from_the_opening_on(cast: Cast) -> None:
    """They are issued as soon as the wave is frozen, redeemed only while it is open, and of no use after."""
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, "ready", mode="blind")
    people = [cast.employer.person(f"field-{n}") for n in range(3)]
    tokens = [await obtain(person, wave_id) for person in people]
    anybody = cast.house.anonymous

    early = await submit(anybody, wave_id, tokens[0].with_answers({}))
    await advance(cast, hours=2)
    open_ = await submit(anybody, wave_id, tokens[0].with_answers({}))
    await advance(cast, days=2)
    late = await submit(anybody, wave_id, tokens[1].with_answers({}))

    assert [(409, "wave-not-open"), (201, None), (409, "wave-closed")] == [
        (one.status_code, one.json().get("code")) for one in (early, open_, late)
    ]


async def test_nothing_is_issued_once_the_wave_is_over(cast: Cast) -> None:
    """Nobody finds it in the own list, the keys are gone, and the ledger has shrunk to counts."""
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, "open", mode="blind")
    person = cast.employer.person("field-0")
    blinding = await start(person, wave_id)
    await advance(cast, days=2)

    refused = await request(person, wave_id, blinding)

    assert 404 == refused.status_code
    assert [] == (await person.must(person.get("/me/waves"), 200))["items"]
    assert [] == list(cast.house.worker.parts.issuing.list_keys(UUID(wave_id)))
    assert [] == await ledger(cast.house, wave_id)


async def test_a_release_counts_what_came_with_tokens(cast: Cast) -> None:
    """The same numbers as with codes, per reporting group."""
    await add_crowd(cast.hr, field=12, root=10)
    wave_id = await bring_to(cast, "open", mode="blind")
    keys = await keys_of(cast, wave_id)
    for person in [f"field-{n}" for n in range(12)] + [f"root-{n}" for n in range(10)]:
        token = await obtain(cast.employer.person(person), wave_id)
        body = token.with_answers(dict.fromkeys(keys, 4))
        await cast.house.anonymous.must(submit(cast.house.anonymous, wave_id, body))
    await advance(cast, days=2)

    page = (await Rest(cast.hr).list_aggregates(wave_id)).must()
    counted = {one["name"]: one["response"].get("respondents") for one in page["items"]}

    assert (22, 12) == (counted["root"], counted["field"])


async def test_in_another_mode_there_is_no_token(cast: Cast) -> None:
    """And in blind mode there are no codes."""
    await add_crowd(cast.hr, field=10)
    split = await bring_to(cast, "ready")
    await cast.works_council.must(cast.works_council.post("/consents", consent(await today_of(cast), mode="blind")))
    hr = Rest(cast.hr)
    new = {**(await _plan_of(cast, split)), "mode": "blind"}
    blind = (await hr.plan_wave(new)).must()["waveId"]
    (await hr.open_wave(blind)).must()
    await cast.house.work()
    person = cast.employer.person("field-0")
    blinding = await start(person, blind)

    token = await request(person, split, blinding)
    codes = await cast.vendor.post(f"/waves/{blind}/codes")

    assert [(409, "no-answer-tokens"), (409, "no-codes")] == [
        (one.status_code, one.json()["code"]) for one in (token, codes)
    ]
    mine = await wave_of(person, split)
    assert [None] * 3 == [mine[name] for name in ("keyId", "manifestSha256", "tokenIssued")]


async def _plan_of(cast: Cast, wave_id: str) -> dict[str, Any]:
    wave = await cast.hr.must(cast.hr.get(f"/waves/{wave_id}"), 200)
    return {name: wave[name] for name in ("name", "kind", "instrumentId", "mode", "languages", "opensAt", "closesAt")}


async def test_every_role_answers_for_itself(asked: Round) -> None:
    """A board member or somebody of the works council is a person too."""
    cast = asked.cast
    for person in (cast.board, cast.works_council, cast.manager, cast.employee, cast.ambassador):
        assert asked.wave_id == (await wave_of(person, asked.wave_id))["waveId"]


async def test_a_cancelled_wave_leaves_no_keys(cast: Cast) -> None:
    """What was made ahead is destroyed as well."""
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, "planned", mode="blind")
    await cast.house.work()
    issuing = cast.house.worker.parts.issuing
    before = issuing.list_keys(UUID(wave_id))

    await cast.hr.must(cast.hr.post(f"/waves/{wave_id}/cancel"), 202)
    await cast.house.work()

    assert before
    assert [] == list(issuing.list_keys(UUID(wave_id)))


async def test_as_many_keys_are_made_ahead_as_there_would_be_groups(cast: Cast) -> None:
    """Not one for every unit of the employer, of which only one is asked here."""
    await add_crowd(cast.hr, field=10, care=10, root=10)
    units = (await cast.hr.must(cast.hr.get("/units"), 200))["items"]
    field = next(unit["unitId"] for unit in units if unit["externalId"] == "field")

    planned = [
        (await Rest(cast.hr).plan_wave(await wave_new(cast, mode="blind", unitIds=asked))).must()["waveId"]
        for asked in ([field], None)
    ]
    await cast.house.work()

    issuing = cast.house.worker.parts.issuing
    assert [1, 3] == [len(issuing.list_keys(UUID(wave_id))) for wave_id in planned]
