"""A database that is restored to before a close closes again by itself, before any answer is taken."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import asyncpg
import httpx
import pytest

from anonymity.asking import owner
from cases.measuring import advance, bring_to, codes_of, time_of
from crash.conftest import Part, running
from crash.waiting import until
from peil import bootstrap
from peil.demo.issuer import DemoIssuer
from peil.embedded import Cluster
from peil.server import open_intake
from peil.settings import Settings
from support.answering import obtain
from support.apis import Rest
from support.house import PUBLIC_URL, House, Persona, free_socket, open_house
from support.personas import Cast, add_crowd, cast_of

CROWD = 14


class Played(NamedTuple):
    """An open wave in which all but one of `field` have answered, and its backup from a minute before the close."""

    cluster: Cluster
    keys: Path
    cast: Cast
    wave_id: str
    late: dict[str, Any]
    """What the last one will send."""
    now: datetime
    """The employer's time."""
    live: str
    backup: str

    def again(self, house: House) -> Cast:
        """The cast in another house on the same database."""
        self.cast.hr.http = self.cast.operator.http = house.http
        self.cast.house = self.cast.employer.house = house
        return self.cast


@pytest.fixture(scope="module", params=["split", "blind"])
async def story(
    request: pytest.FixtureRequest, cluster: Cluster, issuer: DemoIssuer, tmp_path_factory: pytest.TempPathFactory
) -> Played:
    """Played once in each mode; every test gets copies."""
    database, keys = f"story_{request.param}", tmp_path_factory.mktemp("restore") / "store"
    await bootstrap.prepare(cluster, database)
    async with open_house(cluster, database, keys, issuer) as house:
        cast = await cast_of(await house.employer("Herstel BV"))
        await add_crowd(cast.hr, root=12, field=CROWD)
        wave_id = await bring_to(cast, "ready", mode=request.param)
        sent = await {"split": by_codes, "blind": by_tokens}[request.param](cast, wave_id)
        await advance(cast, hours=2)
        for body in sent[1:]:
            await house.anonymous.must(house.anonymous.post(f"/waves/{wave_id}/responses", body))
        now = await time_of(cast)
    return Played(cluster, keys, cast, wave_id, sent[0], now, database, database)


@pytest.fixture
async def played(story: Played, tmp_path: Path) -> AsyncIterator[Played]:
    """A deployment of the test's own, and its backup."""
    shutil.copytree(story.keys, tmp_path / "store")
    for name in ("live", "backup"):
        await execute(story.cluster, f'create database "{name}" template "{story.live}"')
    yield story._replace(keys=tmp_path / "store", live="live", backup="backup")
    for name in ("live", "backup"):
        await execute(story.cluster, f'drop database "{name}" with (force)')


async def by_codes(cast: Cast, wave_id: str) -> list[dict[str, Any]]:
    """What people of a wave send, with nothing answered: it is enough to be counted."""
    return [{"code": code, "answers": {}} for code in (await codes_of(cast, wave_id))[:CROWD]]


async def by_tokens(cast: Cast, wave_id: str) -> list[dict[str, Any]]:
    """The same with answer tokens."""
    people = [cast.employer.person(f"field-{place}") for place in range(CROWD)]
    return [(await obtain(person, wave_id)).with_answers({}) for person in people]


async def execute(cluster: Cluster, statement: str) -> None:
    connection = await asyncpg.connect(cluster.url())
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


class Machine:
    """The service in three processes on one database, as an operator runs it."""

    def __init__(self, played: Played, database: str) -> None:
        with free_socket() as one, free_socket() as another:
            intake_port, api_port = int(one.getsockname()[1]), int(another.getsockname()[1])
        settings: Settings = bootstrap.cluster_settings(
            played.cluster, played.keys, database=database, environment="test", public_url=PUBLIC_URL, key_grace=3600
        )
        self.worker = Part(["worker"], settings, intake_port)
        self.intake = Part(["serve", "--part", "intake"], settings, intake_port)
        self.api = Part(["serve", "--part", "api"], settings, api_port)
        self.intake_url, self.api_url = f"http://127.0.0.1:{intake_port}", f"http://127.0.0.1:{api_port}"
        self.wave_id = played.wave_id
        self._url = played.cluster.url("postgres", database)

    def is_in(self, *states: str) -> Callable[[], Awaitable[bool]]:
        """Whether the intake's part of the database has the wave in one of these states."""

        async def look() -> bool:
            connection = await asyncpg.connect(self._url)
            try:
                return await connection.fetchval(_STATE, self.wave_id) in states
            finally:
                await connection.close()

        return look


_STATE = """
select state
from intake.open_wave
where wave_id = $1
"""


