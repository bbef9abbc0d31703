"""The shapes of the intake: what an anonymous respondent sends and sees."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from peil import base64url
from peil.instruments.model import Answers, InstrumentContent, Item
from peil.keys.blind_signatures import MESSAGE_BYTES, SIGNATURE_BYTES
from peil.notice import NoticeText
from peil.structs import Sha256, Texts, Value
from peil.support_routes.model import SupportRoute
from peil.waves.model import WaveLabel, WaveMode

Fault = Literal["key-missing", "key-damaged", "issuing-keys-missing"]
"""What can be wrong with the keys of a wave."""

UNREADABLE = frozenset({"key-missing", "key-damaged"})
"""Faults with which no answer can be read, unless the key comes back."""

Code = Annotated[
    str,
    Meta(
        min_length=20,
        max_length=23,
        pattern=r"^[0-9A-Za-z]{5}(-?[0-9A-Za-z]{5}){3}(?![\s\S])",
        description="A one-time code, with or without its hyphens, in any case.",
    ),
]


class ResponseNew(Value, frozen=True, kw_only=True):
    """One set of answers with what allows it: an answer token in blind mode, else a code. No item is compulsory."""

    answers: Answers
    content_hash: Annotated[
        Sha256 | None,
        Meta(description="Of the questionnaire that is answered; refused where the wave asks another. Null: not said."),
    ] = None
    code: Annotated[Code | None, Meta(description="In handout and split mode.")] = None
    key_id: Annotated[UUID | None, Meta(description="In blind mode: the key that signed the message.")] = None
    message: Annotated[
        Annotated[str, Meta(pattern=base64url.pattern(MESSAGE_BYTES))] | None,
        Meta(description="In blind mode: the prepared message, 64 bytes in base64url without padding."),
    ] = None
    signature: Annotated[
        Annotated[str, Meta(pattern=base64url.pattern(SIGNATURE_BYTES))] | None,
        Meta(description="In blind mode: the signature of the message, 256 bytes in base64url without padding."),
    ] = None


class Receipt(Value, frozen=True, kw_only=True):
    """What became of a response: it was recorded now, or one with this code had been before."""

    result: Literal["recorded", "already-recorded"]


class Questionnaire(Value, frozen=True, kw_only=True):
    """What a wave asks."""

    wave_id: UUID
    state: Annotated[Literal["ready", "open"], Meta(description="ready: not begun; open: answers are taken.")]
    mode: WaveMode
    label: WaveLabel
    languages: list[str]
    title: Texts
    items: list[Item]
    attribution: Annotated[
        str | None,
        Meta(description="The line that the holder asks to show beside the items; null: none is asked for."),
    ]
    content_hash: Annotated[Sha256, Meta(description="Of what is asked, as the instrument tells it.")]
    notice: Annotated[list[NoticeText], Meta(description="To be shown before the first question.")]
    comment_notice: Annotated[
        Texts | None,
        Meta(description="To be shown with every comment item, with the support routes; null: there is none."),
    ]
    support_routes: Annotated[
        list[SupportRoute],
        Meta(description="Where somebody can turn to, as it stood when the wave was frozen; always to be shown."),
    ]


class Server(Value, frozen=True, kw_only=True):
    """The database that answers: the moment its server was started, and where on it the intake's table lies."""

    started_at: datetime
    place: str


class OpenWave(Value, frozen=True, kw_only=True):
    """A wave as the intake knows it."""

    wave_id: UUID
    employer_id: UUID
    state: str
    mode: WaveMode
    public_key: bytes
    questionnaire: InstrumentContent
    closes_at: datetime | None
    support_routes: list[SupportRoute]
    manifest_sha256: str | None


class AdmittedWave(Value, frozen=True, kw_only=True):
    """A wave that is not over as far as its keys are concerned, for the worker."""

    wave_id: UUID
    employer_id: UUID
    state: str
    public_key: bytes
    manifest: bytes | None
    """None: a mode without keys of its own."""
    fault: Fault | None
    """What was wrong when the worker looked last; None: nothing."""


class SealedCount(Value, frozen=True, kw_only=True):
    """How many responses a reporting group has sent in."""

    key_id: UUID
    count: int
