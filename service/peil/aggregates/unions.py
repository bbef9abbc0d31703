"""Groups of units that no tree has: told where they are made of whole atoms, as the sum of what is published.

A figure of a unit is the sum over the atoms at and beneath it. So the people of some units, each with everything
beneath it, are a union of whole atoms wherever each of them is published, whoever they may be. A unit that is not
published has people (or could have) in an atom that reaches up to the published unit above, and so beyond the group:
then the group cuts an atom, and is refused. Which units are published may be known, and the decision uses nothing else.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar
from uuid import UUID

from peil.aggregates.model import StoredAggregate
from peil.errors import Finding
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
from peil.releases.model import Atom, BlockScoring, PooledSd, UnitRelease
from peil.releases.protection import grain
from peil.releases.statistics import hundredths, response_warnings

_Published = PublishedCell | PublishedBands | PublishedDistribution | PublishedSensitive | PublishedResponse
P = TypeVar("P", PublishedCell, PublishedBands, PublishedDistribution, PublishedSensitive)


class Union(NamedTuple):
    """Units of which none is beneath another, what they are made of, and the lowest unit above them all.

    `atoms` by block: those at and beneath the units. `spreads` by block; None: it may not be told.
    """

    units: Sequence[StoredAggregate]
    above: StoredAggregate
    atoms: Mapping[str, Sequence[Atom]]
    spreads: Mapping[str, PooledSd | None]


class _Base(NamedTuple):
    """Of whom a figure is."""

    n: int
    invited: int | None
    coverage: Coverage
    warnings: tuple[ResponseWarning, ...]


def broken_by(unit_ids: Sequence[UUID], units: Sequence[StoredAggregate]) -> Iterator[Finding]:
    """A finding `not-a-union-of-atoms` for each of `unit_ids` that cuts an atom; `units`: as in `Union`."""
    cutting = {unit.unit_id: unit for unit in units if not isinstance(unit.content.response, PublishedResponse)}
    for place, unit_id in enumerate(unit_ids):
        if unit_id in cutting:
            yield Finding(f"/unitIds/{place}", "not-a-union-of-atoms", {"unit": cutting[unit_id].name})


def add_up(union: Union, scorings: Sequence[BlockScoring]) -> UnitRelease:
    """What a release would say of a unit of exactly these people; protected where they cut an atom of its class.

    Every one of the units has a published response.
    """
    told = [unit.content for unit in union.units]
    above = union.above.content
    return UnitRelease(
        unit_id=above.unit_id,
        name=above.name,
        response=_response([one.response for one in told if isinstance(one.response, PublishedResponse)]),
        blocks={block.key: _block(union, block, [one.blocks[block.key] for one in told]) for block in scorings},
        bands={key: _bands(union, [one.bands[key] for one in told], cell) for key, cell in above.bands.items()},
        distributions={
            key: _distribution(union, [one.distributions[key] for one in told], cell)
            for key, cell in above.distributions.items()
        },
        sensitive={
            key: _sensitive(union, [one.sensitive[key] for one in told], cell) for key, cell in above.sensitive.items()
        },
    )


def _response(cells: Sequence[PublishedResponse]) -> PublishedResponse:
    base = _base(cells, sum(cell.respondents for cell in cells))
    return PublishedResponse(
        respondents=base.n,
        invited=base.invited,
        rate=None if base.invited is None else hundredths(100 * base.n, base.invited),
        coverage=base.coverage,
        warnings=base.warnings,
    )


def _block(union: Union, block: BlockScoring, cells: Sequence[Cell]) -> Cell:
    """From the protected sums of the atoms, as a release tells it."""
    published = _all_published(cells, PublishedCell)
    if published is None:
        return _protected(union, union.above.content.blocks[block.key])
    atoms = union.atoms[block.key]
    steps = (sum(atom.steps[item.key] for atom in atoms) for item in block.items)
    sums = sum(atom.n for atom in atoms), *steps
    base = _base(published, sums[0])
    figures = block_figures(block, grain(block), sums, union.spreads.get(block.key), base.invited)
    return PublishedCell(**figures, coverage=base.coverage)


def _bands(union: Union, cells: Sequence[BandsCell], above: BandsCell) -> BandsCell:
    published = _all_published(cells, PublishedBands)
    if published is None:
        return _protected(union, above)
    return PublishedBands(
        **_base(published, sum(cell.n for cell in published))._asdict(),
        unfavourable=sum(cell.unfavourable for cell in published),
        neutral=sum(cell.neutral for cell in published),
        favourable=sum(cell.favourable for cell in published),
    )


def _distribution(union: Union, cells: Sequence[DistributionCell], above: DistributionCell) -> DistributionCell:
    published = _all_published(cells, PublishedDistribution)
    if published is None:
        return _protected(union, above)
    return PublishedDistribution(
        **_base(published, sum(cell.n for cell in published))._asdict(),
        counts=tuple(map(sum, zip(*(cell.counts for cell in published), strict=True))),
    )


def _sensitive(union: Union, cells: Sequence[SensitiveCell], above: SensitiveCell) -> SensitiveCell:
    """Of what is told between two bounds the bounds are added."""
    published = _all_published(cells, PublishedSensitive)
    if published is None:
        return _protected(union, above)
    parts = zip(*(cell.counts for cell in published), strict=True)
    return PublishedSensitive(
        **_base(published, sum(cell.n for cell in published))._asdict(),
        counts=tuple(
            CountRange(low=sum(count.low for count in part), high=sum(count.high for count in part)) for part in parts
        ),
    )


def _all_published(cells: Sequence[object], kind: type[P]) -> list[P] | None:
    """The cells, where each has a figure of its own unit; None: one has not, so the group cuts an atom."""
    published = [cell for cell in cells if isinstance(cell, kind)]
    return published if len(published) == len(cells) else None


def _protected(union: Union, above: Cell | BandsCell | DistributionCell | SensitiveCell) -> ProtectedCell:
    """Reported at the lowest unit above all that has a figure of its own."""
    return ProtectedCell(reported_at=getattr(above, "reported_at", union.above.unit_id))


def _base(cells: Sequence[_Published], n: int) -> _Base:
    """The denominator is the sum of theirs; where one has none, there is none."""
    known = [cell.invited for cell in cells if cell.invited is not None]
    invited = sum(known) if len(known) == len(cells) else None
    covers_all = all(cell.coverage == "all" for cell in cells)
    return _Base(n, invited, "all" if covers_all else "groups-beneath", response_warnings(n, invited))
