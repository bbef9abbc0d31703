"""Disclosure control of a large organisation, without reading or writing anything: pure computation."""

from collections.abc import Iterator
from random import Random
from time import perf_counter
from uuid import UUID

from benchmarks.report import Finding, Pair
from disclosure.orgs import FLOORS, block, invited, item, snapshot, unit_id
from support.releasing import Answers, count

TARGET = 1.0
"""All units in a second."""
_LEVELS = 4
_CHILDREN = 10
_ITEMS = 5
# Of the answers from the worst to the best, and of those who skip an item.
_ANSWERS = (0.05, 0.10, 0.15, 0.40, 0.30)
_SKIPPING = 0.02


def measure(repeats: int) -> Finding:
    """All classes of 11,111 units: teams of five to fifteen, one to three people in every unit above them."""
    random = Random(3)
    shape, own = _organisation(random)
    scorings = [block(item(f"item-{number}"), key=f"block-{number}") for number in range(_ITEMS)]
    counted = count(snapshot(shape), invited(own), _responses(random, own), scorings, FLOORS)
    pairs = []
    for _ in range(repeats):
        started = perf_counter()
        counted.release()
        pairs.append(Pair(ours=len(own) / (perf_counter() - started), bare=len(own)))
    return Finding(
        path="disclosure control",
        load=f"{len(own):,} units, {sum(own):,} people, {_ITEMS} items, all classes",
        compared_with="all in a second",
        target=TARGET,
        pairs=pairs,
        more={},
    )


def _organisation(random: Random) -> tuple[list[int], list[int]]:
    """The place of the unit above each, and the people of its own."""
    shape, own, level = [-1], [3], [0]
    for depth in range(1, _LEVELS + 1):
        above = [parent for parent in level for _ in range(_CHILDREN)]
        level = list(range(len(shape), len(shape) + len(above)))
        shape += above
        own += [random.randint(5, 15) if depth == _LEVELS else random.randint(1, 3) for _ in above]
    return shape, own


def _responses(random: Random, own: list[int]) -> Iterator[tuple[UUID, Answers]]:
    for place, people in enumerate(own):
        for _ in range(people):
            yield unit_id(place), {f"item-{number}": _answer(random) for number in range(_ITEMS)}


def _answer(random: Random) -> int | None:
    return None if random.random() < _SKIPPING else random.choices(range(1, 6), _ANSWERS)[0]
