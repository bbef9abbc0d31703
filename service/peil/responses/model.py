"""The shapes of the intake: what an anonymous respondent sends and sees."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from peil.instruments.model import Answers, Item
from peil.participation.codes import PATTERN
from peil.structs import Texts, Value


class ResponseNew(Value, frozen=True, kw_only=True):
    """One set of answers with the code that allows it. No item is compulsory."""

    code: Annotated[str, Meta(min_length=20, max_length=23, pattern=PATTERN)]
    answers: Answers


class Receipt(Value, frozen=True, kw_only=True):
    """What became of a response: it was recorded now, or one with this code had been before."""

    result: Literal["recorded", "already-recorded"]


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
