"""Disclosure control of a large organisation, without reading or writing anything: pure computation."""

from collections.abc import Iterator
from random import Random
from statistics import median
from time import perf_counter, process_time
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
    responses = list(_responses(random, own))
    pairs, computed = [], []
    for _ in range(repeats):
        # Counted anew: what has been chosen once is not chosen again.
        counted = count(snapshot(shape), invited(own), responses, scorings, FLOORS)
        started, computing = perf_counter(), process_time()
        counted.release()
        pairs.append(Pair(ours=len(own) / (perf_counter() - started), bare=len(own)))
        computed.append(process_time() - computing)
    return Finding(
        path="disclosure control",
        load=f"{len(own):,} units, {sum(own):,} people, {_ITEMS} items, all classes",
        compared_with="all in a second",
        target=TARGET,
        pairs=pairs,
        more={"cpuSeconds": computed},
        remark=f"{median(computed):.1f} s on one core",
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
