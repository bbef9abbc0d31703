"""The figures of a group of units: sums over the whole atoms it is made of, told as a release tells them of a unit."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypedDict

from peil.aggregates.model import StoredAggregate
from peil.releases.cells import block_figures
from peil.releases.cells_model import (
    BandsCell,
    Cell,
    CountRange,
    Coverage,
    DistributionCell,
    ProtectedCell,
    PublishedBands,
    PublishedCell,
    PublishedDistribution,
    PublishedResponse,
    PublishedSensitive,
    ResponseWarning,
    SensitiveCell,
)
from peil.releases.model import Atom, BlockScoring, PooledSd, RangeAtom, ResponseAtom, TableAtom, UnitRelease
from peil.releases.protection import grain
from peil.releases.statistics import hundredths, response_warnings


class Atoms(NamedTuple):
    """The atoms of each kind of figure, by block or item; none where the group cuts one, or nobody answered."""

    response: Sequence[ResponseAtom]
    means: Mapping[str, Sequence[Atom]]
    bands: Mapping[str, Sequence[TableAtom]]
    distributions: Mapping[str, Sequence[TableAtom]]
    sensitive: Mapping[str, Sequence[RangeAtom]]


class Union(NamedTuple):
    """What a group is made of, and the lowest unit above all of it.

    `invited` None: the number is not told. `spreads` by block; None: it may not be told.
    """

    atoms: Atoms
    invited: int | None
    coverage: Coverage
    above: StoredAggregate
    spreads: Mapping[str, PooledSd | None]


class _Whose(TypedDict):
    """Of whom a figure is."""

    n: int
    invited: int | None
    coverage: Coverage
    warnings: tuple[ResponseWarning, ...]


def add_up(union: Union, scorings: Sequence[BlockScoring]) -> UnitRelease:
    """What a release would say of a unit of exactly these people; protected where they are no atoms of its kind."""
    above, atoms = union.above.content, union.atoms
    blocks = {item.key: block.key for block in scorings for item in block.items}
    return UnitRelease(
        unit_id=above.unit_id,
        name=above.name,
        response=_response(union),
        blocks={block.key: _block(union, block, above.blocks[block.key]) for block in scorings},
        bands={key: _bands(union, atoms.bands.get(blocks[key], ()), key, cell) for key, cell in above.bands.items()},
        distributions={
            key: _distribution(union, atoms.distributions.get(blocks.get(key, key), ()), key, cell)
            for key, cell in above.distributions.items()
        },
        sensitive={key: _sensitive(union, atoms.sensitive.get(key, ()), cell) for key, cell in above.sensitive.items()},
    )


def _response(union: Union) -> PublishedResponse:
    respondents = sum(atom.respondents for atom in union.atoms.response)
    return PublishedResponse(
        respondents=respondents,
        invited=union.invited,
        rate=None if union.invited is None else hundredths(100 * respondents, union.invited),
        coverage=union.coverage,
        warnings=response_warnings(respondents, union.invited),
    )


def _block(union: Union, block: BlockScoring, above: Cell) -> Cell:
    """From the protected sums of the atoms, as a release tells it."""
    atoms = union.atoms.means.get(block.key)
    if not atoms:
        return _protected(union, above)
    steps = (sum(atom.steps[item.key] for atom in atoms) for item in block.items)
    sums = sum(atom.n for atom in atoms), *steps
    figures = block_figures(block, grain(block), sums, union.spreads.get(block.key), union.invited)
    return PublishedCell(**figures, coverage=union.coverage)


def _bands(union: Union, atoms: Sequence[TableAtom], item: str, above: BandsCell) -> BandsCell:
    if not atoms:
        return _protected(union, above)
    unfavourable, neutral, favourable = _counts(atoms, item)
    return PublishedBands(**_whose(union, atoms), unfavourable=unfavourable, neutral=neutral, favourable=favourable)


def _distribution(union: Union, atoms: Sequence[TableAtom], item: str, above: DistributionCell) -> DistributionCell:
    if not atoms:
        return _protected(union, above)
    return PublishedDistribution(**_whose(union, atoms), counts=_counts(atoms, item))


def _sensitive(union: Union, atoms: Sequence[RangeAtom], above: SensitiveCell) -> SensitiveCell:
    """Of what is told between two bounds the bounds are added."""
    if not atoms:
        return _protected(union, above)
    parts = zip(*(atom.counts for atom in atoms), strict=True)
    return PublishedSensitive(
        **_whose(union, atoms),
        counts=tuple(
            CountRange(low=sum(count.low for count in part), high=sum(count.high for count in part)) for part in parts
        ),
    )


def _counts(atoms: Sequence[TableAtom], item: str) -> tuple[int, ...]:
    return tuple(map(sum, zip(*(atom.counts[item] for atom in atoms), strict=True)))


def _protected(union: Union, above: Cell | BandsCell | DistributionCell | SensitiveCell) -> ProtectedCell:
    """Reported at the lowest unit above all that has a figure of its own."""
    return ProtectedCell(reported_at=getattr(above, "reported_at", union.above.unit_id))


def _whose(union: Union, atoms: Sequence[TableAtom] | Sequence[RangeAtom]) -> _Whose:
    n = sum(atom.n for atom in atoms)
    return _Whose(n=n, invited=union.invited, coverage=union.coverage, warnings=response_warnings(n, union.invited))
