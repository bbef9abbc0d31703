"""The fatigue budget: nobody is asked more than it allows, and nobody is held back who would not be."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peil.errors import Conflict
from peil.waves.fatigue import Asking, check_budget, collisions
from peil.waves.series_model import FatigueBudget

START = datetime(2026, 11, 2, 8, tzinfo=UTC)
ROOT, SALES, FIELD, CARE = (UUID(int=number) for number in range(1, 5))
TREE = {ROOT: None, SALES: ROOT, FIELD: SALES, CARE: ROOT}
BUDGET = FatigueBudget(waves=2, items=10, days=28)


def asking(
    day: int,
    number: int | None = None,
    *,
    items: int = 3,
    units: list[UUID] | None = None,
    types: list[str] | None = None,
) -> Asking:
    """What is asked on this day; without a number it is being planned."""
    wave_id = None if number is None else UUID(int=100 + number)
    return Asking(wave_id, START + timedelta(days=day), items, units, types)


def colliding(plan: list[Asking], *others: Asking) -> list[int]:
    """Days of all that has a part in it, from the start."""
    return [(one.opens_at - START).days for one in collisions(plan, others, TREE, BUDGET)]


def test_within_the_budget_nothing_collides() -> None:
    """Two waves of ten items together in four weeks are what it allows."""
    assert [] == colliding([asking(27, items=5)], asking(0, 1, items=5))


@pytest.mark.parametrize(
    ("plan", "others", "expected"),
    [
        ([asking(27)], [asking(0, 1), asking(1, 2)], [0, 1, 27]),
        ([asking(28)], [asking(0, 1), asking(1, 2)], []),
        ([asking(0)], [asking(20, 1), asking(27, 2)], [0, 20, 27]),
        ([asking(10)], [asking(0, 1), asking(20, 2)], [0, 10, 20]),
        ([asking(10, items=8)], [asking(0, 1)], [0, 10]),
        ([asking(10, items=11)], [], [10]),
        ([asking(0), asking(7), asking(14)], [], [0, 7, 14]),
        ([asking(60)], [asking(0, 1), asking(1, 2), asking(2, 3)], []),
    ],
)
def test_too_much_in_any_period_collides(plan: list[Asking], others: list[Asking], expected: list[int]) -> None:
    """In waves or in items, before and after, by others or by the plan alone; not what was too much without it."""
    assert expected == colliding(plan, *others)


@pytest.mark.parametrize(
    ("units", "others", "expected"),
    [
        ([CARE], ([SALES], [SALES]), []),
        ([FIELD], ([SALES], [SALES]), [0, 1, 2]),
        ([SALES], ([FIELD], [FIELD]), [0, 1, 2]),
        ([ROOT], ([CARE], [FIELD]), []),
        ([ROOT], ([SALES], [FIELD]), [0, 1, 2]),
        (None, ([CARE], [FIELD]), []),
        (None, (None, [CARE]), [0, 1, 2]),
    ],
)
def test_only_who_is_asked_by_all_of_them_counts(
    units: list[UUID] | None, others: tuple[list[UUID] | None, list[UUID] | None], expected: list[int]
) -> None:
    """Beside each other is not too much; one beneath the other is."""
    asked = [asking(day, day, units=one) for day, one in enumerate(others)]

    assert expected == colliding([asking(2, units=units)], *asked)


def test_kinds_of_employment_are_people_apart() -> None:
    """Permanent staff and agency workers are not asked twice by a wave each; by one of everybody they are."""
    others = [asking(0, 1, types=["permanent"]), asking(1, 2, types=["agency"])]

    assert [] == colliding([asking(2, types=["trainee"])], *others)
    assert [] == colliding([asking(2)], *others)
    assert [0, 2, 3] == colliding([asking(2, types=["agency", "permanent"]), asking(3)], others[0])


def test_a_refusal_lists_the_waves() -> None:
    """Each with its id, its day and its items, and what is allowed."""
    with pytest.raises(Conflict) as caught:
        check_budget([asking(2, items=5)], [asking(0, 1), asking(1, 2)], TREE, BUDGET)

    assert ("fatigue-budget", {"waves": 2, "items": 10, "days": 28}) == (caught.value.code, caught.value.params)
    assert [
        (f"/waves/{UUID(int=101)}", "asked-by-wave", {"on": "2026-11-02", "items": 3}),
        (f"/waves/{UUID(int=102)}", "asked-by-wave", {"on": "2026-11-03", "items": 3}),
        ("/plan", "asked-by-plan", {"on": "2026-11-04", "items": 5}),
    ] == [(one.pointer, one.code, one.params) for one in caught.value.findings]


askings = st.builds(
    asking,
    st.integers(0, 60),
    st.integers(0, 20),
    items=st.integers(1, 8),
    units=st.none() | st.lists(st.sampled_from(list(TREE)), min_size=1, max_size=3),
    types=st.none() | st.lists(st.sampled_from(["permanent", "agency"]), min_size=1, max_size=2),
)


def _is_asked(one: Asking, unit_id: UUID, kind: str) -> bool:
    path = {unit_id, TREE[unit_id], TREE[TREE[unit_id] or ROOT]}
    return (one.unit_ids is None or bool(path & set(one.unit_ids))) and (one.types is None or kind in one.types)


@settings(deadline=None)
@given(st.lists(askings, max_size=6), st.lists(askings, min_size=1, max_size=3))
def test_it_is_what_counting_by_person_would_say(others: list[Asking], planned: list[Asking]) -> None:
    """A person of each kind in each unit, each day as the begin of a period: the plan is refused just then."""
    plan = [one._replace(wave_id=None) for one in planned]
    is_too_much = False
    for unit_id in TREE:
        for kind in ("permanent", "agency", "trainee"):
            mine = [one for one in [*others, *plan] if _is_asked(one, unit_id, kind)]
            for day in range(61):
                ends = (START + timedelta(days=day), START + timedelta(days=day + BUDGET.days))
                period = [one for one in mine if ends[0] <= one.opens_at < ends[1]]
                has_plan = any(one.wave_id is None for one in period)
                over = len(period) > BUDGET.waves or sum(one.items for one in period) > BUDGET.items
                is_too_much |= has_plan and over

    assert is_too_much == bool(collisions(plan, others, TREE, BUDGET))
