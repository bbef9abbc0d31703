"""What callers may make Peil ask: public addresses, by https, and no more bytes than were agreed."""

import asyncio
import gzip
import socket
import threading
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from peil.outbound import USER_AGENT, Outbound, Unreachable
from support.house import serving
from support.misbehaving import MISBEHAVING, Answering, answering


@pytest.fixture
async def asked() -> list[httpx.Request]:
    """Requests that left."""
    return []


@pytest.fixture
async def outbound(asked: list[httpx.Request]) -> AsyncIterator[Outbound]:
    """As in production, with nobody at the other end."""

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(500, stream=httpx.ByteStream(b""))

    made = Outbound(allow_loopback=False)
    await made._client.aclose()
    made._client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    yield made
    await made.close()


@pytest.mark.parametrize("host", ["93.184.215.14", "[2606:4700::1111]"])
async def test_public_addresses_are_asked(outbound: Outbound, asked: list[httpx.Request], host: str) -> None:
    """So that what stays away below says something; nothing compressed is asked for."""
    with pytest.raises(Unreachable):
        await outbound.fetch(f"https://{host}/keys", max_bytes=10)

    assert [(f"https://{host}/keys", "identity")] == [(str(one.url), one.headers["accept-encoding"]) for one in asked]


async def test_an_answer_is_given_whatever_its_status(outbound: Outbound, asked: list[httpx.Request]) -> None:
    """With what was asked and nothing of whoever asks, but that it is Peil."""
    headers = {"content-type": "application/json", "webhook-id": "1"}
    reply = await outbound.ask("POST", "https://93.184.215.14/hook", headers=headers, body=b"{}", max_bytes=10)

    [one] = asked
    assert (500, b"") == (reply.status, reply.body)
    assert ("POST", b"{}", USER_AGENT) == (one.method, one.content, one.headers["user-agent"])
    assert headers.items() <= dict(one.headers).items()


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "2130706433",
        "0177.0.0.1",
        "0x7f.1",
        "127.1",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:224.0.0.1]",
        "[::127.0.0.1]",
        "[::93.184.215.14]",
        "[64:ff9b::10.0.0.1]",
        "[64:ff9b:1::a00:1]",
        "[2001:0:5db8:d70e::1]",
        "[2002:a00:1::1]",
        "[fec0::1]",
        "[fe80::1]",
        "[fd00::1]",
        "[ff02::1]",
    ],
)
async def test_other_addresses_are_not(outbound: Outbound, asked: list[httpx.Request], host: str) -> None:
    """However they are written, and also where they stand for another address."""
    with pytest.raises(Unreachable):
        await outbound.fetch(f"https://{host}/keys", max_bytes=10)

    assert [] == asked


async def test_what_is_compressed_does_not_grow() -> None:
    """An answer that is compressed all the same is counted and given as it came."""
    small = gzip.compress(bytes(1_000_000))

    async def bomb(scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"content-encoding", b"gzip")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": small})

    outbound = Outbound(allow_loopback=True)
    async with serving(bomb) as url:
        body = await outbound.fetch(url, max_bytes=len(small))
        with pytest.raises(Unreachable):
            await outbound.fetch(url, max_bytes=len(small) - 1)
    await outbound.close()

    assert small == body


Answers = list[str]


@pytest.fixture
def resolves(monkeypatch: pytest.MonkeyPatch) -> list[Answers]:
    """What the resolver says, one time after the other; the last time again and again."""
    said: list[Answers] = []

    def look_up(host: str, port: int, **_: Any) -> list[Any]:
        answers = said.pop(0) if len(said) > 1 else said[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answer, port)) for answer in answers]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return said


async def test_every_answer_of_a_name_is_looked_at(
    outbound: Outbound, asked: list[httpx.Request], resolves: list[Answers]
) -> None:
    """One that leads inside among others that do not is enough, wherever it stands."""
    inside = ["10.0.0.1", "127.0.0.1", "::1", "169.254.169.254"]
    for address in inside:
        for answers in (["93.184.215.14", address], [address, "93.184.215.14"]):
            resolves[:] = [answers]
            with pytest.raises(Unreachable):
                await outbound.fetch("https://two.example/keys", max_bytes=10)

    assert [] == asked


