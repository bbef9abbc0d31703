"""What was protected in one wave and why, in numbers that are public anyway, and in words."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from peil.aggregates.table_model import FigureKind
from peil.employers.model import Precondition
from peil.releases.model import Bands, Thresholds
from peil.structs import Sha256, Value
from peil.waves.model import WaveKind, WaveMode

ReportedKind = Literal[FigureKind, "comments"]
LeftOut = Literal["answers-surplus", "answers-unreadable"]


class Seen(Value, frozen=True, kw_only=True):
    """How many invited people see figures how near to the unit at which their reporting group stands."""

    own: Annotated[int, Meta(description="In that unit itself.")]
    parent: Annotated[int, Meta(description="In the unit right above it.")]
    higher: Annotated[int, Meta(description="In one further up.")]
    nowhere: int


class FigureReport(Value, frozen=True, kw_only=True):
    """One kind of figure about one thing: where it is told, and of how few at least.

    `comments`: where what people wrote is shown, after moderation; `seen` tells how many have it shown further up
    (`parent`, `higher`), and of how many it was destroyed (`nowhere`).
    """

    figures: Annotated[
        ReportedKind,
        Meta(
            description="What is told: participation, of a block or an item its mean, bands or distribution, or what "
            "people wrote."
        ),
    ]
    key: Annotated[str | None, Meta(description="The block or the item; null: of everybody who answered.")]
    title: str
    least: Annotated[int, Meta(description="The least number of people for such a figure.")]
    published: Annotated[int, Meta(description="Units with a figure of their own.")]
    partial: Annotated[int, Meta(description="Units told as the sum of some beneath.")]
    protected: Annotated[int, Meta(description="Units without a figure.")]
    atoms: Annotated[int, Meta(description="Groups of which every figure is a sum.")]
    smallest: Annotated[int | None, Meta(description="People in the smallest of them; null: there is none.")]
    people: Annotated[int, Meta(description="Respondents in all of them together.")]
    seen: Seen


class ReportTable(Value, frozen=True, kw_only=True):
    """Numbers side by side, as they are to be shown."""

    columns: list[str]
    rows: Annotated[list[list[str]], Meta(description="Each with as many cells as there are columns.")]


class ReportSection(Value, frozen=True, kw_only=True):
    """A part of the report in words."""

    title: str
    lines: list[str]
    table: Annotated[ReportTable | None, Meta(description="Comes after the lines; null: there is none.")]


class DisclosureReport(Value, frozen=True, kw_only=True):
    """What was protected in the release of one wave: for the works council and an auditor to file."""

    wave_id: UUID
    name: str
    kind: WaveKind
    mode: WaveMode
    opens_at: datetime
    closes_at: datetime
    released_at: datetime
    zone: Annotated[str, Meta(description="Of the wave: the days in `sections` are those of its wall clock.")]
    units: Annotated[int, Meta(description="Units in the organisation when the wave opened.")]
    groups: Annotated[int, Meta(description="Reporting groups: nobody can tell the people of one apart by unit.")]
    invited: int
    policy_version: int
    thresholds: Thresholds
    preconditions: Annotated[
        list[Precondition],
        Meta(description="What had been recorded for these thresholds and this mode when the wave opened."),
    ]
    left_out: Annotated[
        LeftOut | None,
        Meta(description="Answers that do not count, without telling whose or how many; null: none was left out."),
    ]
    keys: Annotated[
        Literal["none", "present", "pending", "destroyed"],
        Meta(description="The key that opened the answers."),
    ]
    method: str
    position: Annotated[int, Meta(description="Place in the employer's chain of releases, from 1.")]
    manifest: Annotated[Sha256, Meta(description="Hash of the release's manifest.")]
    previous: Annotated[Sha256 | None, Meta(description="That of the release before; null: this is the first.")]
    figures: list[FigureReport]
    sections: Annotated[list[ReportSection], Meta(description="The same in words, in the caller's language.")]


class ItemPoints(Value, frozen=True, kw_only=True):
    """A scored item: how many answers there are to it, and how many of them are in each band."""

    key: str
    points: int
    bands: Bands


class BlockPoints(Value, frozen=True, kw_only=True):
    """Items with one base."""

    key: str
    items: list[ItemPoints]


class Answers(Value, frozen=True, kw_only=True):
    """An item without bands: how many answers there are to it."""

    key: str
    answers: int


class Scoring(Value, frozen=True, kw_only=True):
    """What the figures must fit, in the order in which a release tells it."""

    blocks: list[BlockPoints]
    choices: list[Answers]
    sensitive: list[Answers]
