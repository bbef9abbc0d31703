"""Custom groups: told if and only if they are made of whole atoms, and then as the sum of these."""

from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from aggregates.shelves import Stored, ids
from disclosure.orgs import (
    FLOORS,
    answers,
    block,
    invited,
    item,
    random_shape,
    snapshot,
    uniform,
    unit_id,
    with_managers,
)
from peil.aggregates.unions import Union, add_up, broken_by
from peil.releases.cells_model import (
    BandsCell,
    CountRange,
    DistributionCell,
    PartialCell,
    ProtectedCell,
    PublishedBands,
    PublishedCell,
    PublishedDistribution,
    PublishedResponse,
    PublishedSensitive,
    SensitiveCell,
)
from peil.releases.model import BlockScoring, UnitRelease
from support.releasing import release

WORKLOAD = block(item("a"), item("b", points=4))
ENERGY = block(item("d"), key="energy")
BLOCKS = [WORKLOAD, ENERGY]
PROTECTED = ProtectedCell(reported_at=None)


class Drawn(NamedTuple):
    """A random wave, its release, and some of its units."""

    shape: list[int]
    numbers: list[int]
    stored: Stored
    group: list[UUID]

    def summed(self) -> UnitRelease:
        return add_up(self.stored.union(self.group), self.stored.shelf.scorings)

    def is_refused(self) -> bool:
        return any(broken_by(self.group, self.stored.union(self.group).units))


def drawn(seed: int, times: int, *, inhabited: bool) -> Iterator[Drawn]:
    """Small waves with managers; `inhabited`: somebody answers in every unit."""
    random = Random(seed)
    for _ in range(times):
        shape = random_shape(random, random.randint(2, 12))
        numbers = with_managers(random, shape, most=20)
        if inhabited:
            numbers = [people or 8 for people in numbers]
        responses = answers(random, numbers, BLOCKS, skipping=0.05)
        content = release(snapshot(shape), invited([people + 2 for people in numbers]), responses, BLOCKS, FLOORS)
        group = random.sample(ids(*range(len(shape))), random.randint(1, min(4, len(shape))))
        yield Drawn(shape, numbers, Stored(shape, content, BLOCKS), group)


def beneath(shape: list[int], unit: UUID) -> set[UUID]:
    """A unit and everything under it, the slow way."""
    under = {unit.int - 1}
    for number, parent in enumerate(shape):
        if parent in under:
            under.add(number)
    return set(ids(*under))


def atoms_of(shape: list[int], published: list[UUID]) -> dict[UUID, set[UUID]]:
    """The units of each atom, by the published unit it stands at: those in no published unit beneath."""
    return {
        one: beneath(shape, one).difference(
            *(beneath(shape, other) for other in published if other != one and other in beneath(shape, one))
        )
        for one in published
    }


def is_union(one: Drawn, *, counting_the_empty: bool) -> bool:
    """Whether the people of the group are those of some whole atoms, by trying every atom."""
    people = {unit_id(number) for number, count in enumerate(one.numbers) if count or counting_the_empty}
    within = set().union(*(beneath(one.shape, unit) for unit in one.group)) & people
    atoms = atoms_of(one.shape, one.stored.content.response.published).values()
    whole = [atom & people for atom in atoms if atom & people <= within]
    return set().union(*whole) == within


def test_a_group_is_told_if_and_only_if_it_is_a_union_of_atoms() -> None:
    """By brute force on random trees in which somebody answered everywhere; both happen often."""
    found = [(is_union(one, counting_the_empty=False), one.is_refused()) for one in drawn(1, 400, inhabited=True)]

    assert all(union != refused for union, refused in found)
    assert 100 < sum(union for union, _ in found) < 300


def test_where_nobody_answered_tells_nothing() -> None:
    """A unit without respondents is refused like one with a few: as if somebody could have answered there."""
    found = [(is_union(one, counting_the_empty=True), one.is_refused()) for one in drawn(2, 400, inhabited=False)]

    assert all(union != refused for union, refused in found)


def test_what_is_told_is_the_sum_over_atoms() -> None:
    """People, and every item's sum of protected steps, to the last rounding; nobody is counted twice."""
    told = 0
    for one in drawn(3, 300, inhabited=False):
        if one.is_refused():
            continue
        summed = one.summed()
        within = set().union(*(beneath(one.shape, unit) for unit in one.group))
        assert isinstance(summed.response, PublishedResponse)
        assert sum(one.numbers[unit.int - 1] for unit in within) == summed.response.respondents
        for scoring, released in zip(BLOCKS, one.stored.content.blocks, strict=True):
            cell = summed.blocks[scoring.key]
            atoms = [atom for atom in released.atoms if atom.unit_id in within]
            if isinstance(cell, PublishedCell):
                told += 1
                assert sum(atom.n for atom in atoms) == cell.n
                assert all(abs(mean - exact) <= Fraction(1, 200) for mean, exact in means(scoring, atoms, cell))
            else:
                assert is_cut(one, released.published)
    assert told > 100


