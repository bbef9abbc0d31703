"""Where a line of the ledger lies does not tell when its person got a token."""

from typing import Any
from uuid import UUID

import pytest

from peil.checks.anonymity import synthetic
from peil.checks.anonymity.site import Site, open_site
from peil.checks.anonymity.tokens import Token, obtain
from peil.operation import Call
from peil.settings import Settings

PEOPLE = 400


async def pages(site: Site) -> dict[UUID, int]:
    """In which page of the table each person's line lies."""
    rows = await site.owner.fetch("select person_id, (ctid::text::point)[0]::int as page from participation.invitation")
    return {row["person_id"]: row["page"] for row in rows}


async def test_lines_stay_in_their_page(deployment: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """After everybody has got a token each line, written anew many times, lies in the page in which it was first put.

    A line that moves goes to a page with room, and the pages are then in the order in which people got their tokens.
    """
    first: dict[UUID, int] = {}

    async def obtain_after_a_look(call: Call, wave_id: UUID, **again: Any) -> Token:
        if not first:
            first.update(await pages(site))
        return await obtain(call, wave_id, **again)

    monkeypatch.setattr(synthetic, "obtain", obtain_after_a_look)
    async with open_site(deployment) as site:
        await synthetic.ask(site, await synthetic.create(site), PEOPLE, "blind")
        last = await pages(site)

    assert PEOPLE == len(first)
    assert first == last
    assert len(set(first.values())) > 1
