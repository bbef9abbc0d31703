"""The attacker who counts: how few gave an answer to a sensitive item, and what a spread leaves possible."""

from collections.abc import Iterator
from itertools import product
from math import ceil, floor

import numpy as np
from scipy.optimize import linprog

from adversary.told import Told, answers_of, told
from adversary.waves import Wave
from adversary.worlds import Known, bands_of_steps, figures_of, is_innocent, residuals, uncapped
from disclosure.orgs import FLOORS
from peil.releases.cells_model import PublishedSensitive
from peil.releases.model import BlockScoring, ItemScoring, PooledSd, ReleaseContent

# Of a spread that is cut off to thousandths and then rounded to hundredths.
_ROUNDING = 0.0061


def few(wave: Wave, content: ReleaseContent) -> Iterator[str]:
    """That up to m people of an atom, but somebody, gave an answer to a sensitive item."""
    figures = [one for one in told(wave, content) if isinstance(one.cell, PublishedSensitive)]
    for key in {one.key for one in figures}:
        yield from _few(wave, [one for one in figures if one.key == key], key)


def _few(wave: Wave, figures: list[Told], key: str) -> Iterator[str]:
    """The least that the ranges of all units together, and the numbers of people, allow."""
    atoms = list(residuals({one.over: [one.n] for one in figures}).items())
    told_of = [one.cell.counts for one in figures if isinstance(one.cell, PublishedSensitive)]
    answers = len(told_of[0])
    width = len(atoms) * answers
    inside = [np.array([atom <= one.over for atom, _ in atoms], dtype=float) for one in figures]
    rows = [np.kron(within, np.eye(answers)[answer]) for within in inside for answer in range(answers)]
    ranges = [count for counts in told_of for count in counts]
    people = [np.kron(np.eye(len(atoms))[place], np.ones(answers)) for place in range(len(atoms))]
    for place, (atom, _) in enumerate(atoms):
        given = answers_of(wave, atom, key)
        for answer in range(answers):
            if 1 <= given.count(answer + 1) <= FLOORS.m:
                found = linprog(
                    np.eye(width)[place * answers + answer],
                    A_ub=np.array([*rows, *(-row for row in rows)]),
                    b_ub=[*(count.high for count in ranges), *(-count.low for count in ranges)],
                    A_eq=np.array(people),
                    b_eq=[n for _, [n] in atoms],
                )
                if found.fun > 0.01:
                    yield f"{key}: somebody of {len(given)} gave answer {answer + 1}"


def spread(wave: Wave, content: ReleaseContent) -> Iterator[str]:
    """That nearly all of an atom are in one band, by the spread pooled over the large atoms and their means."""
    spreads, figures = {block.key: block.spread for block in content.blocks}, list(told(wave, content))
    for block in wave.scorings:
        sd = spreads.get(block.key)
        if sd is None or sd.bound or not isinstance(block, BlockScoring) or len(block.items) > 1:
            continue
        [item] = block.items
        alone = residuals(figures_of(figures, "D5", item))
        pooled = {
            atom: n_and_sum
            for atom, n_and_sum in residuals(figures_of(figures, "M", item)).items()
            if atom in alone and n_and_sum[0] >= FLOORS.k_d5
        }
        assert sum(n - 1 for n, _ in pooled.values()) == sd.degrees
        for place, atom in enumerate(pooled):
            if not _is_possible(list(pooled.values()), place, item, sd):
                yield f"{item.key}: how nearly all of {pooled[atom][0]} answered"


def _is_possible(pooled: list[list[int]], atom: int, item: ItemScoring, sd: PooledSd) -> bool:
    """Whether with these means and this spread, give or take its rounding, the atom can have m outside every band."""
    steps = tuple(range(item.points))
    squares = tuple(step * step for step in steps)
    sizes = tuple(n for n, _ in pooled)
    ranges = [uncapped(n, total, item, FLOORS.m) for n, total in pooled]
    unit = (item.points - 1) / 100
    low, high = (max(sd.sd + off, 0) ** 2 * unit**2 * sd.degrees for off in (-_ROUNDING, _ROUNDING))
    # A sum that was capped may be any beyond; the spread is about the squares only when it is known.
    for sums in product(*(range(least, most + 1) for least, most in ranges)):
        within = sum(total * total / n for total, n in zip(sums, sizes, strict=True))
        known = [Known((place,), steps, total, total) for place, total in enumerate(sums)]
        known.append(Known(tuple(range(len(sums))), squares, ceil(within + low - 1e-6), floor(within + high + 1e-6)))
        if is_innocent(sizes, tuple(known), atom, tuple(bands_of_steps(item)), FLOORS.m):
            return True
    return False
