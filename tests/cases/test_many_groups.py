"""Tokens as long as a company's own sign-in service makes them are taken, over a real connection too."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from cases.test_providers import header_of
from cases.test_sign_in import backend, claims_of, exchange, registered
from support.house import House, serving, serving_granian
from support.personas import Cast

# As many as Entra ID puts into a token, each as long as the id of a group is.
GROUPS = [f"{number:08x}-51b0-4a56-9a0f-3f4f0c8f2d10" for number in range(200)]
MAPPING = {"profile": "entra", "roleClaim": "groups", "roleMapping": {GROUPS[-1]: "board"}}


@pytest.mark.parametrize("serve", [serving, serving_granian])
async def test_who_is_in_200_groups_signs_in(house: House, cast: Cast, serve: Callable[[Any], Any]) -> None:
    """The last group counts as the first does."""
    async with registered(cast, **MAPPING) as (provider, _), serve(house.application) as url:
        token = provider.sign(header_of(), claims_of(provider, oid="board", groups=GROUPS))
        async with httpx.AsyncClient(base_url=url) as http:
            told = await http.get("/v1/employers", headers={"authorization": f"Bearer {token}"})

    assert 200 == told.status_code
    assert len(token) > 10_000


async def test_who_is_in_200_groups_is_exchanged(cast: Cast) -> None:
    """In a form, beside what else stands in it."""
    async with registered(cast, **MAPPING) as (provider, _):
        token = provider.sign(header_of(), claims_of(provider, oid="board", groups=GROUPS, more="x" * 4000))
        told = await exchange(cast.house, await backend(cast), token, scope="employers:read")

    assert (200, "employers:read") == (told.status_code, told.json().get("scope"))
    assert 16_000 < len(token) <= 16_384
