"""Means and counted answers together prove no more than each: every table of every atom is tried."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import product
from random import Random
from typing import NamedTuple

import pytest

from demo.promises import page_of
from disclosure.enumeration import most_in_a_band, tables
from disclosure.orgs import item
from peil.releases.joint import bands_of, count_parts, parts_of, protect_table
from peil.releases.model import Bands, ItemScoring
from peil.releases.protection import protect_steps

PAGE = page_of("disclosure.md")
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


@pytest.mark.parametrize("m", [1, 2, 3])
@pytest.mark.parametrize("points", [2, 3, 4, 5])
def test_one_atom_of_seven_to_eighteen(points: int, m: int) -> None:
    """Its mean and its table of answers."""
    scoring = item(points=points)
    sizes = [people for people in range(7, 19) if people >= 3 * m]

    found = [enumerated(([cell] for cell in all_tables(people, points)), scoring, m) for people in sizes]
    whole = Enumerated(*(sum(column) for column in zip(*found, strict=True)))

    assert 0 == whole.proved
    assert whole.line(points, f"{sizes[0]} … {sizes[-1]}", m) in PAGE


@pytest.mark.parametrize(
    ("points", "sizes", "m"),
    [
        (2, (7, 8), 1),
        (2, (9, 9), 3),
        (2, (7, 7, 7), 2),
        (2, (7, 8, 9), 1),
        (2, (18, 18), 2),
        (3, (7, 7), 2),
        (3, (7, 8), 1),
        (3, (9, 10), 3),
        (3, (6, 6, 6), 2),
        (4, (7, 7), 2),
        (4, (3, 3, 3), 1),
        (5, (6, 6), 2),
        (5, (6, 7), 1),
        (5, (3, 3, 4), 1),
    ],
)
def test_two_and_three_atoms_under_one_group(points: int, sizes: tuple[int, ...], m: int) -> None:
    """The mean of each atom, and the table of answers of all together."""
    scoring = item(points=points)

    found = enumerated(product(*(all_tables(people, points) for people in sizes)), scoring, m)

    assert 0 == found.proved
    assert found.line(points, " + ".join(map(str, sizes)), m) in PAGE


@pytest.mark.parametrize("sizes", [(7,), (4, 4)])
def test_scales_of_more_than_five_points(sizes: tuple[int, ...]) -> None:
    """They are told in five parts, whose sums leave more open."""
    scoring = ItemScoring(
        key="a", points=6, reverse=False, sensitive=False, bands=Bands(unfavourable=3, neutral=1, favourable=2)
    )

    found = enumerated(product(*(all_tables(people, 6) for people in sizes)), scoring, 1)

    assert 0 == found.proved
    assert found.line(6, " + ".join(map(str, sizes)), 1) in PAGE


def test_enumeration_finds_the_leak_of_tables_that_are_protected_without_the_means() -> None:
    """The test is not blind: a table that is safe by itself proves something beside the means of the atoms inside."""

    def alone(cells: Sequence[Sequence[int]], scoring: ItemScoring, m: int) -> object:
        total = [sum(column) for column in zip(*cells, strict=True)]
        return *(protect_steps(cell, scoring, m) for cell in cells), protect_table([total], scoring, m)

    worlds = product(all_tables(7, 3), repeat=2)

    found = enumerated(worlds, item(points=3), 2, alone)

    assert 0 < found.proved
    assert f"{found.proved} proofs in {found.outputs:,} outputs" in PAGE


@pytest.mark.parametrize("scoring", [item(points=points) for points in range(2, 12)])
def test_parts_cover_the_scale_and_keep_to_one_band(scoring: ItemScoring) -> None:
    """At most five parts from the worst answer to the best; as many people are in them as in the answers."""
    parts = parts_of(scoring)
    steps = [step for part in parts for step in range(part.low, part.high + 1)]
    counts = list(range(1, scoring.points + 1))
    table = count_parts(counts, scoring)

    assert list(range(scoring.points)) == steps
    assert len(parts) <= 5
    assert most_in_a_band(counts, scoring) == max(bands_of(table, scoring))
    assert sum(counts) == sum(table)


def test_a_safe_table_is_told_as_it_is() -> None:
    """Where every atom has m people outside every band nothing is changed, however many atoms there are."""
    random, scoring = Random(4), item()
    for _ in range(200):
        cells = [[random.randint(2, 6) for _ in range(5)] for _ in range(random.randint(1, 9))]

        assert tuple(map(sum, zip(*cells, strict=True))) == protect_table(cells, scoring, 2)


@pytest.mark.parametrize("m", [2, 3, 7])
def test_as_many_people_are_told_and_no_band_is_full(m: int) -> None:
    """Also of atoms that all answered alike, of all sizes, and for a protection beyond what is looked for nearby."""
    random, scoring = Random(m), item()
    for _ in range(100):
        sizes = [random.choice([3 * m, 3 * m + 1, 3 * m + 9, 40]) for _ in range(random.randint(1, 6))]
        cells = [[0, 0, 0, 0, people] if random.random() < 0.9 else [people, 0, 0, 0, 0] for people in sizes]
        told = protect_table(cells, scoring, m)

        assert sum(sizes) == sum(told)
        assert max(bands_of(told, scoring)) <= sum(sizes) - m
        assert min(told) >= 0
