"""SQL of trends: one unit in many releases, in one statement."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from peil.aggregates.model import StoredBlock
from peil.aggregates.trends.model import MOST_WAVES, StoredPoint
from peil.database import Rows

_SELECT_POINTS = """-- select_trend_points
with wanted as (
  select
    block,
    fingerprint
  from unnest($3::text[], $4::text[]) as wanted (block, fingerprint)
)
select
  told.wave_id,
  told.kind,
  told.opens_at,
  told.closes_at,
  told.zone,
  asked.block,
  aggregate.whole,
  aggregate.content -> 'blocks' -> asked.block as cell
from (
  select
    wave_id,
    kind,
    opens_at,
    closes_at,
    zone
  from peil.wave as wave
  where
    wave.employer_id = $1
    and wave.state = 'released'
    and wave.opens_at <= $5
    and ($6::uuid is null or wave.series_id = $6)
    and exists (
      select
      from release.block as asked
      join wanted using (block, fingerprint)
      where
        asked.employer_id = wave.employer_id
        and asked.wave_id = wave.wave_id
    )
  order by
    opens_at desc,
    wave_id desc
  limit $7
) as told
join release.block as asked on
  asked.employer_id = $1
  and asked.wave_id = told.wave_id
join wanted using (block, fingerprint)
left join release.aggregate as aggregate on
  aggregate.employer_id = $1
  and aggregate.wave_id = told.wave_id
  and aggregate.unit_id = $2
order by
  told.opens_at,
  told.wave_id,
  asked.block
"""


async def select_points(
    rows: Rows,
    employer_id: UUID,
    unit_id: UUID,
    blocks: Sequence[StoredBlock],
    until: datetime,
    series_id: UUID | None,
) -> list[StoredPoint]:
    """A unit in the newest released waves that opened `until` then and asked one of these blocks the same way.

    `series_id` None: of whatever series, or of none. In the order in which they opened.
    """
    keys, fingerprints = [one.block for one in blocks], [one.fingerprint for one in blocks]
    return await rows.many(
        StoredPoint, _SELECT_POINTS, employer_id, unit_id, keys, fingerprints, until, series_id, MOST_WAVES
    )
