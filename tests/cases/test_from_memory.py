"""What a process has in memory it answers without the database, and exactly like one that has forgotten everything."""

import asyncio
import re
import time
from typing import NamedTuple
from uuid import uuid4

import httpx
import pytest

from cases.measuring import play_round
from cases.showing import page_of
from peil.aggregates import operations
from peil.aggregates.model import StoredBlock, StoredScores
from peil.aggregates.telling import Estimates
from peil.database import Database
from support.house import House, Persona
from support.personas import Cast, cast_of

OWN = "https://intranet.onthouden.example"
ELSEWHERE = "https://elders.example"
INSTANCE = re.compile(rb"urn:uuid:[0-9a-f-]{36}")
Headers = list[tuple[str, str]]


class Played(NamedTuple):
    """An employer with a released wave, and everybody who asks for it, by name."""

    cast: Cast
    wave: str
    askers: dict[str, Persona]


class Answer(NamedTuple):
    """What somebody is told; a refusal without the id of its request."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


@pytest.fixture(scope="module")
async def played(house: House, stranger: Cast) -> Played:
    cast = await cast_of(await house.employer("Onthouden BV", origins=[OWN]))
    wave_id = (await play_round(cast)).wave_id
    new = {"name": "revoked", "roles": ["hr"]}
    client = await cast.administrator.must(cast.administrator.post(f"/employers/{cast.employer_id}/clients", new))
    revoked = Persona(house.http, await house.sign_in(client["clientId"], client["clientSecret"]))
    await cast.administrator.must(
        cast.administrator.post(f"/employers/{cast.employer_id}/clients/{client['clientId']}/revoke"), 200
    )
    askers = {
        name: getattr(cast, name)
        for name in ("hr", "board", "works_council", "manager", "employee", "ambassador", "vendor", "administrator")
    } | {
        "operator": cast.operator,
        "page": await page_of(cast, str(cast.employee.token), views=["aggregate"]),
        "stranger": stranger.hr,
        "strange employee": stranger.employee,
        "revoked": revoked,
        "forger": Persona(house.http, str(cast.hr.token)[:-2]),
        "nobody": house.anonymous,
    }
    return Played(cast, f"/waves/{wave_id}", askers)


def forget(house: House) -> None:
    """As a process that starts anew."""
    shelf = house.parts.shelf
    shelf._waves.clear()
    shelf._ready.clear()
    shelf._bytes = shelf._units = 0
    house.parts.authentication.forget()


async def ask(asker: Persona, path: str, method: str = "GET", headers: Headers | None = None) -> Answer:
    # A page has an origin; what else a client sends by itself would hide what is asked here.
    sent = [header for header in asker.http.headers.multi_items() if header[0] == "origin"] + (headers or [])
    if asker.token is not None:
        sent.append(("authorization", f"Bearer {asker.token}"))
    request = httpx.Request(method, f"{asker.http.base_url}/v1{path}", headers=sent)
    response = await asker.http.send(request)
    return Answer(response.status_code, sorted(response.headers.raw), INSTANCE.sub(b"", response.content))


async def ask_twice(
    played: Played, asker: Persona, path: str, method: str = "GET", headers: Headers | None = None
) -> tuple[Answer, Answer]:
    """What is told by who has forgotten everything, and by who has just told HR the same and knows who asks."""
    forget(played.cast.house)
    anew = await ask(asker, path, method, headers)
    forget(played.cast.house)
    for language in ("nl", "en"):
        await ask(played.cast.hr, path, headers=[("accept-language", language)])
    await ask(asker, "/me/waves")
    return anew, await ask(asker, path, method, headers)


def paths_of(played: Played) -> dict[str, str]:
    wave, units = played.wave, {**played.cast.units, "unknown": str(uuid4())}
    return {
        **{f"aggregate of {name}": f"{wave}/aggregates/{unit}" for name, unit in units.items()},
        **{f"branch of {name}": f"{wave}/branches/{unit}" for name, unit in units.items()},
        "aggregates": f"{wave}/aggregates",
        "heat table": f"{wave}/heat-table",
        "overview": f"{wave}/overview",
        "unknown wave": f"/waves/{uuid4()}/aggregates/{units['root']}",
    }


async def test_everybody_is_told_the_same_from_memory(played: Played) -> None:
    """Whatever HR was told before: reach, scope, employer and token are looked at each time."""
    told = {
        (who, what): await ask_twice(played, asker, path)
        for who, asker in played.askers.items()
        for what, path in paths_of(played).items()
    }
    statuses = {who: {anew.status for (asker, _), (anew, _) in told.items() if asker == who} for who in played.askers}

    assert [] == [what for what, (anew, remembered) in told.items() if anew != remembered]
    assert {200, 404} == statuses["hr"] == statuses["employee"] == statuses["manager"]
    assert {404} == statuses["stranger"] == statuses["strange employee"]
    assert {401} == statuses["revoked"] == statuses["forger"] == statuses["nobody"]
    assert {403} == statuses["page"] == statuses["administrator"]
    seen = {who: told[who, "aggregate of care"][1].status for who in ("hr", "board", "manager", "employee")}
    assert {"hr": 200, "board": 200, "manager": 404, "employee": 404} == seen


@pytest.mark.parametrize("name", ["hr", "employee"])
async def test_every_way_to_ask_is_answered_the_same_from_memory(played: Played, name: str) -> None:
    """Tags, languages, media types, pages, methods and keys of the query."""
    asker, path = played.askers[name], f"{played.wave}/aggregates/{played.cast.units['root']}"
    tag = next(value for key, value in (await ask(asker, path)).headers if key == b"etag").decode()
    known = ("if-none-match", tag)
    ways: dict[str, tuple[str, Headers]] = {
        "plain": ("", []),
        "known": ("", [known]),
        "weakly known": ("", [("if-none-match", f'"x", W/{tag}')]),
        "known twice": ("", [("if-none-match", '"x"'), known]),
        "any": ("", [("if-none-match", "*")]),
        "stale": ("", [("if-none-match", '"x"')]),
        "english": ("", [("accept-language", "en")]),
        "english, known in dutch": ("", [("accept-language", "en"), known]),
        "languages": ("", [("accept-language", "fr, nl;q=0.4, en;q=0.6")]),
        "languages twice": ("", [("accept-language", "fr"), ("accept-language", "en")]),
        "json": ("", [("accept", "application/json;q=0.1, text/html")]),
        "html": ("", [("accept", "text/html")]),
        "own page": ("", [("origin", OWN)]),
        "own page, known": ("", [("origin", OWN), known]),
        "foreign page": ("", [("origin", ELSEWHERE)]),
        "foreign page, known": ("", [("origin", ELSEWHERE), known]),
        "no origin": ("", [("origin", "null")]),
        "two origins": ("", [("origin", OWN), ("origin", ELSEWHERE)]),
        "two tokens": ("", [("authorization", f"Bearer {played.askers['hr'].token}")]),
        "another scheme": ("", [("authorization", "Basic eDp5")]),
        "bounds": ("?expand=bounds", []),
        "bounds, known without": ("?expand=bounds", [known]),
        "bounds twice": ("?expand=bounds&expand=bounds", []),
        "unknown key": ("?x=1", [known]),
        "broken key": ("?%zz=1", []),
        "a body": ("", [("content-type", "application/json"), ("content-length", "2")]),
        "an idempotency key": ("", [("idempotency-key", "1")]),
        "if match": ("", [("if-match", '"x"')]),
    }
    told = {
        (way, method): await ask_twice(played, asker, path + query, method, headers)
        for way, (query, headers) in ways.items()
        for method in ("GET", "HEAD", "POST")
    }

    assert [] == [what for what, (anew, remembered) in told.items() if anew != remembered]
    statuses = {way: anew.status for (way, method), (anew, _) in told.items() if method == "GET"}
    assert {304} == {statuses[way] for way in ("known", "weakly known", "known twice", "any")}
    # A client has no page, a person the employer's.
    assert (304 if name == "employee" else 403) == statuses["own page, known"]
    assert {403} == {statuses[way] for way in ("foreign page", "foreign page, known", "no origin", "two origins")}
    assert (401, 406, 400, 200) == tuple(statuses[way] for way in ("two tokens", "html", "unknown key", "english"))


async def test_what_is_in_memory_needs_no_database(played: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither for the bytes nor for who asks: so the others here were told from memory indeed."""
    paths = [path for what, path in paths_of(played).items() if "unknown" not in what]
    before = {(who, path): await ask(played.askers[who], path) for who in ("hr", "manager") for path in paths}
    seen = {what: answer for what, answer in before.items() if answer.status == 200}

    async def away(*_: object, **__: object) -> None:
        raise AssertionError("the database was asked")

    monkeypatch.setattr(Database, "run", away)
    monkeypatch.setattr(Database, "transaction", away)
    after = {(who, path): await ask(played.askers[who], path) for who, path in seen}

    assert len(seen) > len(paths)
    assert seen == after


