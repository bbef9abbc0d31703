"""The shapes of a questionnaire: its items, blocks and licence, as they travel, are stored and are checked.

Nothing here has a default but the terms: whether an item is reversed or sensitive is too important to be left unsaid.
"Prefer not to say" is no field: no item is compulsory, so it can be chosen at every item.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, ClassVar, Literal, NamedTuple
from uuid import UUID

from msgspec import Meta

from peil.instruments.licensing_model import Terms
from peil.structs import Language, Name, Sha256, Slug, Text, Texts, Value

COMMENT_LENGTH = 2000

Band = Literal["unfavourable", "neutral", "favourable"]
InstrumentKind = Literal["pulse", "baseline", "survey", "traffic-light", "scan"]
InstrumentState = Literal["draft", "published"]

Version = Annotated[int, Meta(ge=1, le=1_000_000)]
Points = Annotated[int, Meta(ge=2, le=11, description="How many points the scale has; answers are 1 … points.")]

# null, like an absent key, means not answered or "prefer not to say"; nothing tells the two apart.
Answer = int | Annotated[str, Meta(min_length=1, max_length=COMMENT_LENGTH)] | None
Answers = Annotated[
    dict[Slug, Answer],
    Meta(max_length=200, description="An answer per item key; absent or null: not answered, prefer not to say."),
]


class _Item(Value, frozen=True, kw_only=True, tag_field="kind"):
    """What every question has, whatever kind of answer it asks for."""

    key: Slug
    version: Version
    text: Texts
    sensitive: bool
    repeatable: bool

    __field_docs__: ClassVar[dict[str, str]] = {
        "key": "Names the item in answers and blocks; equal key and version elsewhere: the same question.",
        "version": "Raised when a change of wording changes what is asked; only equal versions are compared.",
        "sensitive": "Published under the strictest thresholds only, and never as a mean.",
        "repeatable": "False: people may be asked it only once, and never in a baseline, which is asked again.",
    }


class RatedItem(_Item, frozen=True, kw_only=True, tag="rated"):
    """A scale of points; the answer is a whole number, 1 at the first label."""

    points: Points
    labels: Annotated[list[Texts], Meta(min_length=2, max_length=11)]
    reverse: bool

    __field_docs__: ClassVar[dict[str, str]] = {
        **_Item.__field_docs__,
        "labels": "One label per point, or two: those of the first and the last point.",
        "reverse": "True: the first point is the best answer.",
    }


class TrafficLightItem(_Item, frozen=True, kw_only=True, tag="traffic-light"):
    """How it goes, as a colour; the answer is `red`, `amber` or `green`."""


class YesNoItem(_Item, frozen=True, kw_only=True, tag="yes-no"):
    """A question whose answer is `yes` or `no`."""

    reverse: bool

    __field_docs__: ClassVar[dict[str, str]] = {
        **_Item.__field_docs__,
        "reverse": "True: no is the better answer.",
    }


class Option(Value, frozen=True, kw_only=True):
    """One possible answer to a single-choice item."""

    key: Slug
    label: Texts


class SingleChoiceItem(_Item, frozen=True, kw_only=True, tag="single-choice"):
    """A choice between options without an order; the answer is the key of one. No score, no bands."""

    options: Annotated[list[Option], Meta(min_length=2, max_length=30)]


class CommentItem(_Item, frozen=True, kw_only=True, tag="comment"):
    """An open answer in words, read only after moderation. It is not a report channel."""


Item = RatedItem | TrafficLightItem | YesNoItem | SingleChoiceItem | CommentItem
ScorableItem = RatedItem | TrafficLightItem | YesNoItem


class Scoring(Value, frozen=True, kw_only=True):
    """How the answers of a block become one number from 0 to 100."""

    method: Literal["mean"]
    orientation: Literal["higher-is-better"]

    __field_docs__: ClassVar[dict[str, str]] = {
        "method": "The mean of the items' scores, over those who answered every item of the block.",
        "orientation": "100 is the best, after reversing.",
    }


class Block(Value, frozen=True, kw_only=True):
    """Items that enter one scale; whoever skips one of them does not count for any."""

    key: Slug
    title: Texts
    items: Annotated[list[Slug], Meta(min_length=1, max_length=200)]
    scoring: Scoring

    __field_docs__: ClassVar[dict[str, str]] = {"items": "Keys of scored items, each in one block at most."}


class Licence(Value, frozen=True, kw_only=True):
    """On what terms the wording may be used, and whether anybody has validated the instrument."""

    name: Name
    holder: Name
    attribution: Text | None
    source: Text | None
    validated: bool

    __field_docs__: ClassVar[dict[str, str]] = {
        "name": "An SPDX identifier, or a reference to the holder's own terms.",
        "attribution": "The line to show beside the items; null: none is asked for.",
        "source": "Where the items come from; null: written for this instrument.",
        "validated": "True only if its measurement properties were studied and published.",
    }


class InstrumentContent(Value, frozen=True, kw_only=True):
    """All that makes a questionnaire what it is; two with the same content have the same hash."""

    key: Slug
    title: Texts
    kind: InstrumentKind
    languages: Annotated[list[Language], Meta(min_length=1, max_length=30)]
    items: Annotated[list[Item], Meta(min_length=1, max_length=200)]
    blocks: Annotated[list[Block], Meta(max_length=100)]
    licence: Licence
    terms: Terms | None = None

    __field_docs__: ClassVar[dict[str, str]] = {
        "kind": "What it is for; a baseline is asked again, unchanged, as post-measurement.",
        "languages": "Every text is in each of these, and in no other; of a draft some may be missing yet.",
        "items": "In the order in which they are asked.",
        "blocks": "A scored item that is in none is reported by itself.",
        "terms": "What the holder of the wording asks; null: it is the employer's own, or free to use.",
    }


class InstrumentNew(InstrumentContent, frozen=True, kw_only=True):
    """A questionnaire as it is handed in."""


class InstrumentPack(Value, frozen=True, kw_only=True):
    """A questionnaire with its terms, as it goes from one service to another."""

    format: Literal["peil-instrument-pack/1"]
    content_hash: Sha256
    instrument: InstrumentNew

    __field_docs__: ClassVar[dict[str, str]] = {
        "content_hash": "Of `instrument`, as `validate` tells it; a pack that was changed on its way is refused.",
    }


class Completeness(Value, frozen=True, kw_only=True):
    """What one language of a questionnaire lacks."""

    language: str
    missing: list[str]

    __field_docs__: ClassVar[dict[str, str]] = {"missing": "JSON pointers to the texts that are not there yet."}


class Instrument(InstrumentContent, frozen=True, kw_only=True):
    """One version of a questionnaire; once published it never changes."""

    terms: Terms | None
    instrument_id: UUID
    version: Version
    state: InstrumentState
    completeness: list[Completeness]
    estimated_minutes: int
    content_hash: Sha256
    published_at: datetime | None

    __field_docs__: ClassVar[dict[str, str]] = {
        **InstrumentContent.__field_docs__,
        "completeness": "What each language lacks; a published version lacks nothing.",
        "estimated_minutes": "Whole minutes to answer every item, rounded up.",
        "content_hash": "SHA-256 of the content as canonical JSON, terms left out where there are none.",
        "published_at": "null: still a draft.",
    }


class Validation(Value, frozen=True, kw_only=True):
    """A questionnaire that could be published as it is."""

    key: Slug
    estimated_minutes: int
    content_hash: Sha256


class ScoredItem(Value, frozen=True, kw_only=True):
    """What counting needs to know of an item; equal scored items may be compared between waves."""

    key: Slug
    version: Version
    points: Points
    reverse: bool
    sensitive: bool


class ScoredBlock(Value, frozen=True, kw_only=True):
    """Items that are reported on one base of respondents; equal lists of items may be compared."""

    key: Slug
    title: Texts
    items: list[ScoredItem]


class TryOutNew(Value, frozen=True, kw_only=True):
    """One set of made-up answers."""

    answers: Answers


class TriedBlock(Value, frozen=True, kw_only=True):
    """What one set of answers would be for a block."""

    key: Slug
    title: Texts
    score: float | None
    left_out_by: list[Slug]

    __field_docs__: ClassVar[dict[str, str]] = {
        "score": "From 0 to 100, 100 the best; null: these answers would not count for the block.",
        "left_out_by": "Its items without an answer; with any of them the answers count for none of the block.",
    }


class TryOut(Value, frozen=True, kw_only=True):
    """What would be counted of one set of answers. Nothing of it is kept."""

    instrument_id: UUID
    content_hash: Sha256
    answered: list[Slug]
    blocks: list[TriedBlock]

    __field_docs__: ClassVar[dict[str, str]] = {
        "answered": "The items that were answered, in the order in which they are asked.",
        "blocks": "Also each scored item that is in no block, as one of its own.",
    }


class Choices(NamedTuple):
    """What may be answered to one item: a type and, but for comments, the code 1 … n of each answer."""

    answer_type: type[int] | type[str]
    codes: Mapping[int | str, int] | None


Questionnaire = Mapping[str, Choices]
