"""A bad line: a request or its reply may be lost, and the same bytes are sent again until the answer is definite."""

import asyncio
import random
from asyncio import StreamReader, StreamWriter
from typing import Any, NamedTuple

import httptools
import msgspec

_OFTEN = 0.5
_SILENCE = 30
_PATIENCE = 120


class Reply(NamedTuple):
    """A definite answer. `doubted`: an earlier try of the same request may have been carried out."""

    status: int
    body: Any
    doubted: bool


class Line:
    """A caller's way to one process, which may be down at any moment.

    Plain sockets: what is sent is written once and can be left there. A client library for the same takes fifty
    times as long, which for ten thousand people is a minute.
    """

    def __init__(self, url: str, chance: random.Random) -> None:
        self._host, port = url.removeprefix("http://").split(":")
        self._port = int(port)
        self._chance = chance
        self._idle: list[tuple[StreamReader, StreamWriter]] = []

    def close(self) -> None:
        for _, writer in self._idle:
            writer.close()

    async def insist(
        self,
        path: str,
        content: bytes | None = None,
        *,
        token: str | None = None,
        loses: bool = False,
        method: str | None = None,
    ) -> Reply:
        """Posts `content` (gets, where there is none) until anything but 503 and silence comes back.

        `method`: another one.

        Who `loses` closes the socket, every other time, when the request is sent and before a byte of the reply
        was read. Raises TimeoutError where that takes longer than any restart.
        """
        request = self._request(method or ("GET" if content is None else "POST"), path, content, token)
        doubted = False
        async with asyncio.timeout(_PATIENCE):
            while True:
                try:
                    reader, writer = await self._connect()
                except ConnectionError:
                    # Nobody was there, so nothing has happened.
                    pass
                else:
                    answer = await self._exchange(reader, writer, request, loses and self._chance.random() < _OFTEN)
                    if answer is not None and answer.status != 503:
                        return Reply(answer.status, answer.body, doubted)
                    doubted = True
                await asyncio.sleep(self._chance.uniform(0.02, 0.3))

    def _request(self, method: str, path: str, content: bytes | None, token: str | None) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"host: {self._host}:{self._port}"]
        if token is not None:
            lines.append(f"authorization: Bearer {token}")
        if content is not None:
            lines += ["content-type: application/json", f"content-length: {len(content)}"]
        return "\r\n".join([*lines, "", ""]).encode() + (content or b"")

    async def _connect(self) -> tuple[StreamReader, StreamWriter]:
        while self._idle:
            reader, writer = self._idle.pop()
            if not reader.at_eof():
                return reader, writer
            writer.close()
        return await asyncio.open_connection(self._host, self._port)

    async def _exchange(
        self, reader: StreamReader, writer: StreamWriter, request: bytes, hangs_up: bool
    ) -> "_Answer | None":
        """The answer; None where it was not waited for, or did not come."""
        answer = _Answer()
        parser = httptools.HttpResponseParser(answer)
        try:
            async with asyncio.timeout(_SILENCE):
                writer.write(request)
                await writer.drain()
                while not (answer.is_whole or hangs_up):
                    received = await reader.read(65_536)
                    if not received:
                        raise ConnectionResetError
                    parser.feed_data(received)
        except (ConnectionError, TimeoutError):
            return None
        finally:
            if answer.is_whole:
                self._idle.append((reader, writer))
            else:
                writer.close()
        if not answer.is_whole:
            return None
        answer.status = parser.get_status_code()
        return answer


class _Answer:
    """What httptools makes of a reply."""

    def __init__(self) -> None:
        self.status = 0
        self.is_whole = False
        self._content = b""

    @property
    def body(self) -> Any:
        return msgspec.json.decode(self._content) if self._content else None

    def on_body(self, part: bytes) -> None:
        self._content += part

    def on_message_complete(self) -> None:
        self.is_whole = True
