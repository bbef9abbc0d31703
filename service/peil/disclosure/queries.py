"""SQL of what is checked: the chain, and everything that a release holds."""

from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

import msgspec

from peil.database import Rows
from peil.disclosure.model import Figures
from peil.releases.model import Atom, Manifest, PooledSd, RangeAtom, ResponseAtom, TableAtom, UnitRelease

AnyAtom = TypeVar("AnyAtom", ResponseAtom, Atom, TableAtom, RangeAtom)


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A release in the employer's chain."""

    position: int
    released_at: datetime
    manifest: Manifest


class StoredUnit(msgspec.Struct, frozen=True, kw_only=True):
    """What a release says about a unit."""

    content: UnitRelease


class StoredSpread(msgspec.Struct, frozen=True, kw_only=True):
    """What a release says of a block in the whole wave."""

    block: str
    spread: PooledSd | None


class StoredAtom(msgspec.Struct, Generic[AnyAtom], frozen=True, kw_only=True):
    """An atom of a block or an item; * is everybody who answered."""

    block: str
    content: AnyAtom


class ResponseAtomOf(StoredAtom[ResponseAtom], frozen=True, kw_only=True):
    """Of everybody who answered."""


class MeanAtomOf(StoredAtom[Atom], frozen=True, kw_only=True):
    """Of the means of a block."""


class TableAtomOf(StoredAtom[TableAtom], frozen=True, kw_only=True):
    """Of bands, or of distributions."""


class RangeAtomOf(StoredAtom[RangeAtom], frozen=True, kw_only=True):
    """Of a sensitive item."""


_SELECT_CHAIN = """-- select_chain_up_to
select
  link.position,
  link.released_at,
  link.manifest
from release.release as last
join release.release as link on
  link.employer_id = last.employer_id
  and link.position <= last.position
where
  last.employer_id = $1
  and last.wave_id = $2
order by link.position
"""


async def select_chain(rows: Rows, employer_id: UUID, wave_id: UUID) -> list[Link]:
    """From the first release to that of a wave; empty where it has none."""
    return await rows.many(Link, _SELECT_CHAIN, employer_id, wave_id)


_SELECT_UNITS = """-- select_units_of_release
select content
from release.aggregate
where
  employer_id = $1
  and wave_id = $2
  and position >= $3
order by position
limit $4
"""


async def select_units(rows: Rows, employer_id: UUID, wave_id: UUID, first: int, limit: int) -> list[StoredUnit]:
    """Some units in the order of the tree, from a place in it."""
    return await rows.many(StoredUnit, _SELECT_UNITS, employer_id, wave_id, first, limit)


_SELECT_ATOMS = """-- select_atoms_of_figures
select
  block,
  content
from release.atom
where
  employer_id = $1
  and wave_id = $2
  and figures = $3
order by
  block,
  unit_id
"""


async def select_atoms(
    rows: Rows, employer_id: UUID, wave_id: UUID, figures: Figures, kind: type[StoredAtom[AnyAtom]]
) -> list[StoredAtom[AnyAtom]]:
    """The atoms of one kind of figure, about whatever has it; `kind` is how they are written."""
    return await rows.many(kind, _SELECT_ATOMS, employer_id, wave_id, figures)


_SELECT_SPREADS = """-- select_spreads
select
  block,
  spread
from release.block
where
  employer_id = $1
  and wave_id = $2
order by block
"""


async def select_spreads(rows: Rows, employer_id: UUID, wave_id: UUID) -> list[StoredSpread]:
    return await rows.many(StoredSpread, _SELECT_SPREADS, employer_id, wave_id)
