"""The shapes of what is said about a unit: figures, or that there are none.

Scores are on 0-100, higher is better after reversing. A *partial* cell is over some units beneath, and says which.
"""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from peil.structs import Slug, Value

Coverage = Literal["all", "groups-beneath"]
ResponseWarning = Literal["not-representative", "low-response"]

_UNITS = "The highest published units beneath this one, which the counts are sums over."
_PARTS = "From the worst answer to the best; of a choice in the order of its options."


class Interval(Value, frozen=True, kw_only=True, gc=False):
    """95 %; on the scale 0-100."""

    low: float
    high: float


class ProtectedCell(Value, frozen=True, kw_only=True, gc=False, tag_field="status", tag="protected"):
    """No figure, to protect people. `reported_at`: the unit above that has figures; None: there is none."""

    reported_at: UUID | None


class PublishedResponse(Value, frozen=True, kw_only=True, gc=False, tag_field="status", tag="published"):
    """How many answered; `invited`, `rate` (per cent) None: only the groups beneath are covered."""

    respondents: int
    invited: int | None
    rate: float | None
    coverage: Coverage
    warnings: tuple[ResponseWarning, ...]


class PartialResponse(Value, frozen=True, kw_only=True, gc=False, tag_field="status", tag="partial"):
    """How many answered in `units` together: the highest published units beneath this one."""

    units: list[UUID]
    respondents: int
    invited: int | None
    rate: float | None
    warnings: tuple[ResponseWarning, ...]
    reported_at: UUID | None


class PublishedCell(Value, frozen=True, kw_only=True, gc=False, tag_field="status", tag="published"):
    """One block in one unit: `mean` is the mean of the protected `items`.

    `now` is the interval of this team at this moment, `climate` that of the climate it is a sample of; None:
    no pooled spread may be told, or (`now`) the number invited is not told or everybody answered.
    """

    n: int
    invited: int | None
    coverage: Coverage
    mean: float
    items: dict[Slug, float]
    now: Interval | None
    climate: Interval | None
    warnings: tuple[ResponseWarning, ...]


class PartialCell(Value, frozen=True, kw_only=True, gc=False, tag_field="status", tag="partial"):
    """One block over `units` together: the highest published units beneath this one, and nobody else."""

    units: list[UUID]
    n: int
    invited: int | None
    mean: float
    items: dict[Slug, float]
    now: Interval | None
    climate: Interval | None
    warnings: tuple[ResponseWarning, ...]
    reported_at: UUID | None


class CountRange(Value, frozen=True, kw_only=True, gc=False):
    """So many answers at least and at most."""

    low: int
    high: int


class PublishedBands(Value, frozen=True, kw_only=True, gc=False, tag_field="status", tag="published"):
    """How many answers of an item are in each band; `invited` None: only the groups beneath are covered."""

    n: int
    invited: int | None
    coverage: Coverage
    unfavourable: int
    neutral: int
    favourable: int
    warnings: tuple[ResponseWarning, ...]


class PartialBands(Value, frozen=True, kw_only=True, gc=False, tag_field="status", tag="partial"):
    """The same over `units` together, and nobody else."""

    units: Annotated[list[UUID], Meta(description=_UNITS)]
    n: int
    invited: int | None
    unfavourable: int
    neutral: int
    favourable: int
    warnings: tuple[ResponseWarning, ...]
    reported_at: UUID | None


class PublishedDistribution(Value, frozen=True, kw_only=True, gc=False, tag_field="status", tag="published"):
    """How many gave each answer, or of more than five points each part of the scale."""

    n: int
    invited: int | None
    coverage: Coverage
    counts: Annotated[tuple[int, ...], Meta(description=_PARTS)]
    warnings: tuple[ResponseWarning, ...]


class PartialDistribution(Value, frozen=True, kw_only=True, gc=False, tag_field="status", tag="partial"):
    """The same over `units` together, and nobody else."""

    units: Annotated[list[UUID], Meta(description=_UNITS)]
    n: int
    invited: int | None
    counts: Annotated[tuple[int, ...], Meta(description=_PARTS)]
    warnings: tuple[ResponseWarning, ...]
    reported_at: UUID | None


class PublishedSensitive(Value, frozen=True, kw_only=True, gc=False, tag_field="status", tag="published"):
    """How many gave each answer to a sensitive item; few, and nearly all, are told as a range."""

    n: int
    invited: int | None
    coverage: Coverage
    counts: Annotated[tuple[CountRange, ...], Meta(description=_PARTS)]
    warnings: tuple[ResponseWarning, ...]


class PartialSensitive(Value, frozen=True, kw_only=True, gc=False, tag_field="status", tag="partial"):
    """The same over `units` together, and nobody else."""

    units: Annotated[list[UUID], Meta(description=_UNITS)]
    n: int
    invited: int | None
    counts: Annotated[tuple[CountRange, ...], Meta(description=_PARTS)]
    warnings: tuple[ResponseWarning, ...]
    reported_at: UUID | None


ResponseCell = PublishedResponse | PartialResponse | ProtectedCell
Cell = PublishedCell | PartialCell | ProtectedCell
BandsCell = PublishedBands | PartialBands | ProtectedCell
DistributionCell = PublishedDistribution | PartialDistribution | ProtectedCell
SensitiveCell = PublishedSensitive | PartialSensitive | ProtectedCell
