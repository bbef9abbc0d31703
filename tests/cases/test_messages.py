"""Messages: how people are written to, who is told of it, and who delivers what Peil does not send."""

from typing import Any

import msgspec
import pytest

from cases.measuring import advance, bring_to
from cases.writing import PAGE, TEAM, employ, long_wave
from support.apis import Rest, Speak
from support.house import Persona
from support.personas import Cast


async def set_messages(cast: Cast, **changed: Any) -> None:
    """The vendor delivers."""
    (await Rest(cast.hr).update_message_settings({"sentBy": "vendor"} | changed, if_match="*")).must()


async def deliverer(cast: Cast) -> Persona:
    """The separate client that delivers."""
    return await cast.employer.client("message_delivery")


async def recipients(cast: Cast, message_id: str) -> list[dict[str, Any]]:
    response = await (await deliverer(cast)).get(f"/messages/{message_id}/recipients")
    assert response.status_code == 200, response.text
    return [msgspec.json.decode(line) for line in response.text.splitlines()]


async def message_of(cast: Cast, wave_id: str, kind: str) -> dict[str, Any]:
    listed = (await Rest(cast.hr).list_messages(wave_id)).must()["items"]
    found: dict[str, Any] = next(message for message in listed if message["kind"] == kind)
    return found


async def test_settings_are_as_they_were_set(speak: Speak, cast: Cast) -> None:
    """Before anything was set nobody is written to; a change keeps the rest."""
    hr = speak(cast.hr)
    before = (await hr.get_message_settings()).must()
    (
        await hr.update_message_settings({"sentBy": "peil", "answerPage": PAGE, "reminderDays": [4, 2]}, if_match="*")
    ).must()
    after = (await hr.update_message_settings({"thanks": False}, if_match="*")).must()

    assert {
        "sentBy": "vendor",
        "answerPage": None,
        "senderName": None,
        "reminderDays": [],
        "thanks": True,
        "texts": [],
    } == before
    assert before | {"sentBy": "peil", "answerPage": PAGE, "reminderDays": [2, 4], "thanks": False} == after
    assert after == (await hr.get_message_settings()).must()


OWN = {"kind": "invitation", "language": "nl", "subject": "Doe mee", "opening": "Hallo"}


@pytest.mark.parametrize(
    ("changed", "finding"),
    [
        ({"sentBy": "peil"}, ("/answerPage", "answer-page-needed")),
        ({"answerPage": "https://intranet.example/#wave"}, ("/answerPage", "pattern")),
        ({"answerPage": "ftp://intranet.example/"}, ("/answerPage", "pattern")),
        ({"reminderDays": [2, 2]}, ("/reminderDays/1", "duplicate-item")),
        ({"reminderDays": [0]}, ("/reminderDays/0", "too-small")),
        ({"texts": [OWN, OWN]}, ("/texts/1", "duplicate-item")),
        ({"texts": [OWN | {"opening": "Beste {naam}"}]}, ("/texts/0/opening", "unknown-placeholder")),
        ({"texts": [OWN | {"subject": "{optOut}"}]}, ("/texts/0/subject", "unknown-placeholder")),
    ],
)
async def test_settings_that_cannot_be_are_refused(
    speak: Speak, standing: Cast, changed: dict[str, Any], finding: tuple[str, str]
) -> None:
    """With the place and the rule."""
    outcome = await speak(standing.hr).update_message_settings(changed, if_match="*")

    assert ("invalid-input", [finding]) == (outcome.code, outcome.findings)


async def test_what_people_read_can_be_seen_before(speak: Speak, cast: Cast) -> None:
    """As soon as a wave is frozen: every message with its moment, in both languages, with what must be said."""
    (
        await speak(cast.hr).create_support_route(
            {"kind": "confidential-adviser", "name": "B. Jansen", "contact": "06"}
        )
    ).must()
    await employ(cast)
    await set_messages(cast, reminderDays=[2], answerPage=PAGE)
    wave_id = await long_wave(cast, "ready")
    page = (await speak(cast.works_council).list_messages(wave_id)).must()["items"]

    assert [("invitation", "vendor"), ("reminder", "vendor")] == [(one["kind"], one["sentBy"]) for one in page]
    letters = {letter["language"]: letter["body"] for letter in page[0]["letters"]}
    assert {"nl", "en"} == set(letters)
    for said in (
        "vrijwillig",
        "vertrouwelijk, niet anoniem",
        "niet meer intrekken",
        "Vertrouwenspersoon: B. Jansen, 06",
        "{optOut}",
    ):
        assert said in letters["nl"]


