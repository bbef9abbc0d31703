"""The certified OpenID provider `oidc-provider`, started for a test, and how people and systems get its tokens."""

import asyncio
import shutil
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from support.signing_in import Prove, sign_in

API = "https://peil.voorbeeld.example"
"""What Peil is called at the provider: the audience of its tokens for Peil."""
PAGE = "page"
"""The client in which people sign in: the audience of its ID tokens."""
_NODE = shutil.which("node") or "node"
_SCRIPT = Path(__file__).parent / "oidc_provider.mjs"


class Certified:
    """A provider that runs; it ends with its standard input, so with the tests at the latest."""

    def __init__(self, process: Process, url: str) -> None:
        self._process = process
        self.url = url

    async def do(self, deed: str) -> None:
        """`rotate`: a new key signs, the old ones stay; `forget`: only the newest key stays."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{deed}\n".encode())
        assert deed == await _line(self._process)

    async def tokens(self, login: str, resource: str = API, prove: Prove | None = None) -> dict[str, Any]:
        """What a page gets for somebody who signs in and consents; bound to the key that it proves to hold, if any."""
        typed = {"login": login, "password": "any"}
        return await sign_in(self.url, PAGE, typed, prove, scope="openid peil", resource=resource)

    async def token(self, login: str, resource: str = API) -> str:
        """An access token of somebody who signs in."""
        return str((await self.tokens(login, resource))["access_token"])

    async def system_token(self) -> str:
        """An access token of a system, by client credentials."""
        form = {"grant_type": "client_credentials", "resource": API, "scope": "peil"}
        auth = ("system", "a secret of the test")
        async with httpx.AsyncClient() as http:
            answer = await http.post(f"{self.url}/token", data=form, auth=auth)
        assert 200 == answer.status_code, answer.text
        return str(answer.json()["access_token"])

    async def keys(self) -> list[dict[str, Any]]:
        """What it publishes now."""
        async with httpx.AsyncClient() as http:
            published: list[dict[str, Any]] = (await http.get(f"{self.url}/jwks")).json()["keys"]
        return published


@asynccontextmanager
async def open_certified() -> AsyncIterator[Certified]:
    """The provider on a free loopback port."""
    process = await asyncio.create_subprocess_exec(_NODE, _SCRIPT, stdin=PIPE, stdout=PIPE)
    assert process.stdin is not None
    try:
        yield Certified(process, await _line(process))
    finally:
        process.stdin.close()
        await asyncio.wait_for(process.wait(), 20)


async def _line(process: Process) -> str:
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), 20)
    assert line, "the provider ended: see what it says above"
    return line.decode().strip()
