"""The shapes of widgets: small answers, each with the texts to show and the places where people can turn to."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, field

from peil.access.model import TokenType
from peil.access.widget_model import WidgetGranted
from peil.aggregates.changes.model import ChangeCell, Note
from peil.aggregates.item_model import ChoiceItemAggregate, Explanation, SensitiveItemAggregate
from peil.aggregates.model import BlockAggregate, EverybodyAsked
from peil.aggregates.statistics.model import Rate
from peil.aggregates.trends.model import BlockTrend, TrendLabel, TrendPoint
from peil.campaigns.agenda_model import Variant
from peil.participation.model import Band
from peil.releases.cells_model import Cell, ResponseCell
from peil.structs import Value
from peil.support_routes.model import SupportRouteKind
from peil.waves.model import WaveKind, WaveState

LightColour = Literal["red", "amber", "green", "grey"]
LightSince = Literal["baseline", "previous"]
LightCode = Literal[
    "clear-decline",
    "possible-decline",
    "clear-improvement",
    "possible-improvement",
    "small-difference",
    "no-clear-difference",
    "cannot-be-told",
    "nothing-to-compare",
    "protected",
]
StepCode = Literal[
    "talk-without-figures", "choose-an-action", "check-an-action", "talk-about-results", "wait-for-a-release"
]
TOLD_WAVE = (
    "A released wave; none: the newest that asked everybody of the unit, or else the newest that tells of the unit."
)
_UNIT = "Whose widget it is; none: the only one there is for this token or person."


class WidgetQuery(Value, frozen=True, kw_only=True):
    """Whose widget."""

    unit: Annotated[UUID, Meta(description=_UNIT)] | None = None


class WaveWidgetQuery(Value, frozen=True, kw_only=True):
    """Whose widget, of which wave."""

    unit: Annotated[UUID, Meta(description=_UNIT)] | None = None
    wave: Annotated[UUID, Meta(description=TOLD_WAVE)] | None = None


class ParticipationQuery(Value, frozen=True, kw_only=True):
    """Whose widget, of which wave."""

    unit: Annotated[UUID, Meta(description=_UNIT)] | None = None
    wave: Annotated[UUID, Meta(description="none: the one that is open, or else that of the other widgets.")] | None = (
        None
    )


class WidgetUnit(Value, frozen=True, kw_only=True):
    """A unit, as people call it."""

    unit_id: UUID
    name: str


class WidgetWave(Value, frozen=True, kw_only=True):
    """A wave, as people need to know it."""

    wave_id: UUID
    name: str
    kind: WaveKind
    state: WaveState
    opens_at: datetime
    closes_at: datetime


class WidgetRoute(Value, frozen=True, kw_only=True):
    """Where people can turn to, in words to show."""

    kind: SupportRouteKind
    title: str
    name: str
    contact: str
    explanation: Annotated[str | None, Meta(description="null: none was given.")]


class GuideStep(Value, frozen=True, kw_only=True):
    """A moment of a team conversation and what to ask in it."""

    title: str
    questions: list[str]


class Guide(Value, frozen=True, kw_only=True):
    """How a team talks about its work without figures of its own."""

    title: str
    introduction: str
    steps: list[GuideStep]
    closing: Annotated[str, Meta(description="Ends with the manager and the confidential adviser.")]


class Protection(Value, frozen=True, kw_only=True):
    """Why a unit lacks figures, all or some, where its people are counted, and what a team can do without."""

    reason: str
    reported_at: Annotated[WidgetUnit | None, Meta(description="The unit above with figures; null: there is none.")]
    guide: Guide


class Light(Value, frozen=True, kw_only=True):
    """A traffic light: what changed, as a colour, a code and words; never by the colour alone, and no diagnosis."""

    colour: LightColour
    code: LightCode
    since: Annotated[
        LightSince | None,
        Meta(description="The newest baseline, or where that asked nothing alike the wave before; null: neither."),
    ]
    text: str


class WidgetChange(Value, frozen=True, kw_only=True):
    """A block against an earlier wave, and the same in one sentence."""

    against: Annotated[UUID, Meta(description="The earlier wave.")]
    text: str
    notes: Annotated[list[Note], Meta(description="What to bear in mind with it; none where nothing is compared.")]
    cell: ChangeCell


class WidgetTrend(Value, frozen=True, kw_only=True):
    """Where a block goes over all waves that asked the same, with the last of them."""

    text: Annotated[str, Meta(description="The trend in one sentence.")]
    label: Annotated[TrendLabel | None, Meta(description="null: fewer than five waves have a figure.")]
    points: Annotated[list[TrendPoint], Meta(description="The last six waves, in the order in which they opened.")]


class WidgetBlock(Value, frozen=True, kw_only=True):
    """One block: how it stands, what changed, and where it goes."""

    key: str
    title: str
    cell: Cell
    rate: Rate
    change: Annotated[
        WidgetChange | None, Meta(description="Against the newest baseline before the wave; null: there is none.")
    ]
    since_previous: Annotated[
        WidgetChange | None,
        Meta(description="Against the wave before that asked the same, a baseline or not; null: there is none."),
    ]
    trend: WidgetTrend
    light: Annotated[
        Light, Meta(description="By `change`, or where that has nothing to compare with by `sincePrevious`.")
    ]


class WidgetActivity(Value, frozen=True, kw_only=True):
    """Something on the agenda, in the time zone of its campaign."""

    activity_id: UUID
    title: str
    on: date
    from_: str = field(name="from")
    to: str
    variant: Variant
    host: str | None


class WidgetAction(Value, frozen=True, kw_only=True):
    """Something that is being done: for the unit, for one above it or for everyone."""

    action_id: UUID
    title: str
    state: Literal["planned", "active"]
    unit_id: Annotated[UUID | None, Meta(description="null: everyone.")]
    owner_role: Annotated[str | None, Meta(description="Who sees to it; null: a person, who is not named here.")]
    deadline: date
    next_check_on: Annotated[
        date | None,
        Meta(description="When it is asked whether it works, and was if nobody has answered; null: not any more."),
    ]


class NextStep(Value, frozen=True, kw_only=True):
    """The one thing to do now."""

    code: StepCode
    text: str
    on: Annotated[date | None, Meta(description="By when; null: now.")]


class _Widget(Value, frozen=True, kw_only=True):
    """What every widget has; all texts are in the caller's language."""

    title: str
    unit: WidgetUnit
    support_routes: Annotated[list[WidgetRoute], Meta(description="Where people can turn to; to be shown with it.")]
    notice: Annotated[str, Meta(description="To be shown beside every figure.")]


