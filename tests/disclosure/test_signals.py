"""Figures from elsewhere: whole uploads or none, and versions of which no difference is about few people."""

from collections.abc import Callable, Sequence
from itertools import pairwise, product
from random import Random

import pytest

from disclosure.attacker import smallest_support
from disclosure.orgs import in_places, random_shape, tree_of, unit_id, with_managers
from peil.errors import Invalid
from peil.releases.model import Thresholds
from peil.releases.signals import Atoms, SignalAtom, SignalCell, least_of, release_signal
from peil.releases.tree import Tree

K = 7


def cells_of(
    tree: Tree, own: Sequence[int], places: Sequence[int], counts: Sequence[int] | None = None
) -> list[SignalCell]:
    """Cells at these places, of `own` people and what is counted of them per place, everything beneath included."""
    people, counted = tree.totals(own), tree.totals(counts or [0] * len(tree))
    return [SignalCell(unit_id=tree.ids[at], people=people[at], counts=(counted[at],)) for at in places]


def codes_of(tree: Tree, cells: Sequence[SignalCell], earlier: Sequence[Atoms] = ()) -> set[tuple[str, str]]:
    """Where an upload is refused and by which rules; none: it is told."""
    try:
        release_signal(tree, cells, K, earlier)
    except Invalid as refusal:
        return {(finding.pointer, finding.code) for finding in refusal.findings}
    return set()


def uploads(seed: int, count: int, size: int) -> list[tuple[Tree, list[int], list[int]]]:
    """Random trees with people in each unit, and the places that an upload names."""
    random = Random(seed)
    found = []
    for _ in range(count):
        shape = random_shape(random, random.randint(2, size))
        tree = tree_of(shape)
        own = in_places(tree, with_managers(random, shape, most=22))
        found.append((tree, own, [place for place in range(len(tree)) if random.random() < 0.6]))
    return found


def test_an_upload_is_told_if_and_only_if_no_sum_is_about_few() -> None:
    """By an attacker who combines cells in every linear way and knows of no tree."""
    told = 0
    for tree, own, places in uploads(seed=1, count=300, size=9):
        sums = [set(range(place, tree.ends[place])) for place in places]
        few = any(not sum(own[place] for place in beneath) for beneath in sums)
        few |= (smallest_support(sums, own) or K) < K
        refused = codes_of(tree, cells_of(tree, own, places))
        told += not refused and bool(places)

        assert bool(refused) == few
        assert {code for _, code in refused} <= {"cell-too-small"}
    assert told > 40


def test_what_is_told_is_a_sum_of_atoms_of_k_or_more() -> None:
    """Each cell is its own atom and those beneath it, in people and in what is counted of them."""
    random = Random(2)
    for tree, own, places in uploads(seed=3, count=200, size=12):
        counts = [random.randint(0, people) for people in own]
        cells = cells_of(tree, own, places, counts)
        if codes_of(tree, cells):
            continue
        atoms = release_signal(tree, cells, K)

        assert all(atom.people == 0 or atom.people >= K for atom in atoms.values())
        for cell in cells:
            at = tree.places[cell.unit_id]
            beneath = [atoms[one] for one in tree.ids[at : tree.ends[at]] if one in atoms]
            assert cell.people == sum(atom.people for atom in beneath)
            assert cell.counts == (sum(atom.counts[0] for atom in beneath),)


def test_a_refusal_knows_no_counts() -> None:
    """Whatever is counted of the same people, the same cells are refused."""
    random = Random(4)
    for tree, own, places in uploads(seed=5, count=100, size=9):
        counts = [[random.randint(0, people) for people in own] for _ in range(2)]
        first, second = (codes_of(tree, cells_of(tree, own, places, one)) for one in counts)

        assert first == second


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ([(9, 8, (1,))], "unknown-unit"),
        ([(1, 8, (1,)), (1, 8, (1,))], "duplicate-item"),
        ([(0, 30, (1,)), (1, 8, (1, 2))], "counts-differ"),
        ([(0, 8, (1,)), (1, 9, (1,))], "cells-do-not-add-up"),
        ([(0, 30, (1,)), (1, 9, (2,))], "cells-do-not-add-up"),
        ([(0, 9, (2,)), (1, 9, (1,))], "cells-do-not-add-up"),
        ([(0, 30, (1,)), (1, 6, (1,))], "cell-too-small"),
        ([(0, 30, (1,)), (1, 24, (1,))], "cell-too-small"),
        ([(0, 0, (0,))], "cell-too-small"),
    ],
)
def test_what_is_no_upload_is_refused(cells: list[tuple[int, int, tuple[int, ...]]], code: str) -> None:
    """Each with its reason: another unit, a unit twice, a part that is more than the whole, a small group or rest."""
    tree = tree_of([-1, 0, 0])
    asked = [SignalCell(unit_id=unit_id(unit), people=people, counts=counts) for unit, people, counts in cells]

    assert {code} == {found for _, found in codes_of(tree, asked)}


