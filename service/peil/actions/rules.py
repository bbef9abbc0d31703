"""Decisions about actions: what a measure must have, which state follows which, and when it is looked at again."""

from calendar import monthrange
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from itertools import count
from uuid import UUID

import msgspec

from peil.actions.model import (
    Action,
    ActionMetric,
    ActionNew,
    ActionState,
    CheckKind,
    CheckState,
    ProgressCheck,
    StateSince,
    StoredAction,
    StoredCheck,
    StoredMetric,
)
from peil.aggregates.model import Reading, Start
from peil.directory.rules import owner_findings
from peil.errors import Conflict, Finding, Invalid
from peil.toolkit.model import CatalogueEntry

GRACE = timedelta(days=7)
"""How long after its day a progress check may be done before it is overdue."""

_LONGEST_PAST, _LONGEST_TERM = timedelta(days=366), timedelta(days=3653)
_FIRST: tuple[tuple[CheckKind, int], ...] = (("30-days", 30), ("60-days", 60), ("90-days", 90))
_QUARTER = 3
_FOLLOWING: Mapping[ActionState, tuple[ActionState, ...]] = {
    "planned": ("active", "stopped"),
    "active": ("done", "stopped"),
    "done": ("active",),
    "stopped": ("active",),
}
_OF_UNIT = ("unit-protected", "unit-not-in-wave", "unit-partly-asked")
OVER: tuple[ActionState, ...] = ("done", "stopped")


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What an action may refer to; True or a thing where the one that it names is there."""

    unit: bool
    people: Collection[UUID]
    campaign: bool
    risk: bool
    measures: Mapping[str, CatalogueEntry]
    start: Start | Finding | None
    """Where its metric begins, or why it cannot; None: it has none, or it stays as it was."""
    days: Collection[date]
    """Days it had before: time may have carried them out of the bounds of a new plan."""


def check_action(new: ActionNew, known: Known, starts_on: date, today: date) -> None:
    """Everything that must fit before an action is kept; it begins on `starts_on`. Raises Invalid with all findings."""
    findings = [*_place_findings(new, known), *_measure_findings(new, known)]
    findings += _term_findings(new, known, starts_on, today)
    if isinstance(known.start, Finding):
        is_of_unit = known.start.code in _OF_UNIT and new.unit_id is not None
        place = "/unitId" if is_of_unit else f"/metric{known.start.pointer}"
        findings.append(Finding(place, known.start.code, known.start.params))
    elif known.start is not None and new.metric is not None and new.metric.target < known.start.value:
        findings.append(Finding("/metric/target", "target-below-start", {"start": known.start.value}))
    if findings:
        raise Invalid(*findings)


def check_change(before: StoredAction, new: ActionNew) -> None:
    """What was measured and noted is of one unit, so an action stays there. Raises Invalid, Conflict."""
    if new.unit_id != before.unit_id:
        raise Invalid(Finding("/unitId", "immutable"))
    check_state(before.state, new.state)


def check_beginning(new: ActionNew) -> None:
    """Nothing begins at its end. Raises Invalid."""
    if new.state in OVER:
        raise Invalid(Finding("/state", "begins-at-its-end"))


def _term_findings(new: ActionNew, known: Known, starts_on: date, today: date) -> Iterator[Finding]:
    """Within reach of a plan of action: begun a year ago at most, over within ten years."""
    first, last = today - _LONGEST_PAST, today + _LONGEST_TERM
    bounds: dict[str, str | int | float] = {"from": first.isoformat(), "to": last.isoformat()}
    for pointer, day in (("/startsOn", new.starts_on), ("/deadline", new.deadline)):
        if day is not None and day not in known.days and not first <= day <= last:
            yield Finding(pointer, "day-out-of-range", bounds)
    if new.deadline <= starts_on:
        yield Finding("/deadline", "ends-before-start")


def _place_findings(new: ActionNew, known: Known) -> Iterator[Finding]:
    if not known.unit:
        yield Finding("/unitId", "unknown-unit")
    yield from owner_findings(new.owner, known.people)
    if not known.campaign:
        yield Finding("/campaignId", "unknown-campaign")
    if not known.risk:
        yield Finding("/riskId", "unknown-risk")


def _measure_findings(new: ActionNew, known: Known) -> Iterator[Finding]:
    if new.measure is None:
        return
    entry = known.measures.get(new.measure)
    if entry is None:
        yield Finding("/measure", "unknown-measure")
    elif entry.marks and new.level not in entry.marks:
        yield Finding("/measure", "measure-of-another-level", {"levels": ", ".join(entry.marks)})


def metric_of(new: ActionNew, start: Start | Finding | None) -> StoredMetric | None:
    """The metric of an action that was checked, with its start value."""
    if new.metric is None or not isinstance(start, Start):
        return None
    return StoredMetric(
        wave_id=new.metric.wave_id,
        block=new.metric.block,
        unit_id=start.unit_id,
        fingerprint=start.fingerprint,
        start_value=start.value,
        target=new.metric.target,
    )


def units_of(unit_id: UUID | None) -> list[UUID] | None:
    """Whom an action is for, as the directory's rules ask it; None: everyone."""
    return None if unit_id is None else [unit_id]


