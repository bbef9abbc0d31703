"""What a plan of action says when it leaves the service in one piece."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from peil.actions.model import (
    ActionState,
    CheckKind,
    CheckResult,
    CheckState,
    ForUnit,
    InState,
    Level,
    OfCampaign,
    StateSince,
)
from peil.aggregates.model import Reading, Standing
from peil.exported import Separator
from peil.risks.model import Risk
from peil.structs import Value

ExportedCheckState = Annotated[Literal[CheckState, "planned"], Meta(title="ExportedCheckState")]


class ActionExportQuery(Value, frozen=True, kw_only=True):
    """Which actions, and how a table is written."""

    campaign: OfCampaign = None
    unit: ForUnit = None
    state: InState = None
    separator: Separator = None


class ExportedOwner(Value, frozen=True, kw_only=True):
    """Who sees to an action: somebody of the directory, or whoever has a role."""

    person_id: UUID | None
    role: str | None
    name: Annotated[
        str | None,
        Meta(description="Of the person; null: it is a role, or the caller may not see that person in the directory."),
    ]


class ExportedMetric(Value, frozen=True, kw_only=True):
    """What tells whether an action works, from 0 to 100: where it began, where it is to go, and where it is."""

    block: str
    title: Annotated[str, Meta(description="What the block is called.")]
    unit_id: UUID
    unit: Annotated[str, Meta(description="Whose figure it is.")]
    wave_id: UUID
    wave: Annotated[str, Meta(description="The released wave of the start value.")]
    start_value: float
    target: float
    current: Annotated[Reading, Meta(description="The newest release that asked the same items of the unit.")]
    current_wave: str
    current_standing: Annotated[Standing, Meta(description="Why `current` has no value; `told`: it has one.")]


class ExportedCheck(Value, frozen=True, kw_only=True):
    """A moment at which it was or will be asked whether an action works."""

    kind: CheckKind
    due_on: date
    state: ExportedCheckState
    reading: Annotated[
        Reading | None,
        Meta(
            description="The metric when it was done, or now if it is due; null: there is none, or the day is to come."
        ),
    ]
    result: CheckResult | None
    note: str | None
    completed_on: date | None


class ExportedAction(Value, frozen=True, kw_only=True):
    """A measure of the plan of action, with the names of what it refers to."""

    action_id: UUID
    title: str
    description: str | None
    level: Level
    measure: Annotated[str | None, Meta(description="The key of its catalogue entry; null: none.")]
    measure_title: Annotated[str | None, Meta(description="What that entry is called; null: it is no more there.")]
    unit_id: Annotated[UUID | None, Meta(description="null: it is for everyone.")]
    unit: str | None
    owner: ExportedOwner
    starts_on: date
    deadline: date
    campaign_id: UUID | None
    campaign: str | None
    risk_id: UUID | None
    risk: Annotated[Risk | None, Meta(description="null: none was named, or the caller may not see it.")]
    risk_category: Annotated[str | None, Meta(description="What the category of the risk is called.")]
    state: ActionState
    history: Annotated[list[StateSince], Meta(description="Every state with its day, oldest first.")]
    metric: Annotated[
        ExportedMetric | None, Meta(description="null: there is none, or the caller may not read aggregates.")
    ]
    checks: Annotated[
        list[ExportedCheck],
        Meta(description="By day: all that are due or done, and those of the first 90 days that are still to come."),
    ]


class ActionExport(Value, frozen=True, kw_only=True):
    """The plan of action, as far as the caller reaches."""

    on: Annotated[date, Meta(description="The day on which it stood like this.")]
    actions: Annotated[list[ExportedAction], Meta(description="In the order in which they were made.")]
    notice: Annotated[str, Meta(description="To be shown beside every figure.")]
