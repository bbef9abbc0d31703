"""What callers may make Peil ask: public addresses, by https, and no more bytes than were agreed."""

import gzip
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from peil.outbound import Outbound, Unreachable
from support.house import serving


@pytest.fixture
async def asked() -> list[httpx.Request]:
    """Requests that left."""
    return []


@pytest.fixture
async def outbound(asked: list[httpx.Request]) -> AsyncIterator[Outbound]:
    """As in production, with nobody at the other end."""

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(500)

    made = Outbound(allow_loopback=False)
    await made.close()
    made._client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    yield made
    await made.close()


@pytest.mark.parametrize("host", ["93.184.215.14", "[2606:4700::1111]"])
async def test_public_addresses_are_asked(outbound: Outbound, asked: list[httpx.Request], host: str) -> None:
    """So that what stays away below says something; nothing compressed is asked for."""
    with pytest.raises(Unreachable):
        await outbound.fetch(f"https://{host}/keys", max_bytes=10)

    assert [(f"https://{host}/keys", "identity")] == [(str(one.url), one.headers["accept-encoding"]) for one in asked]


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
