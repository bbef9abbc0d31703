"""The release of one wave: what it says of each unit, and what cannot be got out of it."""

import gc
from random import Random
from uuid import UUID

import pytest
from msgspec.structs import replace

from disclosure.attacker import smallest_support
from disclosure.orgs import (
    FLOORS,
    answers,
    block,
    in_places,
    invited,
    item,
    published_cells,
    random_shape,
    snapshot,
    tree_of,
    uniform,
    unit_id,
    with_managers,
)
from peil.errors import Invalid
from peil.releases.cells_model import (
    Interval,
    PartialCell,
    PartialResponse,
    ProtectedCell,
    PublishedCell,
    PublishedResponse,
)
from peil.releases.choosing import Choice, Chooser
from peil.releases.model import ReleaseContent, UnitRelease
from peil.releases.tree import Tree
from peil.structs import encode
from support.releasing import release

WORKLOAD = block(item("a"), item("b", points=4, reverse=True), item("c", points=2))
ENERGY = block(item("d"), key="energy")
ONE = block(item("a"))


def by_id(content: ReleaseContent) -> dict[UUID, UnitRelease]:
    return {unit.unit_id: unit for unit in content.units}


def nothing_told(number: int) -> UnitRelease:
    """A team whose people are counted at the top only."""
    hidden = ProtectedCell(reported_at=unit_id(0))
    return UnitRelease(
        unit_id=unit_id(number),
        name=f"Unit {number}",
        response=hidden,
        blocks={"workload": hidden},
        bands={"a": hidden},
        distributions={"a": ProtectedCell(reported_at=None)},
        sensitive={},
    )


def told_sums(tree: Tree, content: ReleaseContent, key: str) -> list[tuple[set[int], int]]:
    """Everything a release adds up for one block: the places it is a sum over, and the n that it says."""
    block_release = next(each for each in content.blocks if each.key == key)
    published = {tree.places[unit] for unit in block_release.published}
    spans = {place: set(range(place, tree.ends[place])) for place in range(len(tree))}
    sums = []
    for unit in content.units:
        cell = unit.blocks[key]
        if isinstance(cell, PublishedCell):
            sums.append((spans[tree.places[unit.unit_id]], cell.n))
        elif isinstance(cell, PartialCell):
            sums.append((set().union(*(spans[tree.places[over]] for over in cell.units)), cell.n))
    for atom in block_release.atoms:
        place = tree.places[atom.unit_id]
        beneath = [spans[other] for other in published & spans[place] - {place}]
        sums.append((spans[place].difference(*beneath), atom.n))
    return sums


def test_nothing_in_a_release_is_about_fewer_than_k() -> None:
    """Cells, partial sums and atoms of all blocks, combined linearly; people skip items now and then."""
    random = Random(7)
    for _ in range(60):
        shape = random_shape(random, random.randint(2, 10))
        numbers = with_managers(random, shape, most=20)
        responses = answers(random, numbers, [WORKLOAD, ENERGY], skipping=0.1)
        content = release(snapshot(shape), invited(numbers), responses, [WORKLOAD, ENERGY], FLOORS)
        tree = tree_of(shape)
        for scoring in (WORKLOAD, ENERGY):
            counted = [0] * len(shape)
            for group, given in responses:
                counted[group.int - 1] += all(given[each.key] is not None for each in scoring.items)
            counted = in_places(tree, counted)
            sums = told_sums(tree, content, scoring.key)

            assert [sum(counted[place] for place in places) for places, _ in sums] == [n for _, n in sums]
            assert (smallest_support([places for places, _ in sums], counted) or 7) >= 7


def test_blocks_are_told_in_whole_atoms_of_the_respondents() -> None:
    """No block tells more apart than participation does."""
    random = Random(8)
    for _ in range(40):
        shape = random_shape(random, 20)
        numbers = with_managers(random, shape)
        responses = answers(random, numbers, [WORKLOAD], skipping=0.05)
        content = release(snapshot(shape), invited(numbers), responses, [WORKLOAD], FLOORS)

        assert set(content.blocks[0].published) <= set(content.response.published)


def test_scores_are_means_of_items_after_reversing() -> None:
    """Ten people at 4 of 5, at 2 of 4 reversed and at 1 or 2 of 2: 75, 66.67 and 50."""
    responses = uniform(0, 5, a=4, b=2, c=1) + uniform(0, 5, a=4, b=2, c=2)
    content = release(snapshot([-1]), invited([12]), responses, [WORKLOAD], FLOORS)

    assert content.units[0].blocks["workload"] == PublishedCell(
        n=10,
        invited=12,
        coverage="all",
        mean=63.89,
        items={"a": 75.0, "b": 66.67, "c": 50.0},
        now=None,
        climate=None,
        warnings=(),
    )


