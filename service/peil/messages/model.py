"""The shapes of messages: how an employer's people are written to, what they are written, and who wants nothing."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from peil.structs import Language, Name, Text, Value

MessageKind = Literal["invitation", "reminder", "thanks", "cancellation"]
Audience = Literal["everybody", "without-token"]
Sender = Literal["peil", "vendor"]

AnswerPage = Annotated[
    str,
    Meta(
        min_length=8,
        max_length=500,
        pattern=r"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[^\s\x00-\x1f\x7f#]*)?(?![\s\S])",
        description="An absolute https URL without fragment; http only for a loopback test.",
    ),
]


class MessageText(Value, frozen=True, kw_only=True):
    """The employer's own words at the head of a message; what must be said follows them whatever they say."""

    kind: MessageKind
    language: Language
    subject: Annotated[Name, Meta(description="May hold {employer}, {wave}, {minutes} and {closes}.")]
    opening: Annotated[Text, Meta(description="May hold the same.")]


class MessageSettingsNew(Value, frozen=True, kw_only=True):
    """How an employer's people are written to."""

    sent_by: Annotated[
        Sender, Meta(description="peil: through the operator's relay, where there is one; vendor: events tell when.")
    ] = "vendor"
    answer_page: Annotated[
        AnswerPage | None,
        Meta(description="Where an invitation leads; needed where Peil sends. Null: the vendor knows."),
    ] = None
    sender_name: Annotated[Name | None, Meta(description="Who it is from; null: the employer's name.")] = None
    reminder_days: Annotated[
        list[Annotated[int, Meta(ge=1, le=91)]],
        Meta(
            max_length=10, description="Days after the opening on which is reminded; those after the close fall away."
        ),
    ] = []
    thanks: Annotated[bool, Meta(description="True: everybody is thanked once there are outcomes.")] = True
    texts: Annotated[
        list[MessageText], Meta(max_length=80, description="Own words; what is not here is as shipped, in nl and en.")
    ] = []


class MessageSettings(Value, frozen=True, kw_only=True):
    """How an employer's people are written to; until it is set they are not."""

    sent_by: Sender
    answer_page: str | None
    sender_name: str | None
    reminder_days: list[int]
    thanks: bool
    texts: list[MessageText]


class PlannedMessage(Value, frozen=True, kw_only=True):
    """A message of a wave without its words."""

    message_id: UUID
    wave_id: UUID
    kind: MessageKind
    audience: Audience
    sent_by: Sender
    due_at: datetime


class Letter(Value, frozen=True, kw_only=True):
    """A message in one language; `{optOut}` stands for the recipient's own address for wanting no more."""

    language: str
    subject: str
    body: str


class Message(Value, frozen=True, kw_only=True):
    """What everybody invited to a wave is written, and when. To how many is told to nobody."""

    message_id: UUID
    wave_id: UUID
    kind: MessageKind
    audience: Annotated[
        Audience,
        Meta(description="without-token: those without an answer token, where enough of their group are left."),
    ]
    sent_by: Sender
    due_at: Annotated[datetime, Meta(description="Not before; it is not said when or to whom it went.")]
    letters: list[Letter]


class Recipient(Value, frozen=True, kw_only=True):
    """A line of the list for whoever delivers: everybody invited who wants messages, whether they answered or not."""

    external_id: str
    email: Annotated[str | None, Meta(description="Null: Peil knows none.")]
    language: str
    opt_out_url: Annotated[str, Meta(description="Takes the place of `{optOut}`, and stands in List-Unsubscribe.")]


class OptOut(Value, frozen=True, kw_only=True):
    """Whether the caller wants no messages; invited they stay."""

    opted_out: bool


class StoredRecipient(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody to write to, as stored."""

    person_id: UUID
    external_id: str
    email: str | None
    language: str | None


class Left(msgspec.Struct, frozen=True, kw_only=True):
    """How many of a reporting group could be reminded: who has no answer token, an address, and wants messages."""

    key_id: UUID
    people: int


class Mailing(msgspec.Struct, frozen=True, kw_only=True):
    """How far a message is: groups of which only those without an answer token get it, and up to whom it went."""

    targeted: list[UUID]
    after: UUID


class Addressed(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody to write to, and the letter in a language they read."""

    person_id: UUID
    email: str
    letter: Letter


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """Some of those a message goes to, by id; `after` is whoever came before them."""

    sender_name: str
    after: UUID
    people: list[Addressed]


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What a letter says of a wave, its employer and where to turn to."""

    employer: str
    employer_language: str
    wave: str
    wave_id: UUID
    mode: str
    closes_at: datetime
    zone: str
    minutes: int
    manifest_sha256: str | None
    routes: list[tuple[str, str, str]]
    """Kind, name and how to reach it."""
