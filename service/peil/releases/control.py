"""The one entrance of disclosure control: answers go in, and only a release comes out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from peil.releases.cells import block_cells, response_cells
from peil.releases.counting import Answers, Tally
from peil.releases.manifests import hash_tree
from peil.releases.model import (
    METHOD,
    Atom,
    BlockRelease,
    BlockScoring,
    Cell,
    CommentAtoms,
    RawCell,
    ReleaseContent,
    ResponseAtom,
    ResponseCell,
    ResponseRelease,
    Thresholds,
    UnitRelease,
    UnitSnapshot,
)
from peil.releases.partition import Partition, choose
from peil.releases.population import Population, create_population
from peil.releases.protection import grain, protect, protect_spread
from peil.releases.rules import validate_blocks, validate_thresholds
from peil.releases.statistics import LARGE_ATOM, pooled_sd


class _Choice(NamedTuple):
    """What is published of one class, and the raw cell of each atom by its published place, in order."""

    partition: Partition
    places: list[int]
    atoms: dict[int, RawCell]


class WaveCount:
    """The answers of one wave as they are counted, from which one release comes and nothing else."""

    __slots__ = ("_invited", "_population", "_rated", "_tally", "_thresholds")

    def __init__(
        self,
        units: Sequence[UnitSnapshot],
        invited: Mapping[UUID, int],
        blocks: Sequence[BlockScoring],
        thresholds: Thresholds,
    ) -> None:
        """`invited` people per reporting group, which is named by the unit it stands at.

        A block of a sensitive item has no mean and is left out. Raises Invalid: see `create_population` and the rules.
        """
        validate_thresholds(thresholds)
        validate_blocks(blocks)
        self._invited = invited
        self._thresholds = thresholds
        self._population = create_population(units, invited)
        self._rated = [block for block in blocks if not any(item.sensitive for item in block.items)]
        self._tally = Tally(invited, self._rated)

    def add(self, responses: Iterable[tuple[UUID, Answers]]) -> None:
        """Counts some more: the unit of the reporting group and the answers 1 … points by item key, none kept.

        Raises Invalid: see `Tally.add`.
        """
        self._tally.add(responses)

    def release(self) -> ReleaseContent:
        """Everything that will ever be said of the scores. Decisions use the tree, counts and ids only."""
        population, k_m = self._population, self._thresholds.k_m
        everybody = _choose(population, self._tally.respondents, k_m, None)
        participation, response = _release_response(population, everybody)
        released = [
            # A block lies within participation: its atoms are unions of those of all respondents.
            _release_block(population, block, _choose(population, cells, k_m, everybody.places), self._thresholds.m)
            for block, cells in zip(self._rated, self._tally.blocks, strict=True)
        ]
        return ReleaseContent(
            method=METHOD,
            thresholds=self._thresholds,
            tree=hash_tree(population.units, self._invited),
            response=participation,
            blocks=[of_wave for of_wave, _ in released],
            units=[
                UnitRelease(
                    unit_id=unit.unit_id,
                    name=unit.name,
                    response=response[place],
                    blocks={of_wave.key: cells[place] for of_wave, cells in released},
                )
                for place, unit in enumerate(population.units)
            ],
        )

    def comment_atoms(self) -> CommentAtoms:
        """Where comments are shown, by how many answered in each reporting group, commenting or not.

        Like any class it considers only units at which participation is published: its atoms are unions of those.
        """
        population, respondents = self._population, self._tally.respondents
        everybody = _choose(population, respondents, self._thresholds.k_m, None)
        chosen = _choose(population, respondents, self._thresholds.k_c, everybody.places)
        ids = population.tree.ids
        homes = {ids[place]: home for place, home in enumerate(chosen.partition.homes) if ids[place] in self._invited}
        return CommentAtoms(
            units=[ids[place] for place in chosen.atoms],
            homes={group: ids[home] for group, home in homes.items() if home >= 0},
        )


def _choose(population: Population, cells: Mapping[UUID, RawCell], k: int, candidates: Sequence[int] | None) -> _Choice:
    """The partition of one class, and its atoms. People handed up count where their group stands."""
    tree = population.tree
    by_place = {tree.places[group]: cell for group, cell in cells.items() if cell.n}
    own = [by_place[place].n if place in by_place else 0 for place in range(len(tree))]
    chosen = choose(tree, own, k, candidates)
    atoms: dict[int, RawCell] = {}
    for place, cell in sorted(by_place.items(), key=lambda item: item[0]):
        home = chosen.homes[place]
        if home >= 0:
            atoms.setdefault(home, RawCell(len(cell.counts))).add(cell)
    places = [place for place, published in enumerate(chosen.published) if published]
    return _Choice(chosen, places, {place: atoms[place] for place in places if place in atoms})


def _release_response(population: Population, choice: _Choice) -> tuple[ResponseRelease, list[ResponseCell]]:
    ids = population.tree.ids
    respondents = {place: cell.n for place, cell in choice.atoms.items()}
    of_wave = ResponseRelease(
        published=[ids[place] for place in choice.places],
        atoms=[ResponseAtom(unit_id=ids[place], respondents=n) for place, n in respondents.items()],
    )
    return of_wave, response_cells(population, choice.partition, respondents)


def _release_block(
    population: Population, block: BlockScoring, choice: _Choice, m: int
) -> tuple[BlockRelease, list[Cell]]:
    ids = population.tree.ids
    atoms = {place: (cell.n, protect(cell, block, m)) for place, cell in choice.atoms.items()}
    spreads = [protect_spread(cell, block, m) for cell in choice.atoms.values() if cell.n >= LARGE_ATOM]
    spread = pooled_sd(spreads, grain(block).full)
    keys = [item.key for item in block.items]
    of_wave = BlockRelease(
        key=block.key,
        spread=spread,
        published=[ids[place] for place in choice.places],
        atoms=[
            Atom(unit_id=ids[place], n=n, steps=dict(zip(keys, steps, strict=True)))
            for place, (n, steps) in atoms.items()
        ],
    )
    return of_wave, block_cells(population, choice.partition, block, atoms, spread)
