"""Answer tokens and codes that are good for nothing here: which of them was ever good, and for whom, nobody is told."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import httpx
import pytest

from cases.measuring import ask_freely, bring_to, codes_of
from peil.participation.codes import draw_code
from support.answering import Token, obtain, submit
from support.apis import Rest
from support.house import House
from support.personas import Cast, add_crowd, cast_of


async def told(house: House, wave_id: str, body: dict[str, Any]) -> tuple[int, list[tuple[str, str]], str]:
    """Everything that somebody who answers with it hears, but for which request that was."""
    answer: httpx.Response = await submit(house.anonymous, wave_id, body)
    headers = sorted((name, value) for name, value in answer.headers.items() if name != "x-request-id")
    return answer.status_code, headers, json.dumps(answer.json() | {"instance": None})


async def asked(house: House, name: str) -> Cast:
    cast = await ask_freely(await cast_of(await house.employer(name)))
    await add_crowd(cast.hr, root=8, field=8)
    return cast


async def close(cast: Cast, wave_id: str) -> None:
    (await Rest(cast.hr).close_wave(wave_id)).must()
    await cast.house.work()


async def tokens_of(cast: Cast, wave_id: str, mode: str) -> dict[str, Any]:
    """What the body says beside the answers, of somebody who may answer this wave."""
    if mode == "split":
        return {"code": (await codes_of(cast, wave_id))[0]}
    body = (await obtain(cast.employer.person("field-0"), wave_id)).with_answers({})
    return {name: body[name] for name in ("keyId", "message", "signature")}


def unknown(mode: str) -> dict[str, Any]:
    """What nobody was ever given, in the right form."""
    if mode == "split":
        return {"code": draw_code()}
    body = Token(str(uuid4()), bytes(64), bytes(256)).with_answers({})
    return {name: body[name] for name in ("keyId", "message", "signature")}


@pytest.mark.parametrize("mode", ["blind", "split"])
async def test_unknown_expired_and_foreign_are_one(house: House, mode: str) -> None:
    """Where a wave is open, to the byte the same; where it is over, also what was good there until then."""
    cast, stranger = await asked(house, "Verlopen BV"), await asked(house, "Elders BV")
    old = await bring_to(cast, "open", mode=mode)
    expired = await tokens_of(cast, old, mode)
    await close(cast, old)
    now, elsewhere = await bring_to(cast, "open", mode=mode), await bring_to(stranger, "open", mode=mode)
    good, foreign = await tokens_of(cast, now, mode), await tokens_of(stranger, elsewhere, mode)
    dead = [unknown(mode), expired, foreign]

    while_open = await asyncio.gather(*(told(house, now, {**one, "answers": {}}) for one in dead * 3))
    over = [await told(house, old, {**one, "answers": {}}) for one in [*dead, good]]
    nowhere = [await told(house, str(uuid4()), {**one, "answers": {}}) for one in [*dead, good]]
    counted = await told(house, now, {**good, "answers": {}})

    assert [403] * 9 == [one[0] for one in while_open]
    assert [1, 1, 1] == [len({str(one) for one in answers}) for answers in (while_open, over, nowhere)]
    assert over[0][0] in (404, 409)
    assert 201 == counted[0]
