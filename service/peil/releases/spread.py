"""The one number a block tells of how much people differ, from which all its intervals and tests come.

It is the pooled spread within atoms, as the within mean square of a one-way analysis of variance. Only atoms count
whose distributions are told of themselves alone, so none of fewer than k_D5, which is 30 or more: the spread of a
smaller one would say too much about its people. If there is none, the distributions say how large it is at most: the
spread of a mean of items never passes the mean of their spreads.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import isqrt
from typing import NamedTuple

from peil.releases.joint import Table, bands_of, count_parts, parts_of, world_of
from peil.releases.model import BlockScoring, ItemScoring, PooledSd, RawCell
from peil.releases.protection import grain, tables_of
from peil.releases.statistics import hundredths


class Spread(NamedTuple):
    """Of `n` scores in whole numbers: their sum and the sum of their squares."""

    n: int
    total: int
    squares: int


def spread_of(cell: RawCell, steps: Sequence[int], tables: Sequence[Table], block: BlockScoring, m: int) -> Spread:
    """The spread of the block's score in one atom, of which these sums of steps and tables of parts are told.

    If a band of an item holds more than n - m people the spread could prove it (all alike: none at all). Then that of
    a possible world is told, in which people keep one order.
    """
    true = [(count_parts(counts, item), item) for counts, item in zip(tables_of(cell, block), block.items, strict=True)]
    if all(max(bands_of(table, item)) <= cell.n - m for table, item in true):
        return Spread(cell.n, cell.total, cell.squares)
    scores = [0] * cell.n
    for table, total, item, factor in zip(tables, steps, block.items, grain(block).factors, strict=True):
        world = world_of(table, total, item, m)
        given = (step for step, people in enumerate(world) for _ in range(people))
        scores = [score + factor * step for score, step in zip(scores, given, strict=True)]
    return Spread(cell.n, sum(scores), sum(score * score for score in scores))


def pooled_sd(spreads: Iterable[Spread], full: int) -> PooledSd | None:
    """The pooled standard deviation on 0-100; None of no atom.

    `full` is the score of 100 in the unit of the spreads.
    """
    thousandths, degrees = _pooled(spreads, full)
    return PooledSd(sd=hundredths(thousandths, 1_000), degrees=degrees, bound=False) if degrees else None


def bounding_sd(tables: Mapping[str, Sequence[Table]], block: BlockScoring) -> PooledSd | None:
    """What the pooled standard deviation is at most, by the tables of each item; None where no table is told."""
    each = [_pooled([_widest(table, item) for table in tables[item.key]], item.points - 1) for item in block.items]
    degrees = each[0][1]
    total = sum(thousandths for thousandths, _ in each)
    return PooledSd(sd=hundredths(total, 1_000 * len(each)), degrees=degrees, bound=True) if degrees else None


def _pooled(spreads: Iterable[Spread], full: int) -> tuple[int, int]:
    """The pooled standard deviation in thousandths, cut off, and its degrees of freedom Σ(n - 1).

    No floating point, so everywhere the same.
    """
    within, degrees = 0, 0
    # Fractions with one denominator are added as the whole numbers they are.
    squared: dict[int, int] = {}
    for n, total, squares in spreads:
        within += squares
        squared[n] = squared.get(n, 0) + total * total
        degrees += n - 1
    spread = within - sum(Fraction(totals, n) for n, totals in squared.items())
    return (isqrt(int(spread * (100_000 * 100_000) / (degrees * full * full))), degrees) if degrees else (0, 0)


def _widest(table: Table, item: ItemScoring) -> Spread:
    """The spread of the steps in a table at most: everybody of a part stands at one of its ends."""
    n = sum(table)
    ends = product(*({part.low, part.high} for part in parts_of(item)))
    sums = [
        Spread(
            n,
            sum(step * people for step, people in zip(steps, table, strict=True)),
            sum(step * step * people for step, people in zip(steps, table, strict=True)),
        )
        for steps in ends
    ]
    return max(sums, key=lambda spread: n * spread.squares - spread.total**2)
