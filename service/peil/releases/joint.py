"""Protects counted answers together with the sums that are published beside them.

Of one item two things are told: per atom of means a protected sum of steps, and per atom of bands, which may hold some
atoms of means, how many gave each part of the answers. Nobody may prove from both that more than n - m of the n people
of an atom are in one band. So a table is told only if for every atom inside there is a *possible world*: tables for all
atoms inside, which add up to it and have these sums, and in which that atom has at least m people outside every band.
If there is none, the nearest table for which there is one is told. Both are decided by what is told alone, so a
possible world would have been told in the same words.

The worlds of one atom are all its tables with a right sum, and those of some atoms all sums of one of each. Bands are
sums of parts and distributions sums of bands' tables, so neither tells more.
"""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import combinations, product
from typing import NamedTuple, cast

import numpy as np
from msgspec.structs import replace

from peil.releases.model import ItemScoring
from peil.releases.protection import band_of, least_and_most, possible_table, protect_steps

# An atom so large hardly ever has nearly all in one band and is protected by itself; smaller ones are put together
# until they have enough people that one atom's answers can be made up for by another's.
_ALONE, _ENOUGH, _MOST = 20, 15, 30
# How far from the true table a possible one is looked for before one that surely is possible is taken.
_FARTHEST = 8

Table = tuple[int, ...]


class Part(NamedTuple):
    """Steps that are counted together, from the lowest to the highest, all in one band."""

    low: int
    high: int
    band: int


class _Atom(NamedTuple):
    """What is known of an atom: its people, and the least and the most its sum of steps can be."""

    n: int
    least: int
    most: int


@cache
def parts_of(item: ItemScoring) -> tuple[Part, ...]:
    """What a distribution counts: each of up to five answers; of more both ends, and the others by band."""
    last = item.points - 1
    if item.points <= 5:
        return tuple(Part(step, step, band_of(item, step)) for step in range(item.points))
    first_neutral, first_favourable = item.bands.unfavourable, item.points - item.bands.favourable
    found = [
        (0, 0),
        (1, first_neutral - 1),
        (first_neutral, first_favourable - 1),
        (first_favourable, last - 1),
        (last, last),
    ]
    return tuple(Part(low, high, band_of(item, low)) for low, high in found if low <= high)


def count_parts(counts: Sequence[int], item: ItemScoring) -> Table:
    """How many people are in each part, by how many gave each step."""
    if item.points <= 5:
        return tuple(counts)
    return tuple(sum(counts[part.low : part.high + 1]) for part in parts_of(item))


def bands_of(table: Sequence[int], item: ItemScoring) -> tuple[int, int, int]:
    """How many people are in each band, by how many are in each part."""
    # A part of its own for each answer, or for the end of the scale and for the rest of the band.
    most = item.points if item.points <= 5 else 2
    neutral, favourable = min(item.bands.unfavourable, most), len(table) - min(item.bands.favourable, most)
    return sum(table[:neutral]), sum(table[neutral:favourable]), sum(table[favourable:])


def protect_table(cells: Sequence[Sequence[int]], item: ItemScoring, m: int) -> Table:
    """The protected parts of an atom of bands; `cells`: how many gave each step, per atom of means inside.

    Every atom has at least 3·m people. Which atoms are looked at together depends on their sizes only.
    """
    item = _scale(item)
    tables = [count_parts(cell, item) for cell in cells]
    unsafe = [max(bands_of(table, item)) > sum(table) - m for table in tables]
    if not any(unsafe):
        return _total(tables)
    told = [
        _protect_pack([cells[i] for i in pack], [tables[i] for i in pack], item, m)
        if any(unsafe[i] for i in pack)
        else _total([tables[i] for i in pack])
        for pack in _packs([sum(table) for table in tables])
    ]
    return _total(told)


@cache
def _scale(item: ItemScoring) -> ItemScoring:
    """The item as far as it matters here, so that all items on one scale share what was found out."""
    return replace(item, key="", reverse=False)


def world_of(table: Sequence[int], steps: int, item: ItemScoring, m: int) -> list[int]:
    """How many give each step in a world with this protected table and protected sum of steps of one atom."""
    n, parts = sum(table), parts_of(item)
    known = _known(n, steps, item, m)
    counts = [0] * item.points
    rest = max(known.least - sum(part.low * people for part, people in zip(parts, table, strict=True)), 0)
    for part, people in zip(parts, table, strict=True):
        counts[part.low] += people
        for step in range(part.low, part.high):
            rising = min(rest, counts[step])
            counts[step] -= rising
            counts[step + 1] += rising
            rest -= rising
    return counts


