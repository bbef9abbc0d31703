"""The attacker who adds and subtracts what is published until it is about as few people as possible."""

from collections.abc import Collection, Hashable, Mapping, Sequence, Set
from itertools import combinations
from typing import TypeVar

import numpy as np

K = TypeVar("K", bound=Hashable)


def derivable(sums: Collection[Set[K]], people: Mapping[K, int], k: int) -> int | None:
    """The least number of people, below k, that a linear combination of `sums` is about; None: there is none.

    Each of the `sums` is over all people of some kinds.
    """
    return derivable_of([dict.fromkeys(one, 1) for one in dict.fromkeys(map(frozenset, sums))], people, k)


def derivable_of(rows: Sequence[Mapping[K, int]], people: Mapping[K, int], k: int) -> int | None:
    """The same of sums and differences: each of the `rows` has kinds of people times a number.

    Kinds that are alike in all rows are one. Some combination is about nobody but a set of them if and only if leaving
    out their columns lowers the rank of the matrix. It knows nothing of trees.
    """
    merged: dict[tuple[int, ...], int] = {}
    for kind, count in people.items():
        signature = tuple(one.get(kind, 0) for one in rows)
        if count and any(signature):
            merged[signature] = merged.get(signature, 0) + count
    sizes = list(merged.values())
    small = [column for column, size in enumerate(sizes) if size < k]
    if not small:
        return None
    matrix = np.array(list(merged), dtype=float).T
    full = _rank(matrix)
    sets = [columns for count in range(1, k) for columns in combinations(small, count)]
    by_size = sorted((sum(sizes[column] for column in columns), columns) for columns in sets)
    for size, columns in by_size:
        if size >= k:
            return None
        if _rank(np.delete(matrix, columns, axis=1)) < full:
            return size
    return None


def _rank(matrix: np.ndarray) -> int:
    return int(np.linalg.matrix_rank(matrix)) if matrix.size else 0
