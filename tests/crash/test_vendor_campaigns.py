"""A campaign at many employers, and the API is killed between two of them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import httpx
import pytest

from cases.templates import NOTHING, ONE, asked, counted, create_at
from crash.conftest import Site, running
from crash.waiting import until

_WAITING = """
select 1
from pg_stat_activity
where
  wait_event_type = 'Lock'
  and query like '%lock_active_link%'
"""


@asynccontextmanager
async def held_up(site: Site, employer_id: str) -> AsyncIterator[None]:
    """Nobody can enter this employer for its vendor."""
    async with site.superuser() as connection:
        await connection.execute("begin")
        await connection.execute("select from peil.vendor_link where employer_id = $1 for update", UUID(employer_id))
        yield


async def test_a_kill_between_employers(site: Site) -> None:
    """Those before have the whole campaign, the others nothing; the same request again adds what is missing."""
    vendor = await site.house.vendor()
    employers = [await create_at(vendor) for _ in range(4)]
    headers = {"authorization": f"Bearer {(await vendor.itself()).token}"}
    path, body = f"/v1/vendors/{vendor.vendor_id}/campaigns", asked(*employers)

    async with httpx.AsyncClient(base_url=site.api_url, headers=headers, timeout=60) as line:

        async def is_up() -> bool:
            try:
                return (await line.get("/health/ready")).status_code == 200
            except httpx.TransportError:
                return False

        async def is_waiting() -> bool:
            return bool(await site.fetch(_WAITING))

        with running(site.api):
            await until(is_up)
            async with held_up(site, employers[2]):
                asking = asyncio.create_task(line.post(path, json=body))
                await until(is_waiting)
                site.api.kill()
                with pytest.raises(httpx.TransportError):
                    await asking
            between = [await counted(site.house, one) for one in employers]
            site.api.start()
            await until(is_up)
            again = (await line.post(path, json=body)).json()

    assert [ONE, ONE, NOTHING, NOTHING] == between
    assert ["existing", "existing", "created", "created"] == [one["outcome"] for one in again["employers"]]
    assert [ONE] * 4 == [await counted(site.house, one) for one in employers]
