"""Which units are published: the exact tree programme that leaves no group smaller than k to be derived.

Tree theorem (disclosure.md): the smallest group over which any sum of published figures can say something
is the smallest non-empty residual, the people of a published unit who are in no published unit beneath it.
So a choice is safe if and only if every residual is empty or has at least k people. These residuals are the
*atoms*.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from peil.releases.tree import Tree

# What one unit may hand up: pool (people not in a published unit, k meaning k or more) → greatest weight
# below.
_States = dict[int, int]
# How a pool came about when a child was merged: pool → (pool before, pool of the child).
_Choices = dict[int, tuple[int, int]]


class Partition(NamedTuple):
    """Per place: is the unit published, and to which published unit's atom do its own people belong.

    `homes[i]` is the nearest published place at or above i, -1 if there is none.
    """

    published: list[bool]
    homes: list[int]


def partition(
    tree: Tree,
    own: Sequence[int],
    k: int,
    weights: Sequence[int],
    candidates: Collection[int] | None = None,
) -> Partition:
    """The safe choice of greatest total weight; deterministic; O(V·k²) time.

    `own` people and positive `weights` per place. `candidates`: the places a coarser class may use, those
    the class before it published, so that its atoms are unions of the finer ones; None: all. A unit with
    fewer than k people is never published, an empty one neither. Between choices of equal weight, in every
    unit the child with the smaller id hands up fewer people.
    """
    totals = tree.totals(own)
    allowed = [total >= k for total in totals]
    if candidates is not None:
        usable = set(candidates)
        allowed = [ok and place in usable for place, ok in enumerate(allowed)]
    states: list[_States] = [{min(people, k): 0} for people in own]
    choices: list[_Choices] = [{} for _ in own]
    sources: list[int | None] = [None] * len(own)
    for place in range(len(own) - 1, -1, -1):
        if allowed[place]:
            sources[place] = _publish(states[place], k, weights[place])
        if place:
            parent = tree.parents[place]
            states[parent], choices[place] = _merge(states[parent], states[place], k)
            states[place] = {}
    best = min(states[0], key=lambda pool: (-states[0][pool], pool))
    return _walk_back(tree, best, choices, sources)


def choose(tree: Tree, own: Sequence[int], k: int, candidates: Collection[int] | None = None) -> Partition:
    """The one choice that is published: the partition by the policy *teams first*."""
    return partition(tree, own, k, teams_first(tree, own, k, candidates), candidates)


def teams_first(tree: Tree, own: Sequence[int], k: int, candidates: Collection[int] | None = None) -> list[int]:
    """Weights of the policy *teams first*: the root above all, then most teams, then most other units.

    A team is a unit that can be published and has none beneath it that can: the lowest figure its people
    can see. The number of people plays no part, so that the same units tend to be published wave after wave
    and changes can be followed.
    """
    totals = tree.totals(own)
    usable = range(len(totals)) if candidates is None else candidates
    possible = [place for place in usable if totals[place] >= k]
    above_another = {tree.parents[place] for place in _with_ancestors(tree, possible)}
    team, root = len(totals) + 1, (len(totals) + 1) ** 2
    weights = [1] * len(totals)
    for place in possible:
        if place not in above_another:
            weights[place] = team
    weights[0] = root
    return weights


def _with_ancestors(tree: Tree, places: Collection[int]) -> set[int]:
    reached: set[int] = set()
    for start in places:
        place = start
        while place >= 0 and place not in reached:
            reached.add(place)
            place = tree.parents[place]
    return reached


def _publish(states: _States, k: int, weight: int) -> int | None:
    """Publish the unit if its pool can be empty or at least k; returns which of the two, None if neither.

    Not publishing where it is possible is never better: published, the unit hands up nothing and weighs more
    than any choice that hands up nothing without it.
    """
    possible = [pool for pool in (0, k) if pool in states]
    if not possible:
        return None
    source = max(possible, key=lambda pool: states[pool])
    others = {pool: below for pool, below in states.items() if pool}
    weight += states[source]
    states.clear()
    states[0] = weight
    states.update(others)
    return source


def _merge(pools: _States, child: _States, k: int) -> tuple[_States, _Choices]:
    """Add what a child may hand up; on equal weight the child, then the others, hand up least.

    Both are in the order of their pools, and so is what comes of them.
    """
    weights: _States = {}
    choices: _Choices = {}
    for child_pool, child_weight in child.items():
        for before, weight in pools.items():
            pool, total = min(before + child_pool, k), weight + child_weight
            if total > weights.get(pool, -1):
                weights[pool] = total
                choices[pool] = (before, child_pool)
    return (weights if len(child) == 1 else dict(sorted(weights.items()))), choices


def _walk_back(tree: Tree, best: int, choices: Sequence[_Choices], sources: Sequence[int | None]) -> Partition:
    """Which units the optimum publishes. Children were merged last to first: undo first to last."""
    size = len(tree)
    published = [False] * size
    homes = [-1] * size
    pools = [0] * size
    for place in range(size):
        parent = tree.parents[place]
        if place == 0:
            pool = best
        else:
            pools[parent], pool = choices[place][pools[parent]]
        source = sources[place]
        if pool == 0 and source is not None:
            published[place] = True
            pool = source
        pools[place] = pool
        homes[place] = place if published[place] else (homes[parent] if place else -1)
    return Partition(published, homes)
