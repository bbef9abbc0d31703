"""SQL of waves and their snapshot."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from peil.database import Rows
from peil.waves.model import Excluded, SnapshotUnit, Wave, WaveNew, WaveState

_COLUMNS = """
  wave_id,
  series_id,
  campaign_id,
  name,
  kind,
  instrument_id,
  mode,
  languages,
  opens_at,
  closes_at,
  zone,
  unit_ids,
  employment_types,
  policy_version,
  state,
  invited,
  excluded,
  manifest_sha256,
  codes_drawn,
  keys,
  failure,
  created_at"""

_INSERT = """-- insert_wave
insert into peil.wave (
  employer_id, wave_id, campaign_id, name, kind, instrument_id, mode, languages, opens_at, closes_at, zone,
  unit_ids, employment_types, policy_version, series_id, created_at, modified_at, state, codes_drawn, keys
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16, 'planned', false, 'none')
"""


async def insert_wave(
    rows: Rows,
    employer_id: UUID,
    wave_id: UUID,
    new: WaveNew,
    policy_version: int,
    series_id: UUID | None,
    at: datetime,
) -> None:
    await rows.execute(_INSERT, employer_id, wave_id, *_plan_values(new), policy_version, series_id, at)


_SELECT = f"""-- select_wave
select{_COLUMNS}
from peil.wave
where
  employer_id = $1
  and wave_id = $2
"""


async def select_wave(rows: Rows, employer_id: UUID, wave_id: UUID) -> Wave | None:
    return await rows.one(Wave, _SELECT, employer_id, wave_id)


_LOCK = f"""-- lock_wave
select{_COLUMNS}
from peil.wave
where
  employer_id = $1
  and wave_id = $2
for no key update
"""


async def lock_wave(rows: Rows, employer_id: UUID, wave_id: UUID) -> Wave | None:
    """A wave that nobody else changes until the transaction ends."""
    return await rows.one(Wave, _LOCK, employer_id, wave_id)


_SELECT_MANY = f"""-- select_waves
select{_COLUMNS}
from peil.wave
where
  employer_id = $1
  and (opens_at, wave_id) > ($2, $3)
  and ($4::uuid[] is null or unit_ids is null or unit_ids && $4)
  and ($5::timestamptz is null or modified_at > $5)
order by
  opens_at,
  wave_id
limit $6
"""


async def select_waves(
    rows: Rows,
    employer_id: UUID,
    after: tuple[datetime, UUID],
    asked: list[UUID] | None,
    since: datetime | None,
    limit: int,
) -> list[Wave]:
    """Waves that open after `after`, in that order; `asked`: only those that ask one of these units, None: all.

    `since`: only those that were written after this moment, None: whenever.
    """
    return await rows.many(Wave, _SELECT_MANY, employer_id, *after, asked, since, limit)


_IS_CHANGED = """-- is_wave_changed
select exists (
  select
  from peil.wave
  where
    employer_id = $1
    and wave_id = $2
    and modified_at > $3
)
"""


async def is_wave_changed(rows: Rows, employer_id: UUID, wave_id: UUID, since: datetime) -> bool:
    return bool(await rows.value(_IS_CHANGED, employer_id, wave_id, since))


_UPDATE_PLAN = """-- update_wave_plan
update peil.wave
set
  campaign_id = $3,
  name = $4,
  kind = $5,
  instrument_id = $6,
  mode = $7,
  languages = $8,
  opens_at = $9,
  closes_at = $10,
  zone = $11,
  unit_ids = $12,
  employment_types = $13,
  policy_version = $14,
  failure = null,
  modified_at = $15
where
  employer_id = $1
  and wave_id = $2
"""


async def update_plan(
    rows: Rows, employer_id: UUID, wave_id: UUID, new: WaveNew, policy_version: int, at: datetime
) -> None:
    await rows.execute(_UPDATE_PLAN, employer_id, wave_id, *_plan_values(new), policy_version, at)


_UPDATE_STATE = """-- update_wave_state
update peil.wave
set
  state = $3,
  failure = $4,
  modified_at = $5
where
  employer_id = $1
  and wave_id = $2
"""


async def update_state(
    rows: Rows, employer_id: UUID, wave_id: UUID, state: WaveState, failure: str | None, at: datetime
) -> None:
    await rows.execute(_UPDATE_STATE, employer_id, wave_id, state, failure, at)


_UPDATE_OPENING = """-- update_wave_opening
update peil.wave
set
  state = 'opening',
  policy_version = $3,
  failure = null,
  modified_at = $4
