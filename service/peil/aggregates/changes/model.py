"""The shapes of a unit against an earlier wave: differences, how sure they are, and what stands beside them."""

from datetime import date, datetime
from typing import Annotated, Literal, NamedTuple
from uuid import UUID

import msgspec
from msgspec import Meta, field

from peil.paging import PageQuery
from peil.releases.cells_model import ResponseWarning
from peil.structs import Value
from peil.waves.model import WaveState

_AGAINST = "The earlier wave; none: as `to` says."
To = Annotated[
    Literal["baseline", "previous"],
    Meta(
        description="Which earlier wave, where `against` names none. baseline: the newest released baseline, of the "
        "same campaign before any other; previous: the newest released wave that asked a block in the same way, of "
        "the same series before any other. Both before all else one that asked all whom this wave asked. None: "
        "baseline."
    ),
]
NoteCode = Annotated[
    Literal[
        "waves-independent",
        "no-cause",
        "not-representative",
        "low-response",
        "groups-may-differ",
        "too-few-for-a-claim",
    ],
    Meta(title="NoteCode"),
]


class Note(Value, frozen=True, kw_only=True, gc=False):
    """Something to bear in mind with a figure: a code for programs, a sentence for people."""

    code: NoteCode
    text: str


class Drift(Value, frozen=True, kw_only=True, gc=False):
    """How the population of a unit differs between two waves, without texts."""

    invited_before: Annotated[int, Meta(description="People invited in the earlier wave.")]
    invited_after: Annotated[int, Meta(description="People invited in the later wave.")]
    added: Annotated[
        int,
        Meta(
            description="Units with figures in the later wave that stand beneath it and did not in the earlier one: "
            "new, or from elsewhere."
        ),
    ]
    removed: Annotated[
        int,
        Meta(
            description="Units with figures in the earlier wave that stood beneath it and do not in the later one: "
            "gone, or elsewhere."
        ),
    ]


class PopulationChange(Drift, frozen=True, kw_only=True, gc=False):
    """How the population of a unit differs between two waves, as far as their releases show it."""

    text: str


class ItemEffect(Value, frozen=True, kw_only=True, gc=False):
    """How the answers to one item changed, without its text."""

    key: str
    n_before: Annotated[int, Meta(description="Answers in the earlier wave.")]
    n_after: Annotated[int, Meta(description="Answers in the later wave.")]
    mean_before: Annotated[float, Meta(description="0 to 100, as the aggregate of the earlier wave has it.")]
    mean_after: Annotated[float, Meta(description="0 to 100, as the aggregate of the later wave has it.")]
    difference: Annotated[float, Meta(description="The later mean minus the earlier one, in points.")]
    hedges_g: Annotated[
        float | None,
        Meta(
            description="Hedges g: the change of the mean in standard deviations, corrected for small groups, upwards "
            "is better; null: in neither wave did any two answers differ."
        ),
    ]
    superiority: Annotated[
        float,
        Meta(
            description="The chance that somebody of the later wave answered better than somebody of the earlier one."
        ),
    ]
    cliffs_delta: Annotated[float, Meta(description="Cliff's delta: the same from -1 to 1.")]
    minimal_detectable_change: Annotated[
        float,
        Meta(
            description="The change of the mean, in points of the scale 0-100, that so many answers spread like these "
            "would show with 80 % power."
        ),
    ]
    p: Annotated[
        float,
        Meta(
            description="Two-sided, of a permutation test of the difference of the means as the answers are spread: "
            "not corrected for how many items there are. 0.0001: that or less."
        ),
    ]
    seed: Annotated[
        int | None,
        Meta(description="What 10,000 permutations were drawn from; null: every permutation was counted."),
    ]


class ItemChange(ItemEffect, frozen=True, kw_only=True, gc=False):
    """How the answers to one item changed, by how they are spread in both waves.

    Answers are equal steps; of a scale of more than five points, the five parts in which it is told are.
    """

    title: str


ChangeLabel = Literal["clear-signal", "possible-signal", "no-clear-difference"]
# One list for both statuses that have a reason: GraphQL wants a field of one name to be of one type.
ChangeReason = Annotated[
    Literal[
        "not-representative",
        "not-asked-then",
        "items-differ",
        "unit-not-there-before",
        "units-differ",
        "not-everybody-asked",
    ],
    Meta(title="ChangeReason"),
]


class ChangeQuery(Value, frozen=True, kw_only=True):
    """Which earlier wave to compare with."""

    against: Annotated[UUID, Meta(description=_AGAINST)] | None = None
    to: To | None = None


class ChangePageQuery(PageQuery, frozen=True, kw_only=True):
    """The same for a page of a list."""

    against: Annotated[UUID, Meta(description=_AGAINST)] | None = None
    to: To | None = None


class Measured(Value, frozen=True, kw_only=True, gc=False):
    """One side of a comparison, as its own release says it."""

    n: int
    invited: Annotated[int | None, Meta(description="null: only the groups beneath are covered.")]
    mean: float
    warnings: tuple[ResponseWarning, ...]


