"""Many at once where only one can be first: what comes out is what some order of them would give."""

import asyncio
from collections import Counter
from collections.abc import Awaitable
from datetime import timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from cases.examples import INSTRUMENT
from cases.measuring import bring_to, codes_of, time_of, wave_new
from hostile.conftest import Over
from peil import bootstrap
from peil.embedded import Cluster
from support.personas import Cast, add_crowd


async def outcomes(*answers: Awaitable[httpx.Response]) -> Counter[tuple[int, str | None]]:
    """How often each status with its code came, of requests sent together."""
    told = await asyncio.gather(*answers)
    return Counter((one.status_code, one.json().get("code") if one.content else None) for one in told)


async def parents_of(cluster: Cluster, cast: Cast) -> dict[Any, Any]:
    connection = await asyncpg.connect(cluster.url(database=bootstrap.DATABASE))
    query = "select unit_id, parent_id from peil.unit where employer_id = $1"
    rows = await connection.fetch(query, cast.employer.employer_id)
    await connection.close()
    return {row["unit_id"]: row["parent_id"] for row in rows}


async def events_of(cast: Cast, kind: str) -> int:
    """How many events of this kind the feed has, once the worker has put them in order."""
    await cast.house.work()
    feed = await cast.vendor.must(cast.vendor.get("/events?limit=200"), 200)
    return sum(event["type"].endswith(kind) for event in feed["items"])


async def test_no_two_moves_make_a_cycle(over: Over, cluster: Cluster, cast: Cast) -> None:
    """Each alone would be right: one under the other, and the other way about."""
    hr = over(cast.hr)
    moves = (("sales", "care"), ("care", "field"), ("care", "sales"), ("sales", "field"))
    told = await outcomes(
        *(hr.patch(f"/units/{cast.units[unit]}", {"parentExternalId": above}, "*") for unit, above in moves * 5)
    )
    parents = await parents_of(cluster, cast)
    tops = set()
    for unit in parents:
        seen = []
        while unit is not None and unit not in seen:
            seen.append(unit)
            unit = parents[unit]
        tops.add(unit)

    assert {(200, None), (409, "directory-conflict")} == set(told)
    assert {None} == tops


async def test_one_of_many_retries_creates(over: Over, cast: Cast) -> None:
    """The others get its reply, or are told that it is still being done."""
    hr = over(cast.hr)
    body = {"kind": "reporting-route", "name": "x", "contact": "y"}
    answers = await asyncio.gather(
        *(hr.post("/support-routes", body, headers={"idempotency-key": "once"}) for _ in range(20))
    )
    listed = await hr.must(hr.get("/support-routes"), 200)

    assert {201, 409} >= {one.status_code for one in answers}
    assert {listed["items"][0]["supportRouteId"]} == {
        one.json()["supportRouteId"] for one in answers if one.status_code == 201
    }
    assert 1 == len(listed["items"])


async def test_a_client_is_revoked_once(over: Over, cast: Cast) -> None:
    """Whoever comes second is told, there is one event, and no token of it is good any more."""
    administrator, vendor = over(cast.administrator), over(cast.vendor)
    new = {"name": "x", "roles": ["vendor_integration"]}
    created = await administrator.must(administrator.post(f"/employers/{cast.employer_id}/clients", new))
    token = await cast.house.sign_in(created["clientId"], created["clientSecret"])
    used = type(vendor)(vendor.http, token)
    await used.must(used.get("/units"), 200)
    path = f"/employers/{cast.employer_id}/clients/{created['clientId']}/revoke"
    told = await outcomes(*(administrator.post(path) for _ in range(8)))

    assert {(200, None): 1, (409, "client-revoked"): 7} == told
    assert 1 == await events_of(cast, "client.revoked")
    assert 401 == (await used.get("/units")).status_code


async def test_a_clock_never_goes_back(over: Over, cast: Cast) -> None:
    """Of many who move it at once the latest moment stands."""
    hr = over(cast.hr)
    now = await time_of(cast)
    moments = [(now + timedelta(minutes=1 + number * 7 % 20)).isoformat() for number in range(20)]
    path = f"/test-clocks/{cast.employer_id}/advance"
    told = await outcomes(*(hr.post(path, {"to": moment}) for moment in moments))

    assert {(200, None), (409, "clock-goes-forward")} >= set(told)
    assert now + timedelta(minutes=20) == await time_of(cast)


