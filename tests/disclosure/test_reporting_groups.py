"""Reporting groups: everybody is in one, and none is smaller than k_N."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.orgs import unit_id
from peil.errors import Conflict, Invalid
from peil.participation.groups import OwnPeople, ReportingGroup, form_groups

K = 7


@st.composite
def organisations(draw: st.DrawFn) -> list[OwnPeople]:
    size = draw(st.integers(1, 25))
    return [
        OwnPeople(
            unit_id=unit_id(i),
            parent_id=unit_id(draw(st.integers(0, i - 1))) if i else None,
            invited=draw(st.integers(0, 3) | st.integers(0, 20)),
        )
        for i in range(size)
    ]


def organisation(*units: tuple[int, int]) -> list[OwnPeople]:
    """(parent, own people) per unit."""
    return [
        OwnPeople(unit_id=unit_id(i), parent_id=None if parent < 0 else unit_id(parent), invited=people)
        for i, (parent, people) in enumerate(units)
    ]


def group(at: int, units: list[int], invited: int) -> ReportingGroup:
    return ReportingGroup(unit_id=unit_id(at), units=[unit_id(i) for i in units], invited=invited)


@given(organisations(), st.randoms(use_true_random=False))
def test_every_person_is_in_one_group_of_at_least_k(units: list[OwnPeople], random: Random) -> None:
    """A partition of the people into groups of at least k_N, the same in whatever order the units come."""
    shuffled = random.sample(units, len(units))
    if sum(unit.invited for unit in units) < K:
        with pytest.raises(Conflict):
            form_groups(units, K)
        return
    groups = form_groups(units, K)
    own = {unit.unit_id: unit.invited for unit in units}
    members = [member for formed in groups for member in formed.units]

    assert sorted(unit for unit, people in own.items() if people) == sorted(members)
    assert [sum(own[member] for member in formed.units) for formed in groups] == [formed.invited for formed in groups]
    assert min(formed.invited for formed in groups) >= K
    assert groups == form_groups(shuffled, K)


def test_too_few_people_go_to_the_unit_above() -> None:
    """A manager alone in a department reports with those above, and so does a small team."""
    units = organisation((-1, 5), (0, 1), (1, 8), (1, 3))

    assert form_groups(units, K) == [group(0, [0, 1, 3], 9), group(2, [2], 8)]


def test_department_gathers_its_small_teams() -> None:
    """Two teams of four and their manager are a group of nine at the department."""
    units = organisation((-1, 7), (0, 1), (1, 4), (1, 4))

    assert form_groups(units, K) == [group(0, [0], 7), group(1, [1, 2, 3], 9)]


def test_remainder_at_the_root_joins_the_smallest_group() -> None:
    """Of two equal groups it is that with the smaller unit id."""
    units = organisation((-1, 2), (0, 9), (0, 8), (0, 8))

    assert form_groups(units, K) == [group(1, [1], 9), group(2, [0, 2], 10), group(3, [3], 8)]


def test_too_few_people_in_all_cannot_be_asked() -> None:
    """Six people are no group, however they are divided."""
    with pytest.raises(Conflict) as error:
        form_groups(organisation((-1, 2), (0, 4)), K)

    assert error.value.code == "too-few-invited"


def test_ten_thousand_levels_are_no_limit() -> None:
    """One person on each level: a group at every seventh, the last of which takes the remainder."""
    groups = form_groups(organisation(*((i - 1, 1) for i in range(10_000))), K)

    assert len(groups) == 10_000 // K
    assert sum(formed.invited for formed in groups) == 10_000


@pytest.mark.parametrize(
    "units",
    [
        organisation((-1, 9), (-1, 9)),
        organisation((-1, 9), (2, 9), (1, 9)),
        organisation((-1, 9), (7, 9)),
        [*organisation((-1, 9), (0, 9)), *organisation((-1, 9), (0, 9))[1:]],
        [],
    ],
)
def test_what_is_no_tree_is_refused(units: list[OwnPeople]) -> None:
    """Two roots, a cycle, a parent that is not there, a unit given twice, nothing at all."""
    with pytest.raises(Invalid):
        form_groups(units, K)
