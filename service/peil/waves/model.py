"""The shapes of waves: one time of asking, from plan to release."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from peil.structs import Language, Moment, Name, Slug, Value, Zone

WaveKind = Literal["baseline", "pulse", "post", "survey", "traffic-light"]
WaveMode = Literal["blind", "handout", "split"]
WaveState = Literal["planned", "opening", "ready", "open", "closing", "released", "cancelled", "unrecoverable"]
WaveLabel = Annotated[
    Literal["anonymous", "confidential"], Meta(description="What this mode may be called towards people.")
]
AskedInstrument = Annotated[
    UUID | None,
    Meta(description="null, for a pulse only: the shipped one of workload, recovery and focus."),
]
AskedUnits = Annotated[
    Annotated[list[UUID], Meta(min_length=1, max_length=1000)] | None,
    Meta(description="Units whose subtrees are asked; null: everyone."),
]
AskedTypes = Annotated[
    Annotated[list[Slug], Meta(min_length=1, max_length=50)] | None,
    Meta(description="Kinds of employment that are asked, as the directory has them; null: all."),
]


def label_of(mode: WaveMode) -> WaveLabel:
    """What a mode may be called: whoever delivers codes knows whose they are, so that is not anonymous."""
    return "confidential" if mode == "split" else "anonymous"


class WaveNew(Value, frozen=True, kw_only=True):
    """A wave to plan."""

    campaign_id: Annotated[UUID | None, Meta(description="The campaign it belongs to; null: it stands alone.")] = None
    name: Name
    kind: WaveKind
    instrument_id: AskedInstrument = None
    mode: Annotated[WaveMode, Meta(description="Part of what the works council consents to; see the docs.")]
    languages: Annotated[list[Language], Meta(min_length=1, max_length=10)]
    opens_at: Moment
    closes_at: Moment
    zone: Zone = "Europe/Amsterdam"
    unit_ids: AskedUnits = None
    employment_types: AskedTypes = None


class WaveExtension(Value, frozen=True, kw_only=True):
    """Until when people can answer after all."""

    closes_at: Moment


class Excluded(Value, frozen=True, kw_only=True):
    """How many people the wave left out; null: too few to tell, or only some units were asked."""

    absent: Annotated[int | None, Meta(description="Away for long.")]
    employment_type: Annotated[int | None, Meta(description="Of another kind of employment, or of an unknown one.")]


class Wave(Value, frozen=True, kw_only=True):
    """One time of asking."""

    wave_id: UUID
    series_id: Annotated[UUID | None, Meta(description="The series it was planned in; null: planned alone.")]
    campaign_id: UUID | None
    name: str
    kind: WaveKind
    instrument_id: UUID
    mode: WaveMode
    languages: list[str]
    opens_at: datetime
    closes_at: datetime
    zone: str
    unit_ids: list[UUID] | None
    employment_types: list[str] | None
    policy_version: int
    state: Annotated[
        WaveState,
        Meta(
            description="opening: being frozen; ready: frozen, not begun; unrecoverable: the key that opens its "
            "answers is lost, so it takes none and is not counted; it goes on by itself once the key is back."
        ),
    ]
    invited: Annotated[int | None, Meta(description="People in the frozen population; null: not frozen yet.")]
    excluded: Annotated[Excluded | None, Meta(description="Who was left out; null: not frozen yet.")]
    manifest_sha256: Annotated[
        str | None,
        Meta(description="Of the public manifest of its keys; null: not frozen yet, or a mode without keys."),
    ]
    codes_drawn: bool
    keys: Annotated[
        Literal["none", "present", "pending", "destroyed"],
        Meta(description="The unsealing key: not made, present, pending destruction, destroyed."),
    ]
    failure: Annotated[
        str | None,
        Meta(
            description="What is wrong, as a code; null: nothing. While it is asked and after its end: key-missing, "
            "key-damaged (nobody can read its answers), issuing-keys-missing (some get no answer token). Once it is "
            "released: answers-surplus (a group had sent more than it has people, and none of that group is counted), "
            "answers-unreadable (some answers did not open and are not counted). Cancelled after the database was "
            "restored: closed-before, released-before (what was released cannot be made again). Else why it could "
            "not open: `two-units` is mended in the directory, `GET /people?doubled=true` lists who is in two."
        ),
    ]
    created_at: datetime


class SnapshotUnit(Value, frozen=True, kw_only=True):
    """A unit in the snapshot of a wave."""

    unit_id: UUID
    parent_id: UUID | None
    name: str
    position: int
    group_unit_id: UUID | None
