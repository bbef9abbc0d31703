"""Memberships by day: one unit a day for whoever is active, and history that stays as it was."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from peil.directory import people_rules as rules
from peil.directory.model import Period, PersonNew, StoredPerson, Unit, UserName

TODAY = date(2026, 11, 23)
PERSON = uuid4()


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def unit(name: str, valid_from: date = date(2020, 1, 1)) -> Unit:
    return Unit(
        unit_id=uuid4(),
        external_id=name,
        name=name,
        parent_id=None,
        parent_external_id=None,
        valid_from=valid_from,
        valid_to=None,
        modified_at=datetime(2026, 11, 1, tzinfo=UTC),
    )


UNITS = {name: unit(name) for name in ("a", "b", "c")}


def new(name: str | None, *manages: str, on: date | None = None, active: bool = True) -> PersonNew:
    return PersonNew(external_id="p", unit_external_id=name, manages=list(manages), from_=on, active=active)


def after(periods: list[Period], wanted: PersonNew, planned: date | None = None) -> list[Period]:
    placed = rules.periods_after(PERSON, periods, wanted, UNITS, TODAY, planned)
    return sorted(placed, key=lambda period: (period.role, period.valid_from))


def units_on(periods: list[Period], on: date, role: str = "member") -> list[str]:
    return [
        period.unit_external_id
        for period in periods
        if period.role == role and period.valid_from <= on and (period.valid_to is None or period.valid_to > on)
    ]


def shown(periods: list[Period]) -> list[tuple[str, int, int | None]]:
    return [
        (
            period.unit_external_id,
            (period.valid_from - TODAY).days,
            None if period.valid_to is None else (period.valid_to - TODAY).days,
        )
        for period in periods
    ]


CHANGES = st.lists(
    st.builds(
        lambda name, manages, offset: new(name, *manages, on=None if offset is None else day(offset)),
        st.sampled_from(list(UNITS)),
        st.lists(st.sampled_from(list(UNITS)), unique=True),
        st.none() | st.integers(-4, 4),
    ),
    min_size=1,
    max_size=6,
)


def _is_to_come(periods: list[Period], change: PersonNew) -> bool:
    """Who starts later in the unit that is named without a day still starts later."""
    members = [period for period in periods if period.role == "member"]
    return change.from_ is None and UNITS[str(change.unit_external_id)].unit_id == rules.unit_on(members, TODAY)


@given(CHANGES)
def test_nobody_is_in_two_units(changes: list[PersonNew]) -> None:
    """After any changes a person is in at most one unit on any day, and in one from then on."""
    periods: list[Period] = []
    for change in changes:
        before = periods
        periods = after(periods, change)
        first = change.from_ or TODAY

        assert all(len(units_on(periods, day(offset))) <= 1 for offset in range(-6, 7))
        assert [change.unit_external_id] == units_on(periods, max(first, TODAY)) or _is_to_come(periods, change)
        assert all(units_on(before, day(o)) == units_on(periods, day(o)) for o in range(-6, -4))
        assert all(p.valid_to is None or p.valid_to > p.valid_from for p in periods)
        assert periods == after(periods, change)


@given(CHANGES)
def test_managers_manage_what_was_said(changes: list[PersonNew]) -> None:
    """From its day on the last change holds, whatever was there before."""
    periods: list[Period] = []
    for change in changes:
        periods = after(periods, change)
        on = max(change.from_ or TODAY, TODAY)

        assert sorted(change.manages) == sorted(units_on(periods, on, "manager"))


def test_a_move_closes_one_membership_and_opens_another() -> None:
    """The old one ends on the day on which the new one begins."""
    periods = after([], new("a", on=day(-9)))

    assert [("a", -9, 0), ("b", 0, None)] == shown(after(periods, new("b")))


def test_a_correction_of_the_same_day_replaces() -> None:
    """A membership that began today and is wrong was never there."""
    periods = after(after([], new("a", on=day(-9))), new("b"))

    assert [("a", -9, 0), ("c", 0, None)] == shown(after(periods, new("c")))


def test_a_correction_back_leaves_no_seam() -> None:
    """Moved today and back today: one membership as before."""
    before = after([], new("a", on=day(-9)))

    assert before == after(after(before, new("b")), new("a"))


def test_a_planned_move_stands_when_something_else_changes() -> None:
    """Without a date, saying where somebody is today changes nothing."""
    planned = after(after([], new("a", on=day(-9))), new("b", on=day(5)))

    assert [("a", -9, 5), ("b", 5, None)] == shown(after(planned, new("a")))


def test_a_planned_move_is_taken_back_by_its_day() -> None:
    """Saying that the old unit goes on from that day."""
    planned = after(after([], new("a", on=day(-9))), new("b", on=day(5)))

    assert [("a", -9, None)] == shown(after(planned, new("a", on=day(5))))


def test_who_is_to_start_later_still_does() -> None:
    """Naming the same unit without a day does not make anybody start today."""
    to_come = after([], new("a", on=day(5)))

    assert to_come == after(to_come, new("a"))


def test_leaving_ends_everything() -> None:
    """Also what was planned."""
    periods = after(after([], new("a", "a", on=day(-9))), new("b", "a", on=day(5)))

    assert [("a", -9, 0), ("a", -9, 0)] == shown(after(periods, new(None, active=False)))


def test_coming_back_begins_anew() -> None:
    """The time away stays visible."""
    left = after(after([], new("a", on=day(-9))), new(None, on=day(-5), active=False))

    assert [("a", -9, -5), ("a", 0, None)] == shown(after(left, new("a")))


def test_who_is_placed_in_a_unit_of_the_future_starts_with_it() -> None:
    """Without a date the unit's own first day counts."""
    units = UNITS | {"soon": unit("soon", day(7))}

    placed = rules.periods_after(PERSON, after([], new("a")), new("soon"), units, TODAY, None)

    assert [("a", 0, 7), ("soon", 7, None)] == shown(placed)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (new("a", "b"), []),
        (new("a", "a"), []),
        (new(None), ["unit-required"]),
        (new("x", "y"), ["unknown-unit", "unknown-unit"]),
        (new("a", "b", "b"), ["duplicate-item"]),
        (new("soon", on=day(1)), ["unit-starts-later"]),
        (new("soon", on=day(7)), []),
        (new("gone", active=False), []),
        (new(None, active=False, on=day(1)), []),
        (new("soon", active=False, on=day(8)), []),
        (new("soon", active=False, on=day(7)), ["leaves-before-unit"]),
        (new("x", active=False, on=day(1)), ["unknown-unit"]),
        (new("x", active=False, on=day(0)), []),
    ],
)
def test_findings(wanted: PersonNew, expected: list[str]) -> None:
    """Everything that is wrong is found at once; managing the unit one belongs to is fine."""
    units = UNITS | {"soon": unit("soon", day(7))}

    assert expected == [found.code for found in rules.person_findings(wanted, units, TODAY)]


