"""Custom groups: told if and only if they are made of whole atoms, and then as the sum of these."""

from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
import pytest

from aggregates.shelves import Stored, ids
from disclosure.orgs import (
    FLOORS,
    answers,
    block,
    item,
    random_shape,
    snapshot,
    unit_id,
    with_managers,
)
from peil.aggregates.model import StoredAggregate
from peil.aggregates.summing import Atoms, Union, add_up
from peil.aggregates.unions import broken_by
from peil.releases.cells_model import (
    CountRange,
    ProtectedCell,
    PublishedBands,
    PublishedCell,
    PublishedDistribution,
    PublishedResponse,
    PublishedSensitive,
)
from peil.releases.model import BlockScoring, RangeAtom, ResponseAtom, TableAtom, UnitRelease
from support.releasing import release

WORKLOAD = block(item("a"), item("b", points=4))
ENERGY = block(item("d"), key="energy")
BLOCKS = [WORKLOAD, ENERGY]
LOAD = block(item("a"), key="load")
PROTECTED = ProtectedCell(reported_at=None)


class Drawn(NamedTuple):
    """A random wave, its release, and some units; `reporting`: where the people of a unit report, if it has any."""

    shape: list[int]
    numbers: list[int]
    reporting: dict[int, int]
    stored: Stored
    group: list[UUID]

    def summed(self) -> UnitRelease:
        return add_up(self.stored.union(self.group), self.stored.shelf.scorings)

    def is_refused(self) -> bool:
        return any(broken_by(self.group, self.stored.group(self.group)))

    def places(self) -> set[UUID]:
        """Where reporting groups stand."""
        return set(ids(*self.reporting.values()))

    def tops(self) -> list[UUID]:
        """The units of the group that are beneath no other of it."""
        others = {one: set(self.group) - {one} for one in self.group}
        return [one for one in self.group if not any(one in beneath(self.shape, other) for other in others[one])]

    def within(self) -> set[UUID]:
        return set().union(*(beneath(self.shape, unit) for unit in self.group))


def drawn(seed: int, times: int, *, homeless: bool = False) -> Iterator[Drawn]:
    """Small waves; half of the units with others beneath have nobody of their own, the others a manager or a few.

    `homeless`: people of small units report above, or anywhere.
    """
    random = Random(seed)
    for _ in range(times):
        shape = random_shape(random, random.randint(2, 12))
        numbers = with_managers(random, shape, most=20)
        structural = {unit for unit in set(shape) if unit >= 0 and random.random() < 0.5}
        reporting = {unit: unit for unit in range(len(shape)) if unit not in structural} or {0: 0}
        if homeless:
            for unit in [one for one in reporting if numbers[one] < 7 and one]:
                reporting[unit] = random.choice([max(shape[unit], 0), *reporting.values()])
        numbers = [people if unit in reporting else 0 for unit, people in enumerate(numbers)]
        yield wave(random, shape, numbers, reporting)


def wave(random: Random, shape: list[int], numbers: list[int], reporting: dict[int, int]) -> Drawn:
    """The release of a wave in which so many of each unit answer, and two more were invited."""
    counted, asked = [0] * len(shape), dict[UUID, int]()
    for unit, place in reporting.items():
        counted[place] += numbers[unit]
        asked[unit_id(place)] = asked.get(unit_id(place), 0) + numbers[unit] + 2
    units = [
        msgspec.structs.replace(one, reporting_group=unit_id(reporting[number]) if number in reporting else None)
        for number, one in enumerate(snapshot(shape))
    ]
    content = release(units, asked, answers(random, counted, BLOCKS, skipping=0.05), BLOCKS, FLOORS)
    group = random.sample(ids(*range(len(shape))), random.randint(1, min(4, len(shape))))
    # As often those that count at one unit and are not published themselves, or all but one of these.
    homes = atoms_of(shape, content.response.published)
    if homes and random.random() < 0.5:
        home = random.choice(sorted(homes))
        group = sorted(homes[home] - {home})[random.randint(0, 1) :] or group
    return Drawn(shape, counted, reporting, Stored(shape, content, BLOCKS, units, asked), group)


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


def is_union(one: Drawn, published: list[UUID]) -> bool:
    """Whether the reporting groups in the group are those of some whole atoms, by trying every atom."""
    places, within = one.places(), one.within()
    whole = [atom & places for atom in atoms_of(one.shape, published).values() if atom & places <= within]
    return set().union(*whole) == within & places


