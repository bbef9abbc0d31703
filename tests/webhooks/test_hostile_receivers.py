"""Receivers that answer as nobody should, and addresses at which none may be."""

import asyncio
import socket
import ssl
import threading
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import pytest

from peil.outbound import Outbound
from support.house import serving
from support.misbehaving import MISBEHAVING, Answering, answering
from support.receiver import Answer, Receiver
from support.relay import make_certificate
from webhooks.conftest import Told

WORDS = {
    "nothing": "timeout",
    "dripping": "timeout",
    "dripping-headers": "timeout",
    "endless": "too-large",
    "endless-headers": "unreachable",
    "redirecting": "redirected",
    "no-http": "unreachable",
    "cut": "unreachable",
    "reset": "unreachable",
}


@pytest.mark.parametrize(("name", "answer"), MISBEHAVING.items(), ids=MISBEHAVING)
async def test_whatever_is_answered_it_is_soon_over(
    told: Told, name: str, answer: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within the time, with little in memory, as one word; and it is tried again."""
    monkeypatch.setattr("peil.outbound.TIMEOUT", 0.5)
    await told.tell("waves/1")
    async with answering(answer) as url:
        await _lead_to(told, url)
        began = time.monotonic()
        await told.work()
        took = time.monotonic() - began

    assert [("waiting", WORDS[name])] == await told.states()
    assert took < 3


async def test_nobody_is_followed_elsewhere(told: Told, receiver: Receiver) -> None:
    """Least of all to this machine: the other place is asked nothing."""
    elsewhere = Receiver()
    async with serving(elsewhere) as url:
        receiver.answers = [Answer(status, {"location": url}) for status in (301, 302, 303, 307, 308)]
        await told.tell(*(f"waves/{number}" for number in range(5)))
        await told.work()

    assert [] == elsewhere.got
    assert [("waiting", "redirected")] * 5 == await told.states()


async def test_a_certificate_of_nobody_gets_nothing(told: Told, tmp_path: Path) -> None:
    """The connection ends before the event is told."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(make_certificate(tmp_path), tmp_path / "key.pem")
    got: list[bytes] = []

    async def read(reader: Any, writer: Any) -> None:
        got.append(await reader.read(1))
        writer.close()

    server = await asyncio.start_server(read, "127.0.0.1", 0, ssl=context)
    await _lead_to(told, f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
    await told.tell("waves/1")
    await told.work()
    server.close()

    assert ([("waiting", "tls")], []) == (await told.states(), got)


@pytest.fixture
async def guarded(told: Told, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Told]:
    """With a worker as in production: nobody of one's own network is asked."""
    outbound = Outbound(allow_loopback=False)
    worker = told.house.worker
    monkeypatch.setattr(worker, "parts", msgspec.structs.replace(worker.parts, outbound=outbound))
    yield told
    await outbound.close()


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "2130706433",
        "0177.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[fe80::1]",
        "[fd00::1]",
        "localhost",
    ],
)
async def test_own_networks_are_not_asked(guarded: Told, receiver: Receiver, host: str) -> None:
    """However they are written; the receiver that listens there hears nothing."""
    port = receiver.url.rpartition(":")[2].partition("/")[0]
    await _lead_to(guarded, f"https://{host}:{port}/hook")
    await guarded.tell("waves/1")
    await guarded.work()
    [attempt] = await guarded.attempts()

    assert ([("waiting", "not-public")], []) == (await guarded.states(), receiver.got)
    assert ("not-public", None) == (attempt["outcome"], attempt["status"])


@pytest.mark.parametrize("answers", [["93.184.215.14", "127.0.0.1"], ["127.0.0.1", "93.184.215.14"]])
async def test_a_name_with_one_address_inside_is_not_asked(
    guarded: Told, receiver: Receiver, answers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it stands among those that are public."""
    port = int(receiver.url.rpartition(":")[2].partition("/")[0])
    await _lead_to(guarded, f"https://two.example:{port}/hook")
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answer, port)) for answer in answers]
    original = socket.getaddrinfo

    def look_up(host: Any, *rest: Any, **named: Any) -> Any:
        return found if host == "two.example" else original(host, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    await guarded.tell("waves/1")
    await guarded.work()

    assert ([("waiting", "not-public")], []) == (await guarded.states(), receiver.got)


async def test_plain_http_is_not_asked(guarded: Told, receiver: Receiver) -> None:
    """Only https, also where an older row says otherwise."""
    await guarded.tell("waves/1")
    await guarded.work()

    assert ([("waiting", "not-public")], []) == (await guarded.states(), receiver.got)


async def test_nothing_of_the_answer_is_kept(told: Told, receiver: Receiver, owner: asyncpg.Connection) -> None:
    """Neither headers nor reason: what it says is in no column of either table."""
    receiver.answers = [Answer(500, {"x-said": "very-special-words", "retry-after": "very-special-words"})]
    await told.tell("waves/1")
    await told.work()
    texts = await owner.fetch(
        "select delivery::text from peil.delivery as delivery where employer_id = $1 "
        "union all select one::text from peil.delivery_attempt as one where employer_id = $1",
        told.employer_id,
    )

    assert 2 == len(texts)
    assert not [row for row in texts if "special" in row[0]]


async def test_a_crowd_at_one_name_is_one_look_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that nobody answers for holds one thread, however many deliveries wait for it."""
    until, asked = threading.Event(), []

    def look_up(host: str, *_: Any, **__: Any) -> Any:
        asked.append(host)
        until.wait(10)
        return []

    monkeypatch.setattr("peil.outbound.TIMEOUT", 0.2)
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    outbound = Outbound(allow_loopback=False)
    waiting = [outbound.ask("POST", "https://silent.example/", headers={}, max_bytes=1) for _ in range(20)]
    try:
        ends = await asyncio.gather(*waiting, return_exceptions=True)
    finally:
        until.set()
        await outbound.close()

    assert ["silent.example"] == asked
    assert {"timeout"} == {getattr(end, "reason", "") for end in ends}


async def _lead_to(told: Told, url: str) -> None:
    await told.owner.execute(
        "update peil.webhook_endpoint set url = $2 where endpoint_id = $1", told.hook.endpoint_id, url
    )
