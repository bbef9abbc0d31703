"""A code counts once, however often and however quickly it is sent, and its state shows in no other answer."""

import asyncio
from typing import Any

import httpx
import pytest

from anonymity.asking import Asked, ask, owner
from peil.checks.anonymity.canary import ITEMS
from support.house import Employer, House


@pytest.fixture
async def asked(employer: Employer) -> Asked:
    return await ask(employer, a=10, b=10)


async def sealed(asked: Asked) -> int:
    """How many sealed responses the wave has."""
    async with owner(asked.employer.house) as connection:
        return int(await connection.fetchval("select count(*) from intake.sealed where wave_id = $1", asked.wave_id))


def shown(response: httpx.Response) -> tuple[int, dict[str, str], Any]:
    """Everything that a caller sees, but what names the one request."""
    body = response.json()
    assert body.pop("instance")
    return response.status_code, dict(response.headers), body


async def test_a_retry_is_told_so_and_not_counted(asked: Asked) -> None:
    """The same code again gets 200, also with other answers, and there is one response."""
    first = await asked.submit("0000.a", {ITEMS[0]: 1})
    again = await asked.submit("0000.a", {ITEMS[0]: 5})

    assert [(201, "recorded"), (200, "already-recorded")] == [
        (answer.status_code, answer.json()["result"]) for answer in (first, again)
    ]
    assert 1 == await sealed(asked)


async def test_many_at_once_give_one(asked: Asked) -> None:
    """Of fifty submissions of four codes that arrive together, in one batch and over several, four get 201."""
    people = [f"{place % 4:04}.a" for place in range(50)]
    answers = await asyncio.gather(*(asked.submit(person) for person in people))
    statuses = [answer.status_code for answer in answers]

    assert (4, 46) == (statuses.count(201), statuses.count(200))
    assert 4 == await sealed(asked)


async def test_a_code_may_be_written_as_people_do(asked: Asked) -> None:
    """Lower case and no hyphens are the same code."""
    first = await asked.submit("0000.a")
    asked.codes["0000.a"] = asked.codes["0000.a"].replace("-", "").lower()
    again = await asked.submit("0000.a")

    assert [201, 200] == [first.status_code, again.status_code]


@pytest.mark.parametrize(
    "answers", [{"unknown": 1}, {ITEMS[0]: 6}, {ITEMS[0]: 0}, {ITEMS[0]: True}, {ITEMS[0]: "3"}, {ITEMS[0]: 1.5}]
)
async def test_a_bad_body_spends_nothing(asked: Asked, answers: dict[str, Any]) -> None:
    """What is not right gets 400 before and after the code was used, the same each time, and uses it not."""
    before = await asked.submit("0000.b", answers)
    good = await asked.submit("0000.b")
    after = await asked.submit("0000.b", answers)

    assert 400 == before.status_code
    assert 201 == good.status_code
    assert shown(before) == shown(after)
    assert 1 == await sealed(asked)


async def test_foreign_codes_get_one_answer(asked: Asked, other_employer: Employer, house: House) -> None:
    """Unknown, of another employer's wave, of another wave of the same employer: nobody can tell which."""
    elsewhere = await ask(other_employer, c=10)
    codes = ["00000-00000-00000-00000", elsewhere.codes["0000.c"]]
    unknown, foreign = [
        await house.http.post(asked.path, json={"code": code, "answers": {ITEMS[0]: 3}}) for code in codes
    ]
    mine_there = await house.http.post(elsewhere.path, json={"code": asked.codes["0000.a"], "answers": {}})

    assert 403 == unknown.status_code
    assert shown(unknown) == shown(foreign) == shown(mine_there)
    assert 0 == await sealed(asked)


async def test_an_unknown_wave(asked: Asked) -> None:
    """A wave nobody has heard of is 404, whatever is sent to it."""
    path = f"/v1/waves/{asked.employer.employer_id}/responses"
    answer = await asked.employer.house.http.post(path, json={"code": asked.codes["0000.a"], "answers": {}})

    assert 404 == answer.status_code


async def test_after_the_close(asked: Asked) -> None:
    """A closed wave takes nothing, of whatever code, and says one thing to all."""
    await asked.submit("0000.a")
    await asked.advance(asked.closes_at)
    await asked.employer.house.work()
    spent, fresh = await asked.submit("0000.a"), await asked.submit("0001.a")

    assert (409, "wave-closed") == (spent.status_code, spent.json()["code"])
    assert shown(spent) == shown(fresh)
    assert 0 == await sealed(asked)
