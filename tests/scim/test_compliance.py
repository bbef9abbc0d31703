"""scim2-tester against the running service: everything it checks, nothing left out."""

import asyncio
from collections import Counter

import httpx
from scim2_tester import Status, check_server

from peil.directory.scim.endpoint import PREFIX
from scim.client import CheckingClient, provisioner_of
from support.house import serving
from support.personas import Cast


async def test_the_whole_of_scim2_tester_passes(cast: Cast) -> None:
    """Discovery, creation, reading, attributes, replacement, deletion, and PATCH of every attribute there is."""
    secret = (await provisioner_of(cast)).secret
    async with serving(cast.house.application) as url:
        headers = {"authorization": f"Bearer {secret}"}
        with httpx.Client(base_url=url + PREFIX, headers=headers, timeout=30) as http:
            results = await asyncio.to_thread(check_server, CheckingClient(http))

    wrong = [f"{one.title}: {one.reason}" for one in results if one.status is not Status.SUCCESS]
    assert [] == wrong, "\n".join(wrong)
    assert 50 < Counter(one.status for one in results)[Status.SUCCESS]
