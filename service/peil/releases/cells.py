"""What is said about each unit: sums over whole atoms, or nothing but where its people are counted."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar, get_args
from uuid import UUID

from peil.releases.cells_model import (
    BandsCell,
    Cell,
    Coverage,
    DistributionCell,
    PartialBands,
    PartialCell,
    PartialDistribution,
    PartialResponse,
    PartialSensitive,
    ProtectedCell,
    PublishedBands,
    PublishedCell,
    PublishedDistribution,
    PublishedResponse,
    PublishedSensitive,
    ResponseCell,
    SensitiveCell,
)
from peil.releases.joint import bands_of
from peil.releases.model import BlockScoring, ItemScoring, PooledSd
from peil.releases.partition import Partition
from peil.releases.population import Population
from peil.releases.protection import Grain, grain
from peil.releases.ranges import ranges_of
from peil.releases.statistics import hundredths, interval, response_warnings
from peil.releases.tree import Tree

_AnyCell = TypeVar("_AnyCell")


class Figures(NamedTuple):
    """A unit with figures, and what every cell of it says: `invited`, and over whom the figures are."""

    place: int
    published: bool
    invited: int | None
    over: Mapping[str, Any]


Spot = Figures | ProtectedCell
# By published place: the people of its atom first, and then whatever is counted of them.
Sums = Mapping[int, Sequence[int]]


# Without a denominator it is the other one, so that units with equal `invited` are covered alike.
_COVERAGE: Mapping[Coverage, Mapping[str, Any]] = {coverage: {"coverage": coverage} for coverage in get_args(Coverage)}


def spots(population: Population, partition: Partition, places: Sequence[int]) -> list[Spot]:
    """Per place, in order; `places`: the published ones.

    Protected units under one published unit share one cell: they cannot differ.
    """
    tree = population.tree
    protected = {home: ProtectedCell(reported_at=_id(tree, home)) for home in {-1, *set(partition.homes)}}
    found: list[Spot] = []
    following = 0
    for place, home in enumerate(partition.homes):
        if home == place:
            following += 1
            coverage = _COVERAGE[population.coverage[place]]
            found.append(Figures(place, True, population.denominator(place), coverage))
        elif following < len(places) and places[following] < tree.ends[place]:
            over = _highest(tree, place, places, following)
            said = {"units": [tree.ids[unit] for unit in over], "reported_at": _id(tree, home)}
            found.append(Figures(place, False, _invited(population, over), said))
        else:
            found.append(protected[home])
    return found


def response_cells(tree: Tree, where: Sequence[Spot], respondents: Sums) -> list[ResponseCell]:
    """Participation per place."""

    def cell(spot: Figures, sums: Sequence[int]) -> ResponseCell:
        [n] = sums
        kind: Any = PublishedResponse if spot.published else PartialResponse
        rate = None if spot.invited is None else hundredths(100 * n, spot.invited)
        said: ResponseCell = kind(
            respondents=n,
            invited=spot.invited,
            rate=rate,
            warnings=response_warnings(n, spot.invited),
            **spot.over,
        )
        return said

    return _cells(tree, where, respondents, cell)


def block_cells(
    tree: Tree, where: Sequence[Spot], block: BlockScoring, steps: Sums, spread: PooledSd | None
) -> list[Cell]:
    """One block per place. `steps`: after the people the protected sum of steps of each item."""
    scale = grain(block)

    def cell(spot: Figures, sums: Sequence[int]) -> Cell:
        kind: Any = PublishedCell if spot.published else PartialCell
        said: Cell = kind(**block_figures(block, scale, sums, spread, spot.invited), **spot.over)
        return said

    return _cells(tree, where, steps, cell)


def block_figures(
    block: BlockScoring, scale: Grain, sums: Sequence[int], spread: PooledSd | None, invited: int | None
) -> dict[str, Any]:
    """What every cell of a block says of `invited` people, whoever they are; `sums`: as `steps` of `block_cells`."""
    n, *steps = sums
    points = sum(factor * total for factor, total in zip(scale.factors, steps, strict=True))
    mean = hundredths(100 * points, scale.full * n)
    return {
        "n": n,
        "invited": invited,
        "mean": mean,
        "items": {
            item.key: hundredths(100 * total, (item.points - 1) * n)
            for item, total in zip(block.items, steps, strict=True)
        },
        "now": None if spread is None or invited is None else interval(mean, spread, n, invited),
        "climate": None if spread is None else interval(mean, spread, n),
        "warnings": response_warnings(n, invited),
    }


def bands_cells(tree: Tree, where: Sequence[Spot], item: ItemScoring, tables: Sums) -> list[BandsCell]:
    """The bands of an item per place. `tables`: after the people how many are in each part."""

    def cell(spot: Figures, sums: Sequence[int]) -> BandsCell:
        unfavourable, neutral, favourable = bands_of(sums[1:], item)
        kind: Any = PublishedBands if spot.published else PartialBands
        said: BandsCell = kind(
            n=sums[0],
            invited=spot.invited,
            unfavourable=unfavourable,
            neutral=neutral,
            favourable=favourable,
            warnings=response_warnings(sums[0], spot.invited),
            **spot.over,
        )
        return said

    return _cells(tree, where, tables, cell)


def distribution_cells(tree: Tree, where: Sequence[Spot], tables: Sums) -> list[DistributionCell]:
    """The distribution of an item per place, likewise."""

    def cell(spot: Figures, sums: Sequence[int]) -> DistributionCell:
        kind: Any = PublishedDistribution if spot.published else PartialDistribution
        said: DistributionCell = kind(
            n=sums[0],
            invited=spot.invited,
            counts=tuple(sums[1:]),
            warnings=response_warnings(sums[0], spot.invited),
            **spot.over,
        )
        return said

    return _cells(tree, where, tables, cell)


def sensitive_cells(tree: Tree, where: Sequence[Spot], bounds: Sums) -> list[SensitiveCell]:
    """The counts of a sensitive item per place. `bounds`: after the people all lower bounds, then all upper ones."""

    def cell(spot: Figures, sums: Sequence[int]) -> SensitiveCell:
        kind: Any = PublishedSensitive if spot.published else PartialSensitive
        said: SensitiveCell = kind(
            n=sums[0],
            invited=spot.invited,
            counts=ranges_of(sums[1:]),
            warnings=response_warnings(sums[0], spot.invited),
            **spot.over,
        )
        return said

    return _cells(tree, where, bounds, cell)


def _cells(
    tree: Tree,
    where: Sequence[Spot],
    atoms: Sums,
    cell: Callable[[Figures, Sequence[int]], _AnyCell],
) -> list[_AnyCell | ProtectedCell]:
    """`cell` of the sums over all atoms of each unit that has figures; published units of equal figures share one."""
    said: list[Any] = list(where)
    figures = [spot for spot in where if isinstance(spot, Figures)]
    published: dict[tuple[int | None, ...], _AnyCell] = {}
    for spot, sums in zip(figures, tree.sums(atoms, [spot.place for spot in figures]), strict=True):
        if spot.published:
            figure = (spot.invited, *sums)
            if figure not in published:
                published[figure] = cell(spot, sums)
            said[spot.place] = published[figure]
        else:
            said[spot.place] = cell(spot, sums)
    return said


def _highest(tree: Tree, place: int, published: Sequence[int], following: int) -> list[int]:
    """The published units beneath a place with no published unit between; `following` is the number of the first."""
    found = []
    while following < len(published) and published[following] < tree.ends[place]:
        found.append(published[following])
        following = bisect_left(published, tree.ends[published[following]], following)
    return found


def _id(tree: Tree, place: int) -> UUID | None:
    return tree.ids[place] if place >= 0 else None


def _invited(population: Population, over: Sequence[int]) -> int | None:
    """The denominator of several units together; None if one of them has none."""
    each = [population.denominator(place) for place in over]
    known = [people for people in each if people is not None]
    return sum(known) if len(known) == len(each) else None
