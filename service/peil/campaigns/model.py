"""The shapes of campaigns: one edition of a programme week with its preparation and follow-up."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from peil.structs import Name, Slug, Texts, Value, Zone
from peil.waves.model import WaveKind

PhaseKind = Literal["preparation", "baseline", "week", "evaluation", "check-30-days", "check-60-days", "check-90-days"]
Position = Literal["hr", "manager", "ambassador"]
Part = Literal["host", "facilitator", "communication"]
Score = Annotated[float, Meta(ge=0, le=100)]


class BlockMetric(Value, frozen=True, kw_only=True, tag_field="kind", tag="block"):
    """The mean of a block of a questionnaire over the whole organisation, from 0 to 100."""

    instrument_id: UUID
    block: Slug


class ParticipationMetric(Value, frozen=True, kw_only=True, tag_field="kind", tag="participation"):
    """How many per cent of the people invited answered, in the newest wave of a kind."""

    wave_kind: WaveKind


MetricSource = BlockMetric | ParticipationMetric


class GoalNew(Value, frozen=True, kw_only=True):
    """What the campaign wants to reach, and what will tell."""

    title: Name
    goal: Annotated[Slug, Meta(description="Key of a catalogue entry of kind goal.")]
    kpi: Annotated[Slug, Meta(description="Key of a catalogue entry of kind kpi.")]
    metric: MetricSource
    target: Annotated[Score, Meta(description="The value of the metric that is enough; higher is better.")]
    risk_id: Annotated[UUID | None, Meta(description="The PSA risk it starts from; null: none.")] = None


class Goal(Value, frozen=True, kw_only=True):
    """What the campaign wants to reach, and what tells."""

    title: str
    goal: str
    kpi: str
    metric: MetricSource
    target: float
    risk_id: UUID | None


class ParticipationCriterion(Value, frozen=True, kw_only=True, tag_field="kind", tag="participation"):
    """Success is that so many per cent of the people invited to the post-measurement answered."""

    at_least: Score


class ScoreCriterion(Value, frozen=True, kw_only=True, tag_field="kind", tag="score"):
    """Success is that a block of the post-measurement has at least this mean, such as how the week was received."""

    instrument_id: UUID
    block: Slug
    at_least: Score


class ChangeCriterion(Value, frozen=True, kw_only=True, tag_field="kind", tag="change"):
    """Success is that a block rose by so many points from the baseline, and that this is no play of chance."""

    instrument_id: UUID
    block: Slug
    at_least: Annotated[float, Meta(gt=0, le=100)]


Criterion = ParticipationCriterion | ScoreCriterion | ChangeCriterion


class CoreMember(Value, frozen=True, kw_only=True):
    """Somebody of the core team."""

    person_id: UUID
    position: Position
    part: Annotated[Part | None, Meta(description="What this member does in the week; null: nothing particular.")]


class CoreMessage(Value, frozen=True, kw_only=True):
    """What every item of the communication says."""

    why: Texts
    what_we_want: Texts
    what_we_expect: Annotated[Texts, Meta(description="What we expect of you.")]


class CampaignDates(Value, frozen=True, kw_only=True):
    """Dates that somebody chose; null: computed from the week."""

    preparation_from: date | None = None
    baseline_from: date | None = None
    baseline_to: date | None = None
    evaluation_by: date | None = None


class CampaignNew(Value, frozen=True, kw_only=True):
    """An edition of the week to plan; a name and a year are enough to begin with."""

    name: Name
    year: Annotated[int, Meta(ge=2000, le=2100)]
    week_from: Annotated[date | None, Meta(description="First day; null: the Monday that falls on 10-16 November.")] = (
        None
    )
    week_to: Annotated[date | None, Meta(description="Last day, at most six days later; null: the Friday.")] = None
    provisional: Annotated[bool, Meta(description="True: the dates may still change.")] = False
    zone: Zone = "Europe/Amsterdam"
    dates: Annotated[CampaignDates, Meta(description="Where the phases are to be; null: as the week has it.")] = (
        CampaignDates()
    )
    goals: Annotated[list[GoalNew], Meta(max_length=10, description="One or two are best.")] = []
    themes: Annotated[
        list[Slug], Meta(max_length=10, description="Keys of catalogue entries of kind theme; one or two are best.")
    ] = []
    criteria: Annotated[list[Criterion], Meta(max_length=20, description="What makes the edition a success.")] = []
    core_team: Annotated[
        list[CoreMember], Meta(max_length=50, description="HR, a manager, and one or two ambassadors are best.")
    ] = []
    sponsor_id: Annotated[UUID | None, Meta(description="Who of the board or management backs it.")] = None
    core_message: CoreMessage | None = None


class Phase(Value, frozen=True, kw_only=True):
    """A part of the edition; both days belong to it."""

    kind: PhaseKind
    from_: date = msgspec.field(name="from")
    to: date


class StoredCampaign(Value, frozen=True, kw_only=True):
    """A campaign as it is stored: dates that nobody chose are null."""

    campaign_id: UUID
    name: str
    year: int
    week_from: date | None
    week_to: date | None
    provisional: bool
    zone: str
    dates: Annotated[CampaignDates, Meta(description="What was chosen; what holds stands in `phases`.")]
    goals: list[Goal]
    themes: list[str]
    criteria: list[Criterion]
    core_team: list[CoreMember]
    sponsor_id: UUID | None
    core_message: CoreMessage | None
    copied_from_id: Annotated[UUID | None, Meta(description="The edition before; null: not copied.")]
    created_at: datetime


class Campaign(StoredCampaign, frozen=True, kw_only=True):
    """One edition of a programme week."""

    week_from: date
    week_to: date
    phases: Annotated[list[Phase], Meta(description="In the order in which they begin.")]


class CampaignCopy(Value, frozen=True, kw_only=True):
    """The next edition: what to call it, and in which year."""

    year: Annotated[int, Meta(ge=2000, le=2100)]
    name: Annotated[Name | None, Meta(description="null: as the one before.")] = None
