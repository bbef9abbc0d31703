"""What a unit scored over many waves, wave by wave, and whether that goes up or down."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from peil.aggregates.changes.model import Agenda
from peil.aggregates.item_model import Explanation
from peil.releases.cells_model import Cell, Interval, ProtectedCell, ResponseWarning
from peil.structs import Slug, Value
from peil.waves.model import WaveKind

MOST_WAVES = 100
"""How many waves one trend goes back."""
FEWEST_WAVES = 5
"""Figures that it takes before anything is said of a trend."""

TrendLabel = Literal["rising", "falling", "no-clear-trend"]
GapReason = Annotated[
    Literal["not-representative", "unit-not-there", "units-differ", "not-everybody-asked"], Meta(title="GapReason")
]


class TrendQuery(Value, frozen=True, kw_only=True):
    """Over which waves, and of what."""

    over: Annotated[
        Literal["all", "series"],
        Meta(description="all: every released wave up to this one that asked the same; series: those of its series."),
    ] = "all"
    block: Annotated[Slug, Meta(description="One block only; none: each.")] | None = None


class TrendFigure(Value, frozen=True, kw_only=True, gc=False, tag_field="status", tag="measured"):
    """What the release of a wave says of the unit."""

    n: int
    invited: Annotated[int | None, Meta(description="null: only the groups beneath are covered.")]
    mean: float
    climate: Annotated[
        Interval | None, Meta(description="95 %, of the climate that the unit is a sample of; null: no spread is told.")
    ]
    warnings: tuple[ResponseWarning, ...]
    units: Annotated[list[UUID] | None, Meta(description="The units that it is a sum over; null: the unit itself.")]


class TrendWithheld(Value, frozen=True, kw_only=True, gc=False, tag_field="status", tag="withheld"):
    """Fewer than half answered: a gap."""

    reason: GapReason


class TrendIncomparable(Value, frozen=True, kw_only=True, gc=False, tag_field="status", tag="not-comparable"):
    """The unit was not there, or its figure is one of others: a gap."""

    reason: GapReason


TrendCell = TrendFigure | TrendWithheld | TrendIncomparable | ProtectedCell


class TrendPoint(Value, frozen=True, kw_only=True):
    """One wave of a trend."""

    wave_id: UUID
    kind: WaveKind
    on: Annotated[date, Meta(description="The day on which it closed, by its own clock.")]
    text: Annotated[str, Meta(description="The cell in one sentence.")]
    cell: Annotated[TrendCell, Meta(description="What is not measured is a gap.")]


class Tendency(Value, frozen=True, kw_only=True, gc=False):
    """Whether the figures go up or down."""

    waves: Annotated[int, Meta(description="How many figures it goes by.")]
    slope: Annotated[float, Meta(description="Theil-Sen: points from one wave to the next, gaps counted as waves.")]
    s: Annotated[int, Meta(description="Mann-Kendall: the pairs of waves that rise minus those that fall.")]
    p: Annotated[float, Meta(description="Two-sided; exact where no two figures are equal. 0.0001: that or less.")]
    label: Annotated[TrendLabel, Meta(description="rising, falling: p below .05.")]


class BlockTrend(Value, frozen=True, kw_only=True):
    """One block of the newest wave, in all waves that asked the same."""

    key: str
    title: str
    text: Annotated[str, Meta(description="The trend in one sentence.")]
    points: Annotated[list[TrendPoint], Meta(description="In the order in which the waves opened.")]
    tendency: Annotated[Tendency | None, Meta(description="null: fewer than five waves have a figure.")]


class Trend(Value, frozen=True, kw_only=True):
    """One unit over the waves up to this one, in the tree of this one."""

    wave_id: UUID
    unit_id: UUID
    parent_id: Annotated[UUID | None, Meta(description="The unit above when the wave opened; null: the top.")]
    name: str
    blocks: list[BlockTrend]
    agenda: Annotated[
        Agenda | None,
        Meta(
            description="What was held between the first wave and this one, as far as the caller may see it; null: "
            "the caller sees no agenda, or there is no wave before this one."
        ),
    ]
    explanations: Annotated[
        list[Explanation], Meta(description="What the statuses, coverages and warnings in this body mean.")
    ]
    notice: Annotated[str, Meta(description="To be shown beside every figure.")]


class StoredPoint(msgspec.Struct, frozen=True, kw_only=True):
    """A block in a unit of one released wave; `cell`, `whole` None: the unit was not there."""

    wave_id: UUID
    kind: WaveKind
    opens_at: datetime
    closes_at: datetime
    zone: str
    block: str
    whole: bool | None
    cell: Cell | None
