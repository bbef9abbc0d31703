"""The tree programme: safe against a linear attacker, optimal, deterministic, and indifferent to depth."""

from collections.abc import Callable, Sequence
from itertools import product
from random import Random

import pytest

from disclosure.attacker import smallest_support
from disclosure.orgs import in_places, random_shape, tree_of, with_managers
from peil.releases.partition import partition, teams_first
from peil.releases.tree import Tree, create_tree

K = 7
Choose = Callable[[Tree, Sequence[int], int], list[bool]]


def exact(tree: Tree, own: Sequence[int], k: int) -> list[bool]:
    return partition(tree, own, k, teams_first(tree, own, k)).published


def threshold_only(tree: Tree, own: Sequence[int], k: int) -> list[bool]:
    """A planted fault: the usual rule, which hides nothing but small groups."""
    return [total >= k for total in tree.totals(own)]


def hide_next_sibling(tree: Tree, own: Sequence[int], k: int) -> list[bool]:
    """A planted fault: beside a single small child, the smallest other child is hidden as well."""
    totals = tree.totals(own)
    published = [total >= k for total in totals]
    for parent in range(len(tree)):
        children = [place for place in range(len(tree)) if tree.parents[place] == parent]
        hidden = [child for child in children if totals[child] and not published[child]]
        others = [child for child in children if published[child]]
        if len(hidden) == 1 and others:
            published[min(others, key=lambda child: totals[child])] = False
    return published


def derivable(tree: Tree, own: Sequence[int], published: Sequence[bool]) -> int | None:
    sums = [set(range(place, tree.ends[place])) for place in range(len(tree)) if published[place]]
    return smallest_support(sums, own)


def residuals(tree: Tree, own: Sequence[int], published: Sequence[bool]) -> list[int]:
    """By definition: the people of a published unit who are in no published unit beneath it."""
    found = []
    for place in range(len(tree)):
        if published[place]:
            beneath = {
                below
                for child in range(place + 1, tree.ends[place])
                if published[child]
                for below in range(child, tree.ends[child])
            }
            found.append(sum(own[unit] for unit in range(place, tree.ends[place]) if unit not in beneath))
    return [residual for residual in found if residual]


def organisations(seed: int, count: int, size: int) -> list[tuple[Tree, list[int]]]:
    """Random trees in which every unit with children has one to three people of its own."""
    random = Random(seed)
    found = []
    for _ in range(count):
        shape = random_shape(random, random.randint(2, size))
        tree = tree_of(shape)
        found.append((tree, in_places(tree, with_managers(random, shape))))
    return found


def leaks(choose: Choose, trees: Sequence[tuple[Tree, list[int]]]) -> int:
    """In how many trees somebody can derive a statistic over fewer than k people."""
    supports = [derivable(tree, own, choose(tree, own, K)) for tree, own in trees]
    return sum(1 for support in supports if support is not None and support < K)


def test_no_linear_combination_is_about_fewer_than_k() -> None:
    """Whatever sums an attacker combines, they are about k people or about nobody."""
    trees = organisations(seed=1, count=200, size=12)
    told = [sum(exact(tree, own, K)) for tree, own in trees]

    assert leaks(exact, trees) == 0
    assert sum(1 for number in told if number > 2) > 50


@pytest.mark.parametrize("fault", [threshold_only, hide_next_sibling])
def test_attacker_finds_the_leaks_of_the_usual_rules(fault: Choose) -> None:
    """The attacker is not blind: most trees leak when only small groups, or also a sibling, are hidden."""
    trees = organisations(seed=1, count=100, size=8)

    assert leaks(fault, trees) > 50


def test_smallest_derivable_group_is_the_smallest_residual() -> None:
    """The tree theorem holds for any choice of units, safe or not."""
    random = Random(2)
    for tree, own in organisations(seed=3, count=100, size=10):
        published = [random.random() < 0.6 for _ in own]

        assert derivable(tree, own, published) == min(residuals(tree, own, published), default=None)


@pytest.mark.parametrize("k", [2, 3, 7])
def test_total_weight_is_the_exhaustive_optimum(k: int) -> None:
    """No safe choice weighs more, whatever the weights and candidates are."""
    random = Random(k)
    for _ in range(150):
        shape = random_shape(random, random.randint(1, 10))
        tree = tree_of(shape)
        own = [random.randint(0, 2 * k) if random.random() < 0.7 else random.randint(0, 2) for _ in shape]
        weights = [random.randint(1, 5) for _ in shape]
        candidates = {place for place in range(len(shape)) if random.random() < 0.8}
        published = partition(tree, own, k, weights, candidates).published
        totals = tree.totals(own)
        best = max(
            sum(weight for weight, chosen in zip(weights, choice, strict=True) if chosen)
            for choice in product([False, True], repeat=len(shape))
            if all(place in candidates and totals[place] >= k for place, chosen in enumerate(choice) if chosen)
            and min(residuals(tree, own, choice), default=k) >= k
        )

        assert best == sum(weight for weight, chosen in zip(weights, published, strict=True) if chosen)
        assert min(residuals(tree, own, published), default=k) >= k
        assert {place for place, chosen in enumerate(published) if chosen} <= candidates


