"""SQL of the intake and of the sealed answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from peil.database import Rows
from peil.responses.model import AdmittedWave, Fault, OpenWave, Server

_SELECT_OPEN_WAVE = """-- select_open_wave
select
  wave_id,
  employer_id,
  state,
  mode,
  public_key,
  questionnaire,
  closes_at,
  support_routes,
  encode(sha256(manifest), 'hex') as manifest_sha256
from intake.open_wave
where wave_id = $1
"""


async def select_open_wave(rows: Rows, wave_id: UUID) -> OpenWave | None:
    return await rows.one(OpenWave, _SELECT_OPEN_WAVE, wave_id)


_ADMITTED = """
  wave_id,
  employer_id,
  state,
  public_key,
  manifest,
  fault"""

_SELECT_ADMITTED = f"""-- select_admitted_wave
select{_ADMITTED}
from intake.open_wave
where
  employer_id = $1
  and wave_id = $2
"""


async def select_admitted_wave(rows: Rows, employer_id: UUID, wave_id: UUID) -> AdmittedWave | None:
    return await rows.one(AdmittedWave, _SELECT_ADMITTED, employer_id, wave_id)


_SELECT_ADMITTED_WAVES = f"""-- select_admitted_waves
select{_ADMITTED}
from intake.open_wave
where state in ('ready', 'open', 'unrecoverable', 'closing')
order by wave_id
"""


async def select_admitted_waves(rows: Rows) -> list[AdmittedWave]:
    """Waves of every employer that are not over."""
    return await rows.many(AdmittedWave, _SELECT_ADMITTED_WAVES)


_UPDATE_FAULT = """-- update_open_wave_fault
update intake.open_wave
set fault = $3
where
  employer_id = $1
  and wave_id = $2
"""


async def update_fault(rows: Rows, employer_id: UUID, wave_id: UUID, fault: Fault | None) -> None:
    await rows.execute(_UPDATE_FAULT, employer_id, wave_id, fault)


# Not by name: a database that was restored in another's stead has the same, and lies on the same server.
_PLACE = """(
      select oid::text || '/' || 'intake.open_wave'::regclass::oid::text
      from pg_catalog.pg_database
      where datname = current_database()
    )"""

_INSERT_OPEN_WAVE = f"""-- insert_open_wave
insert into intake.open_wave (
  wave_id, employer_id, state, mode, public_key, questionnaire, closes_at, support_routes, manifest, server_started_at,
  place
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, pg_postmaster_start_time(), {_PLACE})
"""  # noqa: S608 - our own text


async def insert_open_wave(rows: Rows, wave: OpenWave, manifest: bytes | None) -> None:
    await rows.execute(
        _INSERT_OPEN_WAVE,
        wave.wave_id,
        wave.employer_id,
        wave.state,
        wave.mode,
        wave.public_key,
        wave.questionnaire,
        wave.closes_at,
        wave.support_routes,
        manifest,
    )


_SELECT_MANIFEST = """-- select_manifest
select manifest
from intake.open_wave
where wave_id = $1
"""


async def select_manifest(rows: Rows, wave_id: UUID) -> bytes | None:
    """The manifest of a wave's keys as it is served; None where there is no such wave, or it has no keys."""
    return await rows.one(bytes, _SELECT_MANIFEST, wave_id)


_UPDATE_OPEN_WAVE = """-- update_open_wave
update intake.open_wave
set
  state = $3,
  support_routes = case when $3 in ('closed', 'cancelled') then '[]' else support_routes end
where
  employer_id = $1
  and wave_id = $2
"""


async def update_open_wave(rows: Rows, employer_id: UUID, wave_id: UUID, state: str) -> None:
    """Goes on to `state`; once a wave is over it names nobody any more to whom people could turn."""
    await rows.execute(_UPDATE_OPEN_WAVE, employer_id, wave_id, state)


_UPDATE_WINDOW_END = """-- update_open_wave_end
update intake.open_wave
set closes_at = $3
where
  employer_id = $1
  and wave_id = $2
"""


async def update_window_end(rows: Rows, employer_id: UUID, wave_id: UUID, closes_at: datetime | None) -> None:
    await rows.execute(_UPDATE_WINDOW_END, employer_id, wave_id, closes_at)


# Literal, and not a parameter: it goes to the server with the beginning of the transaction.
_SHARE_FENCE = (
    "set local lock_timeout = '10ms'; select pg_advisory_xact_lock_shared({}); set local lock_timeout to default"
)


