"""What is said about each unit: sums over whole atoms, or nothing but where its people are counted."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from peil.releases.model import (
    BlockScoring,
    Cell,
    PartialCell,
    PartialResponse,
    PooledSd,
    ProtectedCell,
    PublishedCell,
    PublishedResponse,
    ResponseCell,
)
from peil.releases.partition import Partition
from peil.releases.population import Population
from peil.releases.protection import Grain, grain
from peil.releases.statistics import hundredths, interval, response_warnings
from peil.releases.tree import Tree


class _Place(NamedTuple):
    """A unit with figures: the published units they are sums over; `above`: where else to look, if partial."""

    place: int
    published: bool
    over: Sequence[int]
    above: UUID | None


def response_cells(population: Population, partition: Partition, respondents: Mapping[int, int]) -> list[ResponseCell]:
    """Participation per place, from the respondents per atom."""
    sums = population.tree.totals([respondents.get(place, 0) for place in range(len(population.tree))])
    cells: list[ResponseCell] = []
    for spot in _places(population.tree, partition):
        if isinstance(spot, ProtectedCell):
            cells.append(spot)
            continue
        n, invited = sums[spot.place], _invited(population, spot.over)
        rate = None if invited is None else hundredths(100 * n, invited)
        warnings = response_warnings(n, invited)
        if spot.published:
            coverage = population.coverage[spot.place]
            cells.append(
                PublishedResponse(respondents=n, invited=invited, rate=rate, coverage=coverage, warnings=warnings)
            )
        else:
            units = [population.tree.ids[place] for place in spot.over]
            cells.append(
                PartialResponse(
                    units=units,
                    respondents=n,
                    invited=invited,
                    rate=rate,
                    warnings=warnings,
                    reported_at=spot.above,
                )
            )
    return cells


def block_cells(
    population: Population,
    partition: Partition,
    block: BlockScoring,
    atoms: Mapping[int, tuple[int, Sequence[int]]],
    spread: PooledSd | None,
) -> list[Cell]:
    """One block per place. `atoms`: people and protected sums of steps per item, by published place."""
    tree, scale = population.tree, grain(block)
    n = tree.totals([atoms[place][0] if place in atoms else 0 for place in range(len(tree))])
    steps = [
        tree.totals([atoms[place][1][item] if place in atoms else 0 for place in range(len(tree))])
        for item in range(len(block.items))
    ]
    cells: list[Cell] = []
    for spot in _places(tree, partition):
        if isinstance(spot, ProtectedCell):
            cells.append(spot)
        else:
            sums = [of_item[spot.place] for of_item in steps]
            cells.append(_block_cell(population, spot, block, scale, n[spot.place], sums, spread))
    return cells


def _block_cell(
    population: Population,
    spot: _Place,
    block: BlockScoring,
    scale: Grain,
    n: int,
    sums: Sequence[int],
    spread: PooledSd | None,
) -> Cell:
    points = sum(factor * total for factor, total in zip(scale.factors, sums, strict=True))
    mean = hundredths(100 * points, scale.full * n)
    items = {
        item.key: hundredths(100 * total, (item.points - 1) * n) for item, total in zip(block.items, sums, strict=True)
    }
    invited = _invited(population, spot.over)
    now = None if spread is None or invited is None else interval(mean, spread, n, invited)
    climate = None if spread is None else interval(mean, spread, n)
    warnings = response_warnings(n, invited)
    if spot.published:
        return PublishedCell(
            n=n,
            invited=invited,
            coverage=population.coverage[spot.place],
            mean=mean,
            items=items,
            now=now,
            climate=climate,
            warnings=warnings,
        )
    return PartialCell(
        units=[population.tree.ids[place] for place in spot.over],
        n=n,
        invited=invited,
        mean=mean,
        items=items,
        now=now,
        climate=climate,
        warnings=warnings,
        reported_at=spot.above,
    )


def _places(tree: Tree, partition: Partition) -> Iterator[_Place | ProtectedCell]:
    """Per place, in order. Protected units under one published unit share one cell: they cannot differ."""
    highest = _highest_published(tree, partition)
    protected = {home: ProtectedCell(reported_at=_id(tree, home)) for home in {-1, *set(partition.homes)}}
    for place, home in enumerate(partition.homes):
        if partition.published[place]:
            yield _Place(place, True, (place,), None)
        elif highest[place]:
            yield _Place(place, False, highest[place], _id(tree, home))
        else:
            yield protected[home]


def _highest_published(tree: Tree, partition: Partition) -> list[list[int]]:
    """Per place, the published units at or beneath it that have no published unit between; in order."""
    highest: list[list[int]] = [[] for _ in partition.homes]
    for place in range(len(tree) - 1, -1, -1):
        if partition.published[place]:
            highest[place] = [place]
        highest[place].sort()
        if place:
            highest[tree.parents[place]] += highest[place]
    return highest


def _id(tree: Tree, place: int) -> UUID | None:
    return tree.ids[place] if place >= 0 else None


def _invited(population: Population, over: Sequence[int]) -> int | None:
    """The denominator of several units together; None if one of them has none."""
    each = [population.denominator(place) for place in over]
    known = [people for people in each if people is not None]
    return sum(known) if len(known) == len(each) else None