def test_root_is_published_whenever_k_people_answered() -> None:
    """However small the groups are, nothing keeps the whole from being told."""
    trees = organisations(seed=4, count=300, size=30)
    told = [exact(tree, own, K)[0] for tree, own in trees]

    assert told == [sum(own) >= K for _, own in trees]


def test_teams_come_before_departments() -> None:
    """Where a department and its two teams cannot all be published, both teams are."""
    #        root 20
    #   department 3   with teams of 7 and 7
    tree = tree_of([-1, 0, 1, 1])

    assert exact(tree, [20, 3, 7, 7], K) == [True, False, True, True]


def test_small_departments_protect_each_other() -> None:
    """Three managements of three are an atom of nine in the whole, so that all their teams can be told."""
    shape = [-1, *[0, 1, 1], *[0, 4, 4], *[0, 7, 7]]
    tree = tree_of(shape)

    assert exact(tree, [0, *[3, 7, 7] * 3], K) == [True, *[False, True, True] * 3]


def test_equal_weights_are_settled_by_unit_id() -> None:
    """Of two equal teams beside three people, that with the smaller id is published."""
    tree = tree_of([-1, 0, 0])

    assert exact(tree, [3, 9, 9], K) == [True, True, False]


def test_order_of_the_units_does_not_matter() -> None:
    """The same organisation in any order gives the same choice."""
    random = Random(5)
    for _ in range(50):
        shape = random_shape(random, 12)
        own = with_managers(random, shape)
        tree = tree_of(shape)
        rows = [(tree.ids[i], None if i == 0 else tree.ids[tree.parents[i]]) for i in range(len(tree))]
        random.shuffle(rows)

        shuffled = create_tree(rows)
        assert tree.ids == shuffled.ids
        assert exact(tree, in_places(tree, own), K) == exact(shuffled, in_places(shuffled, own), K)


def test_residuals_over_two_levels_are_pooled() -> None:
    """Three people of the root and four of a department hide each other if the department is not told."""
    tree = tree_of([-1, 0, 1])

    assert exact(tree, [3, 4, 10], K) == [True, False, True]


def test_people_too_few_on_every_level_hide_a_team() -> None:
    """Three people of the root and one of a department are too few: the team is given up for them."""
    tree = tree_of([-1, 0, 1])

    assert exact(tree, [3, 1, 10], K) == [True, False, False]


def test_empty_teams_are_not_published_and_harm_nobody() -> None:
    """A team in which nobody answered is protected like any other, and its sibling is published."""
    tree = tree_of([-1, 0, 0])

    assert exact(tree, [0, 0, 9], K) == [True, False, True]


def test_chain_of_single_children_is_published_whole() -> None:
    """Units that hold the same people say the same thing: each may say it."""
    tree = tree_of([-1, 0, 1, 2])

    assert exact(tree, [0, 0, 0, 8], K) == [True] * 4


@pytest.mark.parametrize("depth", [1_000, 10_000])
def test_depth_is_no_limit(depth: int) -> None:
    """A chain in which every unit has one person is told in whole atoms."""
    tree = tree_of(range(-1, depth - 1))
    published = exact(tree, [1] * depth, K)
    told = [place for place, chosen in enumerate(published) if chosen]

    assert told[0] == 0
    assert depth // K == len(told)
    assert min(below - above for above, below in zip(told, [*told[1:], depth], strict=True)) >= K


def test_coarser_class_keeps_to_whole_atoms() -> None:
    """What a class with a higher threshold publishes are unions of the atoms of the class before it."""
    for tree, own in organisations(seed=6, count=200, size=20):
        fine = partition(tree, own, 7, teams_first(tree, own, 7))
        candidates = [place for place, chosen in enumerate(fine.published) if chosen]
        coarse = partition(tree, own, 15, teams_first(tree, own, 15, candidates), candidates)
        homes: dict[int, int] = {}
        for place, home in enumerate(fine.homes):
            homes.setdefault(home, coarse.homes[place])

            assert homes[home] == coarse.homes[place]