def is_of_itself(one: Drawn) -> bool:
    """Whether the people of every unpublished unit of it report in the group, and nobody else reports to that unit."""
    published, within = one.stored.content.response.published, one.within()
    reporting = {unit_id(unit): unit_id(place) for unit, place in one.reporting.items()}
    parts = [beneath(one.shape, top) for top in one.tops() if top not in published]
    out = any(place not in within for part in parts for unit, place in reporting.items() if unit in part)
    into = any(unit not in within for part in parts for unit, place in reporting.items() if place in part)
    return not out and not into


def is_told(one: Drawn) -> bool:
    """By brute force: a union of whole atoms, of itself, with somebody who answered."""
    answered = any(one.numbers[unit.int - 1] for unit in one.within())
    return answered and is_of_itself(one) and is_union(one, one.stored.content.response.published)


@pytest.mark.parametrize("homeless", [False, True])
def test_a_group_is_told_if_and_only_if_it_is_a_union_of_atoms(homeless: bool) -> None:
    """By brute force on random trees, half of whose departments have no people of their own; both happen often.

    Some unions are of units without figures of their own, which alone are none.
    """
    found = [(one, is_told(one)) for one in drawn(1, 600, homeless=homeless)]
    unpublished = [one for one, told in found if told and not {*one.tops()} <= {*one.stored.content.response.published}]

    assert all(told != one.is_refused() for one, told in found)
    assert 150 < sum(told for _, told in found) < 450
    assert len(unpublished) > 10


def test_two_small_teams_of_a_department_are_what_it_has_beside_a_third() -> None:
    """A department without people of its own publishes itself and its large team: the two others are the rest."""
    shape, numbers = [-1, 0, 1, 1, 1, 0], [9, 0, 5, 4, 12, 8]
    one = wave(Random(7), shape, numbers, {unit: unit for unit in (0, 2, 3, 4, 5)})
    department, small, other, large = ids(1, 2, 3, 4)
    published = one.stored.content.response.published

    together = one._replace(group=[small, other])

    assert {department, large} <= set(published)
    assert {small, other}.isdisjoint(published)
    assert not together.is_refused()
    whole, rest = one.stored.units[department].content.response, one.stored.units[large].content.response
    assert isinstance(whole, PublishedResponse)
    assert isinstance(rest, PublishedResponse)
    told = together.summed().response
    assert (9, 13, "all") == (told.respondents, told.invited, told.coverage)  # type: ignore[union-attr]  # it has to be published
    assert whole.respondents - rest.respondents == 9
    for alone in (small, other):
        [finding] = broken_by([alone], one.stored.group([alone]))
        assert {"unit": one.stored.counted.names[alone], "home": "Unit 1"} == finding.params


def test_where_nobody_answered_tells_nothing() -> None:
    """A reporting group without respondents makes a group a union or not as it would with some."""
    shape, reporting = [-1, 0, 1, 1, 1, 0], {unit: unit for unit in range(6)}
    some, none = (wave(Random(7), shape, [9, people, 5, 4, 12, 8], reporting) for people in (3, 0))
    group = ids(2, 3)

    refused = [list(broken_by(group, one.stored.group(group))) for one in (some, none)]

    assert refused[0] == refused[1] != []


def test_a_unit_where_nobody_works_is_in_a_group_and_is_none() -> None:
    """It takes nothing and brings nothing; alone there is nothing to tell of."""
    shape, numbers = [-1, 0, 0], [9, 12, 0]
    one = wave(Random(7), shape, numbers, {0: 0, 1: 1})
    team, empty = ids(1, 2)

    both, alone = one._replace(group=[team, empty]), one._replace(group=[empty])

    assert not both.is_refused()
    assert both.summed().response == one._replace(group=[team]).summed().response
    assert alone.is_refused()


def test_a_group_of_which_nothing_above_is_told_has_its_own_reason() -> None:
    """In a wave of fewer than seven answers there is no unit to name in its place."""
    one = wave(Random(7), [-1, 0], [2, 3], {0: 0, 1: 1})

    assert ["protected-everywhere"] == [found.code for found in broken_by(ids(1), one.stored.group(ids(1)))]


