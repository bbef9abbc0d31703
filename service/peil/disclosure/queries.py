"""SQL of what is checked: the chain, and everything that a release holds."""

from typing import Literal
from uuid import UUID

import msgspec

from peil.database import Rows
from peil.releases.model import UnitAtoms

_SELECT_ATOMS = """-- select_atoms_of_wave
select content
from release.unit_atoms
where
  employer_id = $1
  and wave_id = $2
order by unit_id
"""


class _Content(msgspec.Struct, frozen=True):
    content: UnitAtoms


async def select_atoms(rows: Rows, employer_id: UUID, wave_id: UUID) -> list[UnitAtoms]:
    """All atoms of a release, by the units at which they stand."""
    return [row.content for row in await rows.many(_Content, _SELECT_ATOMS, employer_id, wave_id)]


_SELECT_MANIFESTS = """-- select_manifests_up_to
select string_agg(written.bytes, ''::bytea order by written.piece) as written
from release.release as last
join release.release as link on
  link.employer_id = last.employer_id
  and link.position <= last.position
join release.written as written on
  written.employer_id = link.employer_id
  and written.wave_id = link.wave_id
  and written.part = 'manifest'
where
  last.employer_id = $1
  and last.wave_id = $2
group by link.position
order by link.position
"""


async def select_manifests(rows: Rows, employer_id: UUID, wave_id: UUID) -> list[bytes]:
    """The manifests as they were hashed, from the first release to that of a wave."""
    return await rows.many(bytes, _SELECT_MANIFESTS, employer_id, wave_id)


_SELECT_WRITTEN = """-- select_written
select bytes
from release.written
where
  employer_id = $1
  and wave_id = $2
  and part = $3
order by piece
"""


async def select_written(rows: Rows, employer_id: UUID, wave_id: UUID, part: Literal["content", "tree"]) -> bytes:
    """A part of a release as it was hashed."""
    return b"".join(await rows.many(bytes, _SELECT_WRITTEN, employer_id, wave_id, part))
