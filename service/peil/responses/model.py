"""The shapes of the intake: what an anonymous respondent sends and sees."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from peil import base64url
from peil.blind_signatures import MESSAGE_BYTES, SIGNATURE_BYTES
from peil.instruments.model import Answers, InstrumentContent, Item
from peil.structs import Texts, Value
from peil.support_routes.model import SupportRoute

NO_REPORT: Texts = {
    "nl": (
        "Een opmerking is geen melding: niemand leest haar voordat de meting is gesloten, en niemand kan op u "
        "terugkomen. Is er iets gebeurd of hebt u hulp nodig, ga dan naar een van deze plekken. Noem hier geen namen."
    ),
    "en": (
        "A comment is not a report channel: nobody reads it before the wave has closed, and nobody can get back to "
        "you. If something has happened or you need help, turn to one of these. Do not mention names here."
    ),
}

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


class CommentNotice(Value, frozen=True, kw_only=True):
    """What must be shown where a comment is asked."""

    text: Annotated[Texts, Meta(description="That a comment is no way to report something, in Dutch and English.")]
    support_routes: Annotated[
        list[SupportRoute], Meta(description="Where to turn to instead, as it stood when the wave was frozen.")
    ]


class Questionnaire(Value, frozen=True, kw_only=True):
    """What a wave asks."""

    wave_id: UUID
    state: Annotated[Literal["ready", "open"], Meta(description="ready: not begun; open: answers are taken.")]
    mode: Literal["blind", "handout", "split"]
    label: Annotated[
        Literal["anonymous", "confidential"], Meta(description="What this mode may be called towards people.")
    ]
    languages: list[str]
    title: Texts
    items: list[Item]
    comment_notice: Annotated[
        CommentNotice | None, Meta(description="To be shown with every comment item; null: there is none.")
    ]


class OpenWave(Value, frozen=True, kw_only=True):
    """A wave as the intake knows it."""

    wave_id: UUID
    employer_id: UUID
    state: str
    mode: Literal["blind", "handout", "split"]
    public_key: bytes
    questionnaire: InstrumentContent
    closes_at: datetime | None
    comment_notice: CommentNotice | None


class SealedRow(Value, frozen=True, kw_only=True):
    """A sealed response, without what it was redeemed with."""

    key_id: UUID
    envelope: bytes


class SealedCount(Value, frozen=True, kw_only=True):
    """How many responses a reporting group has sent in."""

    key_id: UUID
    count: int
