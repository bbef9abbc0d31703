"""When keys of a wave are lost while it is asked: it says so, takes nothing in vain, and goes on once they are back."""

import asyncio
import shutil
from pathlib import Path
from uuid import UUID

import pytest

from anonymity.asking import owner
from cases.measuring import advance, answer_all, bring_to, codes_of
from peil import worker
from peil.keys.keystore import KeyDirectory
from support.answering import request, start
from support.apis import Rest
from support.house import House
from support.personas import Cast, add_crowd


class Keys:
    """The files of one wave's keys, as an operator handles them; the worker looks after each deed."""

    def __init__(self, house: House, wave_id: str) -> None:
        assert house.settings.keys is not None
        self.house = house
        self.path = house.settings.keys / "unsealing" / f"{wave_id}.key"
        self.issuing = house.settings.keys / "issuing" / wave_id

    async def lose(self) -> bytes:
        content = self.path.read_bytes()
        self.path.unlink()
        await self._look()
        return content

    async def put(self, content: bytes) -> None:
        self.path.touch(0o600)
        self.path.write_bytes(content)
        await self._look()

    async def move(self, one: Path, to: Path) -> None:
        shutil.move(one, to)
        await self._look()

    async def _look(self) -> None:
        await self.house.worker.start()
        await self.house.work()


async def seen(cast: Cast, wave_id: str) -> tuple[str, str | None]:
    """State and failure of a wave as HR sees them."""
    wave = (await Rest(cast.hr).get_wave(wave_id)).must()
    return wave["state"], wave["failure"]


async def send(cast: Cast, wave_id: str, code: str) -> tuple[int, str | None]:
    answer = await cast.house.anonymous.post(f"/waves/{wave_id}/responses", {"code": code, "answers": {}})
    return answer.status_code, answer.json().get("code")


async def counted(cast: Cast, wave_id: str) -> int:
    page = (await Rest(cast.hr).list_aggregates(wave_id)).must()
    root = next(one for one in page["items"] if one["name"] == "root")
    return int(root["response"]["respondents"])


async def left(cast: Cast, wave_id: str) -> int:
    async with owner(cast.house) as connection:
        return int(await connection.fetchval("select count(*) from intake.sealed where wave_id = $1", UUID(wave_id)))


async def test_an_open_wave_takes_no_answer_that_nobody_could_read(cast: Cast) -> None:
    """HR sees that the key is lost, who answers is refused and told why; with the key all goes on where it was."""
    await add_crowd(cast.hr, field=12)
    wave_id = await bring_to(cast, "open")
    codes = await codes_of(cast, wave_id)
    await answer_all(cast, wave_id, codes[:6])
    keys = Keys(cast.house, wave_id)

    key = await keys.lose()
    lost, refused = await seen(cast, wave_id), await send(cast, wave_id, codes[6])
    await keys.put(key)
    found = await seen(cast, wave_id)
    await answer_all(cast, wave_id, codes[6:12])
    await advance(cast, days=2)

    assert (("unrecoverable", "key-missing"), ("open", None)) == (lost, found)
    assert (409, "wave-unrecoverable") == refused
    assert ("released", None) == await seen(cast, wave_id)
    assert 12 == await counted(cast, wave_id)


async def test_a_wave_that_closed_without_its_key_is_released_once_it_is_back(cast: Cast) -> None:
    """Nothing more is taken, and everything that was is counted."""
    await add_crowd(cast.hr, field=12)
    wave_id = await bring_to(cast, "open")
    codes = await codes_of(cast, wave_id)
    await answer_all(cast, wave_id, codes[:11])
    keys = Keys(cast.house, wave_id)

    key = await keys.lose()
    await advance(cast, days=2)
    lost, late = await seen(cast, wave_id), await send(cast, wave_id, codes[11])
    await keys.put(key)

    assert ("unrecoverable", "key-missing") == lost
    assert (409, "wave-closed") == late
    assert ("released", None) == await seen(cast, wave_id)
    assert 11 == await counted(cast, wave_id)


