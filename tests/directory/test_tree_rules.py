"""The tree of units: whatever is accepted has one root and no cycle; whatever is refused would not."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peil.directory import rules
from peil.directory.model import Unit, UnitNew
from peil.errors import Conflict

TODAY = date(2026, 11, 23)
LATER = TODAY + timedelta(days=10)


def unit(external_id: str, parent: str | None, valid_from: date = TODAY, valid_to: date | None = None) -> Unit:
    return Unit(
        unit_id=uuid4(),
        external_id=external_id,
        name=external_id,
        parent_id=UUID(int=1) if parent else None,
        parent_external_id=parent,
        valid_from=valid_from,
        valid_to=valid_to,
        modified_at=datetime(2026, 11, 1, tzinfo=UTC),
    )


def new(external_id: str, parent: str | None, valid_from: date | None = None) -> UnitNew:
    return UnitNew(external_id=external_id, name=external_id, parent_external_id=parent, valid_from=valid_from)


def codes(known: list[Unit], *wanted: UnitNew) -> list[list[str]]:
    by_name = {unit.external_id: unit for unit in known}
    return [[found.code for found in findings] for findings in rules.tree_findings(by_name, wanted, TODAY)]


NAMES = [f"u{number}" for number in range(7)]
PARENTS = st.lists(st.sampled_from([None, *NAMES, "elsewhere"]), min_size=len(NAMES), max_size=len(NAMES))


@given(PARENTS, st.permutations(NAMES))
def test_only_trees_are_accepted(parents: list[str | None], order: list[str]) -> None:
    """Lines in any order are without findings exactly when each leads up to the same root."""
    above = dict(zip(NAMES, parents, strict=True))

    def top(name: str | None) -> str | None:
        for _ in range(len(NAMES) + 1):
            if name is None or above.get(name, name) is None:
                return name
            name = above.get(name)
        return None

    tops = {top(name) for name in NAMES}

    accepted = not any(codes([], *(new(name, above[name]) for name in order)))

    assert accepted == (len(tops) == 1 and None not in tops)


def test_a_cycle_through_three_units_is_found_at_the_one_that_closes_it() -> None:
    """a over b over c, and then a under c."""
    known = [unit("root", None), unit("a", "root"), unit("b", "a"), unit("c", "b")]

    assert [["unit-cycle"]] == codes(known, new("a", "c"))


def test_a_unit_below_a_cycle_is_not_blamed() -> None:
    """Only units on the cycle have findings."""
    found = codes([unit("root", None)], new("a", "b"), new("b", "a"), new("c", "b"))

    assert [["unit-cycle"], ["unit-cycle"], []] == found


def test_a_unit_is_not_under_itself() -> None:
    """A self-parent has a finding of its own."""
    assert [["own-parent"]] == codes([unit("root", None)], new("a", "a"))


def test_a_second_root_is_refused() -> None:
    """The root that stands stays; the new one is the second."""
    assert [["second-root"]] == codes([unit("root", None)], new("b", None))


def test_of_two_new_roots_the_first_stays() -> None:
    """In an empty directory the first line without a parent is the root."""
    assert [[], ["second-root"]] == codes([], new("a", None), new("b", None))


def test_a_root_can_be_put_under_a_new_one() -> None:
    """What counts is the tree that comes out, in any order of lines."""
    assert [[], []] == codes([unit("old", None)], new("new", None), new("old", "new"))


def test_a_closed_unit_is_no_parent() -> None:
    """A unit with an end is unknown to those that come."""
    known = [unit("root", None), unit("gone", "root", valid_to=TODAY)]

    assert [["unknown-unit"]] == codes(known, new("a", "gone"))


@pytest.mark.parametrize(("start", "expected"), [(None, ["starts-before-parent"]), (LATER, [])])
def test_a_unit_does_not_start_before_the_one_above(start: date | None, expected: list[str]) -> None:
    """Under a unit of the future nothing can be today."""
    known = [unit("root", None), unit("above", "root", LATER)]

    assert [expected] == codes(known, new("a", "above", start))


def test_starts_in_the_past_are_not_compared() -> None:
    """A unit may be older than the one it hangs under now."""
    assert [[]] == codes([unit("root", None)], new("a", "root", date(1990, 1, 1)))


def test_a_start_is_not_put_off() -> None:
    """People may be in it already."""
    known = [unit("root", None), unit("a", "root")]

    assert [["starts-later"]] == codes(known, new("a", "root", LATER))


def test_a_chain_of_many_units_is_walked_without_recursion() -> None:
    """A hundred thousand units under each other are no cycle, and take no stack."""
    lines = [new("0", None), *(new(str(number), str(number - 1)) for number in range(1, 100_000))]

    assert not any(codes([], *reversed(lines)))


def test_a_unit_with_units_or_people_stays() -> None:
    """Both reasons are given at once."""
    with pytest.raises(Conflict) as refused:
        rules.check_unit_empty(has_children=True, has_members=True)

    assert ["unit-has-children", "unit-has-members"] == [found.code for found in refused.value.findings]


def test_a_unit_that_is_cut_loose_is_not_the_root() -> None:
    """The root that stands stays the root, also where the other one's external id comes first."""
    assert [["second-root"]] == codes([unit("a", "root"), unit("root", None)], new("a", None))


TREE = {UUID(int=1): None, UUID(int=2): UUID(int=1), UUID(int=3): UUID(int=2), UUID(int=4): UUID(int=1)}
"""1 is the root, above 2 and 4; 3 is under 2."""


@pytest.mark.parametrize(
    ("own", "managed", "reached"),
    [
        (set(), set(), set()),
        ({3}, set(), {1, 2, 3}),
        ({1}, set(), {1}),
        (set(), {2}, {1, 2, 3}),
        ({4}, {2}, {1, 2, 3, 4}),
        (set(), {1}, {1, 2, 3, 4}),
    ],
)
def test_reach_goes_up_from_ones_own_and_down_from_what_one_manages(
    own: set[int], managed: set[int], reached: set[int]
) -> None:
    """Not to the units beside, nor down from a unit one only works in."""
    ids = [frozenset(UUID(int=number) for number in numbers) for numbers in (own, managed, reached)]

    assert ids[2] == rules.units_in_reach(TREE, ids[0], ids[1])


@pytest.mark.parametrize(
    ("about", "units", "expected"),
    [
        (None, [UUID(int=1)], True),
        (None, [], True),
        ([UUID(int=1)], None, True),
        ([UUID(int=1), UUID(int=2)], [UUID(int=2)], True),
        ([UUID(int=1)], [UUID(int=2)], False),
        ([UUID(int=1)], [], False),
    ],
)
def test_a_thing_concerns_whom_it_is_about(about: list[UUID] | None, units: list[UUID] | None, expected: bool) -> None:
    """What is about everyone concerns everybody, and who reaches everything is concerned by all."""
    assert expected == rules.concerns(about, units)
