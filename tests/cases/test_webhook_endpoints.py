"""Webhook endpoints: where events go, the handshake with the receiver, and the secrets that sign deliveries."""

import asyncio
from base64 import b64decode
from typing import Any
from uuid import UUID, uuid4

import pytest

from cases.hooking import active_endpoint, due_of
from cases.test_events import audit_of, read_feed
from cases.test_vendors import link
from peil import clock
from peil.webhooks.catalogue import EVENTS
from peil.webhooks.signing import secret_of
from support.apis import Rest, Speak
from support.house import House, Vendor, serving
from support.misbehaving import MISBEHAVING, answering
from support.personas import Cast
from support.receiving import Receiver

URL = "https://receiver.example/peil"


async def test_an_administrator_registers_a_receiver(speak: Speak, cast: Cast) -> None:
    """It waits; its secret is shown this once and is in no other answer; audit and feed say that it is there."""
    api = speak(cast.administrator)
    before = len(await audit_of(cast))

    made = (await api.create_webhook_endpoint({"url": URL, "types": ["wave.opened"]})).must()
    seen = (await api.get_webhook_endpoint(made["endpointId"])).must()
    listed = (await api.list_webhook_endpoints()).must()["items"]

    subject = f"webhook-endpoints/{made['endpointId']}"
    rows = (await audit_of(cast))[before:]
    items, _ = await read_feed(api)
    assert {**seen, "secret": made["secret"]} == made
    assert ("waiting", URL, ["wave.opened"], None, None) == (
        *(seen["state"], seen["url"], seen["types"]),
        *(seen["madeBy"], seen["verifiedAt"]),
    )
    assert [seen] == listed
    assert 32 == len(b64decode(made["secret"].removeprefix("whsec_")))
    assert [("create_webhook_endpoint", subject)] == [(one["event"], one["subject"]) for one in rows]
    assert [("nl.peil.webhook-endpoint.created", "waiting")] == [
        (one["type"], one["data"]["state"]) for one in items if one["subject"] == subject
    ]


async def test_no_secret_is_kept(speak: Speak, cast: Cast) -> None:
    """It is derived from its id; who has the database alone has none."""
    made = (await speak(cast.administrator).create_webhook_endpoint({"url": URL})).must()
    secret_id = UUID(made["secrets"][0]["secretId"])

    assert secret_of(cast.house.settings.secret_bytes, secret_id) == made["secret"]
    assert secret_of(bytes(32), secret_id) != made["secret"]


@pytest.mark.parametrize(
    ("new", "findings"),
    [
        ({"url": "http://receiver.example/"}, [("/url", "not-https")]),
        ({"url": "https://10.0.0.1/"}, [("/url", "not-public")]),
        ({"url": "https://169.254.169.254/latest"}, [("/url", "not-public")]),
        ({"url": "https://167772161/"}, [("/url", "not-public")]),
        ({"url": "https://0x0a.1/"}, [("/url", "not-public")]),
        ({"url": "https://intranet/"}, [("/url", "not-public")]),
        ({"url": "https://peil.internal/"}, [("/url", "not-public")]),
        ({"url": "https://jo:secret@receiver.example/"}, [("/url", "pattern")]),
        ({"url": "https://receiver.example/#peil"}, [("/url", "pattern")]),
        ({"url": "https://receiver.example/ "}, [("/url", "pattern")]),
        ({"url": "https://receiver.example/\u00e9"}, [("/url", "pattern")]),
        ({"url": "ftp://receiver.example/"}, [("/url", "pattern")]),
        ({"url": "https://receiver.example:65536/"}, [("/url", "pattern")]),
        ({"url": "https://receiver.example:99999/"}, [("/url", "pattern")]),
        ({"url": URL + "?" + "x" * (2000 - len(URL))}, [("/url", "too-long")]),
        ({"url": URL, "types": ["wave.opend"]}, [("/types/0", "unknown-event-type")]),
        ({"url": URL, "types": ["wave.opened", "nl.peil.wave.opened"]}, [("/types/1", "pattern")]),
        ({"url": URL, "types": ["wave.opened", "wave.opened"]}, [("/types/1", "duplicate-item")]),
        (
            {"url": "http://10.0.0.1/", "types": ["a.b"]},
            [("/url", "not-https"), ("/url", "not-public"), ("/types/0", "unknown-event-type")],
        ),
    ],
)
async def test_what_cannot_be_an_endpoint(
    speak: Speak, standing: Cast, new: dict[str, Any], findings: list[tuple[str, str]]
) -> None:
    """All that is wrong at once; nothing is made."""
    api = speak(standing.administrator)
    before = (await api.list_webhook_endpoints()).must()

    refused = await api.create_webhook_endpoint(new)

    assert ("refused", findings) == (refused.word, refused.findings)
    assert before == (await api.list_webhook_endpoints()).must()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1"])