async def test_a_vendor_that_delivers_gets_everybody(cast: Cast) -> None:
    """Told by an event; with the language and the own opt-out address of each, whoever has answered."""
    await employ(cast, language="en")
    await set_messages(cast)
    wave_id = await long_wave(cast, "open")
    message = await message_of(cast, wave_id, "invitation")
    lines = {line["externalId"]: line for line in await recipients(cast, message["messageId"])}
    feed = await cast.vendor.must(cast.vendor.get("/events?limit=200"), 200)

    assert 15 == len(lines)
    assert (TEAM[0], "en") == (lines["field-0"]["email"], lines["field-0"]["language"])
    assert (None, "nl") == (lines["board"]["email"], lines["board"]["language"])
    assert 15 == len({line["optOutUrl"] for line in lines.values()})
    assert ("nl.peil.wave.invitation-due", {"state": "vendor"}) in [
        (event["type"], event["data"])
        for event in feed["items"]
        if event["subject"] == f"messages/{message['messageId']}"
    ]


async def test_a_vendor_thanks_everybody_within_a_week(cast: Cast) -> None:
    """The list stays when the ledger is gone, and is gone itself after seven days."""
    await employ(cast)
    await set_messages(cast)
    wave_id = await long_wave(cast, "released")
    message = await message_of(cast, wave_id, "thanks")
    at_once = len(await recipients(cast, message["messageId"]))
    await advance(cast, days=8)

    assert (15, 0) == (at_once, len(await recipients(cast, message["messageId"])))


async def test_a_list_is_there_while_its_message_is_due(cast: Cast) -> None:
    """Not before, and not when it makes no sense any more."""
    await employ(cast)
    await set_messages(cast, reminderDays=[2])
    wave_id = await long_wave(cast, "open")
    reminder = (await message_of(cast, wave_id, "reminder"))["messageId"]
    client = await deliverer(cast)
    early = await client.get(f"/messages/{reminder}/recipients")
    await advance(cast, days=6)
    late = await client.get(f"/messages/{reminder}/recipients")

    assert [(409, "message-not-due"), (409, "wave-state")] == [
        (one.status_code, one.json()["code"]) for one in (early, late)
    ]


async def test_without_a_relay_the_vendor_delivers(cast: Cast) -> None:
    """Also where the employer would have Peil send."""
    await employ(cast)
    await set_messages(cast, sentBy="peil", answerPage=PAGE)
    wave_id = await long_wave(cast, "open")

    assert "vendor" == (await message_of(cast, wave_id, "invitation"))["sentBy"]


async def test_on_paper_nobody_is_reminded(cast: Cast) -> None:
    """In handout mode a reminder would say that somebody looked."""
    await employ(cast)
    await set_messages(cast, reminderDays=[1, 2])
    wave_id = await long_wave(cast, "ready", mode="handout")

    listed = (await Rest(cast.hr).list_messages(wave_id)).must()["items"]
    assert ["invitation"] == [message["kind"] for message in listed]


async def test_whoever_delivers_does_nothing_else(speak: Speak, cast: Cast) -> None:
    """The role goes into no client beside another one."""
    outcome = await speak(cast.administrator).create_client(
        cast.employer_id, {"name": "both", "roles": ["message_delivery", "vendor_integration"]}
    )

    assert [("/roles", "role-stands-alone")] == outcome.findings


async def test_a_stranger_has_no_list(cast: Cast, stranger: Cast) -> None:
    """Another employer's message does not exist."""
    await employ(cast)
    await set_messages(cast)
    message = await message_of(cast, await bring_to(cast, "open"), "invitation")
    client = await stranger.employer.client("message_delivery")

    assert 404 == (await client.get(f"/messages/{message['messageId']}/recipients")).status_code
