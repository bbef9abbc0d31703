"""SQL of what releases say of one block in one unit."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from peil.database import Rows
from peil.releases.cells_model import Cell
from peil.releases.model import UnitRelease


class StoredStart(msgspec.Struct, frozen=True, kw_only=True):
    """A block of a release and a unit in it; None: the release has no such block, or no such unit."""

    fingerprint: str | None
    unit_id: UUID | None
    whole: bool | None
    content: UnitRelease | None


class StoredReading(msgspec.Struct, frozen=True, kw_only=True):
    """The newest release that has what was asked at `place`."""

    place: int
    wave_id: UUID
    cell: Cell


_SELECT_START = """-- select_start
select
  block.fingerprint,
  aggregate.unit_id,
  aggregate.whole,
  aggregate.content
from release.release as release
left join release.block as block on
  block.employer_id = release.employer_id
  and block.wave_id = release.wave_id
  and block.block = $3
left join release.aggregate as aggregate on
  aggregate.employer_id = release.employer_id
  and aggregate.wave_id = release.wave_id
  and case when $4::uuid is null then aggregate.parent_id is null else aggregate.unit_id = $4 end
where
  release.employer_id = $1
  and release.wave_id = $2
order by aggregate.unit_id
"""


async def select_start(
    rows: Rows, employer_id: UUID, wave_id: UUID, block: str, unit_id: UUID | None
) -> StoredStart | None:
    """A block and a unit (None: the top) of a release; None where the wave has none."""
    return await rows.one(StoredStart, _SELECT_START, employer_id, wave_id, block, unit_id)


_SELECT_NEWEST = """-- select_newest_readings
select
  wanted.place,
  newest.wave_id,
  newest.cell
from unnest($2::uuid[], $3::text[], $4::text[]) with ordinality as wanted (unit_id, block, fingerprint, place)
cross join lateral (
  select
    aggregate.wave_id,
    aggregate.content -> 'blocks' -> wanted.block as cell
  from release.block as block
  join release.release as release on
    release.employer_id = block.employer_id
    and release.wave_id = block.wave_id
  join release.aggregate as aggregate on
    aggregate.employer_id = release.employer_id
    and aggregate.wave_id = release.wave_id
    and aggregate.unit_id = wanted.unit_id
    and aggregate.whole
  where
    block.employer_id = $1
    and block.block = wanted.block
    and block.fingerprint = wanted.fingerprint
  order by release.position desc
  limit 1
) as newest
order by wanted.place
"""


async def select_newest(
    rows: Rows, employer_id: UUID, unit_ids: Sequence[UUID], blocks: Sequence[str], fingerprints: Sequence[str]
) -> list[StoredReading]:
    """Of each unit, block and fingerprint the newest release that asked everybody of it; places count from 1."""
    return await rows.many(StoredReading, _SELECT_NEWEST, employer_id, list(unit_ids), list(blocks), list(fingerprints))
