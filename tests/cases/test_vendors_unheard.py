"""Nothing that says what an event is about says it of another vendor, whichever operation is asked and however late."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import pytest

from cases.hooking import active_endpoint, active_vendor_endpoint, plant
from cases.test_events import read_feed
from cases.test_vendors import link
from support.apis import FIELDS, Api, Outcome, Rest, Speak
from support.house import House, Vendor
from support.personas import Cast

DOCUMENT = json.loads((Path(__file__).parents[2] / "openapi" / "openapi.json").read_text())
ALWAYS = {"from": "2000-01-01T00:00:00Z", "state": "all"}
CLIENT = {"name": "koppeling", "roles": ["vendor_integration"]}
_OF_SOMETHING_ELSE = {
    "getMessageSettings": "The subject of an e-mail.",
    "getScimReport": "Somebody of the directory, of a connection that does not exist for another vendor.",
    "listMessages": "The subject of an e-mail.",
    "updateMessageSettings": "The subject of an e-mail.",
}


class Seen(NamedTuple):
    """A vendor with its endpoints, and what another one was told of, made and deleted at the same employer."""

    mine: Vendor
    employers: str
    """The employer's own endpoint."""
    made: str
    """The one that the vendor made there."""
    own: str
    """The vendor's, for all employers."""
    theirs: frozenset[str]
    """The other vendor, and ids of all it made."""
    told: str
    """An event that the vendor may see."""
    untold: tuple[str, ...]
    """Events about the other one."""


@pytest.fixture
async def seen(cast: Cast, house: House) -> Seen:
    mine, theirs = await house.vendor(), await house.vendor()
    await link(cast, mine)
    employers, own = await active_endpoint(cast), await active_vendor_endpoint(mine)
    made = await active_endpoint(cast, Rest(await mine.at(cast.employer_id)))
    await link(cast, theirs)
    acting = Rest(await theirs.at(cast.employer_id))
    client = (await acting.create_client(cast.employer_id, CLIENT)).must()["clientId"]
    connection = (await acting.create_scim_connection({"name": "x"})).must()["connectionId"]
    kept, deleted = [(await active_endpoint(cast, acting))["endpointId"] for _ in range(2)]
    (await acting.delete_webhook_endpoint(deleted, if_match="*")).must()
    (await Rest(cast.administrator).revoke_vendor_link(cast.employer_id, theirs.vendor_id)).must()
    await link(cast, theirs)
    await house.work()
    ids = frozenset((theirs.vendor_id, client, connection, kept, deleted))
    feed, _ = await read_feed(Rest(cast.administrator), limit=100)
    untold = tuple(one["id"] for one in feed if one["subject"].rpartition("/")[2] in ids)
    told = next(one["id"] for one in feed if one["subject"] == f"vendors/{mine.vendor_id}")
    for event_id in (told, *untold):
        await plant(cast, employers["endpointId"], event_id, "failed")
    return Seen(mine, employers["endpointId"], made["endpointId"], own["endpointId"], ids, told, untold)


def operations_with_subjects() -> set[str]:
    """Operations of the document whose good answers name a subject somewhere."""
    found = {one["operationId"]: one for methods in DOCUMENT["paths"].values() for one in methods.values()}
    return {
        name
        for name, one in found.items()
        if any(_names_subject(said, ()) for status, said in one["responses"].items() if status.startswith("2"))
    }


def _names_subject(schema: Any, above: tuple[str, ...]) -> bool:
    if isinstance(schema, list):
        return any(_names_subject(one, above) for one in schema)
    if not isinstance(schema, dict):
        return False
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    if name:
        return name not in above and _names_subject(DOCUMENT["components"]["schemas"].get(name), (*above, name))
    return "subject" in schema.get("properties", {}) or any(_names_subject(one, above) for one in schema.values())


