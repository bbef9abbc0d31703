"""SQL of charts: releases only."""

from uuid import UUID

from peil.aggregates.charts.model import ReadPoint
from peil.database import Rows

_SELECT_POINTS = """-- select_points
select
  wave.name as wave,
  wave.closes_at,
  wave.zone,
  aggregate.content,
  block.fingerprint
from peil.wave as last
join peil.wave as wave on
  wave.employer_id = last.employer_id
  and (wave.opens_at, wave.wave_id) <= (last.opens_at, last.wave_id)
left join release.aggregate as aggregate on
  aggregate.employer_id = wave.employer_id
  and aggregate.wave_id = wave.wave_id
  and aggregate.unit_id = $3
left join release.block as block on
  block.employer_id = wave.employer_id
  and block.wave_id = wave.wave_id
  and block.block = $4
where
  last.employer_id = $1
  and last.wave_id = $2
  and wave.state = 'released'
order by wave.opens_at desc, wave.wave_id desc
limit $5
"""


async def select_points(
    rows: Rows, employer_id: UUID, wave_id: UUID, unit_id: UUID, block: str, most: int
) -> list[ReadPoint]:
    """What the releases up to a wave say of a unit, the last `most` of them, in the order of time."""
    found = await rows.many(ReadPoint, _SELECT_POINTS, employer_id, wave_id, unit_id, block, most)
    return found[::-1]
