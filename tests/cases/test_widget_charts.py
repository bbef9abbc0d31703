"""Charts for a page: what the maker of its token may see, in the form that it prefers."""

import pytest

from cases.measuring import Round
from cases.showing import page_of
from peil.rest import PNG, SVG, VEGALITE


@pytest.mark.parametrize(("accept", "begins"), [(SVG, b"<svg "), (PNG, b"\x89PNG"), (VEGALITE, b'{"$schema"')])
async def test_a_page_shows_a_chart_of_its_unit(released: Round, accept: str, begins: bytes) -> None:
    """In the form that is asked for, the same as whoever had the token made gets it."""
    cast = released.cast
    page = await page_of(cast, str(cast.employee.token), views=["charts"])
    headers = {"accept": accept, "accept-language": "nl"}
    answer = await page.get("/widgets/charts/score", headers=headers)
    path = f"/waves/{released.wave_id}/aggregates/{cast.units['field']}/charts/score"
    alone = await cast.employee.get(path, headers=headers)

    assert (200, accept) == (answer.status_code, answer.headers["content-type"].partition(";")[0])
    assert begins in answer.content[:400]
    assert alone.content == answer.content


async def test_a_token_without_the_view_gets_no_chart(released: Round) -> None:
    """And one with it none of another unit."""
    cast = released.cast
    team = await page_of(cast, str(cast.employee.token), views=["team"])
    page = await page_of(cast, str(cast.employee.token), views=["charts"])

    denied = await team.get("/widgets/charts/score")
    beside = await page.get(f"/widgets/charts/score?unit={cast.units['care']}")

    assert (403, 404) == (denied.status_code, beside.status_code)
