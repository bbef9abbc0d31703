"""The shapes of readiness, timeline and evaluation."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from peil.aggregates.changes.model import BlockChange
from peil.structs import Value
from peil.waves.model import WaveKind

Mistake = Literal["M1", "M2", "M3", "M4", "M5", "M6"]
Severity = Literal["high", "medium", "low"]
Verdict = Literal["met", "not-met", "not-measurable"]
CriterionKind = Literal["participation", "score", "change"]
EntryKind = Literal["phase", "wave", "activity", "communication", "progress-check", "deadline"]
EntryState = Literal["past", "now", "to-come", "overdue"]


class ReadinessFinding(Value, frozen=True, kw_only=True):
    """Something that is missing or wrong, and what to do about it."""

    code: str
    mistake: Annotated[
        Mistake | None, Meta(description="The common mistake of a programme week it belongs to; null: none of the six.")
    ]
    mistake_title: Annotated[str | None, Meta(description="That mistake in words, in the caller's language.")]
    severity: Severity
    title: Annotated[str, Meta(description="What is wrong, in the caller's language.")]
    advice: Annotated[str, Meta(description="What to do, in the caller's language.")]
    resource: Annotated[str, Meta(description="What it is about, as a path without version.")]
    unit_id: Annotated[UUID | None, Meta(description="The unit it is about; null: the whole campaign.")]


class Readiness(Value, frozen=True, kw_only=True):
    """Everything that a campaign still lacks, the gravest first."""

    campaign_id: UUID
    findings: list[ReadinessFinding]


class EmployerFindings(Value, frozen=True, kw_only=True):
    """What the campaigns of one of a vendor's employers still lack."""

    employer_id: UUID
    campaigns: Annotated[list[Readiness], Meta(description="Those that are not over, also where nothing is missing.")]


class TimelineEntry(Value, frozen=True, kw_only=True):
    """Something with a day."""

    from_: date = msgspec.field(name="from")
    to: date
    kind: Annotated[EntryKind, Meta(title="TimelineEntryKind")]
    title: Annotated[str, Meta(description="A phase in the caller's language; else what people called it.")]
    state: EntryState
    resource: Annotated[str, Meta(description="Where it comes from, as a path without version.")]


class Timeline(Value, frozen=True, kw_only=True):
    """A campaign in the order of its days, as far as it concerns the caller."""

    campaign_id: UUID
    today: date
    entries: list[TimelineEntry]


class EvaluatedWave(Value, frozen=True, kw_only=True):
    """How many took part in a released wave, in the whole organisation."""

    wave_id: UUID
    kind: WaveKind
    name: str
    respondents: Annotated[int | None, Meta(description="null: protected.")]
    invited: int | None
    rate: Annotated[float | None, Meta(description="Per cent.")]


class EvaluatedGoal(Value, frozen=True, kw_only=True):
    """Where a goal began and where it stands."""

    title: str
    kpi: str
    baseline: Annotated[float | None, Meta(description="The value in the baseline; null: none.")]
    current: Annotated[float | None, Meta(description="The value in the newest release; null: none.")]
    target: float
    verdict: Annotated[Verdict, Meta(title="Verdict")]
    text: Annotated[str, Meta(description="The verdict in words, in the caller's language.")]


class EvaluatedCriterion(Value, frozen=True, kw_only=True):
    """Whether something that makes the edition a success came true."""

    kind: Annotated[CriterionKind, Meta(title="CriterionKind")]
    title: Annotated[str, Meta(description="What was wanted, in the caller's language.")]
    block: str | None
    at_least: float
    value: float | None
    minimal_detectable_change: Annotated[
        float | None,
        Meta(
            description="change: the change in points that groups of this size would show with 80 % power; null: "
            "nothing was compared, or the criterion is of another kind."
        ),
    ]
    verdict: Annotated[Verdict, Meta(title="Verdict")]
    text: Annotated[str, Meta(description="The verdict in words, in the caller's language.")]


class ActionsByState(Value, frozen=True, kw_only=True):
    """How many actions of the campaign are in which state, for everyone or for the caller's units."""

    planned: int
    active: int
    done: int
    stopped: int


class Evaluation(Value, frozen=True, kw_only=True):
    """What became of a campaign."""

    campaign_id: UUID
    due_on: Annotated[date, Meta(description="By when it is to be evaluated.")]
    waves: list[EvaluatedWave]
    changes: Annotated[
        list[BlockChange], Meta(description="Post-measurement against baseline in the whole organisation.")
    ]
    goals: list[EvaluatedGoal]
    criteria: list[EvaluatedCriterion]
    actions: Annotated[ActionsByState | None, Meta(description="null: the caller may not read actions.")]
    notice: Annotated[str, Meta(description="To be shown beside every figure.")]
