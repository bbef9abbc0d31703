"""What a release says about one unit, in the caller's language."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from peil.aggregates.item_model import (
    ChoiceItemAggregate,
    Explanation,
    ScoredItemAggregate,
    SensitiveItemAggregate,
)
from peil.aggregates.statistics.model import Bounds, Rate
from peil.instruments.licensing_model import Norm
from peil.releases.cells_model import Cell, ResponseCell
from peil.releases.model import Manifest, PooledSd, UnitRelease, UnitScores
from peil.structs import Value

NOTICE = {"nl": "Trend = signaal, geen diagnose.", "en": "Trend = signal, not a diagnosis."}


EverybodyAsked = Annotated[
    bool,
    Meta(
        description="false: the wave asked only a part of this unit's people, some units beneath it or some kinds of "
        "employment; the figures and the number invited are of those."
    ),
]


class BlockAggregate(Value, frozen=True, kw_only=True):
    """One block of a questionnaire in one unit."""

    key: str
    title: str
    cell: Cell
    rate: Rate
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
    everybody_asked: EverybodyAsked
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
    """What a release says of a block in the whole wave; `spread` None: nowhere is a distribution told."""

    block: str
    fingerprint: str
    spread: PooledSd | None


class Shelved(msgspec.Struct, frozen=True):
    """A body in one language, ready to be sent, with its ETag; `next`: the cursor of the page after it, if any."""

    unit_id: UUID
    body: bytes
    etag: str
    next: str | None = None


Standing = Literal["told", "partial", "protected", "not-representative"]
"""Whether a release tells the figure of a unit, or why it does not."""


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
