"""An attacker who combines published sums in every linear way, to get at as few people as possible."""

from collections.abc import Iterable, Sequence, Set
from itertools import combinations


def smallest_support(sums: Iterable[Set[int]], people: Sequence[int]) -> int | None:
    """The least number of people that a combination of `sums` tells something about; None: of nobody.

    Each of the `sums` is over the people of a set of units, `people[i]` in unit i. Brute force: some
    combination is about nobody outside a set of units if and only if leaving out these units' columns lowers
    the rank of the matrix of the sums. It knows nothing of trees.
    """
    inhabited = [unit for unit, count in enumerate(people) if count]
    matrix = [[int(unit in members) for unit in inhabited] for members in sums]
    full = _rank(matrix)
    sizes = [
        (sum(people[inhabited[column]] for column in chosen), chosen)
        for count in range(1, len(inhabited) + 1)
        for chosen in combinations(range(len(inhabited)), count)
    ]
    for size, chosen in sorted(sizes):
        rest = [column for column in range(len(inhabited)) if column not in chosen]
        if _rank([[row[column] for column in rest] for row in matrix]) < full:
            return size
    return None


def _rank(matrix: Sequence[Sequence[int]]) -> int:
    """Elimination in whole numbers, which is exact."""
    rows = [list(row) for row in matrix]
    rank = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((index for index in range(rank, len(rows)) if rows[index][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        first = rows[rank]
        for index in range(rank + 1, len(rows)):
            if factor := rows[index][column]:
                rows[index] = [
                    first[column] * ours - factor * theirs for ours, theirs in zip(rows[index], first, strict=True)
                ]
        rank += 1
    return rank