def means(scoring: BlockScoring, atoms: list[Any], cell: PublishedCell) -> Iterator[tuple[Fraction, Fraction]]:
    """Each item's mean as it is told, and as the atoms have it."""
    for each in scoring.items:
        steps = sum(atom.steps[each.key] for atom in atoms)
        yield Fraction(str(cell.items[each.key])), Fraction(100 * steps, (each.points - 1) * cell.n)


def is_cut(one: Drawn, published: list[UUID]) -> bool:
    """Whether some unit of the group, beneath no other of it, is not published."""
    tops = [unit for unit in one.group if not any(unit in beneath(one.shape, other) - {other} for other in one.group)]
    return any(unit not in published for unit in tops)


def test_the_whole_tree_is_the_root() -> None:
    """A group of the top unit says what the top unit says, to the letter."""
    for one in drawn(4, 50, inhabited=True):
        root = one.stored.units[unit_id(0)].content
        if isinstance(root.response, PublishedResponse):
            assert root == add_up(one.stored.union([unit_id(0)]), one.stored.shelf.scorings)


def test_a_refusal_names_the_unit_that_has_no_figures() -> None:
    """Every one of them, at its place in the list; what lies beneath another of the list is no matter."""
    numbers = [10, 8, 3, 2, 9]
    responses = [each for unit, people in enumerate(numbers) for each in uniform(unit, people, a=3, b=2, d=3)]
    content = release(snapshot([-1, 0, 0, 0, 1]), invited(numbers), responses, BLOCKS, FLOORS)
    stored = Stored([-1, 0, 0, 0, 1], content, BLOCKS)
    wanted = ids(3, 1, 4, 2)

    found = list(broken_by(wanted, stored.union(wanted).units))

    assert [("/unitIds/0", "Unit 3"), ("/unitIds/3", "Unit 2")] == [(one.pointer, one.params["unit"]) for one in found]
    assert {"not-a-union-of-atoms"} == {one.code for one in found}


def test_a_group_of_groups_beneath_has_no_denominator() -> None:
    """Where one of the units covers only groups beneath, nobody knows who was invited to all of it."""
    units = snapshot([-1, 0, 1, 0], groups={1: 0})
    numbers = {unit_id(0): 12, unit_id(2): 10, unit_id(3): 10}
    responses = [each for unit in (0, 2, 3) for each in uniform(unit, 9, a=3, b=2, d=3)]
    stored = Stored([-1, 0, 1, 0], release(units, numbers, responses, BLOCKS, FLOORS), BLOCKS)

    summed = add_up(stored.union(ids(1, 3)), stored.shelf.scorings)

    assert PublishedResponse(respondents=18, invited=None, rate=None, coverage="groups-beneath", warnings=()) == (
        summed.response
    )
    cell = summed.blocks["workload"]
    assert isinstance(cell, PublishedCell)
    assert (18, None, "groups-beneath", None) == (cell.n, cell.invited, cell.coverage, cell.now)


def told(**classes: Any) -> UnitRelease:
    """A unit with a published response, and something of one item."""
    response = PublishedResponse(respondents=40, invited=60, rate=66.67, coverage="all", warnings=("low-response",))
    nothing: dict[str, Any] = {"bands": {}, "distributions": {}, "sensitive": {}}
    return UnitRelease(unit_id=unit_id(0), name="one", response=response, blocks={}, **nothing | classes)


def summed(*units: UnitRelease, above: UnitRelease) -> UnitRelease:
    """The group of these units, under one that says `above`."""
    first = next(iter(drawn(5, 1, inhabited=True))).stored.units[unit_id(0)]
    stored = [msgspec.structs.replace(first, content=unit) for unit in units]
    return add_up(Union(stored, msgspec.structs.replace(first, content=above), {}, {}), [])


def bands(unfavourable: int, neutral: int, favourable: int) -> BandsCell:
    n = unfavourable + neutral + favourable
    return PublishedBands(
        n=n,
        invited=60,
        coverage="all",
        unfavourable=unfavourable,
        neutral=neutral,
        favourable=favourable,
        warnings=(),
    )


def distribution(*counts: int) -> DistributionCell:
    return PublishedDistribution(n=sum(counts), invited=60, coverage="all", counts=counts, warnings=())


