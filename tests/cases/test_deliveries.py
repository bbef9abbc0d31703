"""Deliveries: what became of each event at an endpoint, and sending it again."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from cases.hooking import active_endpoint, active_vendor_endpoint, due_of, make_events, plant
from cases.test_events import audit_of, read_feed
from support.apis import Api, Rest, Speak
from support.personas import Cast

ALWAYS = "2000-01-01T00:00:00Z"


async def states(api: Api, endpoint_id: str, **query: str) -> dict[str, str]:
    """States by event, in the order of the list."""
    found: dict[str, str] = {}
    cursor = None
    while True:
        page = (
            await api.list_deliveries(endpoint_id, limit=2, **({"cursor": cursor} if cursor else {}), **query)
        ).must()
        found |= {one["eventId"]: one["state"] for one in page["items"]}
        cursor = page["next"]
        if cursor is None:
            return found


async def test_the_log_says_what_became_of_each_event(speak: Speak, cast: Cast) -> None:
    """In the order of the feed, page by page, and by state."""
    api, events = speak(cast.administrator), await make_events(cast, 5)
    made = await active_endpoint(cast)
    for event_id, state in zip(events, ("delivered", "failed", "waiting", "failed", "delivered"), strict=True):
        await plant(cast, made["endpointId"], event_id, state)

    everything = await states(api, made["endpointId"])
    failed = await states(api, made["endpointId"], state="failed")

    assert events == [one for one in everything if one in events]
    assert ["delivered", "failed", "waiting", "failed", "delivered"] == [everything[one] for one in events]
    assert [events[1], events[3]] == list(failed)


async def test_a_cursor_is_of_one_list(speak: Speak, cast: Cast) -> None:
    """Of another endpoint, and of another state, it is none."""
    api, events = speak(cast.administrator), await make_events(cast, 2)
    first, second = [await active_endpoint(cast) for _ in range(2)]
    for event_id in events:
        await plant(cast, first["endpointId"], event_id, "failed")
    cursor = (await api.list_deliveries(first["endpointId"], limit=1)).must()["next"]

    refused = [
        await api.list_deliveries(second["endpointId"], cursor=cursor),
        await api.list_deliveries(first["endpointId"], cursor=cursor, state="failed"),
    ]

    assert [[("/query/cursor", "cursor")]] * 2 == [one.findings for one in refused]


async def test_one_delivery_shows_every_attempt_and_the_event(speak: Speak, cast: Cast) -> None:
    """When, what it came to and how long it took; the event as it is sent."""
    api, [event_id] = speak(cast.administrator), await make_events(cast, 1)
    made = await active_endpoint(cast)
    await plant(cast, made["endpointId"], event_id, "failed")

    seen = (await api.get_delivery(made["endpointId"], event_id)).must()
    unknown = await api.get_delivery(made["endpointId"], str(uuid4()))

    feed, _ = await read_feed(api)
    assert [("refused", 500, 12), ("unreachable", None, 5000)] == [
        (one["outcome"], one["status"], one["milliseconds"]) for one in seen["attempts"]
    ]
    assert next(one for one in feed if one["id"] == event_id) == seen["event"]
    assert ("failed", "support-route.created", 2, None, 500) == (
        *(seen["state"], seen["type"], seen["tries"]),
        *(seen["nextAt"], seen["status"]),
    )
    assert "not-found" == unknown.word


async def test_a_failed_delivery_is_sent_again(speak: Speak, cast: Cast) -> None:
    """From the beginning, at once by the employer's clock, by a job of the worker's; the trail says who did it."""
    api, [event_id] = speak(cast.administrator), await make_events(cast, 1)
    made = await active_endpoint(cast)
    await plant(cast, made["endpointId"], event_id, "failed")
    before = len(await audit_of(cast))

    replayed = (await api.replay_delivery(made["endpointId"], event_id)).must()

    clock_at = (await api.get_employer(cast.employer_id)).must()["testClock"]
    assert ("waiting", 0, clock_at) == (replayed["state"], replayed["tries"], replayed["nextAt"])
    assert 2 == len(replayed["attempts"]), "what was tried before stays to be read"
    assert 1 == await due_of(cast, made["endpointId"])
    assert [("replay_delivery", f"webhook-endpoints/{made['endpointId']}")] == [
        (one["event"], one["subject"]) for one in (await audit_of(cast))[before:]
    ]


async def test_an_event_from_before_the_endpoint_is_sent_too(speak: Speak, cast: Cast) -> None:
    """Whatever is in the feed can be; what is not, or is another employer's, cannot."""
    api, [event_id] = speak(cast.administrator), await make_events(cast, 1)
    made = await active_endpoint(cast, types=["wave.opened"])

    replayed = (await api.replay_delivery(made["endpointId"], event_id)).must()
    unknown = await api.replay_delivery(made["endpointId"], str(uuid4()))

    assert ("waiting", "support-route.created") == (replayed["state"], replayed["type"])
    assert "not-found" == unknown.word


