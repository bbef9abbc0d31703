"""Requests to addresses that callers gave us: https, public addresses only, no redirects, small, soon over."""

import asyncio
import ipaddress
import logging
import socket
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx

from peil.addresses import is_public
from peil.errors import PeilError

TIMEOUT = 5.0
_RESOLVING = 32
"""Names that are looked up at the same time."""

# It would log every address, with its query: whose people sign in when.
logging.getLogger("httpx").setLevel(logging.WARNING)


class Unreachable(PeilError):
    """The address may not be asked, or did not answer as it should."""

    code = "internal"


class Reply(NamedTuple):
    """What an address answered."""

    status: int
    headers: Mapping[str, str]
    """Their names are looked up in any case."""
    body: bytes


class Outbound:
    """Fetches what others publish; `allow_loopback` is for tests and the demo."""

    def __init__(self, *, allow_loopback: bool) -> None:
        self._allow_loopback = allow_loopback
        # A connection is used once: it is made to an address, and was certified for one of the names that live there.
        # Nor does a host that keeps many waiting keep the others from theirs.
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
        self._client = httpx.AsyncClient(timeout=TIMEOUT, limits=limits, follow_redirects=False, trust_env=False)

        # Threads of their own: a name that nobody answers for holds one longer than we wait, and others need theirs.
        self._resolving = ThreadPoolExecutor(_RESOLVING, thread_name_prefix="resolve")

    async def close(self) -> None:
        await self._client.aclose()
        self._resolving.shutdown(wait=False, cancel_futures=True)

    async def fetch(self, url: str, *, max_bytes: int) -> bytes:
        """The body at `url`, at most `max_bytes`. Raises Unreachable, also for any status but 200."""
        reply = await self.ask("GET", url, headers={"accept": "application/json"}, max_bytes=max_bytes)
        if reply.status != 200:
            raise Unreachable
        return reply.body

    async def ask(
        self, method: str, url: str, *, headers: Mapping[str, str], body: bytes = b"", max_bytes: int
    ) -> Reply:
        """What `url` answers, with at most `max_bytes` of body. Raises Unreachable.

        The name is resolved once, every address checked, and the connection made to that address.
        """
        try:
            parts = urlsplit(url)
            async with asyncio.timeout(TIMEOUT):
                address = await self._address(parts.scheme, parts.hostname or "", parts.port)
                request = self._request(method, url, address, headers, body)
                return await self._send(request, max_bytes)
        except (TimeoutError, OSError, ValueError, httpx.HTTPError, httpx.InvalidURL) as error:
            raise Unreachable from error

    async def _address(self, scheme: str, host: str, port: int | None) -> str:
        look_up = partial(socket.getaddrinfo, host, port or 443, type=socket.SOCK_STREAM)
        found = await asyncio.get_running_loop().run_in_executor(self._resolving, look_up)
        addresses = [ipaddress.ip_address(entry[4][0]) for entry in found]
        loopback = self._allow_loopback and all(address.is_loopback for address in addresses)
        if not loopback and (scheme != "https" or not all(is_public(address) for address in addresses)):
            raise Unreachable
        return str(addresses[0])

    def _request(self, method: str, url: str, address: str, headers: Mapping[str, str], body: bytes) -> httpx.Request:
        target = httpx.URL(url)
        return self._client.build_request(
            method,
            target.copy_with(host=address),
            headers={**headers, "host": target.netloc.decode("ascii"), "accept-encoding": "identity"},
            content=body or None,
            extensions={"sni_hostname": target.host},
        )

    async def _send(self, request: httpx.Request, max_bytes: int) -> Reply:
        response = await self._client.send(request, stream=True)
        try:
            body = b""
            async for chunk in response.aiter_raw():  # as it came: what is compressed must not grow here
                body += chunk
                if len(body) > max_bytes:
                    raise Unreachable
            return Reply(response.status_code, response.headers, body)
        finally:
            await response.aclose()
