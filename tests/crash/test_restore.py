"""A database that is restored to before a close closes again by itself, before any answer is taken."""

from pathlib import Path

import asyncpg
import pytest

from cases.measuring import advance, answer_all, bring_to, codes_of
from peil import bootstrap
from peil.demo.issuer import DemoIssuer
from peil.embedded import Cluster
from support.apis import Rest
from support.house import Persona, open_house
from support.personas import add_crowd, cast_of


async def copy(cluster: Cluster, name: str) -> None:
    """A copy of the database as it is now, as a backup would be."""
    connection = await asyncpg.connect(cluster.url())
    try:
        await connection.execute(f'create database "{name}" template "before"')
    finally:
        await connection.close()


async def test_a_restore_to_before_the_close_gives_the_same_release(
    cluster: Cluster, issuer: DemoIssuer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The key store remembers the close: the intake takes no further answer and the manifest hash is the same."""
    keys: Path = tmp_path_factory.mktemp("restore") / "store"
    await bootstrap.prepare(cluster, "before")
    async with open_house(cluster, "before", keys, issuer) as house:
        cast = await cast_of(await house.employer("Herstel BV"))
        await add_crowd(cast.hr, root=12, sales=14, field=14, care=4)
        wave_id = await bring_to(cast, "ready")
        codes = await codes_of(cast, wave_id)
        await advance(cast, hours=2)
        await answer_all(cast, wave_id, codes[:-1])
    await copy(cluster, "restored")
    async with open_house(cluster, "before", keys, issuer) as house:
        cast.hr.http = cast.operator.http = house.http
        cast.house = cast.employer.house = house
        await advance(cast, days=2)
        first = (await Rest(cast.hr).get_release(wave_id)).must()["manifest"]
    async with open_house(cluster, "restored", keys, issuer) as house:
        late = await house.anonymous.post(f"/waves/{wave_id}/responses", {"code": codes[-1], "answers": {}})
        await house.work()
        second = await Persona(house.http, cast.hr.token).get(f"/waves/{wave_id}/release")

    assert (409, "wave-closed") == (late.status_code, late.json()["code"])
    assert first == second.json()["manifest"]