class TeamWidget(_Widget, frozen=True, kw_only=True):
    """All that a team needs, in one body: how it stands, what changed, what is done about it, and what comes next."""

    wave: Annotated[WidgetWave | None, Meta(description="null: no release tells of the unit yet.")]
    everybody_asked: Annotated[EverybodyAsked | None, Meta(description="null: as `wave`.")]
    response: Annotated[ResponseCell | None, Meta(description="null: as `wave`.")]
    light: Annotated[Light | None, Meta(description="Of the block that needs attention most; null: as `wave`.")]
    blocks: list[WidgetBlock]
    protection: Annotated[
        Protection | None, Meta(description="null: the unit has all figures of its own, or as `wave`.")
    ]
    actions: Annotated[
        list[WidgetAction] | None,
        Meta(description="The first five by deadline; null: whoever had the token made may not read actions."),
    ]
    agreements: Annotated[
        list[str] | None, Meta(description="What the team agreed on, a sentence each; null: not there in this version.")
    ]
    next_activity: Annotated[
        WidgetActivity | None,
        Meta(description="null: nothing more in the next 13 weeks, or the agenda may not be read on this behalf."),
    ]
    next_step: NextStep
    explanations: Annotated[
        list[Explanation], Meta(description="What the statuses, coverages and warnings in this body mean.")
    ]


class AggregateWidget(_Widget, frozen=True, kw_only=True):
    """What a release says about a unit."""

    wave: Annotated[WidgetWave | None, Meta(description="null: no release tells of the unit yet.")]
    everybody_asked: Annotated[EverybodyAsked | None, Meta(description="null: as `wave`.")]
    response: Annotated[ResponseCell | None, Meta(description="null: as `wave`.")]
    blocks: list[BlockAggregate]
    choices: Annotated[list[ChoiceItemAggregate], Meta(description="The single-choice items.")]
    sensitive: list[SensitiveItemAggregate]
    explanations: Annotated[
        list[Explanation], Meta(description="What the statuses, coverages and warnings in this body mean.")
    ]
    protection: Annotated[
        Protection | None, Meta(description="null: the unit has all figures of its own, or as `wave`.")
    ]


class TrendWidget(_Widget, frozen=True, kw_only=True):
    """Where each block of a unit goes, over all waves up to one that asked the same."""

    wave: Annotated[WidgetWave | None, Meta(description="null: no release tells of the unit yet.")]
    blocks: Annotated[list[BlockTrend], Meta(description="Every wave of each.")]
    explanations: Annotated[
        list[Explanation], Meta(description="What the statuses, coverages and warnings in this body mean.")
    ]
    protection: Annotated[
        Protection | None, Meta(description="null: the unit has all figures of its own, or as `wave`.")
    ]


class ParticipationWidget(_Widget, frozen=True, kw_only=True):
    """Which part of a unit has answered: in bands while a wave is open, and as its release says it afterwards."""

    wave: Annotated[WidgetWave | None, Meta(description="null: there was none yet.")]
    band: Annotated[
        Band | None,
        Meta(description="Until the release; null: released, fewer than 30 people, or too few answers."),
    ]
    everybody_asked: Annotated[EverybodyAsked | None, Meta(description="null: not released yet.")]
    response: Annotated[ResponseCell | None, Meta(description="As released; null: not released yet.")]
    text: Annotated[str, Meta(description="The same in one sentence.")]
    explanations: Annotated[
        list[Explanation], Meta(description="What the statuses, coverages and warnings in this body mean.")
    ]


class AgendaWidget(_Widget, frozen=True, kw_only=True):
    """What is on the agenda for a unit in the next 13 weeks and has not ended, by the clock of its campaign."""

    activities: Annotated[list[WidgetActivity], Meta(description="By day, the first ten.")]
    more: Annotated[int, Meta(description="How many there are besides.")]


class ActionsWidget(_Widget, frozen=True, kw_only=True):
    """What is being done for a unit."""

    actions: Annotated[list[WidgetAction], Meta(description="By deadline, the first twenty.")]
    more: Annotated[int, Meta(description="How many there are besides.")]


class SupportRoutesWidget(_Widget, frozen=True, kw_only=True):
    """Where the people of a unit can turn to."""


class WavesWidget(_Widget, frozen=True, kw_only=True):
    """When a unit is asked, and was."""

    waves: Annotated[list[WidgetWave], Meta(description="The last ten to open, the latest first.")]


class WidgetToken(Value, frozen=True, kw_only=True, rename=None):
    """RFC 8693, section 2.2.1, with what was granted as RFC 9396, section 7 has it."""

    access_token: str
    issued_token_type: Literal["urn:ietf:params:oauth:token-type:access_token"]
    token_type: TokenType
    expires_in: Annotated[int, Meta(description="Seconds.")]
    scope: str
    authorization_details: list[WidgetGranted]