def sensitive(n: int, *counts: tuple[int, int]) -> SensitiveCell:
    ranges = tuple(CountRange(low=low, high=high) for low, high in counts)
    return PublishedSensitive(n=n, invited=60, coverage="all", counts=ranges, warnings=())


def test_counts_of_items_add_up() -> None:
    """Bands and distributions part by part, sensitive counts bound by bound, under one denominator."""
    whole = told(bands={"a": PROTECTED}, distributions={"b": PROTECTED}, sensitive={"c": PROTECTED})
    one = told(
        bands={"a": bands(10, 20, 15)},
        distributions={"b": distribution(2, 30, 13)},
        sensitive={"c": sensitive(45, (0, 2), (43, 45))},
    )
    other = told(
        bands={"a": bands(5, 5, 30)},
        distributions={"b": distribution(12, 8, 15)},
        sensitive={"c": sensitive(35, (20, 20), (15, 15))},
    )

    both = summed(one, other, above=whole)

    assert PublishedBands(
        n=85, invited=120, coverage="all", unfavourable=15, neutral=25, favourable=45, warnings=()
    ) == msgspec.structs.replace(both.bands["a"], warnings=())
    assert (80, (14, 38, 28)) == (both.distributions["b"].n, both.distributions["b"].counts)  # type: ignore[union-attr]  # it has to be published
    assert (CountRange(low=20, high=22), CountRange(low=58, high=60)) == both.sensitive["c"].counts  # type: ignore[union-attr]  # it has to be published
    assert (120, 80) == (both.response.invited, both.response.respondents)  # type: ignore[union-attr]  # it has to be published


def test_a_kind_of_figure_that_one_unit_lacks_the_group_lacks() -> None:
    """Also where it is partial there: reported at the lowest unit above all that has it."""
    one = told(bands={"a": bands(10, 20, 15)}, distributions={"b": distribution(2, 30, 13)}, sensitive={})
    other = told(bands={"a": PROTECTED}, distributions={"b": PROTECTED}, sensitive={})
    above = told(
        bands={"a": bands(20, 40, 40)}, distributions={"b": ProtectedCell(reported_at=unit_id(9))}, sensitive={}
    )

    both = summed(one, other, above=above)

    assert {"a": ProtectedCell(reported_at=unit_id(0))} == both.bands
    assert {"b": ProtectedCell(reported_at=unit_id(9))} == both.distributions


def test_a_partial_block_is_no_figure_of_the_unit() -> None:
    """Whose own people are left out of it: the group would not be of its people."""
    partial = PartialCell(
        units=ids(2),
        n=30,
        invited=40,
        mean=50.0,
        items={"a": 50.0},
        now=None,
        climate=None,
        warnings=(),
        reported_at=None,
    )
    one = msgspec.structs.replace(told(), blocks={"workload": partial})
    stored = next(iter(drawn(5, 1, inhabited=True))).stored
    unit = msgspec.structs.replace(stored.units[unit_id(0)], content=one)

    scorings = [block for block in stored.shelf.scorings if block.key == "workload"]

    only = add_up(Union([unit], unit, {"workload": []}, {"workload": None}), scorings)

    assert {"workload": ProtectedCell(reported_at=None)} == only.blocks


def test_counts_are_sums_over_the_atoms_of_their_class() -> None:
    """Bands and distributions of a random wave of larger teams: told where no atom of the class is cut, else not."""
    random = Random(6)
    told = dict.fromkeys(("bands", "distributions", "protected"), 0)
    for _ in range(60):
        shape = random_shape(random, random.randint(2, 6))
        numbers = [random.randint(7, 45) for _ in shape]
        content = release(snapshot(shape), invited(numbers), answers(random, numbers, BLOCKS), BLOCKS, FLOORS)
        one = Drawn(shape, numbers, Stored(shape, content, BLOCKS), random.sample(ids(*range(len(shape))), 2))
        if one.is_refused():
            continue
        within = set().union(*(beneath(shape, unit) for unit in one.group))
        for scoring, released in zip(BLOCKS, content.blocks, strict=True):
            for kind, tables in (("bands", released.bands), ("distributions", released.distributions)):
                for each in scoring.items:
                    cell = getattr(one.summed(), kind)[each.key]
                    if isinstance(cell, ProtectedCell):
                        assert is_cut(one, tables.published)
                        told["protected"] += 1
                        continue
                    atoms = [atom.counts[each.key] for atom in tables.atoms if atom.unit_id in within]
                    counts = (cell.unfavourable, cell.neutral, cell.favourable) if kind == "bands" else cell.counts
                    assert tuple(map(sum, zip(*atoms, strict=True))) == counts
                    told[kind] += 1
    assert min(told.values()) > 20