async def test_a_published_version_is_what_was_published(over: Over, cast: Cast) -> None:
    """Changed, published and deleted at once: it ends as a draft nobody has, or as what its ETag said."""
    hr = over(cast.hr)
    path = f"/instruments/{(await hr.must(hr.post('/instruments', INSTRUMENT)))['instrumentId']}"
    told = await outcomes(
        *(hr.post(f"{path}/publish") for _ in range(4)),
        *(hr.patch(path, {"kind": "survey"}, "*") for _ in range(4)),
        *(hr.delete(path, "*") for _ in range(2)),
    )
    left = await hr.get(path)

    assert told[(200, None)] + told[(204, None)] >= 1
    assert (left.status_code, left.json().get("state")) in ((200, "published"), (404, None))


@pytest.mark.parametrize("state", ["planned", "open"])
async def test_a_wave_takes_one_way(over: Over, cast: Cast, state: str) -> None:
    """Opened, closed, cancelled and changed by many at once, it ends in one state by steps that exist."""
    await add_crowd(cast.hr, root=12, sales=14)
    path = f"/waves/{await bring_to(cast, state)}"
    hr = over(cast.hr)
    told = await outcomes(
        *(hr.post(f"{path}/{step}") for step in ("open", "close", "cancel") * 4),
        *(hr.patch(path, {"name": "x"}, "*") for _ in range(3)),
    )
    await cast.house.work()

    assert {200, 202, 409} >= {status for status, _ in told}
    assert "cancelled" == (await hr.must(hr.get(path), 200))["state"]
    assert 1 == await events_of(cast, "wave.cancelled")


async def test_more_time_and_the_close_at_once(over: Over, cast: Cast) -> None:
    """Extended by some while others close it: whoever closes is obeyed, and nobody extends what was closed."""
    await add_crowd(cast.hr, root=12, sales=14)
    path = f"/waves/{await bring_to(cast, 'open')}"
    hr, later = over(cast.hr), (await time_of(cast) + timedelta(days=3)).isoformat()
    told = await outcomes(
        *(hr.post(f"{path}/extend", {"closesAt": later}) for _ in range(3)),
        hr.post(f"{path}/close"),
        *(hr.post(f"{path}/extend", {"closesAt": later}) for _ in range(3)),
    )
    await cast.house.work()

    assert told[(202, None)] in (1, 2)
    assert {(202, None), (400, "invalid-input"), (409, "window-over")} >= set(told)
    assert "released" == (await hr.must(hr.get(path), 200))["state"]


async def test_one_plan_takes_the_room_that_is_left(over: Over, cast: Cast) -> None:
    """Of many plans for the same people, sent together, the budget lets one through."""
    await cast.hr.must(cast.hr.patch("/fatigue-budget", {"waves": 1}, "*"), 200)
    hr, new = over(cast.hr), await wave_new(cast)

    told = await outcomes(*(hr.post("/waves", new) for _ in range(8)))

    assert {(201, None): 1, (409, "fatigue-budget"): 7} == told


async def test_a_code_counts_once(over: Over, cast: Cast) -> None:
    """Sent in by many at once, and after the wave was cancelled by nobody."""
    await add_crowd(cast.hr, root=12, sales=14)
    wave_id = await bring_to(cast, "ready")
    code = (await codes_of(cast, wave_id))[0]
    hr, anybody = over(cast.hr), over(cast.house.anonymous)
    moved = (await time_of(cast) + timedelta(hours=2)).isoformat()
    await hr.must(hr.post(f"/test-clocks/{cast.employer_id}/advance", {"to": moved}), 200)
    await cast.house.work()
    asked = await anybody.must(anybody.get(f"/waves/{wave_id}/questionnaire"), 200)
    body = {"code": code, "answers": {item["key"]: 1 for item in asked["items"]}}
    path = f"/waves/{wave_id}/responses"
    told = await outcomes(*(anybody.post(path, body) for _ in range(20)))
    wrong = await outcomes(
        anybody.post(path, body | {"code": code[::-1]}),
        anybody.post(path, body | {"answers": {"x": 1}}),
        anybody.post(path, body | {"answers": {asked["items"][0]["key"]: 10**30}}),
    )

    assert {(201, None): 1, (200, None): 19} == told
    assert {(400, "invalid-input"), (403, "unknown-answer-token")} >= set(wrong)
