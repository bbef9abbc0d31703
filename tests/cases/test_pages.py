"""Pages: each item once, in a total order, with cursors that open one list only."""

from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest

from support.apis import Speak
from support.personas import Cast


async def test_pages_make_up_the_list(speak: Speak, cast: Cast) -> None:
    """Each item once, in the same order, whatever the size of a page."""
    hr = speak(cast.hr)
    whole = (await hr.list_instruments()).must()["items"]

    for limit in (1, 4, 6):
        items, cursor = [], None
        while True:
            page = (await hr.list_instruments(limit=limit, **({"cursor": cursor} if cursor else {}))).must()
            items += page["items"]
            cursor = page["next"]
            if cursor is None:
                break

        assert whole == items


async def test_a_cursor_is_for_one_list_of_one_employer(speak: Speak, standing: Cast, stranger: Cast) -> None:
    """Of another list, another employer or nobody's making it is refused, with the place."""
    hr = speak(standing.hr)
    cursor = (await hr.list_instruments(limit=1)).must()["next"]
    tampered = cursor[:10] + ("A" if cursor[10] != "A" else "B") + cursor[11:]

    refused = [
        await hr.list_units(cursor=cursor),
        await hr.list_preconditions(cursor=cursor),
        await hr.list_support_routes(cursor=cursor),
        await speak(stranger.hr).list_instruments(cursor=cursor),
        await hr.list_instruments(cursor=tampered),
        await hr.list_instruments(cursor="x"),
    ]

    assert [("refused", [("/query/cursor", "cursor")])] * 6 == [(one.word, one.findings) for one in refused]
    assert "ok" == (await hr.list_instruments(cursor=cursor)).word


@pytest.mark.parametrize("limit", [0, -1, 201, "x", "1.5", ""])
async def test_a_limit_out_of_bounds_is_an_error(standing: Cast, limit: Any) -> None:
    """It is not cut."""
    response = await standing.hr.get(f"/waves?limit={limit}")

    assert 400 == response.status_code
    assert ["/query/limit"] == [one["pointer"] for one in response.json()["errors"]]


async def test_the_link_leads_to_the_next_page(cast: Cast) -> None:
    """With the same limit and filters; the last page has none."""
    first = await cast.hr.get("/units?limit=3&on=2999-01-01")
    link = first.headers["link"].partition("<")[2].partition(">")[0]

    second = await cast.hr.http.get(urljoin(str(first.url), link), headers={"authorization": f"Bearer {cast.hr.token}"})

    assert (3, 1) == (len(first.json()["items"]), len(second.json()["items"])), second.text
    assert "3" == parse_qs(urlsplit(link).query)["limit"][0]
    assert "link" not in second.headers
