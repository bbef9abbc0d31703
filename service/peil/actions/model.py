"""The shapes of actions and their progress checks."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from peil.aggregates.model import Reading
from peil.directory.model import Owner, OwnerNew
from peil.paging import ChangedPageQuery
from peil.structs import Name, Slug, Text, Value

Level = Literal["organisation", "team", "individual"]
ActionState = Literal["planned", "active", "done", "stopped"]
CheckKind = Literal["30-days", "60-days", "90-days", "quarter"]
CheckState = Literal["due", "overdue", "done", "dropped"]
CheckResult = Annotated[Literal["working", "not-working", "changed"], Meta(title="CheckOutcome")]


class ActionMetricNew(Value, frozen=True, kw_only=True):
    """What will tell whether the action works: a block of a released wave, in the unit of the action."""

    wave_id: Annotated[UUID, Meta(description="The released wave whose figure is the start value.")]
    block: Slug
    target: Annotated[float, Meta(ge=0, le=100, description="Higher is better, from 0 to 100.")]


class ActionMetric(Value, frozen=True, kw_only=True):
    """What tells whether the action works."""

    wave_id: Annotated[UUID, Meta(description="The released wave of the start value.")]
    block: str
    unit_id: Annotated[UUID, Meta(description="Whose figure it is: the unit of the action, or the top one.")]
    start_value: float
    target: float
    current: Annotated[Reading, Meta(description="The newest release that asked the same items of the unit.")]


class StoredMetric(Value, frozen=True, kw_only=True):
    """A metric as it is stored; `fingerprint` is that of the block's items, by which later waves are found."""

    wave_id: UUID
    block: str
    unit_id: UUID
    fingerprint: str
    start_value: float
    target: float


class ActionNew(Value, frozen=True, kw_only=True):
    """A measure: what is done, where it acts, who sees to it, until when, and what will tell whether it worked."""

    title: Name
    description: Text | None = None
    level: Annotated[Level, Meta(description="Where it acts: at the source, on a team, on individual people.")]
    measure: Annotated[Slug | None, Meta(description="Key of a catalogue entry of kind measure; null: none.")] = None
    unit_id: Annotated[
        UUID | None, Meta(description="The unit it is for, never a person; null: everyone. It never changes.")
    ] = None
    owner: Annotated[OwnerNew, Meta(description="Who sees to it.")]
    starts_on: Annotated[date | None, Meta(description="null: today, and in a change: as it was.")] = None
    deadline: Annotated[date, Meta(description="By when it is to be done; after the day on which it starts.")]
    campaign_id: Annotated[UUID | None, Meta(description="The campaign it came of; null: none.")] = None
    risk_id: Annotated[UUID | None, Meta(description="The PSA risk it is against; null: none named.")] = None
    metric: Annotated[ActionMetricNew | None, Meta(description="null: nothing will tell.")] = None
    state: Annotated[
        ActionState,
        Meta(description="It begins as planned or active, ends as done or stopped, and can become active again."),
    ] = "planned"


class ActionDraft(Value, frozen=True, kw_only=True):
    """An action to create as it is or changed: what a release offers one unit."""

    title: str
    description: str
    level: Level
    measure: Annotated[str | None, Meta(description="null: none was chosen.")]
    unit_id: UUID
    owner: Owner
    starts_on: Annotated[date | None, Meta(description="null: the day on which it is created.")]
    deadline: date
    campaign_id: Annotated[UUID | None, Meta(description="The campaign of the wave; null: none.")]
    risk_id: Annotated[UUID | None, Meta(description="null: none was chosen.")]
    metric: Annotated[
        ActionMetricNew | None,
        Meta(description="The block that scored lowest; null: fewer than half answered, or not everybody was asked."),
    ]
    state: ActionState


class StateSince(Value, frozen=True, kw_only=True):
    """A state and the day it began."""

    state: ActionState
    since: date


class _Planned(Value, frozen=True, kw_only=True):
    """What an action is, however it is measured."""

    action_id: UUID
    title: str
    description: str | None
    level: Level
    measure: str | None
    unit_id: UUID | None
    owner: Owner
    starts_on: date
    deadline: date
    campaign_id: UUID | None
    risk_id: UUID | None
    state: ActionState
    history: Annotated[list[StateSince], Meta(description="Every state, oldest first.")]
    created_at: datetime


class Action(_Planned, frozen=True, kw_only=True):
    """A measure of the plan of action."""

    metric: Annotated[
        ActionMetric | None, Meta(description="null: there is none, or the caller may not read aggregates.")
    ]
    next_check_on: Annotated[
        date | None, Meta(description="The next progress check after today; null: the action is over.")
    ]


class StoredAction(_Planned, frozen=True, kw_only=True):
    """An action as it is stored, with the number of its last check (0: none): without what the newest release says."""

    metric: StoredMetric | None
    last_check: int


OfCampaign = Annotated[UUID | None, Meta(description="Those of one campaign; none: all.")]
ForUnit = Annotated[UUID | None, Meta(description="Those for exactly this unit; none: all.")]
InState = Annotated[ActionState | None, Meta(description="Those in this state; none: all.")]


class ActionQuery(ChangedPageQuery, frozen=True, kw_only=True):
    """Which actions."""

    campaign: OfCampaign = None
    unit: ForUnit = None
    state: InState = None


class ProgressCheck(Value, frozen=True, kw_only=True):
    """A moment at which it is asked whether an action works."""

    progress_check_id: UUID
    action_id: UUID
    kind: CheckKind
    due_on: date
    state: Annotated[
        CheckState,
        Meta(description="overdue: a week after its day it was not done; dropped: its action is over."),
    ]
    reading: Annotated[
        Reading | None, Meta(description="The metric when it was done, or now if it was not; null: there is none.")
    ]
    result: CheckResult | None
    note: str | None
    completed_on: date | None


class StoredCheck(Value, frozen=True, kw_only=True):
    """A progress check as it is stored; `reading` is kept once it was done, `metric` is that of its action."""

    progress_check_id: UUID
    action_id: UUID
    kind: CheckKind
    due_on: date
    reading: Reading | None
    result: CheckResult | None
    note: str | None
    completed_on: date | None
    number: int
    unit_id: UUID | None
    action_state: ActionState
    metric: StoredMetric | None


class ProgressCheckQuery(ChangedPageQuery, frozen=True, kw_only=True):
    """Which progress checks."""

    action: Annotated[UUID | None, Meta(description="Those of one action; none: all.")] = None
    campaign: Annotated[UUID | None, Meta(description="Those of the actions of one campaign; none: all.")] = None
    open: Annotated[bool | None, Meta(description="true: still to be done; false: done or dropped; none: all.")] = None


class CheckCompletion(Value, frozen=True, kw_only=True):
    """What came of a progress check."""

    result: Annotated[CheckResult, Meta(description="Whether the action works; changed: it goes on in another way.")]
    note: Annotated[Text | None, Meta(description="What was seen or agreed, never about a person; null: nothing.")] = (
        None
    )
