"""SQL of the read side: releases only."""

from datetime import datetime
from uuid import UUID

import msgspec

from peil.aggregates.model import Release, StoredAggregate, StoredBlock, StoredScores
from peil.aggregates.table_model import ClassCount
from peil.database import Rows
from peil.instruments.model import InstrumentContent
from peil.releases.model import UnitAtoms


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a unit stood in the tree of a released wave; `whole`: everybody of it and beneath was asked."""

    unit_id: UUID
    parent_id: UUID | None
    position: int
    whole: bool


_SELECT_TREE = """-- select_tree
select
  unit_id,
  parent_id,
  position,
  whole
from release.aggregate
where
  employer_id = $1
  and wave_id = $2
order by position
"""


async def select_tree(rows: Rows, employer_id: UUID, wave_id: UUID) -> list[Place]:
    return await rows.many(Place, _SELECT_TREE, employer_id, wave_id)


_SELECT_CONTENT = """-- select_instrument_of_wave
select instrument.content
from peil.wave as wave
join peil.instrument as instrument on
  instrument.employer_id = wave.employer_id
  and instrument.instrument_id = wave.instrument_id
where
  wave.employer_id = $1
  and wave.wave_id = $2
"""


class _Content(msgspec.Struct, frozen=True):
    content: InstrumentContent


async def select_questionnaire(rows: Rows, employer_id: UUID, wave_id: UUID) -> InstrumentContent | None:
    found = await rows.one(_Content, _SELECT_CONTENT, employer_id, wave_id)
    return None if found is None else found.content


_SELECT_AGGREGATES = """-- select_aggregates
select
  unit_id,
  parent_id,
  name,
  whole,
  content
from release.aggregate
where
  employer_id = $1
  and wave_id = $2
  and unit_id = any($3::uuid[])
order by position
"""


async def select_aggregates(
    rows: Rows, employer_id: UUID, wave_id: UUID, unit_ids: list[UUID]
) -> list[StoredAggregate]:
    """What the release says about these units, in the order of the tree."""
    return await rows.many(StoredAggregate, _SELECT_AGGREGATES, employer_id, wave_id, unit_ids)


_SELECT_SCORES = """-- select_scores
select
  unit_id,
  parent_id,
  name,
  whole,
  content - '{bands,distributions,sensitive}'::text[] as content
from release.aggregate
where
  employer_id = $1
  and wave_id = $2
  and ($3::uuid[] is null or unit_id = any($3))
order by position
"""


async def select_scores(
    rows: Rows, employer_id: UUID, wave_id: UUID, unit_ids: list[UUID] | None = None
) -> list[StoredScores]:
    """What the release says of participation and blocks in these units (None: all), by the tree; nothing of items."""
    return await rows.many(StoredScores, _SELECT_SCORES, employer_id, wave_id, unit_ids)


_COUNT_CLASSES = """-- count_classes
select
  kind.figures,
  count(*) filter (where told.published) as published,
  count(*) filter (where not told.published and told.partial) as partial,
  count(*) filter (where not told.published and not told.partial) as protected
from release.aggregate as unit
cross join lateral (
  values
    (1, 'response', jsonb_build_object('*', unit.content -> 'response')),
    (2, 'mean', unit.content -> 'blocks'),
    (3, 'bands', unit.content -> 'bands'),
    (4, 'distribution', unit.content -> 'distributions'),
    (5, 'sensitive', unit.content -> 'sensitive')
) as kind (place, figures, cells)
cross join lateral (
  select
    bool_or(cell.value ->> 'status' = 'published') as published,
    bool_or(cell.value ->> 'status' = 'partial') as partial
  from jsonb_each(kind.cells) as cell
) as told
where
  unit.employer_id = $1
  and unit.wave_id = $2
  and told.published is not null
group by kind.place, kind.figures
order by kind.place
"""


async def count_classes(rows: Rows, employer_id: UUID, wave_id: UUID) -> list[ClassCount]:
    """How many units of a release have figures of each kind that it tells anything of, of any block or item."""
    return await rows.many(ClassCount, _COUNT_CLASSES, employer_id, wave_id)


_SELECT_RELEASE = """-- select_release
select
  wave_id,
  position,
  released_at,
  manifest
from release.release
where
  employer_id = $1
  and wave_id = $2
"""


async def select_release(rows: Rows, employer_id: UUID, wave_id: UUID) -> Release | None:
    return await rows.one(Release, _SELECT_RELEASE, employer_id, wave_id)


_SELECT_RELEASES = """-- select_releases
select
  wave_id,
  position,
  released_at,
  manifest
from release.release
where
  employer_id = $1
  and position > $2
  and ($3::timestamptz is null or released_at > $3)
order by position
limit $4
"""


async def select_releases(
    rows: Rows, employer_id: UUID, after: int, since: datetime | None, limit: int
) -> list[Release]:
    """Those after a position; `since`: only what was released after this moment, None: whenever."""
    return await rows.many(Release, _SELECT_RELEASES, employer_id, after, since, limit)


_WAVE_STATE = """-- select_wave_state
select state
from peil.wave
where
  employer_id = $1
  and wave_id = $2
"""


async def select_wave_state(rows: Rows, employer_id: UUID, wave_id: UUID) -> str | None:
    return await rows.one(str, _WAVE_STATE, employer_id, wave_id)


_SELECT_BLOCKS = """-- select_blocks
select
  block,
  fingerprint,
  spread
from release.block
where
  employer_id = $1
  and wave_id = $2
order by block
"""


async def select_blocks(rows: Rows, employer_id: UUID, wave_id: UUID) -> list[StoredBlock]:
    return await rows.many(StoredBlock, _SELECT_BLOCKS, employer_id, wave_id)


class AtomsAt(msgspec.Struct, frozen=True, kw_only=True):
    """The atoms that stand at a unit."""

    unit_id: UUID
    content: UnitAtoms


_SELECT_ATOMS = """-- select_atoms
select
  unit_id,
  content
from release.unit_atoms
where
  employer_id = $1
  and wave_id = $2
  and unit_id = any($3::uuid[])
order by unit_id
"""


async def select_atoms(rows: Rows, employer_id: UUID, wave_id: UUID, unit_ids: list[UUID]) -> list[AtomsAt]:
    """The atoms of every kind of figure that stand at these units."""
    return await rows.many(AtomsAt, _SELECT_ATOMS, employer_id, wave_id, unit_ids)


_SELECT_ANSWERED = """-- select_answered
select unit_id
from release.unit_atoms
where
  employer_id = $1
  and wave_id = $2
  and content ? 'response'
order by unit_id
"""


async def select_answered(rows: Rows, employer_id: UUID, wave_id: UUID) -> set[UUID]:
    """The units at which an atom of all respondents stands."""
    return set(await rows.many(UUID, _SELECT_ANSWERED, employer_id, wave_id))