def check_state(current: ActionState, wanted: ActionState) -> None:
    """States cannot be skipped; what has ended can be taken up again. Raises Conflict `action-state`."""
    if wanted != current and wanted not in _FOLLOWING[current]:
        raise Conflict("action-state", state=current, allowed=", ".join(_FOLLOWING[current]))


def history(before: list[StateSince], state: ActionState, today: date) -> list[StateSince]:
    """The states of an action, with this one at the end."""
    return before if before and before[-1].state == state else [*before, StateSince(state=state, since=today)]


def check_dates(starts_on: date) -> Iterator[tuple[CheckKind, date]]:
    """When an action is looked at: 30, 60 and 90 days after its start, then each quarter, without end."""
    for kind, days in _FIRST:
        yield kind, starts_on + timedelta(days=days)
    for quarter in count(2):
        yield "quarter", _months_after(starts_on, quarter * _QUARTER)


def _months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def checks_until(starts_on: date, known: Collection[int], today: date) -> list[tuple[int, CheckKind, date]]:
    """The checks that are due by `today` and not `known` by their number: number, kind and day.

    By their number, since another start gives the same check another day.
    """
    due = []
    for number, (kind, day) in enumerate(check_dates(starts_on), 1):
        if day > today:
            break
        if number not in known:
            due.append((number, kind, day))
    return due


def next_check(starts_on: date, last: int, today: date) -> date:
    """The first check after `today` whose number is above that of the `last` one made."""
    dates = enumerate(check_dates(starts_on), 1)
    return next(day for number, (_, day) in dates if number > last and day > today)


def action_of(stored: StoredAction, reading: Reading | None, today: date) -> Action:
    """An action as callers see it; `reading` is the newest of its metric."""
    own = msgspec.structs.asdict(stored) | {"metric": stored.metric and _metric_of(stored.metric, reading)}
    del own["last_check"]
    is_over = stored.state in OVER
    return Action(**own, next_check_on=None if is_over else next_check(stored.starts_on, stored.last_check, today))


def _metric_of(metric: StoredMetric, reading: Reading | None) -> ActionMetric:
    return ActionMetric(
        wave_id=metric.wave_id,
        block=metric.block,
        unit_id=metric.unit_id,
        start_value=metric.start_value,
        target=metric.target,
        current=reading or Reading(wave_id=metric.wave_id, value=metric.start_value),
    )


def progress_check_of(stored: StoredCheck, reading: Reading | None, today: date) -> ProgressCheck:
    """A progress check as callers see it; `reading` is the newest, which counts until it is done."""
    is_done = stored.completed_on is not None
    own = msgspec.structs.asdict(stored) | {"reading": stored.reading if is_done else reading}
    shown = {name: own[name] for name in ProgressCheck.__struct_fields__ if name in own}
    return ProgressCheck(**shown, state=check_state_on(stored, today))


def check_state_on(stored: StoredCheck, today: date) -> CheckState:
    """Done, dropped with its action, due, or overdue once the grace is over."""
    if stored.completed_on is not None:
        return "done"
    if stored.action_state in OVER:
        return "dropped"
    return "overdue" if today > stored.due_on + GRACE else "due"
