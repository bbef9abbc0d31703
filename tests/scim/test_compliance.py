"""scim2-tester against the running service: everything it checks, nothing left out."""

import asyncio

import httpx
from scim2_tester import Status, check_server

from peil.directory.scim.endpoint import PREFIX
from scim.client import CheckingClient, provisioner_of
from support.house import serving
from support.personas import Cast

EACH = (
    *("object_creation", "object_query", "object_query_without_id", "object_replacement", "object_deletion"),
    *("check_add_attribute", "check_replace_attribute", "check_remove_attribute"),
    *("object_list_with_attributes", "object_query_with_attributes", "search_with_attributes"),
)
"""What it checks of a kind of resource, under the names that it gives."""


async def test_the_whole_of_scim2_tester_passes(cast: Cast) -> None:
    """Discovery, creation, reading, attributes, replacement, deletion, and PATCH of every attribute there is."""
    secret = (await provisioner_of(cast)).secret
    async with serving(cast.house.application) as url:
        headers = {"authorization": f"Bearer {secret}"}
        with httpx.Client(base_url=url + PREFIX, headers=headers, timeout=30) as http:
            results = await asyncio.to_thread(check_server, CheckingClient(http))

    wrong = [f"{one.title}: {one.reason}" for one in results if one.status is not Status.SUCCESS]
    assert [] == wrong, "\n".join(wrong)
    assert 100 < len(results)
    assert {(kind, title) for kind in ("User", "Group") for title in EACH} <= {
        (one.resource_type, one.title) for one in results
    }
