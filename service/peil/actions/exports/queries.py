"""SQL of what the things are called that a plan of action refers to."""

from collections.abc import Collection
from uuid import UUID

import msgspec

from peil.database import Rows


class _Named(msgspec.Struct, frozen=True):
    thing_id: UUID
    name: str


_SELECT_NAMES = """-- select_names_of_things
select unit_id as thing_id, name
from peil.unit
where
  employer_id = $1
  and unit_id = any($2::uuid[])
union all
select campaign_id, name
from peil.campaign
where
  employer_id = $1
  and campaign_id = any($2)
union all
select wave_id, name
from peil.wave
where
  employer_id = $1
  and wave_id = any($2)
order by thing_id
"""


async def select_names(rows: Rows, employer_id: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    """What units, campaigns and waves are called, also those that are over, by their ids."""
    found = await rows.many(_Named, _SELECT_NAMES, employer_id, list(ids))
    return {thing.thing_id: thing.name for thing in found}
