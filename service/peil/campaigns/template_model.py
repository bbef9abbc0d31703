"""The shapes of a campaign that a vendor makes at many employers: a template with nothing in it of any of them."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from peil.campaigns.agenda_model import Variant
from peil.campaigns.model import CoreMessage, ParticipationCriterion, ParticipationMetric, Score
from peil.paging import Cursor
from peil.problems import ProblemFinding
from peil.structs import Name, Slug, Value, WallTime, Zone

MOST = 200
"""Employers a request."""

Outcome = Literal["created", "existing", "refused", "not-found"]
# A year before the week and a year after it; the campaign itself may allow less.
Day = Annotated[
    int, Meta(ge=-366, le=372, description="Days from the first of the week: 0 is that day, -7 a week before.")
]
InstrumentKey = Annotated[
    Slug, Meta(description="Key of an instrument; at each employer its newest published version is meant.")
]


class TemplateBlockMetric(Value, frozen=True, kw_only=True, tag_field="kind", tag="block"):
    """The mean of a block of a questionnaire over the whole organisation, from 0 to 100."""

    instrument: InstrumentKey
    block: Slug


class TemplateScoreCriterion(Value, frozen=True, kw_only=True, tag_field="kind", tag="score"):
    """Success is that a block of the post-measurement has at least this mean."""

    instrument: InstrumentKey
    block: Slug
    at_least: Score


class TemplateChangeCriterion(Value, frozen=True, kw_only=True, tag_field="kind", tag="change"):
    """Success is that a block rose by so many points from the baseline, and that this is no play of chance."""

    instrument: InstrumentKey
    block: Slug
    at_least: Annotated[float, Meta(gt=0, le=100)]


TemplateMetric = TemplateBlockMetric | ParticipationMetric
TemplateCriterion = ParticipationCriterion | TemplateScoreCriterion | TemplateChangeCriterion


class TemplateGoal(Value, frozen=True, kw_only=True):
    """What the campaign wants to reach, and what will tell."""

    title: Name
    goal: Annotated[Slug, Meta(description="Key of a catalogue entry of kind goal.")]
    kpi: Annotated[Slug, Meta(description="Key of a catalogue entry of kind kpi.")]
    metric: TemplateMetric
    target: Annotated[Score, Meta(description="The value of the metric that is enough; higher is better.")]


class TemplateDates(Value, frozen=True, kw_only=True):
    """Where phases are to be; null: as the week has it."""

    preparation_from: Day | None = None
    baseline_from: Day | None = None
    baseline_to: Day | None = None
    evaluation_by: Day | None = None


class TemplateActivity(Value, frozen=True, kw_only=True):
    """An item of the agenda, for everyone."""

    kind: Annotated[Slug, Meta(description="Key of a catalogue entry of kind activity.")]
    title: Name
    day: Day
    from_: WallTime = msgspec.field(name="from")
    to: WallTime
    variant: Variant = "live"
    host: Annotated[Name | None, Meta(description="Who leads it everywhere; null: not known yet.")] = None


class TemplateCommunication(Value, frozen=True, kw_only=True):
    """Something to tell people about the campaign, in one channel on one day."""

    kind: Annotated[Slug, Meta(description="Key of a catalogue entry of kind communication.")]
    title: Name
    channel: Annotated[Slug, Meta(description="Where it is told: intranet, teams, e-mail, …")]
    day: Day
    owner_role: Annotated[Name | None, Meta(description="Whose role it is to see to it; null: nobody's yet.")] = None


class CampaignTemplate(Value, frozen=True, kw_only=True):
    """A whole campaign without a year; every day counts from the first of its week."""

    key: Annotated[
        Slug, Meta(description="The vendor's own name of the template: a key and a year make one campaign an employer.")
    ]
    name: Name
    dates: TemplateDates = TemplateDates()
    goals: Annotated[list[TemplateGoal], Meta(max_length=10, description="One or two are best.")] = []
    themes: Annotated[
        list[Slug], Meta(max_length=10, description="Keys of catalogue entries of kind theme; one or two are best.")
    ] = []
    criteria: Annotated[list[TemplateCriterion], Meta(max_length=20, description="What makes it a success.")] = []
    core_message: CoreMessage | None = None
    activities: Annotated[list[TemplateActivity], Meta(max_length=200)] = []
    communications: Annotated[list[TemplateCommunication], Meta(max_length=200)] = []


class VendorCampaignsNew(Value, frozen=True, kw_only=True):
    """A template, the year to make it for, and where: at named employers, or at all that let the vendor act."""

    template: CampaignTemplate
    year: Annotated[int, Meta(ge=2000, le=2100)]
    week_from: Annotated[date | None, Meta(description="First day; null: the Monday that falls on 10-16 November.")] = (
        None
    )
    week_to: Annotated[date | None, Meta(description="Last day, at most six days later; null: the Friday.")] = None
    provisional: Annotated[bool, Meta(description="True: the dates may still change.")] = False
    zone: Zone = "Europe/Amsterdam"
    employer_ids: Annotated[
        Annotated[list[UUID], Meta(min_length=1, max_length=MOST)] | None,
        Meta(description="At these employers; null: at `all`."),
    ] = None
    all: Annotated[bool, Meta(description="True: at all employers that let the vendor act, some at a time.")] = False
    limit: Annotated[int, Meta(ge=1, le=MOST, description="Of `all`, employers a request.")] = MOST
    cursor: Annotated[
        Cursor | None, Meta(description="Of `all`, where to go on: `next` of the answer before; null: at the first.")
    ] = None
    dry_run: Annotated[bool, Meta(description="True: says what would come of it, and creates nothing.")] = False


class EmployerCampaign(Value, frozen=True, kw_only=True):
    """What came of it at one employer."""

    employer_id: UUID
    outcome: Annotated[
        Outcome,
        Meta(
            title="TemplateOutcome",
            description="existing: made before, and left as it is now; refused: `errors` say why; "
            "not-found: the employer does not let the vendor act, if it is there at all.",
        ),
    ]
    campaign_id: Annotated[UUID | None, Meta(description="Created or existing; null: none, or none yet (dry run).")]
    errors: Annotated[list[ProblemFinding], Meta(description="`pointer` is into the body of the request.")]


class VendorCampaigns(Value, frozen=True, kw_only=True):
    """What came of a template at many employers. At each, all of the campaign is there or nothing."""

    dry_run: bool
    created: int
    existing: int
    refused: int
    not_found: int
    employers: Annotated[list[EmployerCampaign], Meta(description="As they were named; of `all`, by their ids.")]
    next: Annotated[str | None, Meta(description="Of `all`, the cursor to go on with; null: these were the last.")]
