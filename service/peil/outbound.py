"""Requests to addresses that callers gave us: https, public addresses only, no redirects, small, soon over."""

import asyncio
import ipaddress
import logging
import socket
import ssl
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

import httpx

import peil
from peil.addresses import is_public
from peil.errors import PeilError

TIMEOUT = 5.0
"""Seconds that a request may take, from the look-up of the name to the last byte of the answer."""
USER_AGENT = f"Peil/{peil.__version__}"
Reason = Literal["not-public", "timeout", "tls", "too-large", "unreachable"]
_RESOLVING = 32
"""Names that are looked up at the same time."""

# It would log every address, with its query: whose people sign in when.
logging.getLogger("httpx").setLevel(logging.WARNING)


class Unreachable(PeilError):
    """The address may not be asked, or did not answer as it should; `reason` in one word, never in the other's."""

    code = "internal"

    def __init__(self, reason: Reason = "unreachable") -> None:
        super().__init__()
        self.reason = reason


class Reply(NamedTuple):
    """What was answered, whatever the status; names of headers are looked up without regard to case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Outbound:
    """Asks what others serve; `allow_loopback` is for tests and the demo."""

    def __init__(self, *, allow_loopback: bool) -> None:
        self._allow_loopback = allow_loopback
        # A connection is used once: it is made to an address, and was certified for one of the names that live there.
        # Nor does a host that keeps many waiting keep the others from theirs.
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
        self._client = httpx.AsyncClient(timeout=TIMEOUT, limits=limits, follow_redirects=False, trust_env=False)

        # Threads of their own: a name that nobody answers for holds one longer than we wait, and others need theirs.
        self._resolving = ThreadPoolExecutor(_RESOLVING, thread_name_prefix="resolve")
        self._looked_up: dict[tuple[str, int], asyncio.Future[Any]] = {}
        """Names that are being looked up now: however many wait for one, it holds one thread."""

    async def close(self) -> None:
        await self._client.aclose()
        self._resolving.shutdown(wait=False, cancel_futures=True)

    async def fetch(self, url: str, *, max_bytes: int) -> bytes:
        """The body at `url`, at most `max_bytes`, answered with 200. Raises Unreachable."""
        reply = await self.ask("GET", url, headers={"accept": "application/json"}, max_bytes=max_bytes)
        if reply.status != 200:
            raise Unreachable
        return reply.body

    async def ask(
        self, method: str, url: str, *, headers: Mapping[str, str], body: bytes = b"", max_bytes: int
    ) -> Reply:
        """What `url` answers, whatever its status, with a body of at most `max_bytes`. Raises Unreachable.

        The name is resolved once, every address checked, and the connection made to that address. A redirect is an
        answer like another and is not followed.
        """
        try:
            parts = urlsplit(url)
            async with asyncio.timeout(TIMEOUT):
                address = await self._address(parts.scheme, parts.hostname or "", parts.port)
                request = self._request(method, url, parts.hostname or "", address, headers, body)
                return await self._send(request, max_bytes)
        except (TimeoutError, OSError, ValueError, httpx.HTTPError, httpx.InvalidURL) as error:
            raise Unreachable(_reason(error)) from error

    async def _address(self, scheme: str, host: str, port: int | None) -> str:
        found = await asyncio.shield(self._look_up(host, port or 443))
        addresses = [ipaddress.ip_address(entry[4][0]) for entry in found]
        loopback = self._allow_loopback and all(address.is_loopback for address in addresses)
        if not loopback and (scheme != "https" or not all(is_public(address) for address in addresses)):
            raise Unreachable("not-public")
        return str(addresses[0])

    def _look_up(self, host: str, port: int) -> asyncio.Future[Any]:
        """The addresses of a name; who asks while somebody else does gets the same answer."""
        under_way = self._looked_up.get((host, port))
        if under_way is None:
            look_up = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
            under_way = asyncio.get_running_loop().run_in_executor(self._resolving, look_up)
            self._looked_up[host, port] = under_way
            under_way.add_done_callback(lambda done: self._end_look_up(host, port, done))
        return under_way

    def _end_look_up(self, host: str, port: int, done: asyncio.Future[Any]) -> None:
        del self._looked_up[host, port]
        if not done.cancelled():
            # Whoever waited may have gone; that nobody hears of the error is no error.
            done.exception()

    def _request(
        self, method: str, url: str, host: str, address: str, headers: Mapping[str, str], body: bytes
    ) -> httpx.Request:
        target = httpx.URL(url)
        return self._client.build_request(
            method,
            target.copy_with(host=address),
            content=body or None,
            headers={
                **headers,
                "host": target.netloc.decode("ascii"),
                "user-agent": USER_AGENT,
                "accept-encoding": "identity",
            },
            extensions={"sni_hostname": host},
        )

    async def _send(self, request: httpx.Request, max_bytes: int) -> Reply:
        response = await self._client.send(request, stream=True)
        try:
            body = b""
            async for chunk in response.aiter_raw():  # as it came: what is compressed must not grow here
                body += chunk
                if len(body) > max_bytes:
                    raise Unreachable("too-large")
            return Reply(response.status_code, response.headers, body)
        finally:
            await response.aclose()


def _reason(error: BaseException) -> Reason:
    causes = list(_causes(error))
    if any(isinstance(one, TimeoutError | httpx.TimeoutException) for one in causes):
        return "timeout"
    return "tls" if any(isinstance(one, ssl.SSLError) for one in causes) else "unreachable"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
