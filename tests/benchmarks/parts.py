"""Parts of the service as an operator starts them, with a process per core, until they are no longer needed."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

import httpx
import msgspec

from crash.conftest import Part, running
from support.house import House, free_socket


@asynccontextmanager
async def serving_part(house: House, part: Literal["api", "intake"]) -> AsyncIterator[str]:
    """One part of the house's service in processes of its own; its URL."""
    port = free_port()
    settings = msgspec.structs.replace(house.settings, processes=os.cpu_count() or 1)
    with running(Part(["serve", "--part", part], settings, port)):
        url = f"http://127.0.0.1:{port}"
        await wait_for(f"{url}/health/ready")
        yield url


def free_port() -> int:
    with free_socket() as listener:
        port: int = listener.getsockname()[1]
    return port


async def wait_for(url: str) -> None:
    """Until somebody answers there with 200. Raises TimeoutError where nobody does within a minute."""
    async with httpx.AsyncClient() as http, asyncio.timeout(60):
        while True:
            try:
                if (await http.get(url)).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.02)
