"""The fourth part: the plan of action, with what tells whether an action works and when it is looked at."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from rich.text import Text

from peil.actions.model import Action, ActionMetric, CheckState, ProgressCheck
from peil.demo.drawing.lines import plain, short_day, wrapped
from peil.directory.model import Owner

_MARKS: Mapping[CheckState, str] = {"done": "✓", "due": "due", "overdue": "overdue"}


def draw_actions(
    actions: Sequence[Action],
    checks: Sequence[ProgressCheck],
    owners: Mapping[UUID, str],
    units: Mapping[UUID, str],
    width: int,
) -> Iterator[Text]:
    """Per action what, where, who, until when; the metric; the progress checks; the last note."""
    for number, action in enumerate(actions, 1):
        mine = [check for check in checks if check.action_id == action.action_id]
        where = "everyone" if action.unit_id is None else units[action.unit_id]
        yield Text(f"{number} {action.title}", "bold")
        owner = _owner(action.owner, owners)
        for text in (
            f"{action.level}: {where}; {owner}until {short_day(action.deadline)}; {action.state}",
            "" if action.metric is None else _metric(action.metric, units),
            _checks(action, mine),
            *_last_note(mine),
        ):
            if text:
                yield from wrapped(text, width, margin="  ")


def _last_note(checks: Sequence[ProgressCheck]) -> list[str]:
    notes = [f"{plain(check.kind)}: “{check.note}”" for check in checks if check.note]
    return notes[-1:]


def _owner(owner: Owner, owners: Mapping[UUID, str]) -> str:
    """Who sees to it; nothing where the caller may not look that person up."""
    if owner.person_id is None:
        return f"{owner.role}; "
    name = owners.get(owner.person_id)
    return "" if name is None else f"{name}; "


def _metric(metric: ActionMetric, units: Mapping[UUID, str]) -> str:
    now = "protected" if metric.current.value is None else f"{metric.current.value:.1f}"
    where = units[metric.unit_id]
    return f"{plain(metric.block)} in {where}: start {metric.start_value:.1f} → now {now} → target {metric.target:.1f}"


def _checks(action: Action, checks: Sequence[ProgressCheck]) -> str:
    told = [f"{plain(check.kind)} {_result(check)}" for check in checks]
    if action.next_check_on is not None:
        told.append(f"next check {short_day(action.next_check_on)}")
    return "; ".join(told)


def _result(check: ProgressCheck) -> str:
    mark = _MARKS[check.state]
    return mark if check.result is None else f"{mark} {plain(check.result)}"
