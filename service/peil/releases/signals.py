"""Which figures that come from elsewhere may be told (absence, PMO, tallies): a whole upload, or none of it.

An upload has a cell per unit that it names: how many people, and counts over them that add up (of days, of people with
something), all including the units beneath. It passes the tree programme with a k of its own, so that whatever is
reckoned from its cells is about k people or nobody. What fails is refused whole, by numbers of people only: to leave
out one cell would tell that it is small.

Between versions the same holds for their difference. In a group (atom) that a correction changes at least k people must
have come, gone or been counted otherwise; the numbers show no more than how many came or went on balance, so that must
be k at least, and what keeps its number must keep its counts. It may happen once per group: a third version could be
told from the sum of the first two but for one person, although each pair differs by k. For this everybody counts in the
same unit in every version, which no number shows and the provider answers for.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal
from uuid import UUID

import msgspec

from peil.errors import Finding, Invalid, repeated_items, unknown_items
from peil.releases.model import Thresholds
from peil.releases.partition import choose
from peil.releases.tree import Tree

SignalKind = Literal["pmo", "absence", "tally"]
_LEAST: Mapping[SignalKind, str] = {"pmo": "k_pmo", "absence": "k_abs", "tally": "k_n"}


class SignalCell(msgspec.Struct, frozen=True, kw_only=True):
    """What is counted in a unit and in all that is beneath it."""

    unit_id: UUID
    people: int
    counts: tuple[int, ...]
    """As many in every cell, each of the same thing."""


class SignalAtom(msgspec.Struct, frozen=True):
    """The people of a cell who are in none beneath it, and what is counted of them."""

    people: int
    counts: tuple[int, ...]


Atoms = Mapping[UUID, SignalAtom]
"""By the unit of the cell, in the order of the tree. A cell is the sum of its own and those beneath it."""


def least_of(kind: SignalKind, thresholds: Thresholds) -> int:
    """The least number of people of a signal."""
    least: int = getattr(thresholds, _LEAST[kind])
    return least


def release_signal(
    tree: Tree, cells: Sequence[SignalCell], k: int, earlier: Sequence[Atoms] = ()
) -> dict[UUID, SignalAtom]:
    """The atoms of an upload that may be told, beside `earlier`, all versions of it that were.

    Raises Invalid: `unknown-unit`, `duplicate-item`, `counts-differ`, `cells-do-not-add-up`, `cell-too-small`,
    `other-cells`, `corrected-too-few`, `corrected-twice`.
    """
    _refuse(_shape_findings(tree, cells))
    at = {cell.unit_id: place for place, cell in enumerate(cells)}
    atoms = _atoms(tree, cells)
    _refuse(
        Finding(f"/cells/{at[unit_id]}", "cells-do-not-add-up")
        for unit_id, atom in atoms.items()
        if min(atom.people, *atom.counts, 0) < 0 or (atom.people == 0 and any(atom.counts))
    )
    _refuse(Finding(f"/cells/{at[unit_id]}", "cell-too-small", {"least": k}) for unit_id in _small(tree, atoms, k))
    _refuse(_version_findings(at, atoms, k, earlier))
    return atoms


def _refuse(findings: Iterator[Finding]) -> None:
    found = list(findings)
    if found:
        raise Invalid(*found)


def _shape_findings(tree: Tree, cells: Sequence[SignalCell]) -> Iterator[Finding]:
    units = [cell.unit_id for cell in cells]
    yield from unknown_items(units, tree.places, "/cells", "unknown-unit", "/unitId")
    yield from repeated_items(units, "/cells")
    for place, cell in enumerate(cells):
        if len(cell.counts) != len(cells[0].counts):
            yield Finding(f"/cells/{place}/counts", "counts-differ")


def _atoms(tree: Tree, cells: Sequence[SignalCell]) -> dict[UUID, SignalAtom]:
    """Each cell less those right beneath it; the numbers may come out below nought."""
    told = {tree.places[cell.unit_id]: [cell.people, *cell.counts] for cell in cells}
    own = {place: list(numbers) for place, numbers in sorted(told.items())}
    above: list[int] = []
    for place in own:
        while above and tree.ends[above[-1]] <= place:
            above.pop()
        if above:
            own[above[-1]] = [of - beneath for of, beneath in zip(own[above[-1]], told[place], strict=True)]
        above.append(place)
    return {tree.ids[place]: SignalAtom(people, tuple(counts)) for place, (people, *counts) in own.items()}


def _small(tree: Tree, atoms: Atoms, k: int) -> list[UUID]:
    """The cells that the tree programme would leave out: none, if all of them can be told together."""
    own = [0] * len(tree)
    for unit_id, atom in atoms.items():
        own[tree.places[unit_id]] = atom.people
    published = choose(tree, own, k, [tree.places[unit_id] for unit_id in atoms]).published
    return [unit_id for unit_id in atoms if not published[tree.places[unit_id]]]


def _version_findings(at: Mapping[UUID, int], atoms: Atoms, k: int, earlier: Sequence[Atoms]) -> Iterator[Finding]:
    """What a correction may not be; with other cells there would be other groups, and their differences."""
    if any(version.keys() != atoms.keys() for version in earlier):
        yield Finding("/cells", "other-cells")
        return
    for unit_id, atom in atoms.items():
        before = {version[unit_id] for version in earlier} - {atom}
        if len(before) > 1:
            yield Finding(f"/cells/{at[unit_id]}", "corrected-twice")
        elif any(abs(atom.people - other.people) < k for other in before):
            yield Finding(f"/cells/{at[unit_id]}", "corrected-too-few", {"least": k})