def named(external_id: str, user_name: str | None) -> PersonNew:
    return PersonNew(external_id=external_id, user_name=user_name, unit_external_id="a")


def stored(external_id: str, user_name: str) -> StoredPerson:
    return StoredPerson(
        person_id=UUID(int=1),
        external_id=external_id,
        user_name=user_name,
        display_name=None,
        email=None,
        language=None,
        employment_type=None,
        absent=False,
        active=True,
        leaves_on=None,
    )


def test_user_names_can_be_swapped_but_not_shared() -> None:
    """Who is in the import says anew what the name is; who is not keeps it."""
    wanted = [named("1", "b"), named("2", "a"), named("3", "B"), named("4", "Kept"), named("5", None)]
    names = [("a", "1"), ("b", "2"), ("B", "2"), ("Kept", "9")]
    known = [UserName(said=said, folded=said.lower(), holder=holder) for said, holder in names]

    found = [[finding.code for finding in findings] for findings in rules.user_name_findings(wanted, known)]

    assert [[], [], ["user-name-taken"], ["user-name-taken"], []] == found


def leaving(offset: int, name: str | None = None) -> PersonNew:
    return new(name, on=day(offset), active=False)


def test_leaving_later_ends_everything_on_its_day() -> None:
    """What is there and what was planned before that day stays; what was planned after it does not happen."""
    periods = after(after(after([], new("a", "a", on=day(-9))), new("b", "a", on=day(3))), new("c", "a", on=day(8)))

    assert [("a", -9, 5), ("a", -9, 3), ("b", 3, 5)] == shown(after(periods, leaving(5)))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (leaving(7), [("a", -9, 7), ("a", -9, 7)]),
        (leaving(2), [("a", -9, 2), ("a", -9, 2)]),
        (new(None, active=False), [("a", -9, 0), ("a", -9, 0)]),
        (new("a", "a"), [("a", -9, 5), ("a", -9, 5)]),
        (new("a"), [("a", -9, 0), ("a", -9, 5)]),
        (new("b", "a", "b"), [("a", -9, 5), ("b", 0, 5), ("a", -9, 0), ("b", 0, 5)]),
        (new("a", "a", on=day(0)), [("a", -9, None), ("a", -9, None)]),
        (new("a", "a", on=day(5)), [("a", -9, None), ("a", -9, None)]),
        (new("b", "a", on=day(7)), [("a", -9, None), ("a", -9, 7), ("b", 7, None)]),
    ],
    ids=["later", "earlier", "today", "nothing", "manages", "moves", "stays", "stays-after-all", "moves-instead"],
)
def test_a_leaving_that_was_planned_stands_or_is_changed_by_its_day(
    change: PersonNew, expected: list[tuple[str, int, int | None]]
) -> None:
    """Without a day what is said holds until then; with one the leaving is moved, or taken back."""
    planned = after(after([], new("a", "a", on=day(-9))), leaving(5))

    assert sorted(expected, key=str) == sorted(shown(after(planned, change, day(5))), key=str)


