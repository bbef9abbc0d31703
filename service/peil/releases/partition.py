"""Which units are published: the exact tree programme that leaves no group smaller than k to be derived.

Tree theorem (disclosure.md): the smallest group over which any sum of published figures can say something
is the smallest non-empty residual, the people of a published unit who are in no published unit beneath it.
So a choice is safe if and only if every residual is empty or has at least k people. These residuals are the
*atoms*.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate
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
    totals, before = tree.totals(own), [0, *accumulate(own)]
    usable = range(len(own)) if candidates is None else candidates
    allowed = {place for place in usable if totals[place] >= k}
    # All others hand up their people whatever is chosen. They are added where their turn comes, some at once.
    deciding = sorted(_with_ancestors(tree, allowed))
    states: dict[int, _States] = {place: {min(own[place], k): 0} for place in deciding}
    merged = {place: tree.ends[place] for place in deciding}
    choices: dict[int, _Choices] = {}
    first: dict[int, _Choices] = {}
    sources: dict[int, int] = {}
    for place in reversed(deciding):
        pools = states.pop(place)
        others = before[merged[place]] - before[place + 1]
        if others:
            pools, first[place] = _merge(pools, others, {0: 0}, k)
        if place in allowed:
            pools, sources[place] = _publish(pools, k, weights[place])
        if place == 0:
            best = min(pools, key=lambda pool: (-pools[pool], pool))
            return _walk_back(tree, best, deciding, choices, first, sources)
        parent = tree.parents[place]
        others = before[merged[parent]] - before[tree.ends[place]]
        states[parent], choices[place] = _merge(states[parent], others, pools, k)
        merged[parent] = place
    return Partition([False] * len(own), [-1] * len(own))


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


def _publish(pools: _States, k: int, weight: int) -> tuple[_States, int]:
    """Publish the unit whose pool is empty or at least k; of the two, which is better before.

    The latter is always possible: nothing beneath is published. Not publishing is never better: published, the unit
    hands up nothing and weighs more than any choice that hands up nothing without it.
    """
    source = 0 if pools.get(0, -1) >= pools[k] else k
    return {0: 0} | pools | {0: pools[source] + weight}, source


def _merge(pools: _States, others: int, child: _States, k: int) -> tuple[_States, _Choices]:
    """Add `others`, then what a child may hand up; on equal weight the child, then those before it, hand up least.

    Both are in the order of their pools, and so is what comes of them.
    """
    weights: _States = {}
    choices: _Choices = {}
    for child_pool, child_weight in child.items():
        for before, weight in pools.items():
            pool, total = min(before + others + child_pool, k), weight + child_weight
            if total > weights.get(pool, -1):
                weights[pool] = total
                choices[pool] = (before, child_pool)
    return (weights if len(child) == 1 else dict(sorted(weights.items()))), choices


def _walk_back(
    tree: Tree,
    best: int,
    deciding: Sequence[int],
    choices: Mapping[int, _Choices],
    first: Mapping[int, _Choices],
    sources: Mapping[int, int],
) -> Partition:
    """Which units the optimum publishes. Children were merged last to first: undo first to last."""
    published = [False] * len(tree)
    pools: dict[int, int] = {}
    for place in deciding:
        pool = best
        if place:
            parent = tree.parents[place]
            pools[parent], pool = choices[place][pools[parent]]
        if pool == 0 and place in sources:
            published[place] = True
            pool = sources[place]
        pools[place] = first[place][pool][0] if place in first else pool
    homes: list[int] = []
    for place, parent in enumerate(tree.parents):
        homes.append(place if published[place] else homes[parent] if place else -1)
    return Partition(published, homes)
