"""Puts what has a day in its order: phases, waves, agenda, communication, deadlines and progress checks."""

from collections.abc import Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

import msgspec

from peil.actions.model import Action, CheckKind, ProgressCheck
from peil.actions.rules import OVER, check_dates
from peil.campaigns.agenda_model import Activity, Communication
from peil.campaigns.model import Campaign, PhaseKind
from peil.readiness.model import EntryKind, EntryState, TimelineEntry
from peil.waves.model import Wave

_PHASES: dict[PhaseKind, dict[str, str]] = {
    "preparation": {"nl": "Voorbereiding", "en": "Preparation"},
    "baseline": {"nl": "Nulmeting", "en": "Baseline"},
    "week": {"nl": "De week", "en": "The week"},
    "evaluation": {"nl": "Evaluatie", "en": "Evaluation"},
    "check-30-days": {"nl": "Na 30 dagen", "en": "After 30 days"},
    "check-60-days": {"nl": "Na 60 dagen", "en": "After 60 days"},
    "check-90-days": {"nl": "Na 90 dagen", "en": "After 90 days"},
}


_CHECKS: dict[CheckKind, dict[str, str]] = {
    "30-days": {"nl": "Na 30 dagen", "en": "After 30 days"},
    "60-days": {"nl": "Na 60 dagen", "en": "After 60 days"},
    "90-days": {"nl": "Na 90 dagen", "en": "After 90 days"},
    "quarter": {"nl": "Elk kwartaal", "en": "Each quarter"},
}


class Dated(msgspec.Struct, frozen=True, kw_only=True):
    """All of a campaign that has a day and concerns the caller."""

    campaign: Campaign
    waves: Sequence[Wave]
    agenda: Sequence[Activity]
    communications: Sequence[Communication]
    actions: Sequence[Action]
    checks: Sequence[ProgressCheck]


def entries(dated: Dated, today: date, language: str) -> list[TimelineEntry]:
    """Everything by its first day."""
    followed = _follow_up(dated, today, language)
    made = [*_phases(dated, today, language), *_waves(dated, today), *_plans(dated, today), *followed]
    return sorted(made, key=lambda entry: (entry.from_, entry.to))


def _phases(dated: Dated, today: date, language: str) -> Iterator[TimelineEntry]:
    at = f"/campaigns/{dated.campaign.campaign_id}"
    for phase in dated.campaign.phases:
        yield _entry("phase", phase.from_, phase.to, _PHASES[phase.kind][language], at, today)


def _waves(dated: Dated, today: date) -> Iterator[TimelineEntry]:
    for wave in dated.waves:
        zone = ZoneInfo(wave.zone)
        opens, closes = wave.opens_at.astimezone(zone).date(), wave.closes_at.astimezone(zone).date()
        if wave.state != "cancelled":
            yield _entry("wave", opens, closes, wave.name, f"/waves/{wave.wave_id}", today)


def _plans(dated: Dated, today: date) -> Iterator[TimelineEntry]:
    for activity in dated.agenda:
        yield _entry("activity", activity.on, activity.on, activity.title, f"/activities/{activity.activity_id}", today)
    for item in dated.communications:
        at = f"/communications/{item.communication_id}"
        is_late = item.state == "planned" and item.on < today
        yield _entry("communication", item.on, item.on, item.title, at, today, is_late=is_late)


def _follow_up(dated: Dated, today: date, language: str) -> Iterator[TimelineEntry]:
    """Of each action the deadline, the progress checks there are, and the next one to come."""
    for action in dated.actions:
        at, is_over = f"/actions/{action.action_id}", action.state in OVER
        is_late = not is_over and action.deadline < today
        yield _entry("deadline", action.deadline, action.deadline, action.title, at, today, is_late=is_late)
        if action.next_check_on is not None:
            day = action.next_check_on
            kind = next(kind for kind, on in check_dates(action.starts_on) if on == day)
            yield _entry("progress-check", day, day, _check(action.title, kind, language), at, today)
    titles = {action.action_id: action.title for action in dated.actions}
    for check in dated.checks:
        if check.state == "dropped":
            continue
        at, is_late = f"/progress-checks/{check.progress_check_id}", check.state == "overdue"
        title = _check(titles[check.action_id], check.kind, language)
        entry = _entry("progress-check", check.due_on, check.due_on, title, at, today, is_late=is_late)
        # Until it is done, what is due is now.
        yield msgspec.structs.replace(entry, state="now") if check.state == "due" else entry


def _check(title: str, kind: CheckKind, language: str) -> str:
    return f"{_CHECKS[kind][language]}: {title}"


def _entry(
    kind: EntryKind, first: date, last: date, title: str, resource: str, today: date, *, is_late: bool = False
) -> TimelineEntry:
    state: EntryState = "past" if last < today else "to-come" if first > today else "now"
    return TimelineEntry(
        from_=first, to=last, kind=kind, title=title, state="overdue" if is_late else state, resource=resource
    )