def test_whoever_is_new_is_somewhere_until_leaving() -> None:
    """A line with a unit and a day places somebody from today until then; who left before comes back for as long."""
    left = after(after([], new("a", on=day(-9))), new(None, on=day(-5), active=False))

    assert [("b", 0, 5)] == shown(after([], leaving(5, "b")))
    assert [("a", -9, -5), ("b", 0, 5)] == shown(after(left, leaving(5, "b")))
    assert left == after(left, leaving(5))


@pytest.mark.parametrize(
    ("is_there", "expected"),
    [(None, ["unit-required"]), (True, []), (False, [])],
    ids=["nobody", "is-there", "has-left"],
)
def test_who_is_new_and_leaves_later_is_somewhere_until_then(is_there: bool | None, expected: list[str]) -> None:
    """Of whoever is in the directory already nothing needs to be said."""
    before = None if is_there is None else replace(stored("p", "p"), active=is_there)

    assert expected == [one.code for one in rules.placement_findings(leaving(5), before, TODAY)]
    assert [] == rules.placement_findings(leaving(5, "a"), before, TODAY)
    assert [] == rules.placement_findings(leaving(0), before, TODAY)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (leaving(7), (True, day(7))),
        (new(None, active=False), (False, None)),
        (new("a"), (True, day(5))),
        (new(None), (True, day(5))),
        (new("a", on=day(0)), (True, None)),
    ],
    ids=["later", "today", "nothing", "in-no-unit", "stays"],
)
@pytest.mark.parametrize("was_active", [True, False])
def test_the_day_of_leaving_stands_whatever_becomes_of_memberships(
    change: PersonNew, expected: tuple[bool, date | None], was_active: bool
) -> None:
    """Without a day it stands, also for who has left before it, whom a leaving in no unit does not bring back."""
    before = replace(stored("p", "p"), active=was_active, leaves_on=day(5))
    active, leaves_on = expected

    after = rules.person_change(before, [], change, PERSON, UNITS, TODAY).after

    assert (active and (was_active or change.active), leaves_on) == (after.active, after.leaves_on)