async def test_this_machine_is_a_receiver_in_tests_only(
    speak: Speak, standing: Cast, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    """However it is spelt; in production nothing allows it."""
    monkeypatch.setattr("peil.access.operations._is_allowed", lambda *_: False)

    refused = await speak(standing.administrator).create_webhook_endpoint({"url": f"https://{host}/"})

    assert [("/url", "not-public")] == refused.findings


async def test_an_employer_has_ten(speak: Speak, cast: Cast) -> None:
    """The eleventh is refused, also of eleven that come at once; after a deletion there is room."""
    api = speak(cast.administrator)
    made = [(await api.create_webhook_endpoint({"url": URL})).must() for _ in range(8)]

    together = await asyncio.gather(*(api.create_webhook_endpoint({"url": URL}) for _ in range(4)))
    (await api.delete_webhook_endpoint(made[0]["endpointId"], if_match="*")).must()
    again = await api.create_webhook_endpoint({"url": URL})

    assert ["ok", "ok", "refused", "refused"] == sorted(one.word for one in together)
    assert {None, "too-many-webhook-endpoints"} == {one.code for one in together}
    assert "ok" == again.word


async def test_a_receiver_agrees(speak: Speak, cast: Cast) -> None:
    """It is asked by OPTIONS on whose behalf events would come, and then is active; a job sends what waits."""
    api, receiver = speak(cast.administrator), Receiver(allowed="PEIL.test")
    async with serving(receiver) as url:
        made = (await api.create_webhook_endpoint({"url": f"{url}/in?key=1"})).must()
        verified = (await api.verify_webhook_endpoint(made["endpointId"])).must()

    items, _ = await _feed(speak, cast)
    [(method, headers)] = receiver.asked
    assert ("OPTIONS", "peil.test") == (method, headers["webhook-request-origin"])
    assert ("active", None) == (verified["state"], verified["disabledAt"])
    assert verified["verifiedAt"] is not None
    assert ["nl.peil.webhook-endpoint.created", "nl.peil.webhook-endpoint.verified"] == [
        one["type"] for one in items if one["subject"].endswith(made["endpointId"])
    ]


async def _feed(speak: Speak, cast: Cast) -> tuple[list[dict[str, Any]], str]:
    await cast.house.work()
    return await read_feed(speak(cast.administrator))


@pytest.mark.parametrize(
    ("receiver", "code", "said"),
    [
        (Receiver(status=405), "receiver-refuses", "405"),
        (Receiver(status=302, location="https://elsewhere.example/"), "receiver-refuses", "302"),
        (Receiver(allowed=None), "receiver-allows-nobody", "WebHook-Allowed-Origin: peil.test"),
        (Receiver(allowed="elsewhere.example"), "receiver-allows-another", "peil.test"),
        (Receiver(allowed="peil.test.elsewhere.example"), "receiver-allows-another", "peil.test"),
        (Receiver(allowed=""), "receiver-allows-another", "peil.test"),
    ],
    ids=["405", "redirects", "no header", "another", "a longer one", "empty"],
)
@pytest.mark.parametrize("language", ["nl", "en"])
async def test_a_receiver_that_does_not_agree(
    speak: Speak, cast: Cast, receiver: Receiver, code: str, said: str, language: str
) -> None:
    """It stays waiting, and whoever set it up is told what was wrong."""
    api = speak(cast.administrator)
    async with serving(receiver) as url:
        made = (await api.create_webhook_endpoint({"url": url})).must()
        refused = await api.verify_webhook_endpoint(made["endpointId"], language=language)

    [finding] = refused.body.get("errors") or refused.body["findings"]
    seen = (await api.get_webhook_endpoint(made["endpointId"])).must()
    assert ("refused", "handshake-failed", [("/url", code)]) == (refused.word, refused.code, refused.findings)
    assert said in finding["detail"]
    assert {"nl": "antwoord", "en": "answer"}[language] in finding["detail"]
    assert ("waiting", None) == (seen["state"], seen["verifiedAt"])


@pytest.mark.parametrize(
    "name", sorted(MISBEHAVING.keys() - {"redirecting", "nothing", "dripping", "dripping-headers"})
)
async def test_a_receiver_that_is_no_server(speak: Speak, cast: Cast, name: str) -> None:
    """It is told in one word why there was no answer, and nothing of what was said."""
    api = speak(cast.administrator)
    async with answering(MISBEHAVING[name]) as url:
        made = (await api.create_webhook_endpoint({"url": url})).must()
        refused = await api.verify_webhook_endpoint(made["endpointId"])

    code = "receiver-too-large" if name == "endless" else "receiver-unreachable"
    assert ("handshake-failed", [("/url", code)]) == (refused.code, refused.findings)


async def test_slow_receivers_keep_nobody_waiting(cast: Cast, stranger: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of three that say nothing one is asked, and the others' callers come back later; another employer is asked."""
    monkeypatch.setattr("peil.outbound.TIMEOUT", 0.5)
    api, receiver = Rest(cast.administrator), Receiver()
    receiver.answers.clear()
    async with serving(receiver) as url:
        made = [(await api.create_webhook_endpoint({"url": url})).must()["endpointId"] for _ in range(3)]
        elsewhere = (
            await Rest(stranger.administrator).create_webhook_endpoint({"url": cast.house.receiver_url})
        ).must()
        asking = [asyncio.ensure_future(cast.administrator.post(f"/webhook-endpoints/{one}/verify")) for one in made]
        while not receiver.asked:  # noqa: ASYNC110  # a server has no event for it
            await asyncio.sleep(0.01)
        other = await Rest(stranger.administrator).verify_webhook_endpoint(elsewhere["endpointId"])
        answers = await asyncio.gather(*asking)
        told = (await api.get_webhook_endpoint(made[0])).must()
        receiver.answers.set()

    assert "active" == other.must()["state"]
    assert [409, 503, 503] == sorted(one.status_code for one in answers)
    assert ["5", "5"] == [one.headers["retry-after"] for one in answers if one.status_code == 503]
    assert "waiting" == told["state"]


async def test_a_url_that_changes_meanwhile_has_not_agreed(speak: Speak, cast: Cast) -> None:
    """What the receiver said was said of another address."""
    api, receiver = speak(cast.administrator), Receiver()
    receiver.answers.clear()
    async with serving(receiver) as url:
        made = (await api.create_webhook_endpoint({"url": url})).must()
        verifying = asyncio.ensure_future(api.verify_webhook_endpoint(made["endpointId"]))
        while not receiver.asked:  # noqa: ASYNC110  # a server has no event for it
            await asyncio.sleep(0.01)
        (await api.update_webhook_endpoint(made["endpointId"], {"url": URL}, if_match="*")).must()
        receiver.answers.set()
        refused = await verifying

    assert [("/url", "receiver-changed")] == refused.findings
    assert "waiting" == (await api.get_webhook_endpoint(made["endpointId"])).must()["state"]


async def test_another_url_has_to_agree_anew(speak: Speak, cast: Cast) -> None:
    """Other types need no handshake; another URL waits for one. Nobody overwrites what they have not seen."""
    api = speak(cast.administrator)
    made = await active_endpoint(cast, api)
    endpoint_id = made["endpointId"]

    narrowed = (await api.update_webhook_endpoint(endpoint_id, {"types": ["wave.opened"]}, if_match="*")).must()
    widened = (await api.update_webhook_endpoint(endpoint_id, {"types": None}, if_match="*")).must()
    stale = await api.update_webhook_endpoint(endpoint_id, {"url": URL}, if_match='"stale"')
    bare = await api.update_webhook_endpoint(endpoint_id, {"url": URL})
    wrong = await api.update_webhook_endpoint(endpoint_id, {"url": "http://10.0.0.1/"}, if_match="*")
    moved = (await api.update_webhook_endpoint(endpoint_id, {"url": URL}, if_match="*")).must()

    assert [("active", ["wave.opened"]), ("active", []), ("waiting", [])] == [
        (one["state"], one["types"]) for one in (narrowed, widened, moved)
    ]
    assert None is moved["verifiedAt"]
    assert ["stale", "match-required"] == [stale.code, bare.code]
    assert [("/url", "not-https"), ("/url", "not-public")] == wrong.findings


async def test_a_deleted_endpoint_is_gone(speak: Speak, cast: Cast) -> None:
    """With its secrets; the feed says so, and a job gives up what waits for it."""
    api = speak(cast.administrator)
    made = await active_endpoint(cast, api)

    unseen = await api.delete_webhook_endpoint(made["endpointId"])
    (await api.delete_webhook_endpoint(made["endpointId"], if_match="*")).must()
    after = [
        await api.get_webhook_endpoint(made["endpointId"]),
        await api.verify_webhook_endpoint(made["endpointId"]),
        await api.create_webhook_secret(made["endpointId"], {}),
        await api.list_deliveries(made["endpointId"]),
        await api.delete_webhook_endpoint(made["endpointId"], if_match="*"),
    ]

    due = await due_of(cast, made["endpointId"])
    items, _ = await _feed(speak, cast)
    assert ("match-required", 1) == (unseen.code, due)
    assert ["not-found"] * 5 == [one.word for one in after]
    assert "nl.peil.webhook-endpoint.deleted" in {one["type"] for one in items}


async def test_a_secret_is_rotated(speak: Speak, cast: Cast) -> None:
    """Two sign until the old one ends; a third has to wait, and the last is not ended."""
    api = speak(cast.administrator)
    made = await active_endpoint(cast, api)
    endpoint_id, [old] = made["endpointId"], made["secrets"]

    new = (await api.create_webhook_secret(endpoint_id, {"overlap": 3600})).must()
    third = await api.create_webhook_secret(endpoint_id, {})
    both = (await api.get_webhook_endpoint(endpoint_id)).must()["secrets"]
    left = (await api.revoke_webhook_secret(endpoint_id, old["secretId"])).must()
    last = await api.revoke_webhook_secret(endpoint_id, new["secretId"])
    unknown = await api.revoke_webhook_secret(endpoint_id, str(uuid4()))

    assert made["secret"] != new["secret"]
    assert [(old["secretId"], False), (new["secretId"], True)] == [
        (one["secretId"], one["expiresAt"] is None) for one in both
    ]
    assert [{"secretId": new["secretId"], "createdAt": new["createdAt"], "expiresAt": None}] == left["secrets"]
    assert ["secrets-overlap", "last-secret"] == [third.code, last.code]
    assert "not-found" == unknown.word


async def test_the_old_secret_goes_on_where_the_new_one_is_ended(speak: Speak, cast: Cast) -> None:
    """Without the end that the overlap gave it."""
    api = speak(cast.administrator)
    made = await active_endpoint(cast, api)
    new = (await api.create_webhook_secret(made["endpointId"], {"overlap": 60})).must()

    left = (await api.revoke_webhook_secret(made["endpointId"], new["secretId"])).must()

    assert made["secrets"] == left["secrets"]


async def test_a_disabled_endpoint_goes_on_once_its_receiver_agrees(speak: Speak, cast: Cast) -> None:
    """What the worker disabled, because it answered 410, is active again, and a job looks what there is to send."""
    api = speak(cast.administrator)
    made = await active_endpoint(cast, api)
    await cast.house.work()
    async with cast.house.worker.parts.database.transaction(cast.employer.employer_id) as rows:
        await rows.execute(
            "update peil.webhook_endpoint set state = 'disabled', disabled_at = $2, disabled_for = 'gone'"
            " where endpoint_id = $1",
            *(UUID(made["endpointId"]), clock.now()),
        )

    disabled = (await api.get_webhook_endpoint(made["endpointId"])).must()
    verified = (await api.verify_webhook_endpoint(made["endpointId"])).must()

    assert ("disabled", "gone") == (disabled["state"], disabled["disabledFor"])
    assert ("active", None, None) == (verified["state"], verified["disabledFor"], verified["disabledAt"])
    assert 1 == await due_of(cast, made["endpointId"])


async def test_what_a_vendor_made_ends_with_its_link(speak: Speak, cast: Cast, house: House) -> None:
    """Its endpoint at the employer is disabled, and agrees to nothing while the vendor may not act."""
    vendor = await house.vendor()
    await link(cast, vendor)
    acting, administrator = speak(await vendor.at(cast.employer_id)), speak(cast.administrator)
    made = await active_endpoint(cast, acting)
    standing = await active_endpoint(cast)

    (await administrator.revoke_vendor_link(cast.employer_id, vendor.vendor_id)).must()
    disabled = (await administrator.get_webhook_endpoint(made["endpointId"])).must()
    refused = await administrator.verify_webhook_endpoint(made["endpointId"])
    untouched = (await administrator.get_webhook_endpoint(standing["endpointId"])).must()
    await link(cast, vendor)
    again = await administrator.verify_webhook_endpoint(made["endpointId"])

    assert [vendor.vendor_id, None] == [made["madeBy"], standing["madeBy"]]
    assert ("disabled", "link-ended") == (disabled["state"], disabled["disabledFor"])
    assert ("refused", "vendor-link-ended") == (refused.word, refused.code)
    assert "active" == untouched["state"] == again.must()["state"]


async def test_a_vendor_turns_no_endpoint_that_stays(speak: Speak, cast: Cast, house: House) -> None:
    """It changes only what it made, since the rest would outlast its link; what another vendor made does not exist."""
    vendor, other = await house.vendor(), await house.vendor()
    for one in (vendor, other):
        await link(cast, one)
    acting = speak(await vendor.at(cast.employer_id))
    theirs = [await active_endpoint(cast), await active_endpoint(cast, Rest(await other.at(cast.employer_id)))]
    own = await active_endpoint(cast, acting)

    seen = (await acting.list_webhook_endpoints()).must()["items"]
    denied = [
        outcome
        for endpoint_id in (one["endpointId"] for one in theirs)
        for outcome in (
            await acting.update_webhook_endpoint(endpoint_id, {"url": URL}, if_match="*"),
            await acting.delete_webhook_endpoint(endpoint_id, if_match="*"),
            await acting.verify_webhook_endpoint(endpoint_id),
            await acting.create_webhook_secret(endpoint_id, {}),
            await acting.replay_deliveries(endpoint_id, {"from": "2026-01-01T00:00:00Z"}),
        )
    ]
    changed = await acting.update_webhook_endpoint(own["endpointId"], {"url": URL}, if_match="*")

    assert {theirs[0]["endpointId"], own["endpointId"]} == {one["endpointId"] for one in seen}
    assert ["denied"] * 5 + ["not-found"] * 5 == [one.word for one in denied]
    assert "ok" == changed.word


async def test_an_employers_endpoint_is_nobody_elses(speak: Speak, cast: Cast, stranger: Cast) -> None:
    """To another employer it does not exist, and neither does a vendor's own."""
    made = await active_endpoint(stranger)
    vendor = await cast.linked_vendor()
    own = await _vendors_own(vendor)
    api = speak(cast.administrator)

    words = [
        outcome.word
        for endpoint_id in (made["endpointId"], own)
        for outcome in (
            await api.get_webhook_endpoint(endpoint_id),
            await api.update_webhook_endpoint(endpoint_id, {"url": URL}, if_match="*"),
            await api.delete_webhook_endpoint(endpoint_id, if_match="*"),
            await api.verify_webhook_endpoint(endpoint_id),
            await api.create_webhook_secret(endpoint_id, {}),
        )
    ]
    (await Rest(stranger.administrator).delete_webhook_endpoint(made["endpointId"], if_match="*")).must()

    assert ["not-found"] * 10 == words


async def _vendors_own(vendor: Vendor) -> str:
    itself = Rest(await vendor.itself())
    made = (await itself.create_vendor_webhook_endpoint(vendor.vendor_id, {"url": URL})).must()
    return str(made["endpointId"])


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_what_can_happen_is_explained(speak: Speak, standing: Cast, language: str) -> None:
    """Every event of the catalogue, in the caller's language."""
    said = (await speak(standing.administrator).get_event_catalogue(language=language)).must()["types"]

    assert {name: getattr(meaning, language) for name, meaning in EVENTS.items()} == {
        one["name"]: one["meaning"] for one in said
    }


async def test_retries_make_no_second_endpoint(cast: Cast) -> None:
    """The secret was shown the first time, and is not shown again."""
    key = {"idempotency-key": str(uuid4())}
    first, again = [await cast.administrator.post("/webhook-endpoints", {"url": URL}, headers=key) for _ in range(2)]

    assert (201, 409, "secret-already-shown") == (first.status_code, again.status_code, again.json()["code"])
    assert first.headers["location"].endswith(first.json()["endpointId"])
