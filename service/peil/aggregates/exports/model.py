"""What a release says about every unit the caller may see, in one piece."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from peil.aggregates.changes.model import ChangeCell, To
from peil.aggregates.item_model import ChoiceItemAggregate, Explanation, ScoredItemAggregate, SensitiveItemAggregate
from peil.aggregates.model import EverybodyAsked
from peil.aggregates.statistics.model import Rate
from peil.exported import Separator
from peil.releases.cells_model import Cell, ResponseCell
from peil.releases.model import Thresholds
from peil.structs import Sha256, Value
from peil.waves.model import WaveKind


class ExportQuery(Value, frozen=True, kw_only=True):
    """What to compare with, and how a table is written."""

    against: Annotated[UUID, Meta(description="The earlier wave; none: as `to` says.")] | None = None
    to: Annotated[
        To | None,
        Meta(
            description="Which earlier wave, where `against` names none, as for changes. None: the baseline, or where "
            "there is none the previous one, if there is any."
        ),
    ] = None
    separator: Separator = None


class ExportedWave(Value, frozen=True, kw_only=True):
    """A released wave in short."""

    wave_id: UUID
    name: str
    kind: WaveKind
    opens_at: datetime
    closes_at: datetime
    released_at: datetime
    zone: str


class ExportedBlock(Value, frozen=True, kw_only=True):
    """One block of the questionnaire in one unit."""

    key: str
    title: str
    cell: Cell
    rate: Rate
    estimate: Annotated[float | None, Meta(description="As in the aggregate: beside the mean, never instead of it.")]
    items: list[ScoredItemAggregate]
    change: Annotated[ChangeCell | None, Meta(description="Against the earlier wave; null: there is none.")]
    change_text: Annotated[str | None, Meta(description="The change in one sentence; null: as `change`.")]


class ExportedUnit(Value, frozen=True, kw_only=True):
    """All that is said about one unit."""

    wave_id: UUID
    unit_id: UUID
    parent_id: Annotated[UUID | None, Meta(description="The unit above when the wave opened; null: the top.")]
    name: str
    depth: Annotated[int, Meta(description="How many units are above it.")]
    everybody_asked: EverybodyAsked
    response: ResponseCell
    blocks: list[ExportedBlock]
    choices: Annotated[list[ChoiceItemAggregate], Meta(description="Items whose answers have no order.")]
    sensitive: Annotated[list[SensitiveItemAggregate], Meta(description="Items that are told as ranges only.")]
    explanations: Annotated[
        list[Explanation], Meta(description="What the statuses, coverages and warnings of this unit mean.")
    ]
    notice: Annotated[str, Meta(description="To be shown beside every figure.")]


class AggregateExport(Value, frozen=True, kw_only=True):
    """The release of a wave, as far as the caller reaches."""

    wave: ExportedWave
    against: Annotated[ExportedWave | None, Meta(description="The wave that changes are told from; null: none.")]
    policy_version: int
    thresholds: Thresholds
    method: Annotated[str, Meta(description="Version of the method by which figures are made and protected.")]
    position: Annotated[int, Meta(description="Place in the employer's chain of releases, from 1.")]
    manifest: Annotated[Sha256, Meta(description="Hash of the release's manifest.")]
    units: Annotated[list[ExportedUnit], Meta(description="In the order of the tree.")]
    notice: Annotated[str, Meta(description="To be shown beside every figure.")]
