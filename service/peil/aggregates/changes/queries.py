"""SQL of changes: which earlier wave there is to compare with."""

from uuid import UUID

import msgspec

from peil.aggregates.changes.model import WaveStanding
from peil.database import Rows

_SELECT_STANDING = """-- select_standing
select
  opens_at,
  state
from peil.wave
where
  employer_id = $1
  and wave_id = $2
"""


async def select_standing(rows: Rows, employer_id: UUID, wave_id: UUID) -> WaveStanding | None:
    return await rows.one(WaveStanding, _SELECT_STANDING, employer_id, wave_id)


# That the earlier wave asked all whom `wave` asked: only then can every figure of `wave` be compared with it.
_ASKED_ALL = """(
    (earlier.unit_ids is null or earlier.unit_ids @> wave.unit_ids)
    and (earlier.employment_types is null or earlier.employment_types @> wave.employment_types)
  ) is true"""

_SELECT_BASELINE = f"""-- select_baseline
select earlier.wave_id
from peil.wave as wave
join peil.wave as earlier on
  earlier.employer_id = wave.employer_id
  and earlier.opens_at < wave.opens_at
where
  wave.employer_id = $1
  and wave.wave_id = $2
  and earlier.kind = 'baseline'
  and earlier.state = 'released'
order by
  {_ASKED_ALL} desc,
  (earlier.campaign_id = wave.campaign_id) is true desc,
  earlier.opens_at desc,
  earlier.wave_id desc
limit 1
"""  # noqa: S608 - our own text


async def select_baseline(rows: Rows, employer_id: UUID, wave_id: UUID) -> UUID | None:
    """The newest released baseline before this wave that asked all whom it asked.

    Of its campaign, or else of any. Where none did, the newest of those that asked others.
    """
    return await rows.one(UUID, _SELECT_BASELINE, employer_id, wave_id)


_SELECT_PREVIOUS = f"""-- select_previous
select earlier.wave_id
from peil.wave as wave
join peil.wave as earlier on
  earlier.employer_id = wave.employer_id
  and earlier.opens_at < wave.opens_at
where
  wave.employer_id = $1
  and wave.wave_id = $2
  and earlier.state = 'released'
  and exists (
    select
    from release.block as before
    join release.block as after using (employer_id, block, fingerprint)
    where
      before.employer_id = earlier.employer_id
      and before.wave_id = earlier.wave_id
      and after.wave_id = wave.wave_id
  )
order by
  {_ASKED_ALL} desc,
  (earlier.series_id = wave.series_id) is true desc,
  earlier.opens_at desc,
  earlier.wave_id desc
limit 1
"""  # noqa: S608 - our own text


async def select_previous(rows: Rows, employer_id: UUID, wave_id: UUID) -> UUID | None:
    """The newest released wave before this one that asked all whom it asked, and a block in the same way.

    Of its series, or else of any. Where none did, the newest of those that asked others.
    """
    return await rows.one(UUID, _SELECT_PREVIOUS, employer_id, wave_id)


_SELECT_HASHES = """-- select_manifest_hashes
select
  wave_id,
  manifest_hash
from release.release
where
  employer_id = $1
  and wave_id = any($2::uuid[])
order by wave_id
"""


class _Hash(msgspec.Struct, frozen=True):
    wave_id: UUID
    manifest_hash: bytes


async def select_hashes(rows: Rows, employer_id: UUID, wave_ids: list[UUID]) -> dict[UUID, bytes]:
    """The hash of each release's manifest, by wave."""
    found = await rows.many(_Hash, _SELECT_HASHES, employer_id, wave_ids)
    return {one.wave_id: one.manifest_hash for one in found}
