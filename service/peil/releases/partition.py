"""Which units are published: the exact tree programme that leaves no group smaller than k to be derived.

Tree theorem (disclosure.md): the smallest group over which any sum of published figures can say something
is the smallest non-empty residual, the people of a published unit who are in no published unit beneath it.
So a choice is safe if and only if every residual is empty or has at least k people. These residuals are the
*atoms*.
"""

from collections.abc import Collection, Iterator, Sequence
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
    programme = _Programme(tree, own, k, weights, candidates)
    return programme.walk_back(programme.find_best())


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


class _Programme:
    """One choice among the units of which it decides: those that can be published, and all above one."""

    def __init__(
        self, tree: Tree, own: Sequence[int], k: int, weights: Sequence[int], candidates: Collection[int] | None
    ) -> None:
        totals = tree.totals(own)
        usable = range(len(tree)) if candidates is None else candidates
        self.tree, self.own, self.k, self.weights = tree, own, k, weights
        self.before = [0, *accumulate(own)]
        self.allowed = {place for place in usable if totals[place] >= k}
        # By place, the units beneath of which it decides as well, last first; a team has none.
        self.children: dict[int, list[int]] = {place: [] for place in sorted(_with_ancestors(tree, self.allowed))}
        for place in reversed(self.children):
            if place:
                self.children[tree.parents[place]].append(place)
        self.states: dict[int, _States] = {}
        self.merges: dict[int, list[tuple[int, _Choices]]] = {}
        self.sources: dict[int, int] = {}

    def find_best(self) -> int:
        """What the root hands up in the best choice."""
        for place in reversed(self.children):
            if self.children[place]:
                pools: _States = {min(self.own[place], self.k): 0}
                self.merges[place] = []
                for child, others, handed in self._handed_up(place):
                    pools, choices = _merge(pools, others, handed, self.k)
                    self.merges[place].append((child, choices))
                if place in self.allowed:
                    pools, self.sources[place] = _publish(pools, self.k, self.weights[place])
                self.states[place] = pools
        pools = self.states.get(0, {0: 0})
        return min(pools, key=lambda pool: (-pools[pool], pool))

    def _handed_up(self, place: int) -> Iterator[tuple[int, int, _States]]:
        """What is handed up to a unit, the last first: by which child (-1: by none that decides), others, and pools.

        In which order teams and people who are handed up anyway are added is all the same, so they are added together
        up to a child that is no team.
        """
        teams: list[int] = []
        ends, others = self.tree.ends, 0
        end = ends[place]
        for child in self.children[place]:
            others += self.before[end] - self.before[ends[child]]
            end = child
            if self.children[child]:
                yield self._together(others, teams)
                yield child, 0, self.states[child]
                others, teams = 0, []
            else:
                teams.append(child)
        yield self._together(others + self.before[end] - self.before[place + 1], teams)

    def _together(self, others: int, teams: Sequence[int]) -> tuple[int, int, _States]:
        """What some teams hand up: nothing, or k by the one that weighs least, of these the last.

        A team hands up nothing, or its people where it is given up for others; to give up one is always enough.
        """
        if not teams:
            return -1, others, {0: 0}
        weight = sum(self.weights[team] for team in teams)
        least = min(teams, key=lambda team: self.weights[team])
        return least, others, {0: weight, self.k: weight - self.weights[least]}

    def walk_back(self, best: int) -> Partition:
        """Which units that choice publishes. Children were merged last to first: undo first to last."""
        published = [False] * len(self.tree)
        handed = {0: best}
        for place in self.children:
            pool = handed.get(place, 0)
            if pool == 0 and place in self.allowed:
                published[place] = True
                pool = self.sources.get(place, self.k)
            for child, choices in reversed(self.merges.get(place, [])):
                pool, handed[child] = choices[pool]
        homes: list[int] = []
        for place, parent in enumerate(self.tree.parents):
            homes.append(place if published[place] else homes[parent] if place else -1)
        return Partition(published, homes)


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
