"""Protects the statistics of an atom: nobody can prove that more than n - m of its n people are in one band.

For every release there is a *possible world*: tables for all atoms at once, each with at least m people
outside every band, from which exactly this release would have come. Means are clipped to what such a table
can have. Atoms are protected first and added up afterwards, never the other way round: a clipped child beside an
exact parent is undone by subtraction. `joint` does the same for the answers that are counted one by one.
"""

from collections.abc import Sequence
from itertools import accumulate, product
from math import lcm
from operator import mul
from typing import NamedTuple

from peil.releases.model import BlockScoring, ItemScoring, RawCell


class Grain(NamedTuple):
    """The whole numbers in which a block is counted.

    `offsets[i]`: where item i begins among the counts of a cell; the last is their number. `factors[i]`: a
    step of item i is worth so many of the block's `full` points, which stand for a block score of 100.
    """

    offsets: tuple[int, ...]
    factors: tuple[int, ...]
    full: int


def grain(block: BlockScoring) -> Grain:
    """The coarsest whole numbers in which every item of the block, each of equal weight, can be counted."""
    common = lcm(*(item.points - 1 for item in block.items))
    return Grain(
        offsets=(0, *accumulate(item.points for item in block.items)),
        factors=tuple(common // (item.points - 1) for item in block.items),
        full=common * len(block.items),
    )


def protect_steps(counts: Sequence[int], item: ItemScoring, m: int) -> int:
    """The sum of steps of one item in one atom, clipped to what m people outside each end band allow.

    For five points and n people this clips the mean to [50·m/n, 100 - 50·m/n]; in general the upper bound is
    100·(1 - m(1 - c)/n), c the best score outside the favourable band, and the lower one its mirror image.
    """
    least, most = least_and_most(sum(counts), item, m)
    steps: int = sum(map(mul, range(item.points), counts))
    return max(least, min(steps, most))


def least_and_most(n: int, item: ItemScoring, m: int) -> tuple[int, int]:
    """The bounds to which the sum of steps of n people is clipped."""
    return m * item.bands.unfavourable, n * (item.points - 1) - m * item.bands.favourable


def possible_table(counts: Sequence[int], item: ItemScoring, m: int) -> list[int]:
    """A table with the same protected sum of steps and at least m of n ≥ 3·m people outside every band.

    Two answers in different bands get m people each, the others are as near to each other as can be. Sums
    of two such answers take every value from the lowest to the highest, and n - 2·m ≥ m others bridge what
    lies between, so one pair always fits; the one whose middle is nearest to the mean is taken.
    """
    n, total, top = sum(counts), protect_steps(counts, item, m), item.points - 1
    rest = n - 2 * m
    pairs = [
        (low, high)
        for low, high in product(range(item.points), repeat=2)
        if low < high and band_of(item, low) != band_of(item, high) and 0 <= total - m * (low + high) <= rest * top
    ]
    low, high = min(pairs, key=lambda pair: (abs(n * sum(pair) - 2 * total), pair))
    table = [0] * item.points
    table[low] += m
    table[high] += m
    each, more = divmod(total - m * (low + high), rest)
    table[each] += rest - more
    if more:
        table[each + 1] += more
    return table


def tables_of(cell: RawCell, block: BlockScoring) -> list[list[int]]:
    """How many gave each step, per item of the block."""
    starts = accumulate((item.points for item in block.items), initial=0)
    return [cell.counts[start : start + item.points] for start, item in zip(starts, block.items, strict=False)]


def protect(tables: Sequence[Sequence[int]], block: BlockScoring, m: int) -> list[int]:
    """The protected sum of steps of each item of the block in one atom, by how many gave each step of it."""
    return [protect_steps(table, item, m) for table, item in zip(tables, block.items, strict=True)]


def band_of(item: ItemScoring, step: int) -> int:
    """0 unfavourable, 1 neutral, 2 favourable."""
    return (step >= item.bands.unfavourable) + (step >= item.points - item.bands.favourable)
