"""Figures of one block: means per atom, and bands and distributions of its items in fewer and larger atoms."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

from peil.releases.cells import Sums, bands_cells, block_cells, distribution_cells
from peil.releases.cells_model import BandsCell, Cell, DistributionCell
from peil.releases.choosing import Choice, Chooser
from peil.releases.joint import Table, bands_of, protect_table
from peil.releases.model import (
    Atom,
    BlockRelease,
    BlockScoring,
    PooledSd,
    RawCell,
    TableAtom,
    Tables,
    Thresholds,
)
from peil.releases.protection import grain, protect, tables_of
from peil.releases.spread import bounding_sd, pooled_sd, spread_of
from peil.releases.tree import Tree

_AnyFigure = TypeVar("_AnyFigure")
# By published place: a table per item of the block.
_Told = Mapping[int, Sequence[Table]]


class BlockFigures(NamedTuple):
    """What is told of a block in the whole wave and per place, bands and distributions by item."""

    released: BlockRelease
    cells: list[Cell]
    bands: dict[str, list[BandsCell]]
    distributions: dict[str, list[DistributionCell]]


def release_block(
    chooser: Chooser,
    tree: Tree,
    block: BlockScoring,
    cells: Sequence[RawCell],
    thresholds: Thresholds,
    everybody: Choice,
) -> BlockFigures:
    """`cells`: those who answered all of the block, per reporting group."""
    people = chooser.people(cells)
    means = chooser.choose(people, thresholds.k_m, everybody)
    bands = chooser.choose(people, thresholds.k_d3, means)
    distributions = chooser.choose(people, thresholds.k_d5, bands)
    atoms = chooser.atoms(cells, means)
    tables = {place: tables_of(cell, block) for place, cell in atoms.items()}
    steps = {place: protect(each, block, thresholds.m) for place, each in tables.items()}
    in_bands = _protect_tables(block, tables, bands, thresholds.m)
    in_parts = {
        place: [_add(same) for same in zip(*(in_bands[finer] for finer in held), strict=True)]
        for place, held in distributions.gather(in_bands).items()
    }
    spread = _spread(block, atoms, steps, in_parts, distributions, thresholds.m)
    sums = {place: (cell.n, *steps[place]) for place, cell in atoms.items()}
    released = BlockRelease(
        key=block.key,
        spread=spread,
        published=means.ids,
        atoms=[Atom(unit_id=tree.ids[place], n=n, steps=_by_item(block, told)) for place, (n, *told) in sums.items()],
        bands=_tables(tree, block, bands, {place: _bands(block, told) for place, told in in_bands.items()}),
        distributions=_tables(tree, block, distributions, in_parts),
    )
    return BlockFigures(
        released,
        block_cells(tree, means.spots, block, sums, spread),
        {
            item.key: bands_cells(tree, bands.spots, item, _of_item(in_bands, place))
            for place, item in enumerate(block.items)
        },
        {
            item.key: distribution_cells(tree, distributions.spots, _of_item(in_parts, place))
            for place, item in enumerate(block.items)
        },
    )


def _protect_tables(
    block: BlockScoring, tables: Mapping[int, Sequence[Sequence[int]]], bands: Choice, m: int
) -> dict[int, list[Table]]:
    """The protected parts per item of each atom of bands, by how many gave each step in the atoms of means."""
    return {
        place: [
            protect_table([tables[finer][number] for finer in held], item, m) for number, item in enumerate(block.items)
        ]
        for place, held in bands.gather(tables).items()
    }


def _spread(
    block: BlockScoring,
    atoms: Mapping[int, RawCell],
    steps: Mapping[int, Sequence[int]],
    in_parts: _Told,
    distributions: Choice,
    m: int,
) -> PooledSd | None:
    """Of atoms of means that are atoms of distributions by themselves; without any, what it is at most."""
    alone = [(place, *held) for place, held in distributions.gather(atoms).items() if len(held) == 1]
    measured = pooled_sd(
        (spread_of(atoms[finer], steps[finer], in_parts[place], block, m) for place, finer in alone), grain(block).full
    )
    if measured is not None:
        return measured
    return bounding_sd(
        {item.key: [told[number] for told in in_parts.values()] for number, item in enumerate(block.items)}, block
    )


def _tables(tree: Tree, block: BlockScoring, choice: Choice, told: _Told) -> Tables:
    return Tables(
        published=choice.ids,
        atoms=[
            TableAtom(unit_id=tree.ids[place], n=sum(tables[0]), counts=_by_item(block, tables))
            for place, tables in told.items()
        ],
    )


def _bands(block: BlockScoring, tables: Sequence[Table]) -> list[Table]:
    return [bands_of(table, item) for table, item in zip(tables, block.items, strict=True)]


def _of_item(told: _Told, number: int) -> Sums:
    return {place: (sum(tables[number]), *tables[number]) for place, tables in told.items()}


def _by_item(block: BlockScoring, told: Sequence[_AnyFigure]) -> dict[str, _AnyFigure]:
    return {item.key: each for item, each in zip(block.items, told, strict=True)}


def _add(tables: Sequence[Table]) -> Table:
    return tuple(map(sum, zip(*tables, strict=True)))
