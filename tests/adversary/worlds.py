"""The attacker who asks whether people can have answered otherwise: integer programs over all that is published.

By subtraction it gets the figures of atoms from those of units. A *world* is how many people of each atom gave each
answer. Something is proved of an atom if no world that fits all its figures and those of the groups above it leaves m
of its people outside every band.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Literal, NamedTuple

import numpy as np
from scipy.optimize import LinearConstraint, milp

from adversary.told import Atom, Class, Told
from peil.releases.cells_model import PublishedBands, PublishedCell, PublishedDistribution
from peil.releases.joint import parts_of
from peil.releases.model import ItemScoring
from peil.releases.protection import least_and_most

# What a published sum of steps means. In a release each atom is capped; the others are those of planted faults.
Reading = Literal["capped-atoms", "capped-units", "exact"]


class Known(NamedTuple):
    """So many people of these atoms (by place) gave answers with this sum of `times` · answer."""

    atoms: tuple[int, ...]
    times: tuple[int, ...]
    least: int
    most: int


class Proof(NamedTuple):
    """More than n - m of the people of an atom are in one band of a question."""

    atom: Atom
    key: str


def proofs(figures: Sequence[Told], item: ItemScoring, m: int, reading: Reading = "capped-atoms") -> Iterator[Proof]:
    """What is proved of any atom by the figures, of all classes, of one item."""
    sums = figures_of(figures, "M", item)
    atoms = residuals(sums)
    sizes = [n for n, _ in atoms.values()]
    steps = tuple(range(item.points))
    known = []
    for over, (n, total) in (sums if reading == "capped-units" else atoms).items():
        least, most = (total, total) if reading == "exact" else uncapped(n, total, item, m)
        known.append(Known(_within(over, atoms), steps, least, most))
    classes: list[tuple[Class, list[tuple[int, int]]]] = [
        ("D3", bands_of_steps(item)),
        ("D5", [(part.low, part.high) for part in parts_of(item)]),
    ]
    for kind, parts in classes:
        for over, (_, *counts) in residuals(figures_of(figures, kind, item)).items():
            known += [
                Known(_within(over, atoms), tuple(int(low <= step <= high) for step in steps), count, count)
                for (low, high), count in zip(parts, counts, strict=True)
            ]
    order = list(atoms)
    for together in _connected(len(order), known):
        local = {place: index for index, place in enumerate(together)}
        here = tuple(
            one._replace(atoms=tuple(local[place] for place in one.atoms)) for one in known if one.atoms[0] in local
        )
        for place in together:
            people = tuple(sizes[other] for other in together)
            if not is_innocent(people, here, local[place], tuple(bands_of_steps(item)), m):
                yield Proof(order[place], item.key)


@lru_cache(maxsize=100_000)
def is_innocent(
    sizes: tuple[int, ...], known: tuple[Known, ...], atom: int, bands: tuple[tuple[int, int], ...], m: int
) -> bool:
    """Whether there is a world in which at least m people of this atom are outside every band."""
    points = bands[-1][1] + 1
    rows, lows, highs = [], [], []

    def bound(atoms: Sequence[int], times: Sequence[int], least: int, most: int) -> None:
        row = np.zeros((len(sizes), points))
        row[list(atoms)] = times
        rows.append(row.ravel())
        lows.append(least)
        highs.append(most)

    for place, n in enumerate(sizes):
        bound([place], [1] * points, n, n)
    for one in known:
        bound(*one)
    for first, last in bands:
        bound([atom], [int(first <= step <= last) for step in range(points)], 0, sizes[atom] - m)
    matrix = np.array(rows)
    found = milp(
        np.zeros(matrix.shape[1]),
        constraints=LinearConstraint(matrix, lows, highs),
        integrality=np.ones(matrix.shape[1]),
    )
    assert found.status in (0, 2), found.message
    return bool(found.status == 0)


def residuals(sums: dict[Atom, list[int]]) -> dict[Atom, list[int]]:
    """What is left of each sum after all smaller ones inside are subtracted."""
    found: dict[Atom, list[int]] = {}
    for over in sorted(sums, key=len):
        inside = [atom for atom in found if atom <= over]
        rest = over.difference(*inside)
        if rest:
            found[rest] = [value - sum(found[atom][place] for atom in inside) for place, value in enumerate(sums[over])]
    return found


def figures_of(figures: Sequence[Told], kind: Class, item: ItemScoring) -> dict[Atom, list[int]]:
    """By the people they are over: how many, and the sum of their steps or how many gave each part."""
    found: dict[Atom, list[int]] = {}
    for one in figures:
        if (one.figures, one.key) != (kind, item.key):
            continue
        if isinstance(one.cell, PublishedCell):
            # Rounded to hundredths, which gives the whole number back.
            found[one.over] = [one.n, round(one.cell.items[item.key] * (item.points - 1) * one.n / 100)]
        elif isinstance(one.cell, PublishedBands):
            found[one.over] = [one.n, one.cell.unfavourable, one.cell.neutral, one.cell.favourable]
        elif isinstance(one.cell, PublishedDistribution):
            found[one.over] = [one.n, *one.cell.counts]
    return found


def uncapped(n: int, steps: int, item: ItemScoring, m: int) -> tuple[int, int]:
    """A sum at a bound stands for all beyond it; any other is true."""
    least, most = least_and_most(n, item, m)
    return (0 if steps <= least else steps), (n * (item.points - 1) if steps >= most else steps)


def _within(over: Atom, atoms: dict[Atom, list[int]]) -> tuple[int, ...]:
    return tuple(place for place, atom in enumerate(atoms) if atom <= over)


def bands_of_steps(item: ItemScoring) -> list[tuple[int, int]]:
    """The first and the last step of each band that has any."""
    bands = (item.bands.unfavourable, item.bands.neutral, item.bands.favourable)
    ends = accumulate(bands)
    return [(end - count, end - 1) for end, count in zip(ends, bands, strict=True)]


def _connected(count: int, known: Sequence[Known]) -> Iterator[list[int]]:
    """Atoms about which something is known together."""
    group = list(range(count))
    for one in known:
        joined = {group[place] for place in one.atoms}
        group = [min(joined) if each in joined else each for each in group]
    for first in dict.fromkeys(group):
        yield [place for place in range(count) if group[place] == first]
