"""Finds what a campaign lacks: one small function per subject, over facts that were read before."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, get_args
from uuid import UUID

import msgspec

from peil.actions.model import Action, ProgressCheck
from peil.actions.rules import units_of
from peil.campaigns.agenda_model import Activity, StoredCommunication
from peil.campaigns.model import Campaign
from peil.campaigns.rules import SHORTEST_PREPARATION
from peil.consents.model import Stance
from peil.directory.rules import path_up
from peil.readiness.mistake_texts import MISTAKES
from peil.readiness.model import ReadinessFinding
from peil.readiness.texts import KINDS
from peil.support_routes.model import SupportRouteKind
from peil.toolkit.model import CatalogueEntry, Mark
from peil.waves.model import Wave

MOST_GOALS = MOST_THEMES = 2
FEWEST_ACTIONS, MOST_ACTIONS = 3, 5
MOST_A_DAY = 3
_SEVERITIES = ("high", "medium", "low")


class UnitFact(NamedTuple):
    """A unit of today's tree."""

    unit_id: UUID
    parent_id: UUID | None
    name: str


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """All that readiness looks at."""

    campaign: Campaign
    waves: Sequence[Wave]
    too_much: Collection[UUID]
    """Waves that are still to come and by which somebody is asked more than the fatigue budget."""
    agenda: Sequence[Activity]
    activities: Mapping[str, CatalogueEntry]
    plan: Sequence[StoredCommunication]
    communications: Mapping[str, CatalogueEntry]
    actions: Sequence[Action]
    checks: Sequence[ProgressCheck]
    routes: Collection[str]
    """Kinds of support routes that are there today."""
    preconditions: Collection[str]
    """Kinds of preconditions that hold today."""
    council: Stance
    team_units: Mapping[UUID, UUID | None]
    """The units of the people in the core team."""
    units: Sequence[UnitFact]
    today: date


class Found(NamedTuple):
    """A finding before it has texts; `is_of_action`: it names one, so it is for those who may see that action."""

    code: str
    resource: str
    unit_id: UUID | None = None
    params: Mapping[str, str | int] = {}
    is_of_action: bool = False


Check = Callable[[Facts], Iterator[Found]]


def findings(facts: Facts) -> list[Found]:
    """Everything the campaign lacks, the gravest first, in the order of the checks."""
    found = [one for check in _CHECKS for one in check(facts)]
    return sorted(found, key=lambda one: _SEVERITIES.index(KINDS[one.code].severity))


def told(found: Found, language: str) -> ReadinessFinding:
    """A finding in the caller's language."""
    kind = KINDS[found.code]
    return ReadinessFinding(
        code=found.code,
        mistake=kind.mistake,
        mistake_title=None if kind.mistake is None else MISTAKES[kind.mistake][language],
        severity=kind.severity,
        title=kind.title[language].format_map(found.params),
        advice=kind.advice[language],
        resource=found.resource,
        unit_id=found.unit_id,
    )


def is_seen(found: Found, seen: Collection[UUID] | None, acts: Collection[UUID | None] | None) -> bool:
    """Whether a finding is for somebody who reaches the units `seen`, and the actions of `acts`; None: all.

    Who does not reach everything is told what is about a unit within reach.
    """
    if found.is_of_action and acts is not None and found.unit_id not in acts:
        return False
    return seen is None or found.unit_id in seen


def of_reach(actions: Sequence[Action], acts: Collection[UUID | None] | None) -> list[Action]:
    """The actions that are for one of `acts` (None in it: for everyone); None: all."""
    return [one for one in actions if acts is None or one.unit_id in acts]


def _plan(facts: Facts) -> Iterator[Found]:
    campaign = facts.campaign
    at = _of(campaign)
    for code, number, most in (
        ("goal", len(campaign.goals), MOST_GOALS),
        ("theme", len(campaign.themes), MOST_THEMES),
    ):
        if number == 0:
            yield Found(f"no-{code}", at)
        elif number > most:
            yield Found(f"too-many-{code}s", at, params={"count": number})
    if not campaign.criteria:
        yield Found("no-criterion", at)
    if campaign.core_message is None:
        yield Found("no-core-message", at)
    if campaign.sponsor_id is None:
        yield Found("no-sponsor", at)
    if all(goal.risk_id is None for goal in campaign.goals):
        yield Found("no-risk", at)


