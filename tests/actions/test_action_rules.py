"""When an action is looked at again, which state follows which, and what it is refused for."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peil.actions import rules
from peil.actions.model import ActionMetricNew, ActionNew, StateSince, StoredAction, StoredCheck
from peil.aggregates.model import Reading, Start
from peil.directory.model import Owner, OwnerNew
from peil.directory.rules import check_own_units
from peil.errors import Conflict, Denied, Finding, Invalid
from peil.toolkit.model import CatalogueEntry

TODAY = date(2026, 11, 16)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def action(**chosen: Any) -> ActionNew:
    least: dict[str, Any] = {"title": "A", "level": "team", "owner": OwnerNew(role="HR")}
    return ActionNew(**least | {"deadline": TODAY + timedelta(days=90)} | chosen)


def known(**chosen: Any) -> rules.Known:
    there: dict[str, Any] = {
        "unit": True,
        "people": (),
        "campaign": True,
        "risk": True,
        "measures": {},
        "start": None,
        "days": (),
    }
    return rules.Known(**there | chosen)


def stored(**chosen: Any) -> StoredAction:
    new = action()
    own = {name: getattr(new, name) for name in ActionNew.__struct_fields__}
    own |= {
        "owner": Owner(person_id=None, role="HR"),
        "starts_on": TODAY,
        "metric": None,
        "history": [],
        "action_id": uuid4(),
        "last_check": 0,
    }
    return StoredAction(**own | {"created_at": datetime(2026, 1, 1, tzinfo=UTC)} | chosen)


def test_progress_checks_of_an_action() -> None:
    """At 30, 60 and 90 days, then each quarter; a day that a month lacks is its last."""
    checks = list(islice(rules.check_dates(date(2026, 8, 31)), 6))

    assert [
        ("30-days", date(2026, 9, 30)),
        ("60-days", date(2026, 10, 30)),
        ("90-days", date(2026, 11, 29)),
        ("quarter", date(2027, 2, 28)),
        ("quarter", date(2027, 5, 31)),
        ("quarter", date(2027, 8, 31)),
    ] == checks


@given(DAYS, st.integers(0, 1500))
def test_no_check_is_lost_or_made_twice(starts_on: date, days: int) -> None:
    """Whenever the worker comes: what is known, what is due and what is next are all checks in their order."""
    today = starts_on + timedelta(days=days)
    due = [day for _, _, day in rules.checks_until(starts_on, (), today)]
    dates = [day for _, day in islice(rules.check_dates(starts_on), len(due) + 1)]

    assert dates == [*due, rules.next_check(starts_on, len(due), today)]
    assert sorted(set(dates)) == dates
    assert not rules.checks_until(starts_on, range(1, len(due) + 1), today)


@pytest.mark.parametrize(
    ("current", "wanted"),
    [("planned", "done"), ("done", "planned"), ("done", "stopped"), ("stopped", "planned"), ("active", "planned")],
)
def test_states_that_do_not_follow(current: Any, wanted: Any) -> None:
    """What was not begun is not done, and nothing becomes a plan again."""
    with pytest.raises(Conflict, match="action-state"):
        rules.check_state(current, wanted)


@pytest.mark.parametrize(
    ("current", "wanted"),
    [("planned", "planned"), ("planned", "active"), ("active", "done"), ("active", "stopped"), ("done", "active")],
)
def test_states_that_follow(current: Any, wanted: Any) -> None:
    """Also the same one, where something else changes."""
    rules.check_state(current, wanted)


def test_history_has_every_state_once() -> None:
    """A change of something else adds nothing."""
    planned = rules.history([], "planned", TODAY)
    active = rules.history(planned, "active", TODAY + timedelta(days=1))

    assert [StateSince(state="planned", since=TODAY)] == planned
    assert active == rules.history(active, "active", TODAY + timedelta(days=2))
    assert ["planned", "active"] == [one.state for one in active]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    """The deadline, whatever it refers to, and why its metric has no start."""
    somebody = OwnerNew(person_id=uuid4())
    wrong = action(
        owner=somebody, measure="magic", deadline=TODAY, metric=ActionMetricNew(wave_id=uuid4(), block="x", target=1)
    )
    nothing = known(
        unit=False,
        campaign=False,
        risk=False,
        start=Finding("/waveId", "unit-protected", {"unit": "Zorg"}),
    )
    with pytest.raises(Invalid) as refusal:
        rules.check_action(wrong, nothing, TODAY, TODAY)

    assert {
        ("/unitId", "unknown-unit"),
        ("/owner/personId", "unknown-person"),
        ("/campaignId", "unknown-campaign"),
        ("/riskId", "unknown-risk"),
        ("/measure", "unknown-measure"),
        ("/deadline", "ends-before-start"),
        ("/metric/waveId", "unit-protected"),
    } == {(found.pointer, found.code) for found in refusal.value.findings}


@pytest.mark.parametrize(
    ("marks", "codes"), [(["organisation"], ["measure-of-another-level"]), (["team"], []), ([], [])]
)
def test_a_measure_belongs_to_levels(marks: Any, codes: list[str]) -> None:
    """One for the organisation is none for a team; one without a mark is for any level."""
    entry = CatalogueEntry(
        catalogue_entry_id=uuid4(),
        kind="measure",
        key="m",
        title={"nl": "M"},
        description=None,
        marks=marks,
        shipped=False,
    )
    found: list[str] = []
    try:
        rules.check_action(action(measure="m"), known(measures={"m": entry}), TODAY, TODAY)
    except Invalid as refusal:
        found = [one.code for one in refusal.findings]

    assert codes == found


def test_a_metric_keeps_where_it_began() -> None:
    """The start value is that of the release; until another release asks again it is the current one too."""
    start = Start(unit_id=uuid4(), fingerprint="f", value=61.5)
    new = action(metric=ActionMetricNew(wave_id=uuid4(), block="workload", target=70))
    metric = rules.metric_of(new, start)
    shown = rules.action_of(stored(metric=metric), None, TODAY).metric
    later = rules.action_of(stored(metric=metric), Reading(wave_id=uuid4(), value=None), TODAY).metric

    assert shown is not None
    assert (61.5, 70, 61.5, start.unit_id) == (shown.start_value, shown.target, shown.current.value, shown.unit_id)
    assert later is not None
    assert (61.5, None) == (later.start_value, later.current.value)


def test_an_action_that_is_over_is_not_looked_at_again() -> None:
    """Its next check is none."""
    assert [date(2026, 12, 16), None, None] == [
        rules.action_of(stored(state=state), None, TODAY).next_check_on for state in ("active", "done", "stopped")
    ]


@pytest.mark.parametrize(("days", "state"), [(0, "due"), (7, "due"), (8, "overdue")])
def test_a_check_is_overdue_after_a_week(days: int, state: str) -> None:
    """Unless it was done."""
    check = StoredCheck(
        progress_check_id=uuid4(),
        action_id=uuid4(),
        number=1,
        kind="30-days",
        due_on=TODAY,
        reading=None,
        result=None,
        note=None,
        completed_on=None,
        unit_id=None,
        action_state="active",
        metric=None,
    )
    done = rules.progress_check_of(check, None, TODAY + timedelta(days=days))

    assert state == done.state


def test_who_does_not_reach_everybody_acts_for_the_own_units() -> None:
    """Not for another unit, and not for everyone."""
    own = uuid4()
    check_own_units(rules.units_of(own), {own})
    check_own_units(rules.units_of(None), None)
    for unit_id in (None, uuid4()):
        with pytest.raises(Denied, match="not-your-units"):
            check_own_units(rules.units_of(unit_id), {own})


def test_the_next_check_is_one_that_will_come() -> None:
    """Where the first one was made and the start was moved on, the second is next."""
    moved = stored(last_check=1, starts_on=TODAY)

    assert TODAY + timedelta(days=60) == rules.action_of(moved, None, TODAY).next_check_on