async def test_an_event_of_another_employer_is_not_sent(speak: Speak, cast: Cast, stranger: Cast) -> None:
    """Nor is it said that there is one."""
    made, [event_id] = await active_endpoint(cast), await make_events(stranger, 1)
    api = speak(cast.administrator)

    theirs, nothing = [await api.replay_delivery(made["endpointId"], one) for one in (event_id, str(uuid4()))]

    assert "not-found" == theirs.word == nothing.word
    assert {} == {one: state for one, state in (await states(api, made["endpointId"])).items() if one == event_id}


async def test_a_period_is_sent_again(speak: Speak, cast: Cast) -> None:
    """What failed in it; or everything of the types that go there, sent before or not."""
    api, events = speak(cast.administrator), await make_events(cast, 4)
    made = await active_endpoint(cast, types=["support-route.created"])
    for event_id, state in zip(events, ("delivered", "failed", "failed"), strict=False):
        await plant(cast, made["endpointId"], event_id, state)

    failed = (await api.replay_deliveries(made["endpointId"], {"from": ALWAYS})).must()
    between = await states(api, made["endpointId"])
    everything = (await api.replay_deliveries(made["endpointId"], {"from": ALWAYS, "state": "all"})).must()
    after = await states(api, made["endpointId"])
    none = (await api.replay_deliveries(made["endpointId"], {"from": "2999-01-01T00:00:00Z"})).must()

    assert [2, 4, 0] == [one["replayed"] for one in (failed, everything, none)]
    assert ["delivered", "waiting", "waiting"] == [between[one] for one in events[:3]]
    assert dict.fromkeys(events, "waiting") == {one: state for one, state in after.items() if one in events}


async def test_a_period_ends(speak: Speak, cast: Cast) -> None:
    """Before `to`, by the employer's clock; one that ends before it begins is refused."""
    api, [event_id] = speak(cast.administrator), await make_events(cast, 1)
    made = await active_endpoint(cast)
    await plant(cast, made["endpointId"], event_id, "failed")
    at = (await api.get_delivery(made["endpointId"], event_id)).must()["event"]["time"]
    later = (datetime.fromisoformat(at) + timedelta(microseconds=1)).isoformat()

    counts = [
        (await api.replay_deliveries(made["endpointId"], {"from": start, "to": end})).must()["replayed"]
        for start, end in ((ALWAYS, at), (later, None), (at, later))
    ]
    refused = await api.replay_deliveries(made["endpointId"], {"from": later, "to": at})

    assert [0, 0, 1] == counts
    assert [("/to", "ends-before-start")] == refused.findings


async def test_too_many_are_not_sent_again(speak: Speak, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """None of them is; whoever asks chooses a shorter period."""
    monkeypatch.setattr("peil.webhooks.deliveries.rules.MOST_REPLAYED", 2)
    api, events = speak(cast.administrator), await make_events(cast, 3)
    made = await active_endpoint(cast)
    for event_id in events:
        await plant(cast, made["endpointId"], event_id, "failed")

    refused = await api.replay_deliveries(made["endpointId"], {"from": ALWAYS})

    assert ("refused", "too-many-to-replay") == (refused.word, refused.code)
    assert events == list(await states(api, made["endpointId"], state="failed"))


async def test_nothing_is_sent_where_nobody_has_agreed(speak: Speak, cast: Cast) -> None:
    """To an endpoint that waits for its receiver."""
    api, [event_id] = speak(cast.administrator), await make_events(cast, 1)
    made = (await api.create_webhook_endpoint({"url": "https://receiver.example/"})).must()

    refused = [
        await api.replay_delivery(made["endpointId"], event_id),
        await api.replay_deliveries(made["endpointId"], {"from": ALWAYS}),
    ]

    assert ["webhook-endpoint-not-active"] * 2 == [one.code for one in refused]
    assert 0 == await due_of(cast, made["endpointId"])


async def test_what_goes_to_a_vendor_is_not_the_employers(speak: Speak, cast: Cast) -> None:
    """Its administrator neither sees nor repeats what is delivered to the vendor's own endpoint."""
    vendor = await cast.linked_vendor()
    own, [event_id] = await active_vendor_endpoint(vendor), await make_events(cast, 1)
    await plant(cast, own["endpointId"], event_id, "failed", vendor)
    beside = await active_endpoint(cast)

    for api in (speak(cast.administrator), speak(await vendor.at(cast.employer_id))):
        words = [
            (await api.list_deliveries(own["endpointId"])).word,
            (await api.get_delivery(own["endpointId"], event_id)).word,
            (await api.replay_delivery(own["endpointId"], event_id)).word,
            (await api.replay_deliveries(own["endpointId"], {"from": ALWAYS})).word,
        ]
        assert ["not-found"] * 4 == words
    assert event_id not in await states(Rest(cast.administrator), beside["endpointId"])