def test_what_is_told_is_the_sum_over_atoms() -> None:
    """People, and every item's sum of protected steps, to the last rounding; nobody is counted twice."""
    told = 0
    for one in drawn(3, 300):
        if one.is_refused():
            continue
        summed, within = one.summed(), one.within()
        assert isinstance(summed.response, PublishedResponse)
        assert sum(one.numbers[unit.int - 1] for unit in within) == summed.response.respondents
        for scoring, released in zip(BLOCKS, one.stored.content.blocks, strict=True):
            cell, places = summed.blocks[scoring.key], one.places()
            whole = [
                home for home, units in atoms_of(one.shape, released.published).items() if units & places <= within
            ]
            atoms = [atom for atom in released.atoms if atom.unit_id in whole]
            if isinstance(cell, PublishedCell):
                told += 1
                assert sum(atom.n for atom in atoms) == cell.n
                assert all(abs(mean - exact) <= Fraction(1, 200) for mean, exact in means(scoring, atoms, cell))
            else:
                assert not atoms or not is_union(one, released.published)
    assert told > 100


def means(scoring: BlockScoring, atoms: list[Any], cell: PublishedCell) -> Iterator[tuple[Fraction, Fraction]]:
    """Each item's mean as it is told, and as the atoms have it."""
    for each in scoring.items:
        steps = sum(atom.steps[each.key] for atom in atoms)
        yield Fraction(str(cell.items[each.key])), Fraction(100 * steps, (each.points - 1) * cell.n)


def test_the_whole_tree_is_the_root() -> None:
    """A group of the top unit says what the top unit says, to the letter."""
    for one in drawn(4, 50):
        root = one.stored.units[unit_id(0)].content
        if isinstance(root.response, PublishedResponse):
            assert root == add_up(one.stored.union([unit_id(0)]), one.stored.shelf.scorings)


def test_a_refusal_names_the_unit_that_has_no_figures() -> None:
    """Every one of them, at its place in the list; what lies beneath another of the list is no matter."""
    one = wave(Random(7), [-1, 0, 0, 0, 1], [10, 8, 3, 2, 9], {unit: unit for unit in range(5)})
    wanted = ids(3, 1, 4, 2)

    found = list(broken_by(wanted, one.stored.group(wanted)))

    assert [("/unitIds/0", "Unit 3"), ("/unitIds/3", "Unit 2")] == [(one.pointer, one.params["unit"]) for one in found]
    assert {("not-a-union-of-atoms", "Unit 0")} == {(one.code, one.params["home"]) for one in found}


def test_a_group_of_groups_beneath_has_no_denominator() -> None:
    """Where one of the units covers only groups beneath, nobody knows who was invited to all of it."""
    one = wave(Random(7), [-1, 0, 1, 0], [9, 2, 9, 9], {0: 0, 1: 0, 2: 2, 3: 3})

    summed = one._replace(group=ids(1, 3)).summed()

    assert PublishedResponse(respondents=18, invited=None, rate=None, coverage="groups-beneath", warnings=()) == (
        summed.response
    )
    cell = summed.blocks["workload"]
    assert isinstance(cell, PublishedCell)
    assert (None, "groups-beneath", None) == (cell.invited, cell.coverage, cell.now)


def above(**classes: Any) -> StoredAggregate:
    """The lowest unit above a group, and what it has of one item of each kind."""
    nothing: dict[str, Any] = {"blocks": {}, "bands": {}, "distributions": {}, "sensitive": {}}
    first = next(drawn(5, 1)).stored.units[unit_id(0)]
    return msgspec.structs.replace(first, content=msgspec.structs.replace(first.content, **nothing | classes))


def union(over: StoredAggregate, **atoms: Any) -> Union:
    """Of 120 people invited, 80 of whom answered."""
    none: dict[str, Any] = {"means": {}, "bands": {}, "distributions": {}, "sensitive": {}}
    response = [ResponseAtom(unit_id=unit_id(one), respondents=people) for one, people in ((1, 45), (2, 35))]
    return Union(Atoms(response=response, **none | atoms), 120, "all", over, {})


def tables(key: str, *counts: tuple[int, ...]) -> list[TableAtom]:
    return [TableAtom(unit_id=unit_id(place), n=sum(one), counts={key: one}) for place, one in enumerate(counts, 1)]


