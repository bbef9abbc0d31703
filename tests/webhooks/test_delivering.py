"""What goes to an endpoint, in which order, and what its answers do."""

import asyncio
from datetime import timedelta

import msgspec
import pytest

from peil import clock
from peil.outbound import USER_AGENT
from peil.webhooks.retrying import PAUSES
from support.house import House
from support.receiver import Answer, Delivered, Receiver, add_endpoint, rotate, verifies
from support.statements import count_statements
from webhooks.conftest import Told

GOOD = ("delivered", "delivered")


async def test_an_event_arrives_as_the_feed_tells_it(told: Told, receiver: Receiver) -> None:
    """Byte for byte, signed, with its id, and with nothing beside."""
    administrator = await told.employer.client("administrator")
    await told.tell("waves/1")
    await told.work()
    feed = (await administrator.get("/events", params={"limit": 200})).json()["items"]
    [one] = receiver.got

    assert msgspec.json.encode(feed[-1]) == one.raw
    assert verifies(told.hook.secret, one)
    assert abs(clock.now().timestamp() - int(one.headers["webhook-timestamp"])) < 60
    assert {
        ":method": "POST",
        ":path": "/hook",
        "content-type": "application/cloudevents+json",
        "webhook-id": feed[-1]["id"],
        "user-agent": USER_AGENT,
    }.items() <= one.headers.items()
    assert {
        *(":method", ":path", "host", "accept", "accept-encoding", "connection", "content-length", "content-type"),
        *("user-agent", "webhook-id", "webhook-timestamp", "webhook-signature"),
    } == one.headers.keys()


async def test_what_became_of_it_is_kept(told: Told, receiver: Receiver) -> None:
    """The status and one word of ours, of each attempt; nothing that the receiver says."""
    receiver.answers = [Answer(500, {"x-said": "something"})]
    await told.tell("waves/1")
    await told.work()
    await told.advance(seconds=7)
    await told.work()
    [delivery] = await told.deliveries()
    attempts = [(one["outcome"], one["status"], one["at"]) for one in await told.attempts()]

    assert [("refused", 500), ("delivered", 204)] == [one[:2] for one in attempts]
    assert ("delivered", None, 2, 204) == tuple(delivery[name] for name in ("state", "next_at", "attempts", "status"))
    assert attempts[-1][2] == delivery["last_at"]
    assert receiver.got[0].id == receiver.got[1].id


async def test_only_the_chosen_types_go(told: Told, receiver: Receiver, house: House) -> None:
    """An endpoint that names some gets these; one that names none gets all."""
    await add_endpoint(house.settings, f"{receiver.url}/some", employer_id=told.employer_id, types=("wave.opened",))
    await told.add("waves/1", "wave.planned")
    await told.add("waves/1", "wave.opened")
    await told.work()
    by_path = [(one.headers[":path"], one.event["type"]) for one in receiver.got]

    assert {
        ("/hook", "nl.peil.wave.planned"),
        ("/hook", "nl.peil.wave.opened"),
        ("/hook/some", "nl.peil.wave.opened"),
    } == set(by_path)


async def test_another_employer_hears_nothing(told: Told, receiver: Receiver, house: House) -> None:
    """Events of one are delivered to the endpoints of one."""
    other = await house.employer("Ander BV")
    await house.work()
    await told.tell("waves/1")
    await house.work()

    assert {f"/employers/{told.employer_id}"} == {one.event["source"] for one in receiver.got}
    assert other.employer_id != told.employer_id


async def test_what_is_about_one_thing_goes_in_order(told: Told, receiver: Receiver) -> None:
    """While the first is refused the next of it waits, and what is about something else goes on."""
    receiver.answers = [Answer(500), Answer(204), Answer(500)]
    await told.tell("waves/1", "waves/2", "waves/1", "waves/1")
    await told.work()
    early = [one.event["subject"] for one in receiver.got]
    await told.advance(seconds=7)
    await told.work()
    await told.advance(seconds=40)
    await told.work()
    ids = [one.id for one in receiver.got if one.event["subject"] == "waves/1"]
    feed = [str(one["event_id"]) for one in await told.deliveries() if one["subject"] == "waves/1"]

    assert ["waves/1", "waves/2"] == sorted(early)
    assert [feed[0], feed[0], feed[0], feed[1], feed[2]] == ids
    assert [GOOD] * 4 == await told.states()


async def test_one_that_failed_for_good_lets_the_next_go(told: Told, receiver: Receiver) -> None:
    """After the last attempt, days later; that one was made as often as there are pauses, and once more."""
    receiver.answers = [Answer(500)] * (len(PAUSES) + 1)
    await told.tell("waves/1", "waves/1")
    await told.work()
    for pause in PAUSES:
        await told.advance(seconds=pause.total_seconds() * 1.2 + 1)
        await told.work()

    assert len(PAUSES) + 2 == len(receiver.got)
    assert [("failed", "refused"), GOOD] == await told.states()
    assert 2 == len(set(receiver.ids))


