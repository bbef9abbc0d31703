"""A standby without the last transactions takes over, and what was closed is closed again without a restart."""

import asyncio
import os
import signal
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from cases.measuring import bring_to, codes_of
from peil import worker
from peil.embedded import Cluster
from peil.jobs.closing import reclose
from peil.jobs.watching import watch_keys
from peil.worker import Upkeep
from support.answering import obtain, request, start
from support.house import House, Persona
from support.personas import Cast, add_crowd, cast_of

_TERMINATE = """
select pg_terminate_backend(pid)
from pg_stat_activity
where
  usename = 'peil_worker'
  and datname = $1
  and application_name = ''
"""

_LISTENING = """
select pid
from pg_stat_activity
where
  usename = 'peil_worker'
  and datname = $1
  and application_name = ''
"""


@pytest.mark.parametrize("mode", ["split", "blind"])
async def test_the_worker_closes_again_when_it_is_connected_anew(
    cluster: Cluster, migrated: str, house: House, mode: str
) -> None:
    """The key store knows the wave as closed, the database it is connected to now does not."""
    cast = await cast_of(await house.employer("Overname BV"))
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, "open", mode=mode)
    body, person = await _to_send(cast, wave_id, mode), cast.employer.person("field-2")
    blinding = await start(person, wave_id) if mode == "blind" else None
    working = asyncio.create_task(house.worker.run())
    try:
        await asyncio.sleep(1)
        # As if the transaction of the close had been lost: the key store was told first.
        house.worker.parts.keys.close(UUID(wave_id))
        before = await _state(cast.hr, wave_id)
        await _lose_connections(cluster, migrated)
        async with asyncio.timeout(30):
            while await _state(cast.hr, wave_id) != "released":  # noqa: ASYNC110  # another task does it
                await asyncio.sleep(0.2)
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
    late = await house.anonymous.post(f"/waves/{wave_id}/responses", body)
    if blinding is not None:
        assert 404 == (await request(person, wave_id, blinding)).status_code

    assert "open" == before
    assert (409, "wave-closed") == (late.status_code, late.json()["code"])


async def test_no_answer_is_taken_on_a_server_that_nobody_has_looked_at(
    cluster: Cluster, migrated: str, house: House
) -> None:
    """A standby has taken over: who answers is told to come again, until the worker has closed what is closed."""
    cast = await cast_of(await house.employer("Standby BV"))
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, "open")
    (code, *_) = await codes_of(cast, wave_id)
    connection = await asyncpg.connect(cluster.url(database=migrated))
    try:
        # What the old server wrote down, as the standby has it.
        await connection.execute("update intake.open_wave set server_started_at = server_started_at - interval '1 day'")
    finally:
        await connection.close()
    refused = await house.anonymous.post(f"/waves/{wave_id}/responses", {"code": code, "answers": {}})
    await reclose(house.worker.parts)
    taken = await house.anonymous.post(f"/waves/{wave_id}/responses", {"code": code, "answers": {}})

    assert (503, "1") == (refused.status_code, refused.headers["retry-after"])
    assert 201 == taken.status_code


async def test_the_intake_goes_on_though_no_connection_was_closed(
    cluster: Cluster, house: House, migrated: str
) -> None:
    """The old server is gone without a word: the worker looks by itself, within seconds."""
    cast = await cast_of(await house.employer("Stilte BV"))
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, "open")
    (code, *_) = await codes_of(cast, wave_id)
    answers: list[int] = []
    working = asyncio.create_task(house.worker.run())
    try:
        await asyncio.sleep(1)
        connection = await asyncpg.connect(cluster.url(database=migrated))
        await connection.execute("update intake.open_wave set server_started_at = server_started_at - interval '1 day'")
        await connection.close()
        async with asyncio.timeout(10):
            while 201 not in answers:
                body = {"code": code, "answers": {}}
                answers.append((await house.anonymous.post(f"/waves/{wave_id}/responses", body)).status_code)
                await asyncio.sleep(0.2)
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)

    assert {503, 201} == set(answers)


