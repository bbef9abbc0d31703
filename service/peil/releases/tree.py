"""The wave's organisation tree in one fixed order, so that every walk over it is the same loop."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import cast
from uuid import UUID

import numpy as np

from peil.errors import Finding, Invalid


class Tree:
    """Units depth-first, a parent before its children and siblings by id.

    `ids[i]`; `parents[i]` is the place of the parent, -1 at the root (place 0); the units under i, i
    included, are the places i … ends[i] - 1. Reversed, the order goes bottom-up.
    """

    __slots__ = ("ends", "ids", "parents", "places")

    def __init__(self, ids: Sequence[UUID], parents: Sequence[int]) -> None:
        self.ids = ids
        self.parents = parents
        self.places = {unit_id: place for place, unit_id in enumerate(ids)}
        self.ends = [place + 1 for place in range(len(ids))]
        for place in range(len(ids) - 1, 0, -1):
            self.ends[parents[place]] = max(self.ends[parents[place]], self.ends[place])

    def __len__(self) -> int:
        return len(self.ids)

    def totals(self, own: Sequence[int]) -> list[int]:
        """Per unit, the sum of `own` over the unit and everything under it."""
        before = [0, *accumulate(own)]
        return [before[end] - below for end, below in zip(self.ends, before, strict=False)]

    def sums(self, own: Mapping[int, Sequence[int]], places: Sequence[int]) -> list[list[int]]:
        """Per place in `places`, the sums of `own`, as many numbers at each place, over it and everything under it."""
        if not own:
            return [[] for _ in places]
        before = np.zeros((len(self) + 1, len(next(iter(own.values())))), dtype=np.int64)
        before[np.array(list(own)) + 1] = list(own.values())
        before = before.cumsum(axis=0)
        return cast("list[list[int]]", (before[[self.ends[place] for place in places]] - before[places]).tolist())


def create_tree(units: Iterable[tuple[UUID, UUID | None]]) -> Tree:
    """The tree of (unit, parent). Raises Invalid `not-a-tree` unless all hang, once each, under one root."""
    children: dict[UUID | None, list[UUID]] = {}
    expected = 0
    for unit_id, parent_id in units:
        children.setdefault(parent_id, []).append(unit_id)
        expected += 1
    ids: list[UUID] = []
    parents: list[int] = []
    # What is in a cycle or under an unknown parent is never reached; a unit given twice makes too many.
    waiting = [(root, -1) for root in children.get(None, [])]
    roots = len(waiting)
    while waiting and len(ids) < expected:
        unit_id, parent = waiting.pop()
        waiting += [(child, len(ids)) for child in sorted(children.get(unit_id, []), reverse=True)]
        ids.append(unit_id)
        parents.append(parent)
    if roots != 1 or waiting or len(ids) != expected or len(set(ids)) != expected:
        raise Invalid(Finding("/units", "not-a-tree"))
    return Tree(ids, parents)
