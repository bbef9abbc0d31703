"""A vendor's own endpoint: one for all employers that let it act, and for no longer."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from support.house import House, Vendor
from support.receiver import Answer, Delivered, Hook, Receiver, add_endpoint, verifies
from webhooks.conftest import Told


class Both:
    """Two employers that let a vendor act, whose own endpoint is a receiver of ours."""

    def __init__(self, vendor: Vendor, hook: Hook, first: Told, second: Told) -> None:
        self.vendor = vendor
        self.hook = hook
        self.first = first
        self.second = second

    async def end(self, told: Told) -> None:
        administrator = await told.employer.client("administrator")
        path = f"/employers/{told.employer_id}/vendors/{self.vendor.vendor_id}/revoke"
        await administrator.must(administrator.post(path), 200)


@pytest.fixture
async def both(house: House, receiver: Receiver, owner: asyncpg.Connection) -> Both:
    vendor = await house.vendor()
    told = []
    for name in ("Een BV", "Twee BV"):
        employer = await house.employer(name)
        administrator = await employer.client("administrator")
        link: Any = {"vendorId": vendor.vendor_id}
        await administrator.must(administrator.post(f"/employers/{employer.employer_id}/vendors", link))
        told.append(employer)
    await house.work()
    hook = await add_endpoint(house.settings, receiver.url, vendor_id=UUID(vendor.vendor_id))
    first, second = [Told(employer, hook, owner) for employer in told]
    return Both(vendor, hook, first, second)


def sources(receiver: Receiver, subject: str) -> list[str]:
    """Whose events about this arrived."""
    return sorted(one.event["source"] for one in receiver.got if one.event["subject"] == subject)


async def test_events_of_all_its_employers_go_there(both: Both, receiver: Receiver) -> None:
    """Signed by the one secret, and each kept with the employer whose event it is."""
    await both.first.tell("waves/1")
    await both.second.tell("waves/1")
    await both.first.work()
    kept = [one["vendor_id"] for told in (both.first, both.second) for one in await told.deliveries()]

    employers = sorted(f"/employers/{told.employer_id}" for told in (both.first, both.second))
    assert employers == sources(receiver, "waves/1")
    assert all(verifies(both.hook.secret, one) for one in receiver.got)
    assert [UUID(both.vendor.vendor_id)] * 2 == kept


async def test_it_hears_nothing_of_another_vendor(both: Both, house: House, receiver: Receiver) -> None:
    """Neither that the employer works with one, nor of what that one made there."""
    other, employer = await house.vendor(), both.first.employer
    administrator = await employer.client("administrator")
    path = f"/employers/{employer.employer_id}"
    await administrator.must(administrator.post(f"{path}/vendors", {"vendorId": other.vendor_id}))
    theirs = await other.at(str(employer.employer_id))
    new = {"name": "theirs", "roles": ["vendor_integration"]}
    client = await theirs.must(theirs.post(f"{path}/clients", new))
    url = {"url": "https://ontvanger.example/webhooks"}
    endpoint = await theirs.must(theirs.post("/webhook-endpoints", url))
    await both.first.tell("waves/1")
    await both.first.work()

    hidden = (
        f"vendors/{other.vendor_id}",
        f"clients/{client['clientId']}",
        f"webhook-endpoints/{endpoint['endpointId']}",
    )
    assert 1 == len(sources(receiver, "waves/1"))
    assert [] == [one.event["subject"] for one in receiver.got if one.event["subject"] in hidden]


async def test_nothing_goes_there_once_a_link_has_ended(both: Both, receiver: Receiver) -> None:
    """No new event, and no retry of what was before; the other employer's go on."""
    receiver.answers = [Answer(500)]
    await both.first.tell("waves/1")
    await both.first.work()
    await both.end(both.first)
    await both.first.tell("waves/2")
    await both.second.tell("waves/2")
    await both.first.work()
    await both.first.advance(days=3)
    await both.first.work()

    assert 1 == len(sources(receiver, "waves/1"))
    assert [f"/employers/{both.second.employer_id}"] == sources(receiver, "waves/2")
    assert [("failed", "link-ended")] == await both.first.states()