async def test_nobody_is_remembered_longer_than_the_token_is_good(played: Played) -> None:
    """Who is known for half a minute is not known when the token has ended before."""
    ends = int(time.time()) + 2
    token = played.cast.house.issuer.token("employee", aud=played.cast.employer_id, exp=ends)
    asker, path = Persona(played.cast.house.http, token), f"{played.wave}/overview"
    before = (await ask(asker, path)).status
    await asyncio.sleep(ends - time.time())

    assert (200, 401) == (before, (await ask(asker, path)).status)


async def test_who_reads_first_at_the_same_time_has_the_estimates_worked_out_once(
    played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They take seconds of a large organisation, and everybody asks when the news comes."""
    worked_out: list[list[StoredScores]] = []
    work_out = operations._estimates

    def counted(units: list[StoredScores], blocks: list[StoredBlock]) -> Estimates:
        worked_out.append(units)
        return work_out(units, blocks)

    monkeypatch.setattr(operations, "_estimates", counted)
    forget(played.cast.house)
    paths = [f"{played.wave}/aggregates/{unit}" for unit in played.cast.units.values()]
    told = await asyncio.gather(*(ask(played.cast.hr, path) for path in paths))

    assert [200] * len(paths) == [answer.status for answer in told]
    assert 1 == len(worked_out)