Rule = Callable[[Sequence[SignalAtom]], bool]


def worlds(groups: int, versions: int) -> list[list[set[int]]]:
    """Every way in which so many groups of people can be in each of so many versions of one atom."""
    each = [{group for group in range(groups) if pattern >> group & 1} for pattern in range(1, 1 << groups)]
    return [list(world) for world in product(each, repeat=versions)]


def by_rule(versions: Sequence[SignalAtom]) -> bool:
    """Whether the service would tell one version after the other."""
    tree, told = tree_of([-1]), list[Atoms]()
    for version in versions:
        cell = SignalCell(unit_id=tree.ids[0], people=version.people, counts=version.counts)
        try:
            told.append(release_signal(tree, [cell], K, told))
        except Invalid:
            return False
    return True


def by_neighbours(versions: Sequence[SignalAtom]) -> bool:
    """A planted fault: each version is held against the one before it only."""
    return all(abs(one.people - other.people) >= K for one, other in pairwise(versions))


def by_pairs(versions: Sequence[SignalAtom]) -> bool:
    """A planted fault: any two versions differ by k people, however many there are."""
    return all(
        abs(one.people - other.people) >= K
        for place, one in enumerate(versions)
        for other in versions[:place]
        if one != other
    )


def leaks(rule: Rule, sizes: Sequence[int], versions: int) -> int:
    """In how many worlds that the rule lets out a sum over versions is about fewer than k people."""
    found = 0
    for world in worlds(len(sizes), versions):
        people = [sum(sizes[group] for group in members) for members in world]
        # Counts that differ where the people do, as those of whom something is counted may.
        counted = [SignalAtom(n, (sum(1 << group for group in who),)) for n, who in zip(people, world, strict=True)]
        if min(people) >= K and rule(counted) and (smallest_support(world, sizes) or K) < K:
            found += 1
    return found


SIZES = [9, 7, 7, 1]
"""Groups of people who come and go together: enough to make the sum of two corrections a third but for one person."""


def test_no_sum_over_versions_is_about_few() -> None:
    """Exhaustive: every way in which four groups of people can be in two and in three versions of one atom."""
    assert 0 == leaks(by_rule, SIZES, 2) == leaks(by_rule, SIZES, 3)
    assert 0 == leaks(by_rule, [8, 7, 6, 2], 2) == leaks(by_rule, [8, 7, 6, 2], 3)


@pytest.mark.parametrize(("rule", "versions"), [(by_neighbours, 3), (by_pairs, 4)])
def test_the_attacker_finds_weaker_rules_out(rule: Rule, versions: int) -> None:
    """The attacker is not blind: neighbours alone, and pairs alone, let a single person out."""
    assert leaks(rule, SIZES, versions) > 0


def test_atoms_are_corrected_independently() -> None:
    """A correction of k people in one team is told; of fewer, or of counts alone, it is refused there only."""
    tree = tree_of([-1, 0, 0])
    first = release_signal(tree, cells_of(tree, [10, 20, 30], [0, 1, 2], [1, 2, 3]), K)

    def corrected(own: list[int], counts: list[int]) -> set[tuple[str, str]]:
        return codes_of(tree, cells_of(tree, own, [0, 1, 2], counts), [first])

    assert set() == corrected([10, 27, 30], [1, 9, 3]) == corrected([10, 20, 30], [1, 2, 3])
    assert {("/cells/1", "corrected-too-few")} == corrected([10, 26, 30], [1, 2, 3])
    assert {("/cells/1", "corrected-too-few")} == corrected([10, 20, 30], [1, 3, 3])
    assert {("/cells/0", "corrected-too-few")} == corrected([11, 20, 30], [1, 2, 3])


def test_an_atom_is_corrected_once_and_may_go_back() -> None:
    """A third figure is refused, the first or second again is not."""
    tree = tree_of([-1])
    told = [release_signal(tree, cells_of(tree, [people], [0]), K) for people in (20, 30)]

    assert {("/cells/0", "corrected-twice")} == codes_of(tree, cells_of(tree, [40], [0]), told)
    assert set() == codes_of(tree, cells_of(tree, [20], [0]), told) == codes_of(tree, cells_of(tree, [30], [0]), told)


def test_a_correction_has_the_same_cells() -> None:
    """Others would cut other groups."""
    tree = tree_of([-1, 0])
    first = release_signal(tree, cells_of(tree, [10, 20], [0, 1]), K)

    assert {("/cells", "other-cells")} == codes_of(tree, cells_of(tree, [10, 20], [0]), [first])


def test_each_kind_has_its_own_least_number() -> None:
    """As the works council consented to."""
    thresholds = Thresholds(k_pmo=16, k_abs=31, k_n=8)

    assert [16, 31, 8] == [least_of(kind, thresholds) for kind in ("pmo", "absence", "tally")]