async def test_an_employers_endpoint_ends_with_the_vendor_that_made_it(
    both: Both, receiver: Receiver, house: House
) -> None:
    """Also before it is disabled: who may act no more hears no more."""
    path = f"{receiver.url}/own"
    vendor_id, employer_id = UUID(both.vendor.vendor_id), both.first.employer_id
    await add_endpoint(house.settings, path, employer_id=employer_id, vendor_id=vendor_id)
    await both.first.tell("waves/1")
    await both.first.work()
    await both.end(both.first)
    await both.first.tell("waves/2")
    await both.first.work()
    heard = [one.event["subject"] for one in receiver.got if one.headers[":path"] == "/hook/own"]
    kept = {one["subject"] for one in await both.first.deliveries()}

    assert "waves/1" in heard
    assert "waves/2" not in {*heard, *kept}


async def test_what_waited_when_a_link_ended_stays_away(both: Both, receiver: Receiver, house: House) -> None:
    """It has failed at once, at the vendor's endpoint and at the one it made, so that a next link sends none of it."""
    vendor_id, employer_id = UUID(both.vendor.vendor_id), both.first.employer_id
    made = await add_endpoint(house.settings, f"{receiver.url}/own", employer_id=employer_id, vendor_id=vendor_id)
    receiver.answers = [Answer(500), Answer(500)]
    await both.first.tell("waves/1")
    await both.first.work()
    await both.end(both.first)
    ended = await both.first.states()
    administrator = await both.first.employer.client("administrator")
    path = f"/employers/{employer_id}/vendors"
    await administrator.must(administrator.post(path, {"vendorId": both.vendor.vendor_id}))
    await both.first.advance(days=1)
    await both.first.work()
    feed = await both.first.owner.fetch(
        "select subject, state, made_by from peil.event where type = 'webhook-endpoint.disabled' and employer_id = $1",
        employer_id,
    )

    assert [("failed", "link-ended")] * 2 == ended
    assert 2 == len(sources(receiver, "waves/1"))
    assert [(f"webhook-endpoints/{made.endpoint_id}", "disabled", vendor_id)] == [tuple(one) for one in feed]


async def test_one_that_is_gone_is_gone_for_all(both: Both, receiver: Receiver) -> None:
    """The other employer's deliveries fail at their next look; no employer's feed tells of a vendor's endpoint."""
    receiver.answers = [Answer(500)]
    await both.second.tell("waves/1")
    await both.second.work()
    receiver.answers = [Answer(410)]
    await both.first.tell("waves/1")
    await both.first.work()
    await both.second.advance(seconds=7)
    await both.second.work()
    endpoint = await both.first.endpoint()
    told = [
        row["type"]
        for row in await both.first.owner.fetch(
            "select type from peil.event where employer_id = any($1)",
            [both.first.employer_id, both.second.employer_id],
        )
    ]

    assert "gone" == endpoint["disabled_for"]
    assert [("failed", "gone")] == await both.first.states()
    assert [("failed", "endpoint-gone")] == await both.second.states()
    assert "webhook-endpoint.disabled" not in told


async def test_what_it_takes_of_another_employer_keeps_it(both: Both, receiver: Receiver) -> None:
    """Three days of refusals of one employer's events say little where it takes another's."""

    async def refuse_first(delivered: Delivered) -> Answer:
        return Answer(500 if str(both.first.employer_id) in delivered.event["source"] else 204)

    receiver.always = refuse_first
    await both.first.tell("waves/1")
    await both.second.tell("waves/1")
    await both.first.work()
    await both.first.age(days=4)
    await both.first.work()
    kept = (await both.first.endpoint())["state"]
    await both.second.age(days=4)
    await both.first.age(days=1)
    await both.first.work()

    assert ("active", "disabled") == (kept, (await both.first.endpoint())["state"])
