"""The doors of one employer, for everybody who tries them."""

from collections.abc import AsyncIterator

import httpx
import pytest

from support.apis import application_with_documents
from support.house import PUBLIC_URL, House, serving
from support.personas import Cast, cast_of
from support.provider import Provider
from tokens.doors import Door, doors_of


@pytest.fixture(scope="session")
async def target(house: House) -> Cast:
    return await cast_of(await house.employer("Deuren BV"))


@pytest.fixture(scope="session")
async def doors(target: Cast) -> AsyncIterator[dict[str, Door]]:
    """By name."""
    provider = Provider()
    transport = httpx.ASGITransport(app=application_with_documents(target.house.parts))
    async with serving(provider) as url, httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as documents:
        provider.live_at(url)
        yield await doors_of(target, provider, documents)
