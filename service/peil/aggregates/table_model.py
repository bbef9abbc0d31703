"""Many units at once: a unit with those directly beneath it, the heat table, the whole wave, and a group of units."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from peil.aggregates.item_model import ChoiceItemAggregate, Explanation, SensitiveItemAggregate
from peil.aggregates.model import BlockAggregate, EverybodyAsked
from peil.aggregates.statistics.model import Rate
from peil.paging import PageQuery
from peil.releases.cells_model import Cell, ProtectedCell, ResponseCell, ResponseWarning
from peil.structs import Value

_NEXT = "Cursor of the next page; null: this is the last."
_PARENT = "The unit above when the wave opened; null: the top."
_NOTICE = "To be shown beside every figure."
_ESTIMATE = "As in the aggregate of the unit: beside the mean, never instead of it."


class BranchBlock(Value, frozen=True, kw_only=True):
    """One block in one unit; its items stand in the aggregate of the unit."""

    key: str
    title: str
    cell: Cell
    rate: Rate
    estimate: Annotated[float | None, Meta(description=_ESTIMATE)]


class BranchUnit(Value, frozen=True, kw_only=True):
    """A unit, with what can be set beside others."""

    unit_id: UUID
    parent_id: Annotated[UUID | None, Meta(description=_PARENT)]
    name: str
    everybody_asked: EverybodyAsked
    response: ResponseCell
    blocks: list[BranchBlock]


class Branch(Value, frozen=True, kw_only=True):
    """A unit, and those directly beneath it that the caller may see, in the order of the tree."""

    wave_id: UUID
    unit: BranchUnit
    children: list[BranchUnit]
    next: Annotated[str | None, Meta(description=_NEXT)]
    explanations: Annotated[
        list[Explanation], Meta(description="What the statuses, coverages and warnings in this body mean.")
    ]
    notice: Annotated[str, Meta(description=_NOTICE)]


class HeatTableQuery(PageQuery, frozen=True, kw_only=True):
    """Which part of the table, and how fine."""

    unit: Annotated[UUID, Meta(description="Only this unit and what is beneath it; none: all.")] | None = None
    level: Annotated[Literal["blocks", "items"], Meta(title="HeatLevel", description="What a column is of.")] = "blocks"


class HeatColumn(Value, frozen=True, kw_only=True):
    """What a column is of."""

    block: str
    item: Annotated[str | None, Meta(description="null: the whole block.")]
    title: str


class HeatFigure(Value, frozen=True, kw_only=True, gc=False, tag_field="status", tag="published"):
    """A mean of the unit, 0 to 100."""

    n: int
    mean: float
    estimate: Annotated[float | None, Meta(description=f"{_ESTIMATE} Of whole blocks only.")]
    warnings: tuple[ResponseWarning, ...]


class PartialHeatFigure(Value, frozen=True, kw_only=True, gc=False, tag_field="status", tag="partial"):
    """A mean of the units beneath that have figures, together; which they are stands in the aggregate."""

    n: int
    mean: float
    warnings: tuple[ResponseWarning, ...]
    reported_at: UUID | None


HeatCell = HeatFigure | PartialHeatFigure | ProtectedCell


class HeatRow(Value, frozen=True, kw_only=True):
    """One unit."""

    unit_id: UUID
    parent_id: Annotated[UUID | None, Meta(description=_PARENT)]
    name: str
    everybody_asked: EverybodyAsked
    response: ResponseCell
    cells: Annotated[list[HeatCell], Meta(description="One per column.")]


class HeatTable(Value, frozen=True, kw_only=True):
    """Units by blocks, in the order of the tree: a map to look at, and no ranking."""

    wave_id: UUID
    columns: list[HeatColumn]
    rows: list[HeatRow]
    next: Annotated[str | None, Meta(description=_NEXT)]
    explanations: Annotated[list[Explanation], Meta(description="Of what stands in these rows.")]
    notice: Annotated[str, Meta(description=_NOTICE)]


class OverviewBlock(Value, frozen=True, kw_only=True):
    """One block in the whole organisation."""

    key: str
    title: str
    cell: Cell
    rate: Rate


FigureKind = Literal["response", "mean", "bands", "distribution", "sensitive"]


class ClassCount(Value, frozen=True, kw_only=True):
    """How many units have figures of one kind, of any block or item."""

    figures: Annotated[
        FigureKind,
        Meta(title="Figures", description="Kinds that need more and more people."),
    ]
    published: int
    partial: Annotated[int, Meta(description="Over the units beneath that are published.")]
    protected: int


class WaveOverview(Value, frozen=True, kw_only=True):
    """A released wave at a glance: the top unit, and how far down there are figures."""

    wave_id: UUID
    unit_id: Annotated[UUID, Meta(description="The top unit.")]
    name: str
    everybody_asked: EverybodyAsked
    response: ResponseCell
    blocks: list[OverviewBlock]
    classes: Annotated[list[ClassCount], Meta(description="Those of which the questionnaire asks anything.")]
    explanations: list[Explanation]
    notice: Annotated[str, Meta(description=_NOTICE)]


class GroupQuery(Value, frozen=True, kw_only=True):
    """Units that make up a group: a location, all sales teams, a structure of one's own."""

    unit_ids: Annotated[
        list[UUID],
        Meta(min_length=1, max_length=1000, description="Each with everything beneath it; nobody counts twice."),
    ]


class GroupAggregate(Value, frozen=True, kw_only=True):
    """What a release says about some units together: sums over the whole atoms they are made of."""

    wave_id: UUID
    unit_ids: Annotated[
        list[UUID], Meta(description="What is added up, in the order of the tree: none beneath another.")
    ]
    everybody_asked: Annotated[bool, Meta(description="false: of one of these units the wave asked only a part.")]
    response: ResponseCell
    blocks: list[BlockAggregate]
    choices: Annotated[list[ChoiceItemAggregate], Meta(description="The single-choice items.")]
    sensitive: list[SensitiveItemAggregate]
    explanations: Annotated[
        list[Explanation], Meta(description="What the statuses, coverages and warnings in this body mean.")
    ]
    notice: Annotated[str, Meta(description=_NOTICE)]
