"""The shapes of charts: what can be asked for, and what a chart is made from."""

from datetime import date
from typing import Annotated, Any, Literal, NamedTuple
from uuid import UUID

import msgspec
from msgspec import Meta

from peil.aggregates.changes.model import To
from peil.aggregates.charts.theme import Theme
from peil.releases.cells_model import ProtectedCell, ResponseWarning
from peil.structs import Slug, Value

KINDS = ("score", "change", "trend", "distribution", "heat", "participation")
ChartKind = Annotated[
    str,
    Meta(
        description="score: each block with its interval; change: each block against an earlier wave; trend: one "
        "block over the waves; distribution: how the answers to each item are spread; heat: the unit and the units "
        "right under it, by block; participation: how many answered in each of them.",
        extra_json_schema={"enum": list(KINDS)},
    ),
]
Width = Annotated[int, Meta(ge=320, le=1600, description="Pixels; the height follows from what is in it.")]
Scale = Annotated[int, Meta(ge=1, le=4, description="How many pixels of a PNG are one of `width`.")]


class ChartQuery(Value, frozen=True, kw_only=True):
    """How a chart is to look, and what it is about where its kind needs to know more."""

    width: Width = 640
    scale: Scale = 2
    theme: Literal["light", "dark"] = "light"
    block: Annotated[
        Slug | None, Meta(description="trend, where it is needed; score, change, distribution: this block only.")
    ] = None
    item: Annotated[
        Slug | None, Meta(description="distribution: the answers to this item, where so much may be told.")
    ] = None
    against: Annotated[UUID | None, Meta(description="change: the earlier wave.")] = None
    to: Annotated[To | None, Meta(description="change: which earlier wave, where none is named.")] = None
    over: Annotated[Literal["all", "series"] | None, Meta(description="trend: over which waves; none: over all.")] = (
        None
    )


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that has not been drawn: what it is called, all it says in words, and its Vega-Lite spec."""

    title: str
    description: str
    spec: dict[str, Any]
    language: str


class Paper(NamedTuple):
    """What a chart is drawn on, and in which language."""

    theme: Theme
    width: int
    language: str


class Subject(NamedTuple):
    """What a chart is about: a unit at a wave; `names` are of the units that may be pointed at."""

    unit: str
    wave: str
    on: date
    names: dict[UUID, str]


class Counted(NamedTuple):
    """How many gave each answer of an item: the least and the most it can be, equal but for sensitive items."""

    n: int
    invited: int | None
    counts: tuple[tuple[int, int], ...]
    is_part: bool
    warnings: tuple[ResponseWarning, ...]


class ItemAnswers(NamedTuple):
    """The answers to one item; `answers` are what the counts are of, in their order."""

    title: str
    answers: tuple[str, ...]
    cell: Counted | ProtectedCell
