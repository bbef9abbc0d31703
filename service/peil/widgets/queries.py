"""SQL of widgets: where a unit stands today, and the waves that ask it or tell of it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from peil.database import Rows
from peil.widgets.model import WidgetWave


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One unit on the way up from `start`, which is at height 0."""

    start: UUID
    unit_id: UUID
    name: str


_SELECT_PATHS = """-- select_paths
with recursive path as (
  select
    unit_id as start,
    unit_id,
    parent_id,
    name,
    0 as height
  from peil.unit
  where
    employer_id = $1
    and unit_id = any($2::uuid[])
    and valid_from <= $3
    and (valid_to is null or valid_to > $3)
  union all
  select
    path.start,
    above.unit_id,
    above.parent_id,
    above.name,
    path.height + 1
  from path
  join peil.unit as above on
    above.employer_id = $1
    and above.unit_id = path.parent_id
)
select
  start,
  unit_id,
  name
from path
order by
  start,
  height
"""


async def select_paths(rows: Rows, employer_id: UUID, unit_ids: Sequence[UUID], on: date) -> list[Step]:
    """The way up from each of these units that is there on a day, the unit itself first."""
    return await rows.many(Step, _SELECT_PATHS, employer_id, list(unit_ids), on)


_WAVE = """
  wave.wave_id,
  wave.name,
  wave.kind,
  wave.state,
  wave.opens_at,
  wave.closes_at"""

_SELECT_TOLD = f"""-- select_told_wave
select{_WAVE}
from peil.wave as wave
join release.aggregate as aggregate on
  aggregate.employer_id = wave.employer_id
  and aggregate.wave_id = wave.wave_id
where
  wave.employer_id = $1
  and aggregate.unit_id = $2
  and ($3::uuid is null or wave.wave_id = $3)
  and wave.state = 'released'
order by
  aggregate.whole desc,
  wave.closes_at desc,
  wave.wave_id desc
limit 1
"""


async def select_told_wave(rows: Rows, employer_id: UUID, unit_id: UUID, wave_id: UUID | None) -> WidgetWave | None:
    """The newest released wave that asked everybody of a unit, or else the newest that tells of it; or this one if it
    does.
    """
    return await rows.one(WidgetWave, _SELECT_TOLD, employer_id, unit_id, wave_id)


_SELECT_ASKED = f"""-- select_asked_waves
select{_WAVE}
from peil.wave as wave
where
  wave.employer_id = $1
  and (wave.unit_ids is null or wave.unit_ids && $2::uuid[])
  and wave.state <> 'cancelled'
order by
  wave.opens_at desc,
  wave.wave_id desc
limit $3
"""


async def select_asked_waves(rows: Rows, employer_id: UUID, path: Sequence[UUID], limit: int) -> list[WidgetWave]:
    """The waves that ask a unit, the latest to open first; `path`: the unit and those above it."""
    return await rows.many(WidgetWave, _SELECT_ASKED, employer_id, list(path), limit)


_SELECT_WAVE = f"""-- select_wave_to_show
select{_WAVE}
from peil.wave as wave
where
  wave.employer_id = $1
  and (wave.unit_ids is null or wave.unit_ids && $2::uuid[])
  and case when $3::uuid is null then wave.state in ('open', 'closing') else wave.wave_id = $3 end
order by
  wave.opens_at desc,
  wave.wave_id desc
limit 1
"""


async def select_wave_to_show(
    rows: Rows, employer_id: UUID, path: Sequence[UUID], wave_id: UUID | None
) -> WidgetWave | None:
    """The wave that asks a unit now, or this one if it does; `path`: the unit and those above it."""
    return await rows.one(WidgetWave, _SELECT_WAVE, employer_id, list(path), wave_id)