def _protect_pack(cells: Sequence[Sequence[int]], tables: Sequence[Table], item: ItemScoring, m: int) -> Table:
    """The nearest possible table, by the bands first; the true one where it is possible."""
    true = _total(tables)
    atoms = sorted(_known(sum(cell), protect_steps(cell, item, m), item, m) for cell in cells)
    if _is_possible(true, atoms, item, m):
        return true
    n, least, most = map(sum, zip(*atoms, strict=True))
    moved = np.array(true) + _moves(item)
    moved = moved[(moved >= 0).all(axis=1) & _have_sum(moved, _Atom(n, least, most), item)]
    for table in map(tuple, moved.tolist()):
        if _is_possible(table, atoms, item, m):
            return table
    # In this one every atom by itself has m people outside every band.
    return _total([count_parts(possible_table(cell, item, m), item) for cell in cells])


def _is_possible(table: Table, atoms: Sequence[_Atom], item: ItemScoring, m: int) -> bool:
    """Whether each atom has a world in which that atom is safe; the table has a sum that all together can have."""
    if len(atoms) == 1:
        return max(bands_of(table, item)) <= sum(table) - m
    whole = int.from_bytes(bytes(table), "little")
    return all(
        _are_together(whole, [_worlds(atom, item, m if place == innocent else 0) for place, atom in enumerate(atoms)])
        for innocent, atom in enumerate(atoms)
        if innocent == 0 or atoms[innocent - 1] != atom
    )


def _are_together(whole: int, worlds: Sequence[frozenset[int]]) -> bool:
    """Whether one world of each atom add up to the whole."""
    *others, last = worlds
    return any(whole - sum(some) in last for some in product(*others))


@lru_cache(maxsize=4096)
def _worlds(atom: _Atom, item: ItemScoring, outside: int) -> frozenset[int]:
    """All tables of an atom that have a sum of steps it can have and so many people outside every band.

    Each is one number with a byte for each part, so that tables are added and subtracted as numbers are: a part of some
    atoms together has far fewer than 128 people, and no difference of two such numbers is that of two other tables.
    """
    tables = _tables(atom.n, len(parts_of(item)))
    tables = tables[_have_sum(tables, atom, item) & _are_safe(tables, item, outside)]
    return frozenset((tables @ (1 << 8 * np.arange(tables.shape[1]))).tolist())


@cache
def _tables(people: int, parts: int) -> np.ndarray:
    """All ways in which so many people can be in so many parts."""
    bars = combinations(range(people + parts - 1), parts - 1)
    edges = np.array([(-1, *bar, people + parts - 1) for bar in bars])
    return cast("np.ndarray", np.diff(edges, axis=1) - 1)


@cache
def _moves(item: ItemScoring) -> np.ndarray:
    """Differences between two tables of as many people, the nearest first: by their bands, then by their parts."""

    def distance(move: Table) -> tuple[int, int, Table]:
        return sum(map(abs, bands_of(move, item))), sum(map(abs, move)), move

    half = range(-_FARTHEST // 2, _FARTHEST // 2 + 1)
    found = (move for move in product(half, repeat=len(parts_of(item))) if any(move) and not sum(move))
    return np.array(sorted((move for move in found if sum(map(abs, move)) <= _FARTHEST), key=distance))


def _packs(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Which atoms are looked at together."""
    packs: list[list[int]] = []
    pack: list[int] = []
    for place, n in enumerate(sizes):
        if n >= _ALONE:
            yield [place]
            continue
        pack.append(place)
        if len(pack) > 1 and sum(sizes[i] for i in pack) >= _ENOUGH:
            packs.append(pack)
            pack = []
    if packs and pack and sum(sizes[i] for i in packs[-1] + pack) <= _MOST:
        packs[-1] += pack
    elif pack:
        packs.append(pack)
    yield from packs


def _known(n: int, steps: int, item: ItemScoring, m: int) -> _Atom:
    """A protected sum that was clipped stands for all sums beyond it."""
    least, most = least_and_most(n, item, m)
    return _Atom(n, 0 if steps == least else steps, n * (item.points - 1) if steps == most else steps)


def _have_sum(tables: np.ndarray, atom: _Atom, item: ItemScoring) -> np.ndarray:
    """Which of the tables have a sum of steps that the atom can have."""
    lows, highs, _ = _columns(item)
    return cast("np.ndarray", (tables @ lows <= atom.most) & (tables @ highs >= atom.least))


def _are_safe(tables: np.ndarray, item: ItemScoring, m: int) -> np.ndarray:
    """Which of the tables have at least m people outside every band."""
    _, _, in_band = _columns(item)
    return cast("np.ndarray", (tables @ in_band).max(axis=-1) <= tables.sum(axis=-1) - m)


@cache
def _columns(item: ItemScoring) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Per part its lowest step, its highest step, and a one in the column of its band."""
    lows, highs, bands = zip(*parts_of(item), strict=True)
    return np.array(lows), np.array(highs), np.eye(3, dtype=np.int64)[list(bands)]


def _total(tables: Sequence[Table]) -> Table:
    return tuple(map(sum, zip(*tables, strict=True)))