async def test_a_server_that_says_nothing_is_left(
    cluster: Cluster, house: House, migrated: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection that listens is open and nobody answers on it: the worker makes another."""
    monkeypatch.setattr(worker, "_PING", 0.2)
    monkeypatch.setattr(worker, "_PATIENCE", 0.5)
    working = asyncio.create_task(house.worker.run())
    try:
        await asyncio.sleep(1)
        (silent,) = await _listening(cluster, migrated)
        os.kill(silent, signal.SIGSTOP)
        try:
            async with asyncio.timeout(10):
                while {silent} >= set(found := await _listening(cluster, migrated)):  # noqa: ASYNC110  # another task does it
                    await asyncio.sleep(0.2)
        finally:
            os.kill(silent, signal.SIGCONT)
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)

    assert [silent] != found


@pytest.mark.parametrize("look", [reclose, watch_keys])
async def test_a_wave_that_does_not_succeed_keeps_no_other_from_going_on(
    house: House, cluster: Cluster, migrated: str, caplog: pytest.LogCaptureFixture, look: Upkeep
) -> None:
    """What the key store has of one wave is broken: another employer's takes answers, and says that its key is lost."""
    casts = [await cast_of(await house.employer(name)) for name in ("Stuk BV", "Heel BV")]
    for cast in casts:
        await add_crowd(cast.hr, field=10)
    broken, whole = [await bring_to(cast, "open") for cast in casts]
    codes = [(await codes_of(cast, wave_id))[0] for cast, wave_id in zip(casts, (broken, whole), strict=True)]
    unsealing = house.worker.parts.settings.keys / "unsealing"  # type: ignore[operator]  # the tests' settings name it
    (unsealing / f"{broken}.closed").touch(0o600)
    (unsealing / f"{broken}.closed.new").mkdir(0o700)
    (unsealing / f"{broken}.key").unlink()
    (unsealing / f"{broken}.key").mkdir(0o700)
    connection = await asyncpg.connect(cluster.url(database=migrated))
    await connection.execute("update intake.open_wave set server_started_at = server_started_at - interval '1 day'")
    await connection.close()
    if look is watch_keys:
        (unsealing / f"{whole}.key").unlink()
    try:
        await look(house.worker.parts)
        answers = [
            (await house.anonymous.post(f"/waves/{wave_id}/responses", {"code": code, "answers": {}})).status_code
            for wave_id, code in zip((broken, whole), codes, strict=True)
        ]
    finally:
        (unsealing / f"{broken}.closed.new").rmdir()
        (unsealing / f"{broken}.key").rmdir()
        await reclose(house.worker.parts)

    assert [503, 201 if look is reclose else 409] == answers
    assert f"wave {broken}" in caplog.text
    assert f"wave {whole}" not in caplog.text


async def _listening(cluster: Cluster, database: str) -> list[int]:
    """The server's processes that a worker listens to."""
    connection = await asyncpg.connect(cluster.url())
    try:
        return [row["pid"] for row in await connection.fetch(_LISTENING, database)]
    finally:
        await connection.close()


async def _to_send(cast: Cast, wave_id: str, mode: str) -> dict[str, Any]:
    """What somebody who may answer has not sent yet."""
    if mode == "blind":
        return (await obtain(cast.employer.person("field-1"), wave_id)).with_answers({})
    return {"code": (await codes_of(cast, wave_id))[0], "answers": {}}


async def _state(hr: Persona, wave_id: str) -> str:
    wave = await hr.must(hr.get(f"/waves/{wave_id}"), 200)
    return str(wave["state"])


async def _lose_connections(cluster: Cluster, database: str) -> None:
    connection = await asyncpg.connect(cluster.url())
    try:
        assert await connection.fetch(_TERMINATE, database)
    finally:
        await connection.close()
