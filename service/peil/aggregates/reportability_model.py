"""Which units would have figures, under an assumed response."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from peil.structs import Value
from peil.waves.model import WaveNew

Rate = Annotated[int, Meta(ge=1, le=100, description="Per cent of each reporting group that answers.")]


class ReportabilityQuery(Value, frozen=True, kw_only=True):
    """How many to assume."""

    rate: Rate = 70


class SharedGroup(Value, frozen=True, kw_only=True):
    """A reporting group: nobody, Peil included, can tell its people apart by unit."""

    unit_id: Annotated[UUID, Meta(description="Where the group reports.")]
    name: str
    unit_ids: Annotated[list[UUID], Meta(description="The units whose own people are in it.")]
    invited: int


class ReportableUnit(Value, frozen=True, kw_only=True):
    """Whether a unit would have figures."""

    unit_id: UUID
    name: str
    status: Annotated[
        Literal["published", "partial", "protected"],
        Meta(description="partial: over the units beneath it that are published; protected: none."),
    ]
    reported_at: Annotated[UUID | None, Meta(description="The unit above that has figures; null: itself, or none.")]


class FigureClass(Value, frozen=True, kw_only=True):
    """Figures that need equally many people."""

    figures: Literal["mean", "comments", "bands", "distribution", "choice", "sensitive"]
    least: Annotated[int, Meta(description="The least number of respondents for such a figure.")]
    keys: Annotated[list[str], Meta(description="The blocks or items that are told like this.")]
    units: Annotated[list[ReportableUnit], Meta(description="Depth first.")]


class WavePreview(Value, frozen=True, kw_only=True):
    """What the release of a planned wave would show, of the directory as it stands today."""

    rate: int
    invited: int
    groups: list[SharedGroup]
    classes: Annotated[list[FigureClass], Meta(description="Those of which the instrument asks anything.")]


class Reportability(WavePreview, frozen=True, kw_only=True):
    """What a release would show, under an assumed response."""

    wave_id: UUID
    frozen: Annotated[
        bool, Meta(description="True: of the population of the wave; false: of the directory as it stands today.")
    ]


class WavePreviewNew(WaveNew, frozen=True, kw_only=True):
    """A wave that might be planned, and how many to assume."""

    rate: Rate = 70