class ChangeInterval(Value, frozen=True, kw_only=True, gc=False):
    """95 %, in points: -100 to 100."""

    low: float
    high: float


class ComparedChange(Value, frozen=True, kw_only=True, gc=False, tag_field="status", tag="compared"):
    """A difference, and how sure it is. It says that something changed, never why."""

    before: Measured
    after: Measured
    difference: Annotated[float, Meta(description="After minus before, in points of the scale 0-100.")]
    interval: Annotated[
        ChangeInterval | None, Meta(description="Of the difference; null: neither wave has a spread that may be told.")
    ]
    standardised: Annotated[
        float | None, Meta(description="The difference in standard deviations; null: as `interval`.")
    ]
    p: Annotated[
        float | None,
        Meta(
            description="Two-sided, waves taken as independent, which is conservative. 0.0001: that or less; null: as "
            "`interval`."
        ),
    ]
    q: Annotated[
        float | None,
        Meta(
            description="p after Benjamini-Hochberg over all compared units and blocks. 0.0001: that or less; null: as "
            "`interval`."
        ),
    ]
    label: Annotated[ChangeLabel | None, Meta(description="null: as `interval`.")]
    minimal_detectable_change: Annotated[
        float, Meta(description="The change in points that groups of this size would show with 80 % power.")
    ]
    bound: Annotated[
        bool | None,
        Meta(
            description="Whether the spread behind them is only known to be at most so much: interval, p, q and label "
            "are then on the safe side; null: as `interval`."
        ),
    ]
    warnings: tuple[ResponseWarning, ...]
    units: Annotated[list[UUID] | None, Meta(description="The units that both are sums over; null: the unit itself.")]


class WithheldChange(Value, frozen=True, kw_only=True, gc=False, tag_field="status", tag="withheld"):
    """Fewer than half answered in one of the two waves, as the warnings of its cell say."""

    reason: ChangeReason


class IncomparableChange(Value, frozen=True, kw_only=True, gc=False, tag_field="status", tag="not-comparable"):
    """Nothing to compare with: the questions, the unit, or the units beneath it are others."""

    reason: ChangeReason


class ProtectedChange(Value, frozen=True, kw_only=True, gc=False, tag_field="status", tag="protected"):
    """No figure in one of the two waves, to protect people."""

    reported_at: Annotated[
        UUID | None, Meta(description="The unit above where this block can be looked at; null: there is none.")
    ]


ChangeCell = ComparedChange | WithheldChange | IncomparableChange | ProtectedChange


class BlockChange(Value, frozen=True, kw_only=True):
    """One block of the later questionnaire in one unit, against the earlier wave."""

    key: str
    title: str
    text: Annotated[str, Meta(description="The cell in one sentence.")]
    notes: Annotated[list[Note], Meta(description="What to bear in mind with it; none where nothing is compared.")]
    cell: ChangeCell
    items: Annotated[
        list[ItemChange],
        Meta(description="In the order asked; none where a wave does not show how the answers are spread."),
    ]


class AgendaItem(Value, frozen=True, kw_only=True):
    """Something that was held between two waves, and where."""

    activity_id: UUID
    campaign_id: UUID
    kind: str
    title: str
    on: date
    unit_ids: Annotated[list[UUID] | None, Meta(description="Units whose subtrees it was for; null: everyone.")]


class Agenda(Value, frozen=True, kw_only=True):
    """What was on the agendas of all campaigns for anybody of a unit, from the end of one wave to the next."""

    from_: Annotated[date, Meta(description="The day on which the earlier wave closed.")] = field(name="from")
    to: Annotated[date, Meta(description="The day on which the later wave opened.")]
    activities: Annotated[list[AgendaItem], Meta(description="By day, the first 50.")]
    more: Annotated[int, Meta(description="How many there are besides.")]
    notice: Annotated[str, Meta(description="To be shown beside it: context, never a cause.")]


class Change(Value, frozen=True, kw_only=True):
    """One unit against an earlier wave, in the tree of the later one."""

    wave_id: UUID
    against: Annotated[UUID, Meta(description="The earlier wave.")]
    unit_id: UUID
    parent_id: Annotated[UUID | None, Meta(description="The unit above when the wave opened; null: the top.")]
    name: str
    population: Annotated[
        PopulationChange | None,
        Meta(description="How far the two waves asked the same people; null: one of them does not tell how many."),
    ]
    blocks: list[BlockChange]
    notes: Annotated[list[Note], Meta(description="What to bear in mind with every comparison.")]
    agenda: Annotated[
        Agenda | None,
        Meta(description="What was held between, as far as the caller may see it; null: the caller sees no agenda."),
    ]
    notice: Annotated[str, Meta(description="To be shown beside every figure.")]


class UnitChange(NamedTuple):
    """One unit against an earlier wave, without texts: a cell per block; `drift` None: as `population`."""

    unit_id: UUID
    parent_id: UUID | None
    name: str
    drift: Drift | None
    cells: dict[str, ChangeCell]


class WaveStanding(msgspec.Struct, frozen=True, kw_only=True):
    """What decides whether a wave can be compared with."""

    opens_at: datetime
    state: WaveState