async def test_a_key_that_goes_between_close_and_count(cast: Cast) -> None:
    """The job that counts finds it gone and destroys nothing; with the key the release follows."""
    await add_crowd(cast.hr, field=12)
    wave_id = await bring_to(cast, "open")
    await answer_all(cast, wave_id, (await codes_of(cast, wave_id))[:12])
    keys = Keys(cast.house, wave_id)
    key = keys.path.read_bytes()
    keys.path.unlink()
    await advance(cast, days=2)
    lost, kept = await seen(cast, wave_id), await left(cast, wave_id)
    await keys.put(key)

    assert (("unrecoverable", "key-missing"), 12) == (lost, kept)
    assert ("released", None) == await seen(cast, wave_id)
    assert 12 == await counted(cast, wave_id)


async def test_another_waves_key_opens_nothing_and_destroys_nothing(cast: Cast) -> None:
    """Restored under the wrong name: the wave is not released as if nobody had answered."""
    await add_crowd(cast.hr, field=12)
    wave_id = await bring_to(cast, "open")
    await answer_all(cast, wave_id, (await codes_of(cast, wave_id))[:12])
    keys = Keys(cast.house, wave_id)
    other = UUID(int=1)
    cast.house.worker.parts.keys.create(other)

    key = keys.path.read_bytes()
    keys.path.write_bytes(keys.path.with_name(f"{other}.key").read_bytes())
    await advance(cast, days=2)
    wrong, kept = await seen(cast, wave_id), await left(cast, wave_id)
    await keys.put(key[:40])
    short = await seen(cast, wave_id)
    await keys.put(key)
    cast.house.worker.parts.keys.forget(other)

    assert (("unrecoverable", "key-damaged"), 12) == (wrong, kept)
    assert ("unrecoverable", "key-damaged") == short
    assert ("released", None) == await seen(cast, wave_id)
    assert 12 == await counted(cast, wave_id)


async def test_a_wave_that_is_ready_says_so_before_it_begins(cast: Cast) -> None:
    """It stays ready; if the key is not back when the window begins, nothing is taken until it is."""
    await add_crowd(cast.hr, field=12)
    wave_id = await bring_to(cast, "ready")
    keys = Keys(cast.house, wave_id)

    key = await keys.lose()
    before = await seen(cast, wave_id)
    await advance(cast, hours=2)
    begun = await seen(cast, wave_id)
    await keys.put(key)

    assert (("ready", "key-missing"), ("unrecoverable", "key-missing")) == (before, begun)
    assert ("open", None) == await seen(cast, wave_id)


async def test_a_ready_wave_whose_key_comes_back_in_time(cast: Cast) -> None:
    """Nothing is left to tell."""
    await add_crowd(cast.hr, field=12)
    wave_id = await bring_to(cast, "ready")
    keys = Keys(cast.house, wave_id)
    await keys.put(await keys.lose())
    back = await seen(cast, wave_id)
    await advance(cast, hours=2)

    assert (("ready", None), ("open", None)) == (back, await seen(cast, wave_id))


async def test_keys_that_sign_answer_tokens_are_missed_too(cast: Cast) -> None:
    """Who has no token gets none and is told to come back; the wave stays open and says so until they are back."""
    await add_crowd(cast.hr, field=12)
    wave_id = await bring_to(cast, "open", mode="blind")
    keys = Keys(cast.house, wave_id)
    person = cast.employer.person("field-1")
    blinding = await start(person, wave_id)

    await keys.move(keys.issuing, keys.issuing.with_name("elsewhere"))
    lost, refused = await seen(cast, wave_id), await request(person, wave_id, blinding)
    await keys.move(keys.issuing.with_name("elsewhere"), keys.issuing)
    found, signed = await seen(cast, wave_id), await request(person, wave_id, blinding)

    assert (("open", "issuing-keys-missing"), ("open", None)) == (lost, found)
    assert (503, 200) == (refused.status_code, signed.status_code)


async def test_no_answer_token_for_answers_that_nobody_could_read(cast: Cast) -> None:
    """Blind mode: a token is not spent on a wave that is unrecoverable."""
    await add_crowd(cast.hr, field=12)
    wave_id = await bring_to(cast, "open", mode="blind")
    person = cast.employer.person("field-1")
    blinding = await start(person, wave_id)
    keys = Keys(cast.house, wave_id)
    key = await keys.lose()
    refused = await request(person, wave_id, blinding)
    await keys.put(key)

    assert (409, "wave-unrecoverable") == (refused.status_code, refused.json()["code"])
    assert 200 == (await request(person, wave_id, blinding)).status_code


