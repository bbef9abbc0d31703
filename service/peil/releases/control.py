"""The one entrance of disclosure control: answers go in, and only a release comes out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from peil.releases.cells import block_cells, response_cells
from peil.releases.counting import Answers, count_responses
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


def release(
    units: Sequence[UnitSnapshot],
    invited: Mapping[UUID, int],
    responses: Iterable[tuple[UUID, Answers]],
    blocks: Sequence[BlockScoring],
    thresholds: Thresholds,
) -> ReleaseContent:
    """Everything that will ever be said of the scores of one wave.

    `invited` people per reporting group, which is named by the unit it stands at; `responses`: that unit
    and the answers 1 … points by item key, read once and not kept. Decisions use the tree, counts and ids
    only. A block of a sensitive item has no mean and is left out. Raises Invalid: see `create_population`,
    `count_responses` and the rules.
    """
    validate_thresholds(thresholds)
    validate_blocks(blocks)
    population = create_population(units, invited)
    rated = [block for block in blocks if not any(item.sensitive for item in block.items)]
    tally = count_responses(invited, responses, rated)
    everybody = _choose(population, tally.respondents, thresholds.k_m, None)
    participation, response = _release_response(population, everybody)
    released = [
        # A block lies within participation: its atoms are unions of those of all respondents.
        _release_block(population, block, _choose(population, cells, thresholds.k_m, everybody.places), thresholds.m)
        for block, cells in zip(rated, tally.blocks, strict=True)
    ]
    return ReleaseContent(
        method=METHOD,
        thresholds=thresholds,
        tree=hash_tree(population.units, invited),
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


def comment_atoms(
    units: Sequence[UnitSnapshot],
    invited: Mapping[UUID, int],
    respondents: Iterable[UUID],
    thresholds: Thresholds,
) -> CommentAtoms:
    """Where comments are shown; `respondents`: the unit of each one's reporting group, commenting or not.

    Like any class it considers only units at which participation is published: its atoms are unions of those.
    """
    population = create_population(units, invited)
    cells = count_responses(invited, ((group, {}) for group in respondents), []).respondents
    everybody = _choose(population, cells, thresholds.k_m, None)
    chosen = _choose(population, cells, thresholds.k_c, everybody.places)
    ids = population.tree.ids
    homes = {ids[place]: home for place, home in enumerate(chosen.partition.homes) if ids[place] in invited}
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