def _team(facts: Facts) -> Iterator[Found]:
    positions = Counter(member.position for member in facts.campaign.core_team)
    for position in ("manager", "ambassador"):
        if not positions[position]:
            yield Found(f"no-{position}", _of(facts.campaign))
    ambassadors = [one.person_id for one in facts.campaign.core_team if one.position == "ambassador"]
    if len(ambassadors) > 1 and len({facts.team_units.get(one) for one in ambassadors}) == 1:
        yield Found("ambassadors-of-one-unit", _of(facts.campaign))


def _start(facts: Facts) -> Iterator[Found]:
    latest = facts.campaign.week_from - SHORTEST_PREPARATION
    begins = max(facts.campaign.phases[0].from_, facts.campaign.created_at.date())
    if begins > latest:
        yield Found("late-start", _of(facts.campaign))


def _measurements(facts: Facts) -> Iterator[Found]:
    held = [wave for wave in facts.waves if wave.state not in ("cancelled", "unrecoverable")]
    kinds = {wave.kind for wave in held}
    if "baseline" not in kinds:
        yield Found("no-baseline", _of(facts.campaign))
    if "post" not in kinds:
        yield Found("no-post-measurement", _of(facts.campaign))
    before = {wave.instrument_id for wave in held if wave.kind == "baseline"}
    for wave in held:
        if wave.kind == "post" and before and wave.instrument_id not in before:
            yield Found("post-asks-otherwise", f"/waves/{wave.wave_id}")
    for wave in facts.waves:
        if wave.wave_id in facts.too_much:
            yield Found("asked-too-much", f"/waves/{wave.wave_id}", params={"name": wave.name})


def _agenda(facts: Facts) -> Iterator[Found]:
    campaign = facts.campaign
    marked = [(activity, _marks(facts.activities, activity.kind)) for activity in facts.agenda]
    in_week = [marks for one, marks in marked if campaign.week_from <= one.on <= campaign.week_to]
    if not any("kick-off" in marks for _, marks in marked):
        yield Found("no-kick-off", _of(campaign))
    if not any("recovery" in marks for marks in in_week):
        yield Found("no-recovery", _of(campaign))
    if not any("evaluation" in marks and one.on >= campaign.week_to for one, marks in marked):
        yield Found("no-evaluation", _of(campaign))
    for day, number in _fullest(facts).items():
        if number > MOST_A_DAY:
            yield Found("full-agenda", _of(campaign), params={"on": day.isoformat(), "count": number})


def _fullest(facts: Facts) -> dict[date, int]:
    """Per day the most activities that are for the same people; a moment of recovery fills nobody's day."""
    filling = [one for one in facts.agenda if "recovery" not in _marks(facts.activities, one.kind)]
    days = sorted({activity.on for activity in filling})
    return {
        day: max(_loads(facts, [activity.unit_ids for activity in filling if activity.on == day]).values())
        for day in days
    }


def _loads(facts: Facts, units: Sequence[Collection[UUID] | None]) -> dict[UUID | None, int]:
    """How many things are for everyone (None), and for each unit named: with those for everyone and for units above.

    `units[i]` are those that a thing is for; None: everyone.
    """
    parents = {unit.unit_id: unit.parent_id for unit in facts.units}
    for_all = sum(one is None for one in units)
    own = Counter(unit_id for one in units for unit_id in set(one or ()))
    return {None: for_all} | {
        unit_id: for_all + sum(own[above] for above in path_up(parents, unit_id)) for unit_id in own
    }


def _overloaded(most: int, facts: Facts, units: Sequence[Collection[UUID] | None]) -> Iterator[tuple[UUID | None, int]]:
    """Whom more than `most` things are for: everyone (None), else the highest units, each with how many."""
    loads = _loads(facts, units)
    parents = {unit.unit_id: unit.parent_id for unit in facts.units}
    heavy = {unit_id: count for unit_id, count in loads.items() if count > most}
    for unit_id, count in heavy.items():
        above = path_up(parents, None if unit_id is None else parents.get(unit_id))
        is_told_above = unit_id is not None and (None in heavy or not heavy.keys().isdisjoint(above))
        if not is_told_above:
            yield unit_id, count