def test_large_atoms_give_every_unit_an_interval() -> None:
    """The spread of forty people serves the team of ten, too: narrower for now than for the climate."""
    random = Random(9)
    numbers = [40, 10]
    content = release(snapshot([-1, 0]), invited([60, 16]), answers(random, numbers, [ONE]), [ONE], FLOORS)
    cell = dict(published_cells(content))[unit_id(1)]

    assert content.blocks[0].spread is not None
    assert (content.blocks[0].spread.degrees, content.blocks[0].spread.bound) == (49, True)
    assert isinstance(cell.now, Interval)
    assert isinstance(cell.climate, Interval)
    assert cell.climate.low < cell.now.low < cell.mean < cell.now.high < cell.climate.high


def test_whoever_skips_an_item_counts_for_none_of_the_block() -> None:
    """The prorating attack: what a skipper answered elsewhere in the block changes nothing that is told."""
    others = uniform(0, 9, a=3, b=2, c=1)
    contents = [
        release(
            snapshot([-1]),
            invited([12]),
            [*others, (unit_id(0), {"a": a, "b": b, "c": None})],
            [WORKLOAD],
            FLOORS,
        )
        for a in (1, 5, None)
        for b in (1, 4, None)
    ]

    assert {encode(contents[0])} == {encode(content) for content in contents}
    assert [cell.n for _, cell in published_cells(contents[0])] == [9]


def test_which_units_are_told_depends_on_counts_only() -> None:
    """The same people with other answers: the same units, in every block."""
    random = Random(10)
    shape = random_shape(random, 30)
    numbers = with_managers(random, shape)
    first, second = (
        release(snapshot(shape), invited(numbers), answers(Random(seed), numbers, [ONE]), [ONE], FLOORS)
        for seed in (1, 2)
    )

    assert first.blocks[0].published == second.blocks[0].published
    assert first.blocks[0].atoms != second.blocks[0].atoms


def test_atoms_are_clipped_before_they_are_added() -> None:
    """Seven at the top beside an exact total would be undone by subtraction: the total gives way, too."""
    responses = uniform(0, 10, a=1) + uniform(0, 10, a=5) + uniform(1, 7, a=5)
    content = release(snapshot([-1, 0]), invited([30, 7]), responses, [ONE], FLOORS)
    means = {unit: (cell.n, cell.mean) for unit, cell in published_cells(content)}

    # 20 people at 50 and 7 at 85.71, not at 100.
    assert means == {unit_id(0): (27, 59.26), unit_id(1): (7, 85.71)}


def test_two_protected_teams_are_alike_whatever_their_numbers() -> None:
    """An empty team and one of six differ in id and name only."""
    numbers = [9, 0, 6, 8]
    content = release(snapshot([-1, 0, 0, 0]), invited(numbers), answers(Random(1), numbers, [ONE]), [ONE], FLOORS)
    units = by_id(content)

    assert [nothing_told(1), nothing_told(2)] == [units[unit_id(1)], units[unit_id(2)]]


def test_fewer_than_k_in_all_are_told_nothing() -> None:
    """Six respondents: no unit has figures, and none is above another that has."""
    numbers = [2, 4]
    content = release(snapshot([-1, 0]), invited([10, 10]), answers(Random(1), numbers, [ONE]), [ONE], FLOORS)
    hidden = ProtectedCell(reported_at=None)

    assert [(hidden, {"workload": hidden})] * 2 == [(unit.response, unit.blocks) for unit in content.units]
    assert content.response.atoms == []
    assert content.blocks[0].atoms == []


def test_nobody_answering_is_no_error() -> None:
    """A wave without a single response is released as protected."""
    content = release(snapshot([-1, 0]), invited([10, 10]), [], [ONE], FLOORS)

    assert {ProtectedCell(reported_at=None)} == {unit.response for unit in content.units}


def test_department_between_is_partial() -> None:
    """Its own three people cannot be told apart: it speaks for its two teams and says so."""
    numbers = [20, 3, 8, 9]
    responses = [each for i, people in enumerate(numbers) for each in uniform(i, people, a=2 + i % 2)]
    content = release(snapshot([-1, 0, 1, 1]), invited([40, 4, 10, 10]), responses, [ONE], FLOORS)
    department = by_id(content)[unit_id(1)]

    assert department.response == PartialResponse(
        units=[unit_id(2), unit_id(3)],
        respondents=17,
        invited=20,
        rate=85.0,
        warnings=(),
        reported_at=unit_id(0),
    )
    workload = department.blocks["workload"]
    assert isinstance(workload, PartialCell)
    assert replace(workload, now=None, climate=None) == PartialCell(
        units=[unit_id(2), unit_id(3)],
        n=17,
        invited=20,
        # 8 at 25 and 9 at 50.
        mean=38.24,
        items={"a": 38.24},
        now=None,
        climate=None,
        warnings=(),
        reported_at=unit_id(0),
    )


