"""Receivers of webhooks on this machine, and endpoints that lead to them."""

import asyncio
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from hashlib import sha256
from hmac import compare_digest, new
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import asyncpg
import msgspec

from peil import clock
from peil.ids import ordered_id
from peil.settings import Settings
from peil.webhooks.signing import secret_of
from support.house import serving


class Delivered(NamedTuple):
    """A request as it arrived."""

    headers: Mapping[str, str]
    raw: bytes

    @property
    def event(self) -> dict[str, Any]:
        event: dict[str, Any] = msgspec.json.decode(self.raw)
        return event

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


class Answer(NamedTuple):
    status: int = 204
    headers: Mapping[str, str] = {}


Answering = Callable[[Delivered], Awaitable[Answer]]


class Receiver:
    """Keeps everything that arrives; `answers` says with what the next are answered, then it takes all."""

    def __init__(self) -> None:
        self.url = ""
        self.got: list[Delivered] = []
        self.answers: list[Answer] = []
        self.always: Answering | None = None
        """Answers instead, if there is one."""
        self.under_way = 0
        self.most_at_once = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body, more = b"", True
        while more:
            part = await receive()
            body, more = body + part.get("body", b""), part.get("more_body", False)
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        delivered = Delivered({**headers, ":method": scope["method"], ":path": scope["path"]}, body)
        self.got.append(delivered)
        self.under_way += 1
        self.most_at_once = max(self.most_at_once, self.under_way)
        try:
            answer = await self._answer(delivered)
        finally:
            self.under_way -= 1
        headers_out = [(name.encode(), value.encode()) for name, value in answer.headers.items()]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers_out})
        await send({"type": "http.response.body", "body": b""})

    async def _answer(self, delivered: Delivered) -> Answer:
        if self.always is not None:
            return await self.always(delivered)
        return self.answers.pop(0) if self.answers else Answer()

    @property
    def types(self) -> list[str]:
        return [one.event["type"].removeprefix("nl.peil.") for one in self.got]

    @property
    def ids(self) -> list[str]:
        return [one.id for one in self.got]

    async def until(self, number: int, seconds: float = 20) -> None:
        """Waits until so many have arrived."""
        async with asyncio.timeout(seconds):
            while len(self.got) < number:  # noqa: ASYNC110  # several requests count up, and one looks
                await asyncio.sleep(0.01)


@asynccontextmanager
async def receiving(receiver: Receiver | None = None) -> AsyncIterator[Receiver]:
    """A receiver at a free port of this machine."""
    receiver = receiver or Receiver()
    async with serving(receiver) as url:
        receiver.url = f"{url}/hook"
        yield receiver


class Hook(NamedTuple):
    """An endpoint that was made for a test."""

    endpoint_id: UUID
    secret_id: UUID
    secret: str


async def add_endpoint(
    settings: Settings,
    url: str,
    *,
    employer_id: UUID | None = None,
    vendor_id: UUID | None = None,
    types: tuple[str, ...] = (),
) -> Hook:
    """An active endpoint with one secret; the only place in which tests make one."""
    hook = Hook(ordered_id(), uuid4(), "")
    connection = await asyncpg.connect(settings.database_url_owner)
    try:
        await connection.execute(_ENDPOINT, hook.endpoint_id, employer_id, vendor_id, url, list(types), clock.now())
        await connection.execute(_SECRET, hook.secret_id, hook.endpoint_id, employer_id, vendor_id, clock.now())
    finally:
        await connection.close()
    return hook._replace(secret=secret_of(settings.secret_bytes, hook.secret_id))


async def rotate(settings: Settings, hook: Hook, *, employer_id: UUID, overlap: timedelta) -> Hook:
    """A second secret; the first signs until the overlap is over."""
    second = hook._replace(secret_id=uuid4())
    connection = await asyncpg.connect(settings.database_url_owner)
    try:
        ends = "update peil.webhook_secret set expires_at = $2 where endpoint_id = $1"
        await connection.execute(ends, hook.endpoint_id, clock.now() + overlap)
        await connection.execute(_SECRET, second.secret_id, hook.endpoint_id, employer_id, None, clock.now())
    finally:
        await connection.close()
    return second._replace(secret=secret_of(settings.secret_bytes, second.secret_id))


def verifies(secret: str, delivered: Delivered) -> bool:
    """Whether a receiver that knows this secret takes it: the specification's own steps, with nothing of ours."""
    signed = f"{delivered.headers['webhook-id']}.{delivered.headers['webhook-timestamp']}.".encode() + delivered.raw
    expected = b64encode(new(b64decode(secret.removeprefix("whsec_")), signed, sha256).digest()).decode()
    given = [one.partition(",") for one in delivered.headers["webhook-signature"].split(" ")]
    return any(version == "v1" and compare_digest(expected, text) for version, _, text in given)


_ENDPOINT = """
insert into peil.webhook_endpoint
  (endpoint_id, employer_id, vendor_id, url, types, state, created_at, verified_at)
values ($1, $2, $3, $4, $5, 'active', $6, $6)
"""

_SECRET = """
insert into peil.webhook_secret (secret_id, endpoint_id, employer_id, vendor_id, created_at)
values ($1, $2, $3, $4, $5)
"""
