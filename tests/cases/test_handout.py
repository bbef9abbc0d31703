"""Handout mode: codes to print per reporting group, which belong to nobody."""

import csv
import io
from collections import Counter
from typing import Any

import asyncpg
import pytest

from cases.measuring import advance, answer_all, bring_to
from support.apis import Rest
from support.personas import Cast, add_crowd


async def draw(cast: Cast, wave_id: str) -> list[dict[str, str]]:
    """The lines of a draw that succeeds."""
    response = await cast.hr.post(f"/waves/{wave_id}/handout-codes")
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(response.text, newline="")))


async def answer(cast: Cast, wave_id: str, code: str) -> int:
    anybody = cast.house.anonymous
    return (await anybody.post(f"/waves/{wave_id}/responses", {"code": code, "answers": {}})).status_code


async def test_each_group_gets_a_code_for_each_of_its_people(cast: Cast) -> None:
    """With the unit's name and id, no two the same, and no person."""
    await add_crowd(cast.hr, field=10, root=9)
    wave_id = await bring_to(cast, "ready", mode="handout")

    drawn = await draw(cast, wave_id)

    assert {"field": 12, "root": 12} == Counter(one["unit"] for one in drawn)
    assert {cast.units["field"], cast.units["root"]} == {one["unitId"] for one in drawn}
    assert len(drawn) == len({one["code"] for one in drawn})
    assert {"unitId", "unit", "code"} == set(drawn[0])


async def test_whoever_took_a_code_answers_for_its_group(cast: Cast) -> None:
    """From plan to release; there are figures of the group whose codes they were."""
    await add_crowd(cast.hr, root=12, sales=14, field=14, care=4)
    wave_id = await bring_to(cast, "ready", mode="handout")
    codes = [one["code"] for one in await draw(cast, wave_id)]
    await advance(cast, hours=2)
    await answer_all(cast, wave_id, codes)
    await advance(cast, days=1)

    found = (await Rest(cast.hr).get_aggregate(wave_id, cast.units["field"])).must()
    assert "published" == found["response"]["status"]


async def test_a_new_draw_voids_the_one_before(cast: Cast) -> None:
    """Until the window begins; in an open wave they are drawn once, or those who hold one could be robbed."""
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, "ready", mode="handout")
    first, second = await draw(cast, wave_id), await draw(cast, wave_id)
    await advance(cast, hours=2)
    again = await cast.hr.post(f"/waves/{wave_id}/handout-codes")

    assert (403, 201) == (await answer(cast, wave_id, first[0]["code"]), await answer(cast, wave_id, second[0]["code"]))
    assert (409, "codes-already-drawn") == (again.status_code, again.json()["code"])


@pytest.mark.parametrize(("mode", "path"), [("split", "handout-codes"), ("handout", "codes")])
async def test_codes_belong_to_their_mode(cast: Cast, mode: str, path: str) -> None:
    """A hat has no names, and a delivered code no hat."""
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, "ready", mode=mode)

    refused = await cast.hr.post(f"/waves/{wave_id}/{path}")

    assert (409, "wrong-mode") == (refused.status_code, refused.json()["code"])


@pytest.mark.parametrize("name", ["=1+1", "+31", "-2", "@sum", " =1", "\t=1"])
async def test_a_name_is_no_formula(cast: Cast, name: str) -> None:
    """A spreadsheet shows it as it is."""
    await add_crowd(cast.hr, field=10)
    (await Rest(cast.hr).update_unit(cast.units["field"], {"name": name.strip("\t")}, if_match="*")).must()
    wave_id = await bring_to(cast, "ready", mode="handout")

    assert {f"'{name.strip(chr(9))}"} == {one["unit"] for one in await draw(cast, wave_id)} - {"root"}


async def test_only_hashes_are_kept(cast: Cast) -> None:
    """In their own order, so that the row tells neither the place in the list nor a person."""
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, "ready", mode="handout")
    drawn = await draw(cast, wave_id)
    rows = await _rows(cast, wave_id)

    assert len(drawn) == len(rows)
    assert [row["token_hash"] for row in rows] == sorted(row["token_hash"] for row in rows)
    assert {"employer_id", "wave_id", "token_hash", "key_id"} == set(rows[0].keys())


async def _rows(cast: Cast, wave_id: str) -> list[Any]:
    """The rows of codes in the order in which they lie."""
    connection = await asyncpg.connect(cast.house.settings.database_url_owner)
    try:
        found: list[Any] = await connection.fetch(
            "select * from participation.code where wave_id = $1 order by ctid", wave_id
        )
    finally:
        await connection.close()
    return found