def test_partial_sum_counts_nobody_twice() -> None:
    """Of a published department and its published team only the department is summed: it holds the team."""
    responses = uniform(0, 20, a=3) + uniform(1, 3, a=3) + uniform(3, 9, a=3)
    content = release(snapshot([-1, 0, 1, 2]), invited([20, 3, 1, 9]), responses, [ONE], FLOORS)
    division = by_id(content)[unit_id(1)].blocks["workload"]

    assert isinstance(division, PartialCell)
    assert ([unit_id(2)], 9, 10) == (division.units, division.n, division.invited)


def test_people_handed_up_count_where_their_group_stands() -> None:
    """A department of one manager reports above: it covers the team beneath it, without a denominator."""
    shape = [-1, 0, 1]
    units = snapshot(shape, groups={1: 0})
    numbers = {unit_id(0): 12, unit_id(2): 10}
    responses = uniform(0, 8, a=3) + uniform(2, 9, a=3)
    responded = {unit.unit_id: unit.response for unit in release(units, numbers, responses, [], FLOORS).units}

    assert responded == {
        unit_id(0): PublishedResponse(respondents=17, invited=22, rate=77.27, coverage="all", warnings=()),
        unit_id(1): PublishedResponse(respondents=9, invited=None, rate=None, coverage="groups-beneath", warnings=()),
        unit_id(2): PublishedResponse(respondents=9, invited=10, rate=90.0, coverage="all", warnings=()),
    }


def test_team_that_took_the_remainder_has_no_denominator() -> None:
    """Two people of the root report with a team: its figures are not only its own."""
    units = snapshot([-1, 0, 0], groups={0: 1})
    responses = uniform(1, 9, a=3) + uniform(2, 9, a=3)
    content = release(units, {unit_id(1): 10, unit_id(2): 10}, responses, [ONE], FLOORS)

    assert [cell.coverage for _, cell in published_cells(content)] == ["all", "groups-beneath", "all"]


def test_sensitive_items_have_no_mean() -> None:
    """A block of a sensitive item is not in a release of means."""
    sensitive = block(item("harassment", sensitive=True), key="unwanted")
    content = release(snapshot([-1]), invited([50]), uniform(0, 40, a=2, harassment=5), [ONE, sensitive], FLOORS)

    assert [list(unit.blocks) for unit in content.units] == [["workload"]]
    assert [each.key for each in content.blocks] == ["workload"]


def test_garbage_is_searched_for_again_after_a_release(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not while a release is made, and again when it is, or has failed."""
    during: list[bool] = []
    choose = Chooser.choose

    def watched(chooser: Chooser, own: list[int], k: int, within: Choice | None = None) -> Choice:
        during.append(gc.isenabled())
        if len(during) > 1:
            raise ArithmeticError
        return choose(chooser, own, k, within)

    monkeypatch.setattr(Chooser, "choose", watched)
    with pytest.raises(ArithmeticError):
        release(snapshot([-1]), invited([20]), uniform(0, 20, a=1), [ONE], FLOORS)

    assert [False, False] == during
    assert gc.isenabled()


@pytest.mark.parametrize(
    ("responses", "code"),
    [
        (uniform(5, 1, a=1), "unknown-group"),
        (uniform(0, 1, a=6), "unknown-answer"),
        (uniform(0, 1, a=0), "unknown-answer"),
        (uniform(0, 11, a=1), "more-responses-than-invited"),
    ],
)
def test_what_cannot_have_been_answered_stops_the_count(
    responses: list[tuple[UUID, dict[str, int | None]]], code: str
) -> None:
    """A group or answer nobody could have, or too many of them: nothing is released."""
    with pytest.raises(Invalid) as error:
        release(snapshot([-1]), invited([10]), responses, [ONE], FLOORS)

    assert [code] == [finding.code for finding in error.value.findings]


@pytest.mark.parametrize(
    "groups",
    [{unit_id(0): 9}, {unit_id(0): 9, unit_id(1): 9, unit_id(2): 9}],
)
def test_groups_and_units_must_agree(groups: dict[UUID, int]) -> None:
    """A unit that reports to no group, and a group no unit reports to, stop the release."""
    with pytest.raises(Invalid):
        release(snapshot([-1, 0]), groups, [], [ONE], FLOORS)
