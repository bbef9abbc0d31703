"""The shapes of participation: who is invited, in which reporting group, with which code or answer token."""

from datetime import date, datetime
from typing import Annotated, Literal, NamedTuple
from uuid import UUID

import msgspec
from msgspec import Meta

from peil import base64url
from peil.keys.blind_signatures import SIGNATURE_BYTES
from peil.structs import Texts, Value
from peil.waves.model import WaveKind, WaveLabel, WaveMode, WaveState

Signature = Annotated[
    str, Meta(pattern=base64url.pattern(SIGNATURE_BYTES), description="256 bytes in base64url, without padding.")
]
Band = Literal["below-30", "30-to-50", "50-to-70", "70-or-more"]


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """A reporting group of a wave: its key or pile of codes, where it reports, and how many it holds."""

    key_id: UUID
    unit_id: UUID
    invited: int
    public_key: bytes | None
    """SubjectPublicKeyInfo in DER; None where the mode has no keys."""


class IssuingKey(NamedTuple):
    """What a reporting group gets: an id, and in blind mode the public half of the key behind it, else None."""

    key_id: UUID
    public_key: bytes | None


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """An invited person by the HR system's id, and the reporting group."""

    external_id: str
    key_id: UUID


class DrawnCode(Value, frozen=True, kw_only=True):
    """A line of the list that the vendor delivers: whose code it is, and the code."""

    external_id: str
    code: str


class AnswerTokenRequest(Value, frozen=True, kw_only=True):
    """What the service signs without seeing it."""

    key_id: UUID
    blinded_message: Signature


class AnswerToken(Value, frozen=True, kw_only=True):
    """The blind signature; only who blinded the message can make an answer token of it."""

    blind_signature: Signature


class LedgerLine(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's line in the ledger of a wave: the reporting group, and what was signed blindly; None: nothing yet."""

    key_id: UUID
    blinded_digest: bytes | None


class OwnGroup(Value, frozen=True, kw_only=True):
    """The unit with which somebody's answer is counted, and how many people are in the group."""

    unit_id: UUID
    unit_name: str
    invited: int


class NoticeLine(Value, frozen=True, kw_only=True):
    """One thing a person is told before answering."""

    code: str
    text: str


class MyWave(Value, frozen=True, kw_only=True):
    """A wave to which the caller is invited."""

    wave_id: UUID
    name: str
    kind: WaveKind
    state: Annotated[Literal["ready", "open"], Meta(description="ready: not begun; open: answers are taken.")]
    mode: WaveMode
    label: WaveLabel
    languages: list[str]
    estimated_minutes: int
    opens_at: datetime
    closes_at: datetime
    zone: str
    reporting_group: OwnGroup
    key_id: Annotated[UUID | None, Meta(description="The group's key; null: this mode has none.")]
    public_key: Annotated[
        str | None, Meta(description="SubjectPublicKeyInfo in DER, in base64url; null: this mode has none.")
    ]
    manifest_sha256: Annotated[
        str | None, Meta(description="Of the manifest as the intake serves it; null: this mode has none.")
    ]
    token_issued: Annotated[
        bool | None, Meta(description="Whether an answer token was issued to the caller; null: this mode has none.")
    ]
    intake_url: Annotated[str, Meta(description="Where questionnaire, manifest and responses are; no sign-in there.")]
    inline_form_by: Annotated[
        str | None,
        Meta(description="Whose page may draw the form in itself, and so can see what is typed; null: nobody's."),
    ]
    notice: Annotated[list[NoticeLine], Meta(description="To be shown before the first question.")]
    inline_notice: Annotated[
        Texts | None,
        Meta(description="Told besides where that page draws the form in itself; null: nobody's page may."),
    ]


class InvitedTo(msgspec.Struct, frozen=True, kw_only=True):
    """A wave with somebody's own line in its ledger, as stored."""

    wave_id: UUID
    name: str
    kind: WaveKind
    state: Literal["ready", "open"]
    mode: WaveMode
    instrument_id: UUID
    languages: list[str]
    opens_at: datetime
    closes_at: datetime
    zone: str
    manifest_sha256: str | None
    unit_id: UUID
    unit_name: str
    invited: int
    key_id: UUID
    public_key: bytes | None
    issued_on: date | None


class HandoutCode(Value, frozen=True, kw_only=True):
    """A line of the list to print: the unit whose people take one of its codes, and the code."""

    unit_id: UUID
    unit: str
    code: str


class MeasuredUnit(Value, frozen=True, kw_only=True):
    """Which part of a unit and all beneath it has answered."""

    unit_id: UUID
    name: str
    invited: int
    band: Annotated[Band, Meta(description="Per cent of those invited.")]
    measured_on: date


class Participation(Value, frozen=True, kw_only=True):
    """Participation in a wave while it is open."""

    wave_id: UUID
    state: WaveState
    invited: Annotated[int | None, Meta(description="People in the frozen population; null: not frozen yet.")]
    units: Annotated[
        list[MeasuredUnit],
        Meta(description="In the order of the tree; smaller units, and those of which few answered yet, are left out."),
    ]


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure as the API may read it: without how many answered."""

    unit_id: UUID
    invited: int
    band: Band
    measured_on: date


class TakenFigure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure as the worker takes it."""

    unit_id: UUID
    invited: int
    answered: int
    band: Band


class KnownCode(msgspec.Struct, frozen=True, kw_only=True):
    """A code that was drawn for the wave, and its reporting group."""

    token_hash: bytes
    key_id: UUID
