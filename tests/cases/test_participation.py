"""Codes: one per invited person, shown to the vendor and to nobody else."""

from typing import Any

import msgspec
import pytest

from cases.measuring import advance, answer_all, bring_to, codes_of
from support.personas import Cast, add_crowd


async def draw(cast: Cast, wave_id: str) -> list[dict[str, Any]]:
    """The lines of a draw that succeeds."""
    response = await cast.vendor.post(f"/waves/{wave_id}/codes")
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("application/x-ndjson")
    return [msgspec.json.decode(line) for line in response.content.splitlines()]


async def answer(cast: Cast, wave_id: str, code: str) -> int:
    anybody = cast.house.anonymous
    return (await anybody.post(f"/waves/{wave_id}/responses", {"code": code, "answers": {}})).status_code


async def test_everybody_invited_gets_a_code(cast: Cast) -> None:
    """By the id that the HR system knows, and no two the same."""
    await add_crowd(cast.hr, field=10, care=9)
    wave_id = await bring_to(cast, "ready")

    drawn = await draw(cast, wave_id)

    people = (await cast.hr.must(cast.hr.get("/people?limit=200"), 200))["items"]
    assert sorted(one["externalId"] for one in people) == sorted(one["externalId"] for one in drawn)
    assert len(drawn) == len({one["code"] for one in drawn})
    assert {"externalId", "code"} == set(drawn[0])
    assert (await cast.hr.must(cast.hr.get(f"/waves/{wave_id}"), 200))["codesDrawn"]


async def test_a_new_draw_voids_the_one_before(cast: Cast) -> None:
    """As long as the window has not begun; a code from before opens nothing."""
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, "ready")
    first, second = await codes_of(cast, wave_id), await codes_of(cast, wave_id)
    await advance(cast, hours=2)

    assert (403, 201) == (await answer(cast, wave_id, first[0]), await answer(cast, wave_id, second[0]))


async def test_codes_are_drawn_once_in_an_open_wave(cast: Cast) -> None:
    """Or those who hold one could be robbed of their answer."""
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, "open")
    codes = await codes_of(cast, wave_id)

    again = await cast.vendor.post(f"/waves/{wave_id}/codes")

    assert (409, "codes-already-drawn") == (again.status_code, again.json()["code"])
    assert 201 == await answer(cast, wave_id, codes[0])


@pytest.mark.parametrize("state", ["planned", "opening", "closing", "released", "cancelled"])
async def test_there_are_codes_in_waves_that_are_frozen_and_not_over(cast: Cast, state: str) -> None:
    """Before there are no people and after there is nothing to answer."""
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, state)

    refused = await cast.vendor.post(f"/waves/{wave_id}/codes")

    assert (409, "wave-state") == (refused.status_code, refused.json()["code"])


async def test_codes_are_of_no_use_once_the_wave_is_over(cast: Cast) -> None:
    """Late is refused, whether the code was used or not."""
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, "open")
    codes = await codes_of(cast, wave_id)
    await answer_all(cast, wave_id, codes[:9])
    await advance(cast, days=2)

    assert {409} == {await answer(cast, wave_id, code) for code in codes}