def _coverage(facts: Facts) -> Iterator[Found]:
    """The highest units that have, with all beneath them, nothing on an agenda that is not empty."""
    if not facts.agenda or any(activity.unit_ids is None for activity in facts.agenda):
        return
    parents = {unit.unit_id: unit.parent_id for unit in facts.units}
    named = {unit_id for activity in facts.agenda for unit_id in activity.unit_ids or ()}
    touched = {above for unit_id in named for above in path_up(parents, unit_id)}
    covered = {unit_id for unit_id in parents if not named.isdisjoint(path_up(parents, unit_id))}
    for unit in facts.units:
        is_bare = unit.unit_id not in touched and unit.unit_id not in covered
        if is_bare and (unit.parent_id is None or unit.parent_id in touched):
            yield Found("uneven-coverage", _of(facts.campaign), unit.unit_id, {"unit": unit.name})


def _communication(facts: Facts) -> Iterator[Found]:
    campaign = facts.campaign
    # What was to be told and was not, when its day is over, has told nobody anything.
    told = [item for item in facts.plan if item.state == "sent" or item.on >= facts.today]
    marked = [(item.on, _marks(facts.communications, item.kind)) for item in told]
    if not any("invitation" in marks and on < campaign.week_from for on, marks in marked):
        yield Found("no-invitation", _of(campaign))
    if not any("manager-message" in marks and on <= campaign.week_to for on, marks in marked):
        yield Found("no-manager-message", _of(campaign))
    if not any("shared-outcomes" in marks and on > campaign.week_to for on, marks in marked):
        yield Found("outcomes-not-shared", _of(campaign))


def _measures(facts: Facts) -> Iterator[Found]:
    actions = [action for action in facts.actions if action.state != "stopped"]
    at, number = _of(facts.campaign), len(actions)
    if number == 0:
        yield Found("no-action", at)
    elif number < FEWEST_ACTIONS:
        yield Found("few-actions", at, params={"count": number})
    for unit_id, count in _overloaded(MOST_ACTIONS, facts, [units_of(action.unit_id) for action in actions]):
        yield Found("many-actions", at, unit_id, {"count": count})
    if actions and all(action.level == "individual" for action in actions):
        yield Found("symptoms-only", at)
    for action in actions:
        about = f"/actions/{action.action_id}"
        if action.metric is None:
            yield Found("action-without-metric", about, action.unit_id, {"title": action.title}, is_of_action=True)
        if action.risk_id is None:
            yield Found("action-without-risk", about, action.unit_id, {"title": action.title}, is_of_action=True)


def _follow_up(facts: Facts) -> Iterator[Found]:
    actions = {action.action_id: action for action in facts.actions}
    for check in facts.checks:
        if check.state == "overdue":
            action = actions[check.action_id]
            params = {"on": check.due_on.isoformat(), "title": action.title}
            about = f"/progress-checks/{check.progress_check_id}"
            yield Found("progress-check-overdue", about, action.unit_id, params, is_of_action=True)


def _surroundings(facts: Facts) -> Iterator[Found]:
    if facts.council in ("not-involved", "refused", "withdrew"):
        yield Found(f"works-council-{facts.council}", "/consent-requests")
    for kind in ("dpia", "participant-notice"):
        if kind not in facts.preconditions:
            yield Found(f"no-{kind}", "/preconditions")
    for kind in get_args(SupportRouteKind):
        if kind not in facts.routes:
            yield Found(f"no-{kind}", "/support-routes")


_CHECKS: tuple[Check, ...] = (
    _plan,
    _team,
    _start,
    _measurements,
    _agenda,
    _coverage,
    _communication,
    _measures,
    _follow_up,
    _surroundings,
)


def _of(campaign: Campaign) -> str:
    return f"/campaigns/{campaign.campaign_id}"


def _marks(entries: Mapping[str, CatalogueEntry], key: str) -> Collection[Mark]:
    entry = entries.get(key)
    return () if entry is None else entry.marks