async def test_different_things_go_side_by_side(told: Told, receiver: Receiver) -> None:
    """So many at once and no more."""

    async def slowly(_: Delivered) -> Answer:
        await asyncio.sleep(0.1)
        return Answer()

    receiver.always = slowly
    await told.tell(*(f"waves/{number}" for number in range(20)))
    await told.work()

    assert (20, 8) == (len(receiver.got), receiver.most_at_once)


async def test_a_receiver_that_asks_for_time_is_left_alone(told: Told, receiver: Receiver) -> None:
    """Also where it would otherwise be asked again within seconds."""
    receiver.answers = [Answer(429, {"retry-after": "1000"}), Answer(503, {"retry-after": "9999999"})]
    await told.tell("waves/1")
    await told.work()
    await told.advance(seconds=990)
    await told.work()
    before = len(receiver.got)
    await told.advance(seconds=11)
    await told.work()
    await told.advance(hours=23)
    await told.work()
    [delivery] = await told.deliveries()

    assert (1, 2) == (before, len(receiver.got))
    assert delivery["next_at"] - await told.clock() <= timedelta(hours=1)


async def test_an_endpoint_that_is_gone_is_asked_no_more(told: Told, receiver: Receiver) -> None:
    """It is disabled, what waits fails, and the feed says so; what happens later is not delivered there."""
    receiver.answers = [Answer(410)]
    await told.tell("waves/1", "waves/1")
    await told.work()
    await told.tell("waves/2")
    await told.advance(days=5)
    await told.work()
    endpoint = await told.endpoint()
    feed = await told.owner.fetch(
        "select type, subject from peil.event where employer_id = $1 and subject like 'webhook%'", told.employer_id
    )
    trail = await told.owner.fetch(
        "select actor_kind, event from peil.audit where employer_id = $1 and subject like 'webhook%'", told.employer_id
    )

    assert [("worker", "disable_webhook_endpoint")] == [tuple(one) for one in trail]
    assert ("disabled", "gone", 1) == (endpoint["state"], endpoint["disabled_for"], len(receiver.got))
    assert [("failed", "gone"), ("failed", "endpoint-gone")] == await told.states()
    assert [("webhook-endpoint.disabled", f"webhook-endpoints/{told.hook.endpoint_id}")] == [tuple(one) for one in feed]


async def test_an_endpoint_that_takes_nothing_for_days_is_disabled(told: Told, receiver: Receiver) -> None:
    """Three real days; a sandbox that passes a year in a minute says nothing about its receiver."""

    async def refuse(_: Delivered) -> Answer:
        return Answer(500)

    receiver.always = refuse
    await told.tell("waves/1", "waves/2", "waves/2")
    await told.work()
    await told.advance(hours=1)
    await told.work()
    before = (await told.endpoint())["state"]
    await told.age(days=3)
    await told.advance(hours=1)
    await told.work()
    endpoint = await told.endpoint()

    assert ("active", "disabled", "failing") == (before, endpoint["state"], endpoint["disabled_for"])
    assert {"endpoint-failing"} == {one["outcome"] for one in await told.deliveries()}


async def test_one_receipt_in_three_days_keeps_it(told: Told, receiver: Receiver) -> None:
    """What fails then is about that delivery, not about the endpoint."""

    async def refuse_one(delivered: Delivered) -> Answer:
        return Answer(500 if delivered.event["subject"] == "waves/1" else 204)

    receiver.always = refuse_one
    await told.tell("waves/1", "waves/2")
    await told.work()
    await told.age("waves/1", days=4)
    await told.work()

    assert [("waiting", "refused"), GOOD] == await told.states()
    assert 3 == len(receiver.got)
    assert "active" == (await told.endpoint())["state"]


async def test_two_secrets_sign_while_one_follows_the_other(told: Told, receiver: Receiver, house: House) -> None:
    """A receiver may know either; after the overlap only the new one is used."""
    second = await rotate(house.settings, told.hook, employer_id=told.employer_id, overlap=timedelta(seconds=60))
    await told.tell("waves/1")
    await told.work()
    await told.owner.execute(
        "update peil.webhook_secret set expires_at = $2 where secret_id = $1", told.hook.secret_id, clock.now()
    )
    await told.tell("waves/2")
    await told.work()
    during, after = receiver.got

    assert [True, True] == [verifies(secret, during) for secret in (told.hook.secret, second.secret)]
    assert [False, True] == [verifies(secret, after) for secret in (told.hook.secret, second.secret)]
    assert (2, 1) == tuple(len(one.headers["webhook-signature"].split(" ")) for one in (during, after))
    assert not verifies(second.secret, during._replace(raw=during.raw + b" "))


