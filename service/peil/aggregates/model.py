"""What a release says about one unit, alone and against an earlier one, in the caller's language."""

from datetime import date, datetime
from typing import Annotated, Literal, NamedTuple
from uuid import UUID

import msgspec
from msgspec import Meta, field

from peil.aggregates.changes.model import Drift, ItemChange, Note, PopulationChange
from peil.aggregates.item_model import (
    ChoiceItemAggregate,
    Explanation,
    ScoredItemAggregate,
    SensitiveItemAggregate,
)
from peil.aggregates.statistics.model import Bounds
from peil.instruments.licensing_model import Norm
from peil.paging import PageQuery
from peil.releases.cells_model import Cell, ResponseCell, ResponseWarning
from peil.releases.model import Manifest, PooledSd, UnitRelease, UnitScores
from peil.structs import Value

_AGAINST = "The earlier wave; none: as `to` says."
To = Annotated[
    Literal["baseline", "previous"],
    Meta(
        description="Which earlier wave, where `against` names none. baseline: the newest released baseline, of the "
        "same campaign before any other; previous: the newest released wave that asked a block in the same way, of "
        "the same series before any other. None: baseline."
    ),
]
NOTICE = {"nl": "Trend = signaal, geen diagnose.", "en": "Trend = signal, not a diagnosis."}


class BlockAggregate(Value, frozen=True, kw_only=True):
    """One block of a questionnaire in one unit."""

    key: str
    title: str
    cell: Cell
    estimate: Annotated[
        float | None,
        Meta(
            description="The mean with what chance did to it taken out, as far as units of this level tell; to be "
            "shown beside the mean and never instead. null: no figure of the unit itself, no spread that may be told, "
            "fewer than half answered, or no other unit at this level."
        ),
    ]
    bounds: Annotated[
        Bounds | None,
        Meta(
            description="Of the mean, with `expand=bounds`; null: not asked for, no figure, or it is not told how many "
            "were invited."
        ),
    ]
    items: Annotated[list[ScoredItemAggregate], Meta(description="In the order of the block; all of one base.")]
    norms: Annotated[
        list[Norm],
        Meta(description="What others scored, as the pack of the instrument says; beside the top unit only."),
    ]


class AggregateQuery(Value, frozen=True, kw_only=True):
    """What to tell besides."""

    expand: (
        Annotated[
            Literal["bounds"],
            Meta(description="bounds: beside each mean what those who did not answer could have made of it."),
        ]
        | None
    ) = None


class Aggregate(Value, frozen=True, kw_only=True):
    """What a release says about one unit: participation, a cell per block, and what there is of every item."""

    wave_id: UUID
    unit_id: UUID
    parent_id: Annotated[UUID | None, Meta(description="The unit above when the wave opened; null: the top.")]
    name: str
    response: ResponseCell
    blocks: list[BlockAggregate]
    choices: Annotated[list[ChoiceItemAggregate], Meta(description="The single-choice items.")]
    sensitive: list[SensitiveItemAggregate]
    explanations: Annotated[
        list[Explanation], Meta(description="What the statuses, coverages and warnings in this body mean.")
    ]
    notice: Annotated[str, Meta(description="To be shown beside every figure.")]


class Release(Value, frozen=True, kw_only=True):
    """The one immutable publication of a wave."""

    wave_id: UUID
    position: Annotated[int, Meta(description="Place in the employer's chain of releases, from 1.")]
    released_at: datetime
    manifest: Manifest


class StoredScores(msgspec.Struct, frozen=True, kw_only=True):
    """What a release says about a unit but for its items; `whole`: everybody of it and beneath was asked."""

    unit_id: UUID
    parent_id: UUID | None
    name: str
    whole: bool
    content: UnitScores


class StoredAggregate(StoredScores, frozen=True, kw_only=True):
    """All that a release says about a unit, without texts."""

    content: UnitRelease


class StoredBlock(msgspec.Struct, frozen=True, kw_only=True):
    """What a release says of a block in the whole wave; `spread` None: no atom is large enough."""

    block: str
    fingerprint: str
    spread: PooledSd | None


class Shelved(msgspec.Struct, frozen=True):
    """A body in one language, ready to be sent, with its ETag; `next`: the cursor of the page after it, if any."""

    unit_id: UUID
    body: bytes
    etag: str
    next: str | None = None


ChangeLabel = Literal["clear-signal", "possible-signal", "no-clear-difference"]
# One list for both statuses that have a reason: GraphQL wants a field of one name to be of one type.
ChangeReason = Annotated[
    Literal[
        "not-representative",
        "not-asked-before",
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
        Meta(description="Two-sided, waves taken as independent, which is conservative; null: as `interval`."),
    ]
    q: Annotated[
        float | None,
        Meta(description="p after Benjamini-Hochberg over all compared units and blocks; null: as `interval`."),
    ]
    label: Annotated[ChangeLabel | None, Meta(description="null: as `interval`.")]
    minimal_detectable_change: Annotated[
        float, Meta(description="The change in points that groups of this size would show with 80 % power.")
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


class Reading(Value, frozen=True, kw_only=True):
    """What a release says about a metric."""

    wave_id: UUID
    value: Annotated[
        float | None,
        Meta(description="The mean, 0 to 100; null: no figure of the unit itself, or fewer than half answered."),
    ]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A block in a unit, whichever release it is read from; `fingerprint` is that of the block's items."""

    unit_id: UUID
    block: str
    fingerprint: str


class Start(msgspec.Struct, frozen=True, kw_only=True):
    """The figure of a block in a unit of one release."""

    unit_id: UUID
    fingerprint: str
    value: float


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
    is_released: bool
