"""A vendor's one webhook endpoint over all its employers, and what could not be delivered at any of them."""

from typing import Any
from uuid import uuid4

import pytest

from cases.hooking import active_endpoint, active_vendor_endpoint, due_of, make_events, plant
from cases.test_events import read_feed
from cases.test_vendors import link
from support.apis import Api, Rest, Speak
from support.house import House, Vendor, serving
from support.personas import Cast
from support.receiving import Receiver

URL = "https://suite.example/peil"
ALWAYS = "2000-01-01T00:00:00Z"


@pytest.fixture
async def vendor(house: House, cast: Cast) -> Vendor:
    """A vendor that the employer lets act."""
    made = await house.vendor()
    await link(cast, made)
    return made


async def listed(api: Api, vendor: Vendor, endpoint_id: str, **query: str) -> list[tuple[str, str]]:
    """Events and their states, in the order of the list, read two by two."""
    found: list[tuple[str, str]] = []
    cursor = None
    while True:
        more: dict[str, str] = {"cursor": cursor} if cursor else {}
        page = (await api.list_vendor_deliveries(vendor.vendor_id, endpoint_id, limit=2, **more, **query)).must()
        found += [(one["eventId"], one["state"]) for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            return found


async def test_a_vendor_has_one_endpoint(speak: Speak, vendor: Vendor) -> None:
    """It makes it with a token for itself, and sees it with one that only reads; a second one is refused."""
    itself, over_all = speak(await vendor.itself()), speak(await vendor.over_all())

    made = (await itself.create_vendor_webhook_endpoint(vendor.vendor_id, {"url": URL})).must()
    second = await itself.create_vendor_webhook_endpoint(vendor.vendor_id, {"url": URL})
    seen = (await over_all.get_vendor_webhook_endpoint(vendor.vendor_id, made["endpointId"])).must()
    listed = (await over_all.list_vendor_webhook_endpoints(vendor.vendor_id)).must()["items"]
    needing = [
        await over_all.create_vendor_webhook_endpoint(vendor.vendor_id, {"url": URL}),
        await over_all.verify_vendor_webhook_endpoint(vendor.vendor_id, made["endpointId"]),
        await over_all.list_webhook_endpoints(),
    ]

    assert {**seen, "secret": made["secret"]} == made
    assert [seen] == listed
    assert ("refused", "webhook-endpoint-exists") == (second.word, second.code)
    assert ["resource-needed"] * 3 == [one.code for one in needing]


async def test_a_vendors_receiver_agrees_or_does_not(speak: Speak, vendor: Vendor) -> None:
    """As an employer's; the vendor is told what was wrong."""
    itself, receiver = speak(await vendor.itself()), Receiver(allowed="elsewhere.example")
    async with serving(receiver) as url:
        made = (await itself.create_vendor_webhook_endpoint(vendor.vendor_id, {"url": url})).must()
        refused = await itself.verify_vendor_webhook_endpoint(vendor.vendor_id, made["endpointId"])
        receiver.headers["WebHook-Allowed-Origin"] = "peil.test"
        verified = (await itself.verify_vendor_webhook_endpoint(vendor.vendor_id, made["endpointId"])).must()

    assert ("handshake-failed", [("/url", "receiver-allows-another")]) == (refused.code, refused.findings)
    assert "active" == verified["state"]


async def test_what_cannot_be_a_vendors_endpoint(speak: Speak, vendor: Vendor) -> None:
    """All that is wrong at once, also in a change."""
    itself, wrong = speak(await vendor.itself()), {"url": "http://10.0.0.1/", "types": ["a.b"]}
    findings = [("/url", "not-https"), ("/url", "not-public"), ("/types/0", "unknown-event-type")]
    refused = await itself.create_vendor_webhook_endpoint(vendor.vendor_id, wrong)
    made = (await itself.create_vendor_webhook_endpoint(vendor.vendor_id, {"url": URL})).must()

    changed = await itself.update_vendor_webhook_endpoint(vendor.vendor_id, made["endpointId"], wrong, if_match="*")

    assert findings == refused.findings == changed.findings


async def test_a_vendor_rotates_changes_and_deletes_its_own(speak: Speak, vendor: Vendor) -> None:
    """As an employer does; then it makes another one."""
    itself, made = speak(await vendor.itself()), await active_vendor_endpoint(vendor)
    at = vendor.vendor_id, made["endpointId"]

    new = (await itself.create_vendor_webhook_secret(*at, {})).must()
    third = await itself.create_vendor_webhook_secret(*at, {})
    left = (await itself.revoke_vendor_webhook_secret(*at, made["secrets"][0]["secretId"])).must()
    last = await itself.revoke_vendor_webhook_secret(*at, new["secretId"])
    moved = (await itself.update_vendor_webhook_endpoint(*at, {"url": URL}, if_match="*")).must()
    stale = await itself.delete_vendor_webhook_endpoint(*at, if_match='"stale"')
    (await itself.delete_vendor_webhook_endpoint(*at, if_match="*")).must()
    gone = await itself.get_vendor_webhook_endpoint(*at)
    again = await itself.create_vendor_webhook_endpoint(vendor.vendor_id, {"url": URL})

    assert [new["secretId"]] == [one["secretId"] for one in left["secrets"]]
    assert ["secrets-overlap", "last-secret", "stale"] == [one.code for one in (third, last, stale)]
    assert ("waiting", "not-found", "ok") == (moved["state"], gone.word, again.word)


async def test_a_vendor_touches_no_endpoint_of_another(speak: Speak, cast: Cast, vendor: Vendor, house: House) -> None:
    """Nor one of an employer's, by the path of its own."""
    other, theirs = await house.vendor(), await active_vendor_endpoint(vendor)
    employers = await active_endpoint(cast)
    api = speak(await other.itself())

    words = [
        outcome.word
        for vendor_id in (vendor.vendor_id, other.vendor_id)
        for endpoint_id in (theirs["endpointId"], employers["endpointId"])
        for outcome in (
            await api.get_vendor_webhook_endpoint(vendor_id, endpoint_id),
            await api.update_vendor_webhook_endpoint(vendor_id, endpoint_id, {"url": URL}, if_match="*"),
            await api.delete_vendor_webhook_endpoint(vendor_id, endpoint_id, if_match="*"),
            await api.verify_vendor_webhook_endpoint(vendor_id, endpoint_id),
            await api.create_vendor_webhook_secret(vendor_id, endpoint_id, {}),
            await api.list_vendor_deliveries(vendor_id, endpoint_id),
            await api.replay_vendor_deliveries(vendor_id, endpoint_id, {"from": ALWAYS}),
        )
    ]
    outside = [
        await api.create_vendor_webhook_endpoint(vendor.vendor_id, {"url": URL}),
        await api.list_vendor_webhook_endpoints(vendor.vendor_id),
        await api.list_vendor_failed_deliveries(vendor.vendor_id),
    ]

    assert ["not-found"] * 31 == [*words, *(one.word for one in outside)]


async def test_deliveries_over_all_employers_are_one_list(
    speak: Speak, cast: Cast, stranger: Cast, vendor: Vendor
) -> None:
    """In the order of the vendor's feed; those of an employer that lets it act no more are not among them."""
    await link(stranger, vendor)
    made, api = await active_vendor_endpoint(vendor), speak(await vendor.over_all())
    events = [await make_events(one, 1) for one in (cast, stranger, cast, stranger)]
    flat = [event_id for [event_id] in events]
    for one, event_id in zip((cast, stranger, cast, stranger), flat, strict=True):
        await plant(one, made["endpointId"], event_id, "failed", vendor)

    found = await listed(api, vendor, made["endpointId"], state="failed")
    detail = (await api.get_vendor_delivery(vendor.vendor_id, made["endpointId"], flat[1])).must()
    (await Rest(stranger.administrator).revoke_vendor_link(stranger.employer_id, vendor.vendor_id)).must()
    left = await listed(api, vendor, made["endpointId"], state="failed")
    gone = await api.get_vendor_delivery(vendor.vendor_id, made["endpointId"], flat[1])

    assert [(one, "failed") for one in flat] == found
    # The worker has delivered each once, before the two attempts that were planted.
    assert (stranger.employer_id, flat[1], 3) == (
        *(detail["employerId"], detail["event"]["id"]),
        len(detail["attempts"]),
    )
    assert [flat[0], flat[2]] == [event_id for event_id, _ in left]
    assert "not-found" == gone.word


async def test_a_vendor_sends_again(speak: Speak, cast: Cast, stranger: Cast, vendor: Vendor) -> None:
    """One event, and a period over all its employers, each by its own clock and by a job of its own."""
    await link(stranger, vendor)
    made, api = await active_vendor_endpoint(vendor), speak(await vendor.itself())
    [first], [second] = await make_events(cast, 1), await make_events(stranger, 1)
    at = vendor.vendor_id, made["endpointId"]

    one = (await api.replay_vendor_delivery(*at, first)).must()
    await plant(cast, made["endpointId"], first, "failed", vendor)
    await plant(stranger, made["endpointId"], second, "failed", vendor)
    failed = (await api.replay_vendor_deliveries(*at, {"from": ALWAYS})).must()
    seen = (await api.get_vendor_delivery(*at, second)).must()
    everything = (await api.replay_vendor_deliveries(*at, {"from": ALWAYS, "state": "all"})).must()

    clock_at = (await Rest(stranger.administrator).get_employer(stranger.employer_id)).must()["testClock"]
    feed, _ = await read_feed(api)
    (await Rest(stranger.administrator).revoke_vendor_link(stranger.employer_id, vendor.vendor_id)).must()
    assert ("waiting", cast.employer_id) == (one["state"], one["employerId"])
    assert [2, len(feed)] == [failed["replayed"], everything["replayed"]]
    assert ("waiting", clock_at) == (seen["state"], seen["nextAt"])
    assert [1, 1] == [await due_of(employer, made["endpointId"]) for employer in (cast, stranger)]


async def test_a_vendor_sends_nothing_that_is_not_in_its_feed(
    speak: Speak, cast: Cast, stranger: Cast, house: House
) -> None:
    """Neither what happened before it was let in, nor what is of an employer that does not let it act."""
    [before], vendor = await make_events(cast, 1), await house.vendor()
    await link(cast, vendor)
    made, api = await active_vendor_endpoint(vendor), speak(await vendor.itself())
    [own], [foreign] = await make_events(cast, 1), await make_events(stranger, 1)
    at = vendor.vendor_id, made["endpointId"]

    outcomes = [await api.replay_vendor_delivery(*at, one) for one in (own, foreign, before, str(uuid4()))]
    waiting = await api.update_vendor_webhook_endpoint(*at, {"url": URL}, if_match="*")
    inactive = [
        await api.replay_vendor_delivery(*at, own),
        await api.replay_vendor_deliveries(*at, {"from": ALWAYS}),
    ]

    assert ["ok", "not-found", "not-found", "not-found"] == [one.word for one in outcomes]
    assert "waiting" == waiting.must()["state"]
    assert ["webhook-endpoint-not-active"] * 2 == [one.code for one in inactive]


async def test_too_many_over_all_employers(speak: Speak, cast: Cast, vendor: Vendor, monkeypatch: Any) -> None:
    """None of them is sent; a period that ends before it begins is refused as well."""
    monkeypatch.setattr("peil.webhooks.deliveries.rules.MOST_REPLAYED", 1)
    made, api = await active_vendor_endpoint(vendor), speak(await vendor.itself())
    await make_events(cast, 2)
    at = vendor.vendor_id, made["endpointId"]

    refused = await api.replay_vendor_deliveries(*at, {"from": ALWAYS, "state": "all"})
    backwards = await api.replay_vendor_deliveries(*at, {"from": "2026-01-02T00:00:00Z", "to": "2026-01-01T00:00:00Z"})

    assert "too-many-to-replay" == refused.code
    assert [("/to", "ends-before-start")] == backwards.findings


@pytest.mark.parametrize("what", ["verified", "deleted"])
async def test_what_waits_is_looked_at_again(speak: Speak, cast: Cast, vendor: Vendor, what: str) -> None:
    """By a job of each employer's: to be sent once the receiver agrees, or given up where the endpoint is gone."""
    made, [event_id] = await active_vendor_endpoint(vendor), await make_events(cast, 1)
    await plant(cast, made["endpointId"], event_id, "waiting", vendor)
    itself, at = speak(await vendor.itself()), (vendor.vendor_id, made["endpointId"])

    if what == "verified":
        (await itself.verify_vendor_webhook_endpoint(*at)).must()
    else:
        (await itself.delete_vendor_webhook_endpoint(*at, if_match="*")).must()

    assert 1 == await due_of(cast, made["endpointId"])


async def failed_by_employer(api: Api, vendor: Vendor) -> dict[str, tuple[list[tuple[str, str]], bool]]:
    """Endpoints and events that failed, and whether there are more, by employer, read one employer after another."""
    found: dict[str, tuple[list[tuple[str, str]], bool]] = {}
    cursor = None
    while True:
        more: dict[str, str] = {"cursor": cursor} if cursor else {}
        page = (await api.list_vendor_failed_deliveries(vendor.vendor_id, limit=1, **more)).must()
        for one in page["items"]:
            pairs = [(delivery["endpointId"], delivery["eventId"]) for delivery in one["deliveries"]]
            found[one["employerId"]] = pairs, one["more"]
        cursor = page["next"]
        if cursor is None:
            return found


async def test_what_failed_at_any_employer(
    speak: Speak, cast: Cast, stranger: Cast, vendor: Vendor, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the vendor's own endpoint and the employer's, the newest first; not at another vendor's, nor at one gone."""
    monkeypatch.setattr("peil.webhooks.deliveries.rules.MOST_FAILED", 3)
    other = await house.vendor()
    for one, employer in ((vendor, stranger), (other, cast)):
        await link(employer, one)
    own, theirs = await active_vendor_endpoint(vendor), await active_vendor_endpoint(other)
    employers, deleted = await active_endpoint(cast), await active_endpoint(cast)
    events = await make_events(cast, 2)
    for endpoint, whose in ((own, vendor), (theirs, other), (employers, None), (deleted, None)):
        for event_id in events:
            await plant(cast, endpoint["endpointId"], event_id, "failed", whose)
    await plant(cast, own["endpointId"], (await make_events(cast, 1))[0], "delivered", vendor)
    (await Rest(cast.administrator).delete_webhook_endpoint(deleted["endpointId"], if_match="*")).must()

    found = await failed_by_employer(speak(await vendor.over_all()), vendor)
    (await Rest(stranger.administrator).revoke_vendor_link(stranger.employer_id, vendor.vendor_id)).must()

    ends = sorted(one["endpointId"] for one in (own, employers))
    assert {
        cast.employer_id: ([(ends[0], events[1]), (ends[1], events[1]), (ends[0], events[0])], True),
        stranger.employer_id: ([], False),
    } == found


async def test_a_revoked_vendor_is_sent_nothing(speak: Speak, cast: Cast, vendor: Vendor) -> None:
    """Its endpoint is disabled with it."""
    made = await active_vendor_endpoint(vendor)

    (await speak(cast.operator).revoke_vendor(vendor.vendor_id)).must()

    async with cast.house.worker.parts.database.transaction(cast.employer.employer_id) as rows:
        state = await rows.value(
            "select state || ' ' || disabled_for from peil.webhook_endpoint where endpoint_id = $1", made["endpointId"]
        )
    assert "disabled link-ended" == state