async def test_what_waited_for_a_deleted_endpoint_goes(told: Told, receiver: Receiver) -> None:
    """At the next look; what it was delivered stays in the log."""
    receiver.answers = [Answer(204), Answer(500)]
    await told.tell("waves/1")
    await told.work()
    await told.tell("waves/1", "waves/1")
    await told.work()
    for table in ("webhook_secret", "webhook_endpoint"):
        await told.owner.execute(f"delete from peil.{table} where endpoint_id = $1", told.hook.endpoint_id)
    await told.advance(seconds=7)
    await told.work()

    assert ([GOOD], 2) == (await told.states(), len(receiver.got))


async def test_what_waits_for_a_handshake_is_kept(told: Told, receiver: Receiver) -> None:
    """An endpoint whose URL was changed gets nothing until the receiver agrees, and then what it missed."""
    receiver.answers = [Answer(500)]
    await told.tell("waves/1")
    await told.work()
    await _set_state(told, "waiting")
    await told.advance(seconds=7)
    await told.work()
    before = len(receiver.got)
    await _set_state(told, "active")
    await told.advance(minutes=6)
    await told.work()

    assert ([GOOD], 1, 2) == (await told.states(), before, len(receiver.got))


async def test_without_a_secret_nothing_goes(told: Told, receiver: Receiver) -> None:
    """Never unsigned; the job fails, which the operator sees, and goes on when there is one."""
    ends = "update peil.webhook_secret set expires_at = $2 where endpoint_id = $1"
    await told.owner.execute(ends, told.hook.endpoint_id, clock.now())
    await told.tell("waves/1")
    await told.work()
    failing = await told.owner.fetchval(
        "select failure from peil.due where employer_id = $1 and kind = 'deliver_events'", told.employer_id
    )
    await told.owner.execute(ends, told.hook.endpoint_id, None)
    early = len(receiver.got)
    await told.work()

    assert ("RuntimeError", 0, 1) == (failing, early, len(receiver.got))


@pytest.mark.parametrize("number", [1, 40])
async def test_a_fan_out_asks_as_often_however_many_events(
    told: Told, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same statements for one event and for forty."""
    await told.tell(*(f"waves/{place}" for place in range(number)))
    statements = count_statements(monkeypatch)
    await told.house.worker.do_due({"order_events"}, told.employer_id)

    assert 1 == statements.count("-- fan_out_events")
    assert 15 >= len(statements)
    assert number == len(await told.deliveries())


async def test_without_endpoints_a_fan_out_is_one_statement(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for what nobody wants."""
    employer = await house.employer()
    statements = count_statements(monkeypatch)
    await house.worker.do_due({"order_events"}, employer.employer_id)

    assert ["-- fan_out_events"] == statements[statements.index("-- order_events") + 2 :]


async def test_what_ended_is_forgotten_after_a_month(told: Told, receiver: Receiver) -> None:
    """With its attempts, by the clock of the sandbox; what waits is not."""
    await told.tell("waves/1")
    await told.work()
    await told.advance(days=29)
    await told.work()
    before = await told.states(), len(await told.attempts())
    await told.advance(days=2)
    receiver.answers = [Answer(500)] * 9
    await told.tell("waves/2")
    await told.work()

    assert ([GOOD], 1) == before
    assert [("waiting", "refused")] == await told.states()
    assert {"refused"} == {one["outcome"] for one in await told.attempts()}


async def test_a_real_employer_forgets_by_real_time(told: Told, house: House, receiver: Receiver) -> None:
    """Thirty days after the delivery ended, however old the event."""
    employer = await house.employer(sandbox=False)
    await house.work()
    real = Told(
        employer, await add_endpoint(house.settings, receiver.url, employer_id=employer.employer_id), told.owner
    )
    await real.tell("waves/1", "waves/2")
    await house.work()
    first, _ = await real.deliveries()
    await told.owner.execute(
        "update peil.delivery set last_at = last_at - interval '31 days' where event_id = $1", first["event_id"]
    )
    at = await told.owner.fetchval(
        "select at from peil.due where employer_id = $1 and kind = 'forget_deliveries'", employer.employer_id
    )
    await told.owner.execute("update peil.due set at = $2 where employer_id = $1", employer.employer_id, clock.now())
    await house.work()

    assert timedelta(days=29) < at - clock.now() < timedelta(days=31)
    assert ["waves/2"] == [one["subject"] for one in await real.deliveries()]
    assert 1 == len(await real.attempts())


async def _set_state(told: Told, state: str) -> None:
    await told.owner.execute(
        "update peil.webhook_endpoint set state = $2 where endpoint_id = $1", told.hook.endpoint_id, state
    )
