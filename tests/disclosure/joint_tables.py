"""The joint enumeration of the docs: every way in which the people of one, two or three atoms can answer one item."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

from disclosure.enumeration import most_in_a_band, tables
from disclosure.orgs import item
from peil.releases.joint import protect_table
from peil.releases.model import Bands, ItemScoring
from peil.releases.protection import protect_steps

ONE = [(points, m) for points in (2, 3, 4, 5) for m in (1, 2, 3)]
"""Points of the item, and m: one atom of 7 to 18 people each."""
SEVERAL = [
    (2, (7, 8), 1),
    (2, (9, 9), 3),
    (2, (18, 18), 2),
    (3, (7, 7), 2),
    (3, (7, 8), 1),
    (3, (9, 10), 3),
    (4, (7, 7), 2),
    (5, (6, 6), 2),
    (5, (6, 7), 1),
    (2, (7, 7, 7), 2),
    (2, (7, 8, 9), 1),
    (3, (6, 6, 6), 2),
    (4, (3, 3, 3), 1),
    (5, (3, 3, 4), 1),
]
"""Points, the people of each atom, and m."""
SIX = ItemScoring(
    key="a", points=6, reverse=False, sensitive=False, bands=Bands(unfavourable=3, neutral=1, favourable=2)
)
"""A scale that is told in five parts."""
OF_SIX = [(7,), (4, 4)]
"""The people of its atoms; m is 1."""
Told = Callable[[Sequence[Sequence[int]], ItemScoring, int], object]


def told_of(cells: Sequence[Sequence[int]], scoring: ItemScoring, m: int) -> object:
    """All that is published of some atoms: the sum of each, and the parts of all together, of which bands are sums."""
    return *(protect_steps(cell, scoring, m) for cell in cells), protect_table(cells, scoring, m)


class Enumerated(NamedTuple):
    """How many worlds were tried, how many outputs they have, and of how many outputs and atoms something is proved."""

    worlds: int
    outputs: int
    proved: int

    def line(self, points: int, atoms: str, m: int) -> str:
        """As it stands in the docs."""
        return f"| {points} | {atoms} | {m} | {self.worlds:,} | {self.outputs:,} | {self.proved} |"


def enumerated(
    worlds: Iterable[Sequence[Sequence[int]]], scoring: ItemScoring, m: int, told: Told = told_of
) -> Enumerated:
    """Proved is that more than n - m of the n people of an atom are in one band."""
    least: dict[object, list[int]] = defaultdict(lambda: [10**9] * 4)
    count = 0
    for cells in worlds:
        most = least[told(cells, scoring, m)]
        for place, cell in enumerate(cells):
            most[place] = min(most[place], most_in_a_band(cell, scoring) - (sum(cell) - m))
        count += 1
    proved = sum(worst > 0 for most in least.values() for worst in most if worst < 10**9)
    return Enumerated(count, len(least), proved)


@cache
def all_tables(people: int, points: int) -> list[list[int]]:
    return list(tables(people, points))


def of_one(points: int, m: int) -> tuple[Enumerated, str]:
    """One atom of each size that may be, together, and its line."""
    sizes = [people for people in range(7, 19) if people >= 3 * m]
    found = [enumerated(([cell] for cell in all_tables(people, points)), item(points=points), m) for people in sizes]
    whole = Enumerated(*(sum(column) for column in zip(*found, strict=True)))
    return whole, whole.line(points, f"{sizes[0]} … {sizes[-1]}", m)


def of_several(scoring: ItemScoring, sizes: Sequence[int], m: int) -> tuple[Enumerated, str]:
    """Some atoms under one group, and their line."""
    found = enumerated(product(*(all_tables(people, scoring.points) for people in sizes)), scoring, m)
    return found, found.line(scoring.points, " + ".join(map(str, sizes)), m)


def lines() -> Iterator[str]:
    """The tables of the docs, one after the other."""
    yield "| points | people | m | tables tried | different outputs | proofs |"
    yield "|---:|---|---:|---:|---:|---:|"
    yield from (of_one(*one)[1] for one in ONE)
    yield from (of_several(item(points=points), sizes, m)[1] for points, sizes, m in SEVERAL)
    yield from (of_several(SIX, sizes, 1)[1] for sizes in OF_SIX)