async def test_a_name_that_turns_is_asked_where_it_was_looked_at(
    outbound: Outbound, asked: list[httpx.Request], resolves: list[Answers]
) -> None:
    """The second answer of the resolver would lead inside; the connection goes to the first, under the name's host."""
    resolves[:] = [["93.184.215.14"], ["127.0.0.1"]]
    with pytest.raises(Unreachable):
        await outbound.fetch("https://turns.example/keys", max_bytes=10)

    assert [("93.184.215.14", "turns.example", "turns.example")] == [
        (one.url.host, one.headers["host"], one.extensions["sni_hostname"]) for one in asked
    ]


@pytest.mark.parametrize(
    "url",
    [
        "https://[::1",
        "https://[x]/",
        "https://a:b/",
        "https://a:99999/",
        "https:///keys",
        "https://",
        "",
        "x",
        "file:///etc/passwd",
        "ftp://93.184.215.14/",
        "http://93.184.215.14/",
        "gopher://93.184.215.14/",
        "https://93.184.215.14/\0",
        "https://93.184.215.14/\n",
        "https://93.184.215.14" + "/x" * 40_000,
        "https://" + "x" * 300,
        "https://\ud800.example/",
        "https://user:secret@127.0.0.1/",
        "https://93.184.215.14@127.0.0.1/",
        "https://127.0.0.1#@93.184.215.14/",
        "https://127.0.0.1\\@93.184.215.14/",
    ],
    ids=lambda url: repr(url[:40]),
)
async def test_what_is_no_good_url_reaches_nobody(outbound: Outbound, asked: list[httpx.Request], url: str) -> None:
    """Whoever publishes it in a discovery document, nothing breaks here."""
    with pytest.raises(Unreachable):
        await outbound.fetch(url, max_bytes=10)

    assert [] == [one for one in asked if one.url.host != "93.184.215.14"]


@pytest.mark.parametrize("answer", MISBEHAVING.values(), ids=MISBEHAVING)
async def test_whatever_is_answered_it_is_soon_over(answer: Answering, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither slowly, nor without an end, nor elsewhere, nor by halves: within the time, and with little in memory."""
    monkeypatch.setattr("peil.outbound.TIMEOUT", 0.5)
    outbound = Outbound(allow_loopback=True)
    began = time.monotonic()

    async with answering(answer) as url:
        with pytest.raises(Unreachable):
            await outbound.fetch(url, max_bytes=65_536)
        took = time.monotonic() - began
    await outbound.close()

    assert took < 3


async def test_no_connection_is_used_for_two_names() -> None:
    """Many names live at one address, and a connection was certified for one of them."""
    clients = set()

    async def note(scope: Any, receive: Any, send: Any) -> None:
        clients.add(scope["client"][1])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"{}"})

    outbound = Outbound(allow_loopback=True)
    async with serving(note) as url:
        for host in ("127.0.0.1", "localhost", "127.0.0.1"):
            await outbound.fetch(url.replace("127.0.0.1", host), max_bytes=10)
    await outbound.close()

    assert 3 == len(clients)


async def test_names_that_nobody_answers_for_hold_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """While as many as can are looked up in vain, what else runs in threads goes on."""
    monkeypatch.setattr("peil.outbound.TIMEOUT", 0.2)
    until = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: until.wait(10))
    outbound = Outbound(allow_loopback=False)
    waiting = [asyncio.create_task(outbound.fetch("https://silent.example/", max_bytes=1)) for _ in range(32)]
    try:
        await asyncio.sleep(0.05)
        async with asyncio.timeout(1):
            elsewhere = await asyncio.to_thread(lambda: "done")
        ends = await asyncio.gather(*waiting, return_exceptions=True)
    finally:
        until.set()
        await outbound.close()

    assert "done" == elsewhere
    assert {Unreachable} == {type(end) for end in ends}
