"""The shapes of series: waves in a cadence, and how much a person may be asked."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from peil.structs import Language, Name, Value, WallTime, Zone
from peil.waves.model import AskedInstrument, AskedTypes, AskedUnits, WaveKind, WaveMode, WaveState

Cadence = Literal["weekly", "fortnightly", "monthly"]
MOST_WAVES = 60


class WaveSeriesNew(Value, frozen=True, kw_only=True):
    """Waves to plan in a cadence, by the clock on the wall."""

    campaign_id: Annotated[UUID | None, Meta(description="The campaign they belong to; null: none.")] = None
    name: Annotated[Name, Meta(description="Each wave gets it, with its number.")]
    kind: WaveKind = "pulse"
    instrument_id: AskedInstrument = None
    mode: Annotated[WaveMode, Meta(description="Part of what the works council consents to; see the docs.")]
    languages: Annotated[list[Language], Meta(min_length=1, max_length=10)]
    cadence: Annotated[
        Cadence, Meta(description="monthly: the same weekday of the same week of the month, a fifth one the last.")
    ] = "fortnightly"
    first_on: Annotated[date, Meta(description="The day of the first wave; the cadence is counted from it.")]
    from_: WallTime = msgspec.field(name="from")
    to: WallTime
    days: Annotated[
        int, Meta(ge=1, le=60, description="Days a wave lasts, the first included; 1: from and to are of one day.")
    ] = 1
    zone: Zone = "Europe/Amsterdam"
    count: Annotated[
        Annotated[int, Meta(ge=1, le=MOST_WAVES)] | None,
        Meta(description="How many waves, without the days that are skipped; null: until `lastOn`."),
    ] = None
    last_on: Annotated[date | None, Meta(description="No wave begins later; null: after `count` waves.")] = None
    exceptions: Annotated[list[date], Meta(max_length=100, description="Days on which no wave begins.")] = []
    holidays: Annotated[
        Literal["move", "skip", "ignore"],
        Meta(
            description="A Dutch public holiday. move: begin on the next working day; skip: leave it out; ignore: "
            "begin all the same. The days after it stay as they are."
        ),
    ] = "move"
    unit_ids: AskedUnits = None
    employment_types: AskedTypes = None


class SeriesWave(Value, frozen=True, kw_only=True):
    """A wave of a series."""

    wave_id: UUID
    opens_at: datetime
    closes_at: datetime
    state: WaveState


class WaveSeries(Value, frozen=True, kw_only=True):
    """Waves that were planned together."""

    series_id: UUID
    campaign_id: UUID | None
    name: str
    kind: WaveKind
    instrument_id: UUID
    mode: WaveMode
    languages: list[str]
    cadence: Cadence
    first_on: date
    from_: WallTime = msgspec.field(name="from")
    to: WallTime
    days: int
    zone: str
    count: int | None
    last_on: date | None
    exceptions: list[date]
    holidays: Literal["move", "skip", "ignore"]
    unit_ids: list[UUID] | None
    employment_types: list[str] | None
    waves: Annotated[list[SeriesWave], Meta(description="In the order in which they open.")]
    cancelled_at: Annotated[
        datetime | None, Meta(description="When what was not open yet was cancelled; null: it goes on.")
    ]
    created_at: datetime


class StoredSeries(Value, frozen=True, kw_only=True):
    """A series as it is kept: its waves have rows of their own."""

    series_id: UUID
    plan: WaveSeriesNew
    cancelled_at: datetime | None
    created_at: datetime


class WaveOfSeries(SeriesWave, frozen=True, kw_only=True):
    """A wave, and which series it is of."""

    series_id: UUID


class SeriesDate(Value, frozen=True, kw_only=True):
    """When a wave of a series would be held."""

    on: date
    opens_at: datetime
    closes_at: datetime
    moved_from: Annotated[date | None, Meta(description="The holiday it was moved from; null: it was not moved.")]
    holiday: Annotated[str | None, Meta(description="What that holiday is called.")]


class SkippedDate(Value, frozen=True, kw_only=True):
    """A day of the cadence on which there is no wave."""

    on: date
    reason: Literal["exception", "holiday"]
    holiday: Annotated[str | None, Meta(description="What the holiday is called; null: an exception.")]


class SeriesPreview(Value, frozen=True, kw_only=True):
    """The days of a series, before it is planned."""

    dates: list[SeriesDate]
    skipped: list[SkippedDate]


class FatigueBudgetNew(Value, frozen=True, kw_only=True):
    """How much a person may be asked in a period, over all campaigns and series. The defaults are Peil's."""

    waves: Annotated[int, Meta(ge=1, le=1000, description="The most waves in any period.")] = 5
    items: Annotated[int, Meta(ge=1, le=10_000, description="The most items in any period.")] = 60
    days: Annotated[int, Meta(ge=1, le=366, description="The length of a period, wherever it begins.")] = 28


class FatigueBudget(Value, frozen=True, kw_only=True):
    """How much a person may be asked in a period."""

    waves: int
    items: int
    days: int


class AskedWave(Value, frozen=True, kw_only=True):
    """A wave as far as it matters for what else may be asked of the same people."""

    wave_id: UUID
    campaign_id: UUID | None
    name: str
    opens_at: datetime
    instrument_id: UUID
    unit_ids: list[UUID] | None
    employment_types: list[str] | None