def sharing_fence(wave_id: UUID) -> str:
    """What a transaction begins with that writes answers: it keeps the wave from closing; many may at once.

    Where the wave is being closed it is Busy in a moment and does not wait: others wait for who asks.
    """
    return _SHARE_FENCE.format(_fence(wave_id))


_RAISE_FENCE = """-- raise_fence
select pg_advisory_xact_lock($1)
"""


async def raise_fence(rows: Rows, wave_id: UUID) -> None:
    """Waits for every insert under way in the wave, and lets no new one begin until this transaction ends."""
    await rows.value(_RAISE_FENCE, _fence(wave_id))


def _fence(wave_id: UUID) -> int:
    return (wave_id.int & 0xFFFF_FFFF_FFFF_FFFF) - (1 << 63)


_IS_ELSEWHERE = f"""(server_started_at, place) is distinct from (
      pg_postmaster_start_time(), {_PLACE}
    )"""

_SELECT_STATE = f"""-- select_open_wave_state
select
  case
    when state = 'open' and closes_at <= $2 then 'closing'
    when state = 'open' and {_IS_ELSEWHERE} then 'unknown-server'
    else state
  end
from intake.open_wave
where wave_id = $1
"""  # noqa: S608 - our own text


async def select_state(rows: Rows, wave_id: UUID, at: datetime) -> str | None:
    """The state of a wave at real time `at`: an open one whose window is over is closing, worker or not.

    `unknown-server`: it is open, and nobody has looked yet at the database server that says so.
    """
    return await rows.one(str, _SELECT_STATE, wave_id, at)


_INSERT_SEALED = f"""-- insert_sealed
insert into intake.sealed (employer_id, wave_id, key_id, token_hash, envelope)
select
  $1,
  $2,
  arrived.key_id,
  arrived.token_hash,
  arrived.envelope
from unnest($3::uuid[], $4::bytea[], $5::bytea[]) as arrived (key_id, token_hash, envelope)
where exists (
  select
  from intake.open_wave
  where
    open_wave.employer_id = $1
    and open_wave.wave_id = $2
    and open_wave.state = 'open'
    and (open_wave.closes_at is null or open_wave.closes_at > $6)
    and open_wave.server_started_at = pg_postmaster_start_time()
    and open_wave.place = {_PLACE}
)
order by arrived.token_hash
on conflict on constraint sealed_pkey do nothing
returning token_hash
"""  # noqa: S608 - our own text


async def insert_sealed(
    rows: Rows,
    employer_id: UUID,
    wave_id: UUID,
    key_ids: Sequence[UUID],
    hashes: Sequence[bytes],
    envelopes: Sequence[bytes],
    at: datetime,
) -> list[bytes]:
    """Inserts where the wave is open at real time `at`, on a server that is known; gives the hashes of the new rows."""
    return await rows.many(bytes, _INSERT_SEALED, employer_id, wave_id, key_ids, hashes, envelopes, at)


_COUNT_RECORDED = """-- count_recorded
select count(*)
from intake.sealed
where
  employer_id = $1
  and wave_id = $2
  and token_hash = any($3::bytea[])
"""


async def count_recorded(rows: Rows, employer_id: UUID, wave_id: UUID, hashes: Sequence[bytes]) -> int:
    """How many of these tokens have been redeemed."""
    return int(await rows.value(_COUNT_RECORDED, employer_id, wave_id, hashes))


_SELECT_SERVER = f"""-- select_server
select
  pg_postmaster_start_time() as started_at,
  {_PLACE} as place
"""


async def select_server(rows: Rows) -> Server:
    """Which database server answers."""
    return cast("Server", await rows.one(Server, _SELECT_SERVER))


_SELECT_ELSEWHERE = f"""-- select_open_waves_elsewhere
select exists (
  select
  from intake.open_wave
  where
    state in ('ready', 'open', 'unrecoverable')
    and {_IS_ELSEWHERE}
)
"""  # noqa: S608 - our own text


async def select_elsewhere(rows: Rows) -> bool:
    """Whether a wave of any employer takes its answers on another server than this."""
    return bool(await rows.value(_SELECT_ELSEWHERE))


_UPDATE_SERVER = """-- update_open_wave_servers
update intake.open_wave
set
  server_started_at = $1,
  place = $2
where
  state in ('ready', 'open', 'unrecoverable')
  and wave_id <> all($3::uuid[])
"""


async def update_servers(rows: Rows, server: Server, without: Sequence[UUID]) -> None:
    """The waves of every employer take answers on this server, but not those in `without`."""
    await rows.execute(_UPDATE_SERVER, server.started_at, server.place, without)