@pytest.mark.parametrize("hours", [1, 48], ids=["while-open", "after-its-end"])
async def test_an_unrecoverable_wave_can_be_cancelled(cast: Cast, hours: int) -> None:
    """Rows go, nothing is released, and a key that comes back later opens nothing and is not taken for one."""
    await add_crowd(cast.hr, field=12)
    wave_id = await bring_to(cast, "open")
    await answer_all(cast, wave_id, (await codes_of(cast, wave_id))[:12])
    keys = Keys(cast.house, wave_id)
    key = await keys.lose()
    await advance(cast, hours=hours)

    (await Rest(cast.hr).cancel_wave(wave_id)).must()
    await cast.house.work()
    await keys.put(key)

    assert ("cancelled", None) == await seen(cast, wave_id)
    assert 0 == await left(cast, wave_id)
    assert "wave-cancelled" == (await Rest(cast.hr).get_release(wave_id)).code


async def test_a_store_that_cannot_be_used_makes_no_wave_unrecoverable(cast: Cast) -> None:
    """A wrong permission is the operator's to mend: the key is there, so people can go on answering."""
    await add_crowd(cast.hr, field=12)
    wave_id = await bring_to(cast, "open")
    keys = Keys(cast.house, wave_id)
    keys.path.chmod(0o644)
    try:
        await cast.house.worker.start()
        state = await seen(cast, wave_id)
    finally:
        keys.path.chmod(0o600)

    assert ("open", None) == state
    assert KeyDirectory(keys.path.parent.parent).read(UUID(wave_id))


async def test_a_wave_that_is_closing_can_be_cancelled(cast: Cast) -> None:
    """Before it is counted: the answers and the key go, and nothing is released."""
    await add_crowd(cast.hr, field=12)
    wave_id = await bring_to(cast, "open")
    await answer_all(cast, wave_id, (await codes_of(cast, wave_id))[:12])
    (await Rest(cast.hr).close_wave(wave_id)).must()
    await cast.house.worker.do_due({"close_wave"})
    closing = await seen(cast, wave_id)

    (await Rest(cast.hr).cancel_wave(wave_id)).must()
    await cast.house.work()

    assert ("closing", None) == closing
    assert ("cancelled", None) == await seen(cast, wave_id)
    assert (0, False) == (await left(cast, wave_id), Keys(cast.house, wave_id).path.exists())
    assert "wave-cancelled" == (await Rest(cast.hr).get_release(wave_id)).code


async def test_a_released_wave_cannot_be_cancelled(cast: Cast) -> None:
    """What was published stays."""
    await add_crowd(cast.hr, field=12)
    wave_id = await bring_to(cast, "released")

    assert "wave-state" == (await Rest(cast.hr).cancel_wave(wave_id)).code


async def test_a_wave_is_found_again_on_another_server(cast: Cast) -> None:
    """PostgreSQL was started anew while the key was lost: with the key the wave takes answers there."""
    await add_crowd(cast.hr, field=12)
    wave_id = await bring_to(cast, "open")
    codes = await codes_of(cast, wave_id)
    keys = Keys(cast.house, wave_id)
    key = await keys.lose()
    async with owner(cast.house) as connection:
        await connection.execute(
            "update intake.open_wave set server_started_at = '2001-01-01Z' where wave_id = $1", UUID(wave_id)
        )
    await keys.put(key)

    assert (201, None) == await send(cast, wave_id, codes[0])


async def test_the_worker_looks_by_itself(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a start, a job or a clock that moves: the wave says that its key is lost, and goes on with it."""
    monkeypatch.setattr(worker, "_WATCH", 0.05)
    await add_crowd(cast.hr, field=12)
    wave_id = await bring_to(cast, "open")
    path = Keys(cast.house, wave_id).path
    key = path.read_bytes()
    working = asyncio.create_task(cast.house.worker.run())
    try:
        path.unlink()
        await until_seen(cast, wave_id, "unrecoverable")
        path.touch(0o600)
        path.write_bytes(key)
        await until_seen(cast, wave_id, "open")
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)

    assert ("open", None) == await seen(cast, wave_id)


async def until_seen(cast: Cast, wave_id: str, state: str) -> None:
    async with asyncio.timeout(30):
        while (await seen(cast, wave_id))[0] != state:  # noqa: ASYNC110  # the worker does it
            await asyncio.sleep(0.05)