def ranges(*counts: tuple[int, int]) -> tuple[CountRange, ...]:
    return tuple(CountRange(low=low, high=high) for low, high in counts)


def test_counts_of_items_add_up() -> None:
    """Bands and distributions part by part, sensitive counts bound by bound, under one denominator."""
    one = RangeAtom(unit_id=unit_id(1), n=45, counts=ranges((0, 2), (43, 45)))
    other = RangeAtom(unit_id=unit_id(2), n=35, counts=ranges((20, 20), (15, 15)))
    made_of = union(
        above(
            blocks={"load": PROTECTED},
            bands={"a": PROTECTED},
            distributions={"a": PROTECTED, "b": PROTECTED},
            sensitive={"c": PROTECTED},
        ),
        bands={"load": tables("a", (10, 20, 15), (5, 5, 30))},
        distributions={"b": tables("b", (2, 30, 13), (12, 8, 15)), "load": tables("a", (1, 9, 20, 10, 5))},
        sensitive={"c": [one, other]},
    )

    both = add_up(made_of, [LOAD])

    shared: dict[str, Any] = {"invited": 120, "coverage": "all"}
    expected = PublishedBands(n=85, unfavourable=15, neutral=25, favourable=45, warnings=(), **shared)
    assert expected == both.bands["a"]
    few: dict[str, Any] = shared | {"warnings": ("low-response",)}
    assert PublishedDistribution(n=80, counts=(14, 38, 28), **few) == both.distributions["b"]
    assert PublishedSensitive(n=80, counts=ranges((20, 22), (58, 60)), **few) == both.sensitive["c"]
    assert (1, 9, 20, 10, 5) == both.distributions["a"].counts  # type: ignore[union-attr]  # it has to be published
    assert (120, 80, 66.67) == (both.response.invited, both.response.respondents, both.response.rate)  # type: ignore[union-attr]  # it has to be published


def test_a_kind_of_figure_of_which_an_atom_is_cut_the_group_lacks() -> None:
    """It is reported at the lowest unit above all of it that has it."""
    elsewhere = ProtectedCell(reported_at=unit_id(9))
    bands = PublishedBands(n=100, invited=120, coverage="all", unfavourable=20, neutral=40, favourable=40, warnings=())

    lacking = add_up(
        union(above(blocks={"load": elsewhere}, bands={"a": bands}, distributions={"a": elsewhere})), [LOAD]
    )

    assert {"a": ProtectedCell(reported_at=unit_id(0))} == lacking.bands
    assert ({"a": elsewhere}, {"load": elsewhere}) == (lacking.distributions, lacking.blocks)


def test_counts_are_sums_over_the_atoms_of_their_class() -> None:
    """Bands and distributions of a random wave of larger teams: told where no atom of the class is cut, else not.

    Some are told of units that have none themselves.
    """
    random = Random(6)
    told = dict.fromkeys(("bands", "distributions", "protected", "of units without"), 0)
    for _ in range(120):
        shape = random_shape(random, random.randint(2, 6))
        reporting = {unit: unit for unit in range(len(shape)) if unit not in shape or random.random() < 0.5}
        numbers = [random.randint(7, 45) if unit in reporting else 0 for unit in range(len(shape))]
        one = wave(random, shape, numbers, reporting)
        if one.is_refused():
            continue
        within, places, summed = one.within(), one.places(), one.summed()
        for scoring, released in zip(BLOCKS, one.stored.content.blocks, strict=True):
            for kind, tables in (("bands", released.bands), ("distributions", released.distributions)):
                for each in scoring.items:
                    cell = getattr(summed, kind)[each.key]
                    if isinstance(cell, ProtectedCell):
                        assert not is_union(one, tables.published)
                        told["protected"] += 1
                        continue
                    units = atoms_of(shape, tables.published)
                    whole = [home for home, atom in units.items() if atom & places <= within]
                    atoms = [atom.counts[each.key] for atom in tables.atoms if atom.unit_id in whole]
                    counts = (cell.unfavourable, cell.neutral, cell.favourable) if kind == "bands" else cell.counts
                    assert tuple(map(sum, zip(*atoms, strict=True))) == counts
                    told[kind] += 1
                    told["of units without"] += not {*one.tops()} <= {*tables.published}
    assert min(told.values()) > 10
