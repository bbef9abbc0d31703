"""Every way in which the people of an atom can have answered, to find what a release would prove."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import combinations, pairwise, product

from peil.releases.model import BlockScoring, ItemScoring, RawCell
from peil.releases.protection import grain

Output = Callable[[RawCell, int], Hashable]


def tables(people: int, answers: int) -> Iterator[list[int]]:
    """All ways in which `people` can give one of so many answers."""
    for bars in combinations(range(people + answers - 1), answers - 1):
        edges = [-1, *bars, people + answers - 1]
        yield [after - before - 1 for before, after in pairwise(edges)]


def most_in_a_band(counts: Sequence[int], scoring: ItemScoring) -> int:
    low, high = scoring.bands.unfavourable, scoring.points - scoring.bands.favourable
    return max(sum(counts[:low]), sum(counts[low:high]), sum(counts[high:]))


def raw_cells(scoring: BlockScoring, people: int) -> Iterator[tuple[RawCell, int]]:
    """Every possible atom of so many people, and the most of them in any band of any item."""
    scale = grain(scoring)
    patterns = list(product(*(range(scored.points) for scored in scoring.items)))
    for numbers in tables(people, len(patterns)):
        cell = RawCell(scale.offsets[-1])
        cell.n = people
        for steps, number in zip(patterns, numbers, strict=True):
            points = sum(factor * step for factor, step in zip(scale.factors, steps, strict=True))
            cell.total += number * points
            cell.squares += number * points * points
            for offset, step in zip(scale.offsets, steps, strict=False):
                cell.counts[offset + step] += number
        yield (
            cell,
            max(
                most_in_a_band(cell.counts[start : start + scored.points], scored)
                for start, scored in zip(scale.offsets, scoring.items, strict=False)
            ),
        )


def leaks(scoring: BlockScoring, people: int, m: int, output: Output) -> set[Hashable]:
    """Outputs that no atom with at most n - m people in every band could have given."""
    reachable, innocent = set(), set()
    for cell, most in raw_cells(scoring, people):
        told = output(cell, m)
        reachable.add(told)
        if most <= people - m:
            innocent.add(told)
    return reachable - innocent