@asynccontextmanager
async def answering(url: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a process, once it answers."""

    async def is_up() -> bool:
        try:
            return (await client.get("/health/ready")).status_code == 200
        except httpx.TransportError:
            return False

    async with httpx.AsyncClient(base_url=url, timeout=20) as client:
        await until(is_up)
        yield client


async def released(machine: Machine, cast: Cast) -> Any:
    """The manifest as the API's process gives it."""
    await until(machine.is_in("closed"))
    async with answering(machine.api_url) as http:
        hr = Persona(http, cast.hr.token)
        return (await hr.must(hr.get(f"/waves/{machine.wave_id}/release"), 200))["manifest"]


async def test_a_restore_to_before_the_close_gives_the_same_release(played: Played) -> None:
    """In three processes: the worker closes the wave again, the intake takes no further answer, nothing differs."""
    first, second = Machine(played, played.live), Machine(played, played.backup)
    with running(first.api, first.worker):
        async with answering(first.api_url) as http:
            operator = Persona(http, played.cast.operator.token)
            path = f"/test-clocks/{played.cast.employer_id}/advance"
            await operator.must(operator.post(path, {"to": (played.now + timedelta(days=2)).isoformat()}), 200)
        before = await released(first, played.cast)
    was_open = await second.is_in("open")()
    with running(second.worker):
        await until(second.is_in("closing", "closed"))
        with running(second.intake, second.api):
            async with answering(second.intake_url) as http:
                late = await http.post(f"/v1/waves/{played.wave_id}/responses", json=played.late)
            after = await released(second, played.cast)

    assert was_open
    assert (409, "wave-closed") == (late.status_code, late.json()["code"])
    assert before == after


async def test_one_process_keeps_the_order_by_itself(played: Played, issuer: DemoIssuer) -> None:
    """Where everything is served together, the wave is closed before anything is."""
    async with open_house(played.cluster, played.live, played.keys, issuer) as house:
        cast = played.again(house)
        await advance(cast, days=2)
        first = (await Rest(cast.hr).get_release(played.wave_id)).must()["manifest"]
    async with open_house(played.cluster, played.backup, played.keys, issuer) as house:
        late = await house.anonymous.post(f"/waves/{played.wave_id}/responses", played.late)
        await house.work()
        second = await Persona(house.http, played.cast.hr.token).get(f"/waves/{played.wave_id}/release")

    assert (409, "wave-closed") == (late.status_code, late.json()["code"])
    assert first == second.json()["manifest"]


async def test_a_restore_that_lacks_an_answer_releases_nothing(played: Played, issuer: DemoIssuer) -> None:
    """One more answered after the backup: the difference of two releases would be that person's answers."""
    async with open_house(played.cluster, played.live, played.keys, issuer) as house:
        cast = played.again(house)
        taken = await house.anonymous.post(f"/waves/{played.wave_id}/responses", played.late)
        await advance(cast, days=2)
        first = (await Rest(cast.hr).get_wave(played.wave_id)).must()
    async with open_house(played.cluster, played.backup, played.keys, issuer) as house:
        await house.work()
        rest = Rest(played.again(house).hr)
        second, release = (await rest.get_wave(played.wave_id)).must(), await rest.get_release(played.wave_id)
        async with owner(house) as connection:
            left = await connection.fetchval("select count(*) from intake.sealed")

    assert (201, "released") == (taken.status_code, first["state"])
    assert ("cancelled", "released-before", 0) == (second["state"], second["failure"], left)
    assert "refused" == release.word


async def test_a_copy_on_the_same_server_takes_nothing_by_itself(played: Played) -> None:
    """PostgreSQL was not restarted, the database is another one: until a worker has looked at it, nothing is taken."""
    settings = bootstrap.cluster_settings(
        played.cluster, played.keys, database=played.backup, environment="test", public_url=PUBLIC_URL, key_grace=3600
    )
    async with (
        open_intake(settings) as intake,
        httpx.AsyncClient(transport=httpx.ASGITransport(app=intake), base_url=PUBLIC_URL) as http,
    ):
        refused = await http.post(f"/v1/waves/{played.wave_id}/responses", json=played.late)

    assert (503, "1") == (refused.status_code, refused.headers["retry-after"])


async def test_an_open_wave_goes_on_elsewhere(played: Played, issuer: DemoIssuer, tmp_path: Path) -> None:
    """Database and key store restored into an empty machine: the last one answers after all, and all are counted."""
    keys = tmp_path / "elsewhere"
    shutil.copytree(played.keys, keys)
    async with open_house(played.cluster, played.backup, keys, issuer) as house:
        cast = played.again(house)
        taken = await house.anonymous.post(f"/waves/{played.wave_id}/responses", played.late)
        await advance(cast, days=2)
        page = (await Rest(cast.hr).list_aggregates(played.wave_id)).must()
    root = next(one for one in page["items"] if one["name"] == "root")

    assert (201, CROWD) == (taken.status_code, root["response"]["respondents"])


async def test_a_database_without_its_keys(played: Played, issuer: DemoIssuer, tmp_path: Path) -> None:
    """Only the database was restored: the wave says at once that nobody can read it, and takes nothing in vain."""
    async with open_house(played.cluster, played.backup, tmp_path / "empty", issuer) as house:
        refused = await house.anonymous.post(f"/waves/{played.wave_id}/responses", played.late)
    async with open_house(played.cluster, played.backup, played.keys, issuer) as house:
        taken = await house.anonymous.post(f"/waves/{played.wave_id}/responses", played.late)

    assert (409, "wave-unrecoverable") == (refused.status_code, refused.json()["code"])
    assert 201 == taken.status_code


async def test_what_was_cancelled_is_cancelled_again(played: Played, issuer: DemoIssuer) -> None:
    """A backup from before the cancelling: its answers are destroyed once more, and the last one is refused."""
    async with open_house(played.cluster, played.live, played.keys, issuer) as house:
        (await Rest(played.again(house).hr).cancel_wave(played.wave_id)).must()
        await house.work()
    async with open_house(played.cluster, played.backup, played.keys, issuer) as house:
        late = await house.anonymous.post(f"/waves/{played.wave_id}/responses", played.late)
        await house.work()
        wave = (await Rest(played.again(house).hr).get_wave(played.wave_id)).must()
        async with owner(house) as connection:
            left = await connection.fetchval("select count(*) from intake.sealed")

    assert (409, "wave-cancelled") == (late.status_code, late.json()["code"])
    assert ("cancelled", "closed-before", 0) == (wave["state"], wave["failure"], left)
