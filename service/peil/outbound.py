"""Requests to addresses that callers gave us: https, public addresses only, no redirects, small, soon over."""

import asyncio
import ipaddress
import logging
import socket
from urllib.parse import urlsplit

import httpx

from peil.errors import PeilError

TIMEOUT = 5.0

# IPv6 addresses that stand for an IPv4 address (compatible, NAT64, Teredo, 6to4) or for a site's own network.
_INDIRECT = tuple(
    map(
        ipaddress.IPv6Network,
        ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10"),
    )
)

# It would log every address, with its query: whose people sign in when.
logging.getLogger("httpx").setLevel(logging.WARNING)


class Unreachable(PeilError):
    """The address may not be asked, or did not answer as it should."""

    code = "internal"


class Outbound:
    """Fetches what others publish; `allow_loopback` is for tests and the demo."""

    def __init__(self, *, allow_loopback: bool) -> None:
        self._allow_loopback = allow_loopback
        self._client = httpx.AsyncClient(timeout=TIMEOUT, follow_redirects=False, trust_env=False)

    async def close(self) -> None:
        await self._client.aclose()

    async def fetch(self, url: str, *, max_bytes: int) -> bytes:
        """The body at `url`, at most `max_bytes`. Raises Unreachable.

        The name is resolved once, every address checked, and the connection made to that address.
        """
        parts = urlsplit(url)
        try:
            async with asyncio.timeout(TIMEOUT):
                address = await self._address(parts.scheme, parts.hostname or "", parts.port)
                return await self._get(url, parts.hostname or "", address, max_bytes)
        except (TimeoutError, OSError, ValueError, httpx.HTTPError) as error:
            raise Unreachable from error

    async def _address(self, scheme: str, host: str, port: int | None) -> str:
        found = await asyncio.get_running_loop().getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)
        addresses = [ipaddress.ip_address(entry[4][0]) for entry in found]
        loopback = self._allow_loopback and all(address.is_loopback for address in addresses)
        if not loopback and (scheme != "https" or not all(_is_public(address) for address in addresses)):
            raise Unreachable
        return str(addresses[0])

    async def _get(self, url: str, host: str, address: str, max_bytes: int) -> bytes:
        target = httpx.URL(url)
        request = self._client.build_request(
            "GET",
            target.copy_with(host=address),
            headers={
                "host": target.netloc.decode("ascii"),
                "accept": "application/json",
                "accept-encoding": "identity",
            },
            extensions={"sni_hostname": host},
        )
        response = await self._client.send(request, stream=True)
        try:
            if response.status_code != 200:
                raise Unreachable
            body = b""
            async for chunk in response.aiter_raw():  # as it came: what is compressed must not grow here
                body += chunk
                if len(body) > max_bytes:
                    raise Unreachable
            return body
        finally:
            await response.aclose()


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    mapped = getattr(address, "ipv4_mapped", None)
    if any(address in network for network in _INDIRECT):
        return False
    return (mapped or address).is_global and not (mapped or address).is_multicast
