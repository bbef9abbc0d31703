"""SQL of releases: rows are only ever added."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from peil.database import Rows
from peil.releases.model import BlockRelease, Manifest, Place, UnitAtoms, UnitRelease, WrittenPart


class Last(msgspec.Struct, frozen=True, kw_only=True):
    """The end of the employer's chain."""

    position: int
    manifest_hash: bytes


_SELECT_LAST = """-- select_last_release
select
  position,
  manifest_hash
from release.release
where employer_id = $1
order by position desc
limit 1
"""


async def select_last_release(rows: Rows, employer_id: UUID) -> Last | None:
    return await rows.one(Last, _SELECT_LAST, employer_id)


_LOCK_CHAIN = """-- lock_chain
select pg_advisory_xact_lock(hashtextextended('release' || $1::text, 0))
"""


async def lock_chain(rows: Rows, employer_id: UUID) -> None:
    """Lets one release of the employer join the chain at a time."""
    await rows.value(_LOCK_CHAIN, str(employer_id))


_INSERT_RELEASE = """-- insert_release
insert into release.release (
  employer_id, wave_id, position, manifest, manifest_hash, previous_hash, released_at
)
values ($1, $2, $3, $4, $5, $6, $7)
"""


async def insert_release(rows: Rows, employer_id: UUID, position: int, manifest: Manifest, at: datetime) -> None:
    previous = None if manifest.previous is None else bytes.fromhex(manifest.previous)
    await rows.execute(
        _INSERT_RELEASE,
        employer_id,
        manifest.wave_id,
        position,
        manifest,
        bytes.fromhex(manifest.hash),
        previous,
        at,
    )


# What the server takes in one go: a statement holds all its rows at a time, and room for them costs more than they do.
_PIECE_ROWS, _PIECE_BYTES = 500, 1 << 20

_INSERT_AGGREGATES = """-- insert_aggregates
insert into release.aggregate (employer_id, wave_id, unit_id, parent_id, name, position, whole, content)
select
  $1,
  $2,
  unit.unit_id,
  unit.parent_id,
  unit.name,
  unit.position,
  unit.whole,
  unit.content
from unnest($3::uuid[], $4::uuid[], $5::text[], $6::integer[], $7::boolean[], $8::jsonb[])
  as unit (unit_id, parent_id, name, position, whole, content)
"""


async def insert_aggregates(
    rows: Rows, employer_id: UUID, wave_id: UUID, places: Sequence[Place], contents: Sequence[UnitRelease]
) -> None:
    """`contents[i]` is what is said about the unit at `places[i]`."""
    for start in range(0, len(places), _PIECE_ROWS):
        some = places[start : start + _PIECE_ROWS]
        await rows.execute(
            _INSERT_AGGREGATES,
            employer_id,
            wave_id,
            [place.unit_id for place in some],
            [place.parent_id for place in some],
            [place.name for place in some],
            [place.position for place in some],
            [place.whole for place in some],
            contents[start : start + _PIECE_ROWS],
        )


_INSERT_ATOMS = """-- insert_atoms
insert into release.unit_atoms (employer_id, wave_id, unit_id, content)
select
  $1,
  $2,
  unit.unit_id,
  unit.content
from unnest($3::uuid[], $4::jsonb[]) as unit (unit_id, content)
"""


async def insert_atoms(rows: Rows, employer_id: UUID, wave_id: UUID, atoms: Mapping[UUID, UnitAtoms]) -> None:
    """The atoms of every kind of figure, by unit."""
    unit_ids = list(atoms)
    for start in range(0, len(unit_ids), _PIECE_ROWS):
        some = unit_ids[start : start + _PIECE_ROWS]
        await rows.execute(_INSERT_ATOMS, employer_id, wave_id, some, [atoms[unit_id] for unit_id in some])


_INSERT_BLOCKS = """-- insert_blocks
insert into release.block (employer_id, wave_id, block, fingerprint, spread)
select
  $1,
  $2,
  block.block,
  block.fingerprint,
  block.spread
from unnest($3::text[], $4::text[], $5::jsonb[]) as block (block, fingerprint, spread)
"""


async def insert_blocks(
    rows: Rows, employer_id: UUID, wave_id: UUID, blocks: Sequence[BlockRelease], fingerprints: Sequence[str]
) -> None:
    """`fingerprints[i]` is that of the items of `blocks[i]`."""
    await rows.execute(
        _INSERT_BLOCKS,
        employer_id,
        wave_id,
        [block.key for block in blocks],
        fingerprints,
        [block.spread for block in blocks],
    )


_INSERT_WRITTEN = """-- insert_written
insert into release.written (employer_id, wave_id, part, piece, bytes)
values ($1, $2, $3, $4, $5)
"""


async def insert_written(rows: Rows, employer_id: UUID, wave_id: UUID, parts: Sequence[WrittenPart]) -> None:
    """The parts of a release as they were hashed, in pieces."""
    for part, written in parts:
        starts = range(0, len(written), _PIECE_BYTES)
        pieces = [(place, written[start : start + _PIECE_BYTES]) for place, start in enumerate(starts, 1)]
        await rows.execute_each(_INSERT_WRITTEN, [(employer_id, wave_id, part, *piece) for piece in pieces])
