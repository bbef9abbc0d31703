"""SQL of what is checked: the chain, and everything that a release holds."""

from typing import Generic, Literal, TypeVar
from uuid import UUID

import msgspec

from peil.database import Rows
from peil.disclosure.model import ReportedKind
from peil.releases.model import Atom, RangeAtom, ResponseAtom, TableAtom

AnyAtom = TypeVar("AnyAtom", ResponseAtom, Atom, TableAtom, RangeAtom)


class AtomOf(msgspec.Struct, Generic[AnyAtom], frozen=True, kw_only=True):
    """An atom of a block or an item; * is everybody who answered."""

    block: str
    content: AnyAtom


class ResponseAtomOf(AtomOf[ResponseAtom], frozen=True, kw_only=True):
    """Of everybody who answered."""


class MeanAtomOf(AtomOf[Atom], frozen=True, kw_only=True):
    """Of the means of a block."""


class TableAtomOf(AtomOf[TableAtom], frozen=True, kw_only=True):
    """Of bands, or of distributions."""


class RangeAtomOf(AtomOf[RangeAtom], frozen=True, kw_only=True):
    """Of a sensitive item."""


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
    rows: Rows, employer_id: UUID, wave_id: UUID, figures: ReportedKind, kind: type[AtomOf[AnyAtom]]
) -> list[AtomOf[AnyAtom]]:
    """The atoms of one kind of figure, about whatever has it; `kind` is how they are written."""
    return await rows.many(kind, _SELECT_ATOMS, employer_id, wave_id, figures)


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
