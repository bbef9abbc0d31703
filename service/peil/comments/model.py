"""The shapes of comments: what awaits moderation, what is decided, what may be read."""

from datetime import date
from typing import Annotated, Literal, NamedTuple
from uuid import UUID

from msgspec import Meta

from peil.paging import PageQuery
from peil.structs import Sha256, Slug, Text, Value

ModerationState = Literal["awaiting", "ended", "released"]
Verdict = Literal["release", "redact", "withhold"]

METHOD = "1"
"""Version of how comments are placed and scrubbed; part of every manifest."""

Redacted = Annotated[
    Text,
    Meta(description="With `redact`: the comment with words left out and `[…]` in the place of each gap."),
]


class Written(NamedTuple):
    """One comment as it came out of an envelope: where its writer reports, which question, what was written."""

    unit_id: UUID
    item: str
    text: str


class AwaitingComment(Value, frozen=True, kw_only=True):
    """A comment that only the moderator sees, without names, addresses, numbers and links."""

    comment_id: UUID
    unit_id: Annotated[UUID, Meta(description="The unit at which it will be shown, with at least k_C respondents.")]
    item: Annotated[Slug, Meta(description="Key of the question in the wave's instrument.")]
    text: str
    decision: Annotated[Verdict | None, Meta(description="null: not decided.")]
    redacted: Annotated[str | None, Meta(description="What is left of it; null: it is not redacted.")]


class CommentDecision(Value, frozen=True, kw_only=True):
    """What the moderator decides about one comment; a later decision replaces it until moderation ends."""

    comment_id: UUID
    decision: Verdict
    text: Redacted | None = None


class CommentDecisions(Value, frozen=True, kw_only=True):
    """Decisions about comments of one wave; all of them hold, or none."""

    decisions: Annotated[list[CommentDecision], Meta(min_length=1, max_length=200)]


class CommentModeration(Value, frozen=True, kw_only=True):
    """How far the comments of a wave are; for the moderator only."""

    wave_id: UUID
    state: Annotated[
        ModerationState,
        Meta(description="awaiting: decisions can be made; ended: the release is being made; released."),
    ]
    until: Annotated[date, Meta(description="The day on which what is undecided is destroyed and the rest released.")]
    undecided: Annotated[int, Meta(description="Comments without a decision.")]


class Comment(Value, frozen=True, kw_only=True):
    """A released comment. Nothing else is known of it."""

    comment_id: UUID
    unit_id: Annotated[UUID, Meta(description="The unit at which it is shown; its writer is there or beneath.")]
    item: Annotated[Slug, Meta(description="Key of the question in the wave's instrument.")]
    text: str


class CommentPageQuery(PageQuery, frozen=True, kw_only=True):
    """Which page, and of which unit."""

    unit: Annotated[UUID | None, Meta(description="Only what is shown at this unit; none: all one may read.")] = None


class CommentPlace(Value, frozen=True, kw_only=True):
    """Where what the people of a unit wrote is shown, by the numbers of people at the close; whoever wrote anything."""

    unit_id: UUID
    shown_at: Annotated[
        UUID | None,
        Meta(
            description="Of those who report at the unit itself: that unit, or the nearest one above it in which "
            "enough answered; null: there is none, and what they wrote was destroyed unread."
        ),
    ]
    shown_beneath: Annotated[bool, Meta(description="Units beneath it show what their own people wrote.")]


class StoredModeration(Value, frozen=True, kw_only=True):
    """The moderation of a wave as it is stored."""

    wave_id: UUID
    state: ModerationState
    until: date
    threshold: int
    unit_ids: list[UUID]
    release_hash: bytes


class CommentManifest(Value, frozen=True, kw_only=True):
    """What was released, in short; `hash` is over all other fields and chains to the `previous` comment release.

    `figures` is the manifest hash of the wave's release. `comments` holds the SHA-256 of every comment with its
    random id: once a comment is withdrawn, nobody can find out by trying what it said.
    """

    wave_id: UUID
    figures: Sha256
    k_c: int
    method: str
    units: list[UUID]
    comments: list[Sha256]
    previous: Sha256 | None
    hash: Sha256
