"""What a release says about one unit, in the caller's language."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from peil.releases.model import Cell, Manifest, ResponseCell
from peil.structs import Value

NOTICE = {"nl": "Trend = signaal, geen diagnose.", "en": "Trend = signal, not a diagnosis."}


class BlockAggregate(Value, frozen=True, kw_only=True):
    """One block of a questionnaire in one unit."""

    key: str
    title: str
    cell: Cell


class Aggregate(Value, frozen=True, kw_only=True):
    """What a release says about one unit: participation, and a cell per block."""

    wave_id: UUID
    unit_id: UUID
    parent_id: Annotated[UUID | None, Meta(description="The unit above when the wave opened; null: the top.")]
    name: str
    response: ResponseCell
    blocks: list[BlockAggregate]
    notice: Annotated[str, Meta(description="To be shown beside every figure.")]


class Release(Value, frozen=True, kw_only=True):
    """The one immutable publication of a wave."""

    wave_id: UUID
    position: Annotated[int, Meta(description="Place in the employer's chain of releases, from 1.")]
    released_at: datetime
    manifest: Manifest


class Shelved(msgspec.Struct, frozen=True):
    """An aggregate with its bytes, ready to be sent, and their ETag."""

    aggregate: Aggregate
    body: bytes
    etag: str