def calls(seen: Seen) -> Iterator[tuple[str, str, tuple[Any, ...], dict[str, Any]]]:
    """Each such operation with a token of the vendor's, in the order in which they are made: token, name, arguments."""
    vendor_id = seen.mine.vendor_id
    yield "at", "list_events", (), {"limit": 100}
    yield "over_all", "list_events", (), {"limit": 100}
    yield "at", "replay_deliveries", (seen.made, ALWAYS), {}
    yield "itself", "replay_vendor_deliveries", (vendor_id, seen.own, ALWAYS), {}
    for event_id in (seen.told, *seen.untold):
        for endpoint_id in (seen.employers, seen.made):
            yield "at", "get_delivery", (endpoint_id, event_id), {}
        yield "at", "replay_delivery", (seen.made, event_id), {}
        yield "itself", "get_vendor_delivery", (vendor_id, seen.own, event_id), {}
        yield "itself", "replay_vendor_delivery", (vendor_id, seen.own, event_id), {}
    for endpoint_id in (seen.employers, seen.made):
        yield "at", "list_deliveries", (endpoint_id,), {"limit": 100}
    yield "itself", "list_vendor_deliveries", (vendor_id, seen.own), {"limit": 100}
    yield "over_all", "list_vendor_failed_deliveries", (vendor_id,), {}
    yield "itself", "list_audit", (), {"limit": 100}
    yield "itself", "export_audit", (), {}


def camel_of(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(word.capitalize() for word in tail)


async def test_no_answer_is_about_another_vendor(speak: Speak, cast: Cast, seen: Seen) -> None:
    """Neither while it is linked nor when what it made is gone; its own events and the rest are told."""
    tokens = {
        "at": await seen.mine.at(cast.employer_id),
        "over_all": await seen.mine.over_all(),
        "itself": await seen.mine.itself(),
    }
    answers: list[tuple[str, tuple[Any, ...], Outcome]] = []
    for token, name, given, query in calls(seen):
        api = (speak if name in FIELDS else Rest)(tokens[token])
        answers.append((name, given, await api.call(name, *given, **query)))

    leaks = [
        (name, secret) for name, _, outcome in answers for secret in seen.theirs if secret in json.dumps(outcome.body)
    ]
    untold = {outcome.word for _, given, outcome in answers if given and given[-1] in seen.untold}
    others = {outcome.word for _, given, outcome in answers if not (given and given[-1] in seen.untold)}
    asked = {camel_of(name) for name, _, _ in answers}
    assert [] == leaks
    assert {"not-found"} == untold
    assert {"ok"} == others
    assert operations_with_subjects() - _OF_SOMETHING_ELSE.keys() <= asked, "an operation that this test does not ask"


async def test_a_replay_sends_and_counts_what_the_vendor_may_see(
    speak: Speak, cast: Cast, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where an administrator asks for it: the endpoint is the vendor's. The employer's own gets everything.

    What is not sent is not among those that are too many either.
    """
    api: Api = speak(cast.administrator)
    for event_id in seen.untold:
        await plant(cast, seen.made, event_id, "failed")
    feed, _ = await read_feed(api, limit=100)

    monkeypatch.setattr("peil.webhooks.deliveries.rules.MOST_REPLAYED", len(feed) - len(seen.untold))
    everything = (await api.replay_deliveries(seen.made, ALWAYS)).must()["replayed"]
    monkeypatch.setattr("peil.webhooks.deliveries.rules.MOST_REPLAYED", 0)
    failed = (await api.replay_deliveries(seen.made, ALWAYS | {"state": "failed"})).must()["replayed"]
    one = await api.replay_delivery(seen.made, seen.untold[0])
    monkeypatch.setattr("peil.webhooks.deliveries.rules.MOST_REPLAYED", len(feed))
    employers = (await api.replay_deliveries(seen.employers, ALWAYS)).must()["replayed"]
    states = await _states(cast, seen.made)

    assert (len(feed) - len(seen.untold), 0, "not-found") == (everything, failed, one.word)
    assert len(feed) == employers
    assert {"failed"} == {states[event_id] for event_id in seen.untold}


async def _states(cast: Cast, endpoint_id: str) -> dict[str, str]:
    async with cast.house.worker.parts.database.transaction(cast.employer.employer_id) as rows:
        found = await rows.connection.fetch(
            "select event_id, state from peil.delivery where endpoint_id = $1", UUID(endpoint_id)
        )
    return {str(one["event_id"]): one["state"] for one in found}
