"""Requests byte by byte over a socket of our own: what no HTTP library would send."""

import asyncio
import re
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import msgspec

STANDARD = {
    "api-version",
    "cache-control",
    "content-security-policy",
    "referrer-policy",
    "strict-transport-security",
    "vary",
    "x-content-type-options",
}
"""Headers of every answer that the service itself gives."""


class Answer(NamedTuple):
    """One answer as it came."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def document(self) -> Any:
        return msgspec.json.decode(self.body)

    @property
    def findings(self) -> list[tuple[str, str]]:
        return [(one["pointer"], one["code"]) for one in self.document["errors"]]


async def send(address: str, request: bytes) -> list[Answer]:
    """The answers to some bytes, until the server closes the connection."""
    url = urlsplit(address)
    reader, writer = await asyncio.open_connection(url.hostname, url.port)
    try:
        writer.write(request)
        return list(answers_in(await asyncio.wait_for(reader.read(), 10)))
    finally:
        writer.close()


async def ask(address: str, method: str, path: str, *headers: bytes, body: bytes = b"") -> Answer:
    """The one answer to a request with these header lines; a body gets its length."""
    lines = [f"{method} {path} HTTP/1.1".encode("latin-1"), b"connection: close", *headers]
    if not any(header.startswith(b"host:") for header in headers):
        lines.append(b"host: peil.test")
    if body:
        lines.append(b"content-length: %d" % len(body))
    [answer] = await send(address, b"\r\n".join(lines) + b"\r\n\r\n" + body)
    return answer


async def leave(address: str, request: bytes) -> None:
    """Sends some bytes and resets the connection."""
    url = urlsplit(address)
    _, writer = await asyncio.open_connection(url.hostname, url.port)
    writer.write(request)
    await writer.drain()
    writer.transport.abort()


async def until(holds: Callable[[], Awaitable[bool]], seconds: float = 10) -> None:
    """Waits for something that others bring about. Raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while True:
            if await holds():
                return
            await asyncio.sleep(0.02)


def bearer(token: str) -> bytes:
    return b"authorization: Bearer " + token.encode("latin-1")


def part(value: Any) -> str:
    """A segment of a JWT: bytes as they are, anything else as JSON."""
    text = value if isinstance(value, bytes) else msgspec.json.encode(value)
    return urlsafe_b64encode(text).rstrip(b"=").decode()


def answers_in(received: bytes) -> list[Answer]:
    """Answers with a Content-Length one after the other; one to HEAD would need to be the last."""
    answers = []
    while received:
        head, _, received = received.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        status = int(re.split(" +", first)[1])
        length = 0 if status < 200 else int(headers.get("content-length", "0"))
        answers.append(Answer(status, headers, received[:length]))
        received = received[length:]
    return answers