where
  employer_id = $1
  and wave_id = $2
"""


async def update_opening(rows: Rows, employer_id: UUID, wave_id: UUID, policy_version: int, at: datetime) -> None:
    await rows.execute(_UPDATE_OPENING, employer_id, wave_id, policy_version, at)


_UPDATE_FROZEN = """-- update_wave_frozen
update peil.wave
set
  state = $3,
  invited = $4,
  excluded = $5,
  manifest_sha256 = $6,
  keys = 'present',
  failure = null,
  modified_at = $7
where
  employer_id = $1
  and wave_id = $2
"""


async def update_frozen(
    rows: Rows,
    employer_id: UUID,
    wave_id: UUID,
    state: WaveState,
    invited: int,
    excluded: Excluded,
    manifest_sha256: str | None,
    at: datetime,
) -> None:
    await rows.execute(_UPDATE_FROZEN, employer_id, wave_id, state, invited, excluded, manifest_sha256, at)


_UPDATE_KEYS = """-- update_wave_keys
update peil.wave
set
  keys = $3,
  modified_at = $4
where
  employer_id = $1
  and wave_id = $2
"""


async def update_keys(rows: Rows, employer_id: UUID, wave_id: UUID, keys: str, at: datetime) -> None:
    await rows.execute(_UPDATE_KEYS, employer_id, wave_id, keys, at)


_UPDATE_CODES = """-- update_wave_codes
update peil.wave
set
  codes_drawn = true,
  modified_at = $3
where
  employer_id = $1
  and wave_id = $2
"""


async def update_codes_drawn(rows: Rows, employer_id: UUID, wave_id: UUID, at: datetime) -> None:
    await rows.execute(_UPDATE_CODES, employer_id, wave_id, at)


_UPDATE_WINDOW_END = """-- update_window_end
update peil.wave
set
  closes_at = $3,
  modified_at = $4
where
  employer_id = $1
  and wave_id = $2
"""


async def update_closes_at(rows: Rows, employer_id: UUID, wave_id: UUID, closes_at: datetime, at: datetime) -> None:
    await rows.execute(_UPDATE_WINDOW_END, employer_id, wave_id, closes_at, at)


_INSERT_UNITS = """-- insert_wave_units
insert into peil.wave_unit (employer_id, wave_id, unit_id, parent_id, name, position, group_unit_id)
select
  $1,
  $2,
  unit.unit_id,
  unit.parent_id,
  unit.name,
  unit.position,
  unit.group_unit_id
from unnest($3::uuid[], $4::uuid[], $5::text[], $6::integer[], $7::uuid[])
  as unit (unit_id, parent_id, name, position, group_unit_id)
"""


async def insert_units(rows: Rows, employer_id: UUID, wave_id: UUID, units: Sequence[SnapshotUnit]) -> None:
    await rows.execute(
        _INSERT_UNITS,
        employer_id,
        wave_id,
        [unit.unit_id for unit in units],
        [unit.parent_id for unit in units],
        [unit.name for unit in units],
        [unit.position for unit in units],
        [unit.group_unit_id for unit in units],
    )


_SELECT_UNITS = """-- select_wave_units
select
  unit_id,
  parent_id,
  name,
  position,
  group_unit_id
from peil.wave_unit
where
  employer_id = $1
  and wave_id = $2
order by position
"""


async def select_units(rows: Rows, employer_id: UUID, wave_id: UUID) -> list[SnapshotUnit]:
    return await rows.many(SnapshotUnit, _SELECT_UNITS, employer_id, wave_id)


_SELECT_OF_CAMPAIGNS = f"""-- select_waves_of_campaigns
select{_COLUMNS}
from peil.wave
where
  employer_id = $1
  and campaign_id = any($2::uuid[])
  and ($3::uuid[] is null or unit_ids is null or unit_ids && $3)
order by
  opens_at,
  wave_id
"""


async def select_waves_of_campaigns(
    rows: Rows, employer_id: UUID, campaign_ids: Sequence[UUID], asked: list[UUID] | None
) -> list[Wave]:
    """Every wave of these campaigns in the order in which they open; `asked` as in `select_waves`."""
    return await rows.many(Wave, _SELECT_OF_CAMPAIGNS, employer_id, list(campaign_ids), asked)


def _plan_values(new: WaveNew) -> tuple[object, ...]:
    return (
        new.campaign_id,
        new.name,
        new.kind,
        new.instrument_id,
        new.mode,
        list(new.languages),
        new.opens_at,
        new.closes_at,
        new.zone,
        new.unit_ids,
        new.employment_types,
    )
