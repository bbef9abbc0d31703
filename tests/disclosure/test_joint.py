"""Means and counted answers together prove no more than each: every table of every atom is tried."""

from collections.abc import Sequence
from itertools import product
from random import Random

import pytest

from demo.promises import page_of
from disclosure.enumeration import most_in_a_band
from disclosure.joint_tables import OF_SIX, ONE, SEVERAL, SIX, all_tables, enumerated, of_one, of_several
from disclosure.orgs import item
from peil.releases.joint import bands_of, count_parts, parts_of, protect_table
from peil.releases.model import ItemScoring
from peil.releases.protection import protect_steps

PAGE = page_of("disclosure.md")


@pytest.mark.parametrize(("points", "m"), ONE)
def test_one_atom_of_seven_to_eighteen(points: int, m: int) -> None:
    """Its mean and its table of answers."""
    found, line = of_one(points, m)

    assert 0 == found.proved
    assert line in PAGE


@pytest.mark.parametrize(("points", "sizes", "m"), SEVERAL)
def test_two_and_three_atoms_under_one_group(points: int, sizes: tuple[int, ...], m: int) -> None:
    """The mean of each atom, and the table of answers of all together."""
    found, line = of_several(item(points=points), sizes, m)

    assert 0 == found.proved
    assert line in PAGE


@pytest.mark.parametrize("sizes", OF_SIX)
def test_scales_of_more_than_five_points(sizes: tuple[int, ...]) -> None:
    """They are told in five parts, whose sums leave more open."""
    found, line = of_several(SIX, sizes, 1)

    assert 0 == found.proved
    assert line in PAGE


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
