"""What a widget shows of what there is: who may see a unit, which light is on, and what to do next."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from peil.actions.model import Action, ProgressCheck
from peil.actor import Reach
from peil.aggregates.changes.model import ChangeCell, IncomparableChange, ProtectedChange, WithheldChange
from peil.campaigns.agenda_model import Activity
from peil.errors import Finding
from peil.releases.cells_model import Cell, ProtectedCell, ResponseCell
from peil.support_routes.model import SupportRoute
from peil.widgets.model import (
    Light,
    LightCode,
    LightColour,
    LightSince,
    NextStep,
    StepCode,
    WidgetAction,
    WidgetActivity,
    WidgetRoute,
)
from peil.widgets.texts import LIGHTS, ROUTES, SINCE, STEPS
from peil.zones import day_in

COMING = timedelta(weeks=13)
"""From today on, in which an agenda is shown."""

# The first that is on in any block is the light of the unit: what gets worse is not outweighed by what gets better.
_COLOURS: dict[LightCode, LightColour] = {
    "clear-decline": "red",
    "possible-decline": "amber",
    "clear-improvement": "green",
    "possible-improvement": "green",
    "small-difference": "grey",
    "no-clear-difference": "grey",
    "cannot-be-told": "grey",
    "nothing-to-compare": "grey",
    "protected": "grey",
}
# Points. Of very many people less is sure, too, and still nothing to act on (decision 33).
_LEAST_TO_ACT_ON = 5


class Place(NamedTuple):
    """A unit, and the units from it up to the top."""

    unit_id: UUID
    name: str
    path: tuple[UUID, ...]


def sees(reach: Reach, place: Place, own: Collection[Place], managed: Collection[UUID]) -> bool:
    """Whether a unit is in reach: own units and what is above them, managed subtrees (`own`: both)."""
    if reach >= Reach.EMPLOYER:
        return True
    if reach >= Reach.SUBTREE and not set(managed).isdisjoint(place.path):
        return True
    return reach >= Reach.UNITS and any(place.unit_id in one.path for one in own)


def token_findings(
    origin: str, registered: Collection[str | None], units: Sequence[UUID], seen: Collection[UUID]
) -> Iterator[Finding]:
    """What of a widget token its client cannot have: a page elsewhere, no unit at all, one that is not there to see."""
    if origin not in registered:
        yield Finding("/0/origin", "origin-not-registered")
    if not units:
        yield Finding("/0/units", "required")
    for number, unit_id in enumerate(units):
        if unit_id not in seen:
            yield Finding(f"/0/units/{number}", "unknown-unit")


def light_of(cell: Cell, change: ChangeCell | None, since_previous: ChangeCell | None, language: str) -> Light:
    """The light of one block: against the baseline, or where that asked nothing alike against the wave before.

    None: there is no such wave.
    """
    if _has_nothing(change) and not _has_nothing(since_previous):
        return _light(_code_of(cell, since_previous), "previous", language)
    return _light(_code_of(cell, change), None if _has_nothing(change) else "baseline", language)


def worst(lights: Sequence[Light], language: str) -> Light:
    """The light of a unit: of the block that needs attention most, against the baseline before any other."""
    order = list(_COLOURS)
    lit = sorted(lights, key=lambda light: (order.index(light.code), light.since != "baseline"))
    return lit[0] if lit else _light("nothing-to-compare", None, language)


def _has_nothing(change: ChangeCell | None) -> bool:
    return change is None or isinstance(change, IncomparableChange)


def _code_of(cell: Cell, change: ChangeCell | None) -> LightCode:
    if isinstance(cell, ProtectedCell) or isinstance(change, ProtectedChange):
        return "protected"
    if change is None or isinstance(change, IncomparableChange):
        return "nothing-to-compare"
    if isinstance(change, WithheldChange) or change.label is None:
        return "cannot-be-told"
    is_down = change.difference < 0
    match change.label:
        case "clear-signal":
            return "clear-decline" if is_down else "clear-improvement"
        case "possible-signal":
            if abs(change.difference) < _LEAST_TO_ACT_ON:
                return "small-difference"
            return "possible-decline" if is_down else "possible-improvement"
        case "no-clear-difference":
            return "no-clear-difference"


def _light(code: LightCode, since: LightSince | None, language: str) -> Light:
    compared = "" if since is None else SINCE[since][language]
    return Light(colour=_COLOURS[code], code=code, since=since, text=LIGHTS[code][language].format(since=compared))


def first_protected(response: ResponseCell, cells: Sequence[Cell]) -> ProtectedCell | None:
    """The first protected figure of a unit; None: it has them all."""
    return next((one for one in (response, *cells) if isinstance(one, ProtectedCell)), None)


def is_silent(cells: Sequence[Cell]) -> bool:
    """Whether a unit has no figure at all, so that a team has nothing of its own to look at."""
    return all(isinstance(one, ProtectedCell) for one in cells)


def standing_actions(actions: Sequence[Action], checks: Sequence[ProgressCheck]) -> list[WidgetAction]:
    """What is planned or being done, by deadline. A person who sees to it is not named on a page for all.

    A check that is open comes before the next one: it is asked for now.
    """
    asked = {one.action_id: one.due_on for one in reversed(checks) if one.state in ("due", "overdue")}
    standing = [
        WidgetAction(
            action_id=one.action_id,
            title=one.title,
            state=one.state,
            unit_id=one.unit_id,
            owner_role=one.owner.role,
            deadline=one.deadline,
            next_check_on=asked.get(one.action_id, one.next_check_on),
        )
        for one in actions
        if one.state in ("planned", "active")
    ]
    return sorted(standing, key=lambda one: (one.deadline, one.action_id))


def is_coming(activity: Activity, zone: str, now: datetime) -> bool:
    """Whether something on an agenda of this time zone has not ended, and is on one of the days to be shown."""
    ends = datetime.combine(activity.on, time.fromisoformat(activity.to), ZoneInfo(zone))
    return now < ends and activity.on <= day_in(now, zone) + COMING


def coming_activity(activity: Activity) -> WidgetActivity:
    """An item of the agenda, without counts."""
    return WidgetActivity(
        activity_id=activity.activity_id,
        title=activity.title,
        on=activity.on,
        from_=activity.from_,
        to=activity.to,
        variant=activity.variant,
        host=activity.host,
    )


def shown_route(route: SupportRoute, language: str) -> WidgetRoute:
    """A support route in one language: that of the caller, or else the first that there is."""
    told = route.explanation or {}
    explanation = told.get(language) or next(iter(told.values()), None)
    return WidgetRoute(
        kind=route.kind,
        title=ROUTES[route.kind][language],
        name=route.name,
        contact=route.contact,
        explanation=explanation,
    )


def next_step(
    light: Light | None, *, is_without: bool, actions: Sequence[WidgetAction] | None, language: str
) -> NextStep:
    """The one thing to do now; `light` None: nothing was released yet, `is_without`: no figures of its own.

    `actions` None: they may not be read.
    """
    checked = min(
        ((one.next_check_on, one.title) for one in actions or () if one.next_check_on is not None), default=None
    )
    if light is None:
        return _step("wait-for-a-release", language)
    if is_without:
        return _step("talk-without-figures", language)
    if light.colour in ("red", "amber") and actions == []:
        return _step("choose-an-action", language)
    if checked is not None:
        return _step("check-an-action", language, on=checked[0], title=checked[1])
    return _step("talk-about-results", language)


def _step(code: StepCode, language: str, *, on: date | None = None, title: str = "") -> NextStep:
    return NextStep(code=code, text=STEPS[code][language].format(title=title), on=on)
