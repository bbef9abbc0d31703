"""What holds of a questionnaire and of the answers to it: length, identity, scores and bands."""

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import Annotated, assert_never

import msgspec
from msgspec import UNSET, Meta, UnsetType

from peil.errors import Finding
from peil.instruments.model import (
    COMMENT_LENGTH,
    Answer,
    Band,
    Choices,
    CommentItem,
    InstrumentContent,
    Item,
    Questionnaire,
    RatedItem,
    ScorableItem,
    ScoredBlock,
    ScoredItem,
    SingleChoiceItem,
    TrafficLightItem,
    TriedBlock,
    YesNoItem,
)
from peil.structs import encode

# In the order of their codes, 1 first.
TRAFFIC_LIGHT = ("red", "amber", "green")
YES_NO = ("no", "yes")

NOT_ANSWERED = -1
"""Stands where a code would, and is none."""

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_PRINTABLE = r"\A[^\x00-\x08\x0b-\x1f\x7f]*\Z"

# Seconds. Reading the notice and sending; choosing on a scale; choosing between options; writing a comment.
_START_AND_END = 30
_CHOOSE = 10
_CHOOSE_OPTION = 15
_WRITE = 45


# Free wording keeps the hash that it had before there were terms.
class _Hashed(InstrumentContent, frozen=True, kw_only=True, omit_defaults=True):
    """What of a questionnaire is hashed."""


def estimate_minutes(content: InstrumentContent) -> int:
    """Whole minutes to answer all items, rounded up; a pulse comes out at 1 to 3."""
    seconds = _START_AND_END + sum(_seconds(item) for item in content.items)
    return -(-seconds // 60)


def content_hash(content: InstrumentContent) -> str:
    """SHA-256 of the content alone, so that a draft, its publication and its pack share one."""
    fields = {name: getattr(content, name) for name in _Hashed.__struct_fields__}
    return sha256(encode(_Hashed(**fields))).hexdigest()


def scores(points: int, *, reverse: bool) -> list[float]:
    """The score of each raw answer 1 … points: equal steps from 0 to 100, where 100 is the best."""
    ascending = [100 * step / (points - 1) for step in range(points)]
    return ascending[::-1] if reverse else ascending


def bands(points: int, *, reverse: bool) -> list[Band]:
    """The band of each raw answer 1 … points, after reversing.

    Below the middle of the scale is unfavourable, above it favourable, and only the middle itself neutral:
    of five points 1 and 2, then 3, then 4 and 5. A scale with an even number of points has no neutral answer.
    """
    return [_band(score) for score in scores(points, reverse=reverse)]


def scored_items(content: InstrumentContent) -> dict[str, ScoredItem]:
    """Every item that has a score, by key; traffic light and yes/no are scales of three and two points."""
    return {item.key: _scored(item) for item in content.items if isinstance(item, ScorableItem)}


def scored_blocks(content: InstrumentContent) -> list[ScoredBlock]:
    """The blocks of a valid questionnaire, then each scored item that is in none as a block of its own."""
    scored = scored_items(content)
    in_a_block = {key for block in content.blocks for key in block.items}
    declared = [
        ScoredBlock(key=block.key, title=block.title, items=[scored[key] for key in block.items])
        for block in content.blocks
    ]
    alone = [
        ScoredBlock(key=item.key, title=item.text, items=[scored[item.key]])
        for item in content.items
        if item.key in scored and item.key not in in_a_block
    ]
    return declared + alone


def block_fingerprint(block: ScoredBlock) -> str:
    """SHA-256 of the items, their versions and scoring: equal ones may be compared, also across questionnaires."""
    return sha256(encode(block.items)).hexdigest()


def questionnaire(content: InstrumentContent) -> Questionnaire:
    """What may be answered, item by item: made once per wave, so that checking an answer is a look-up."""
    return {item.key: _choices(item) for item in content.items}


def validate_answers(questions: Questionnaire, answers: dict[str, Answer]) -> list[Finding]:
    """Everything wrong with one set of answers; an empty set is right, since no item is compulsory.

    Pointers start at `/answers`. Codes: unknown-item, wrong-type, out-of-range, comment-length. No finding
    repeats an answer.
    """
    findings = []
    for key, answer in answers.items():
        choices = questions.get(key)
        if choices is None:
            findings.append(_answer_finding(key, "unknown-item"))
        elif answer is None:
            continue
        elif type(answer) is not choices.answer_type:  # `isinstance` would let true pass as 1
            findings.append(_answer_finding(key, "wrong-type"))
        elif choices.codes is not None:
            if answer not in choices.codes:
                findings.append(_answer_finding(key, "out-of-range"))
        elif isinstance(answer, str) and not 1 <= len(answer) <= COMMENT_LENGTH:
            findings.append(_answer_finding(key, "comment-length", maximum=COMMENT_LENGTH))
    return findings


def codes_of(questions: Questionnaire, answers: dict[str, Answer]) -> dict[str, int]:
    """The code 1 … n of each valid answer that was given; what was not answered is not in it."""
    return {
        key: codes[answer]
        for key, answer in answers.items()
        if answer is not None and (codes := questions[key].codes) is not None
    }


def sealable(questions: Questionnaire, answers: dict[str, Answer]) -> dict[str, int | str]:
    """The codes of valid answers, and what was written; what was not answered is not in it."""
    # No control character but the two that a text has: another takes six bytes in JSON and shows nothing.
    written = {
        key: _UNPRINTABLE.sub("", answer)
        for key, answer in answers.items()
        if isinstance(answer, str) and questions[key].codes is None
    }
    return {**codes_of(questions, answers), **{key: text for key, text in written.items() if text.strip()}}


def sealed_answers(questions: Questionnaire) -> type[msgspec.Struct]:
    """What `sealable` can have given, as a type to decode by; anything else did not come through the intake.

    Its fields are those of `sealed_fields`. What was not answered is NOT_ANSWERED, or UNSET where it would be a text.
    """
    fields = sealed_fields(questions)
    return msgspec.defstruct(
        "SealedAnswers",
        [(fields[key], *_sealed_answer(choices)) for key, choices in questions.items()],
        rename={name: key for key, name in fields.items()},
        forbid_unknown_fields=True,
        frozen=True,
        gc=False,
    )


def sealed_fields(questions: Questionnaire) -> dict[str, str]:
    """By item key the name of its field, since a key need be no name in Python."""
    return {key: f"answer_{place}" for place, key in enumerate(questions)}


def _sealed_answer(choices: Choices) -> tuple[object, object]:
    """The type of an answer, and what stands where there is none."""
    if choices.codes is not None:
        return Annotated[int, Meta(ge=1, le=len(choices.codes))], NOT_ANSWERED
    return Annotated[str, Meta(max_length=COMMENT_LENGTH, pattern=_PRINTABLE)] | UnsetType, UNSET


def asks_comments(content: InstrumentContent) -> bool:
    """Whether anything can be answered in words."""
    return any(isinstance(item, CommentItem) for item in content.items)


def try_out(content: InstrumentContent, answers: dict[str, Answer]) -> list[TriedBlock]:
    """What one set of valid answers would be for each block: the mean of its items, or nothing where one is missing."""
    given = codes_of(questionnaire(content), answers)
    return [_tried(block, given) for block in scored_blocks(content)]


def unrepeatable_items(content: InstrumentContent, earlier: Iterable[InstrumentContent]) -> list[str]:
    """Keys of the items that may be asked once only and were asked in an `earlier` instrument, in their order.

    Equal key and version are the same question, whatever the instrument; either may say that it is not repeated.
    """
    before = [item for other in earlier for item in other.items]
    asked = {(item.key, item.version) for item in before}
    once = {(item.key, item.version) for item in [*before, *content.items] if not item.repeatable}
    return [item.key for item in content.items if (item.key, item.version) in asked & once]


def largest_response(content: InstrumentContent) -> int:
    """Bytes of the longest set of answers, as JSON; in UTF-8 a character has four at most."""
    return 2 + sum(len(item.key) + len('"":,') + _largest_answer(item) for item in content.items)


def _largest_answer(item: Item) -> int:
    return len('""') + 4 * COMMENT_LENGTH if isinstance(item, CommentItem) else len("00")


def _tried(block: ScoredBlock, given: dict[str, int]) -> TriedBlock:
    missing = [item.key for item in block.items if item.key not in given]
    reached = [
        scores(item.points, reverse=item.reverse)[given[item.key] - 1] for item in block.items if item.key in given
    ]
    return TriedBlock(
        key=block.key,
        title=block.title,
        score=None if missing else sum(reached) / len(reached),
        left_out_by=missing,
    )


def _answer_finding(key: str, code: str, **params: int) -> Finding:
    escaped = key.replace("~", "~0").replace("/", "~1")
    return Finding(f"/answers/{escaped}", code, {**params})


def _choices(item: Item) -> Choices:
    match item:
        case RatedItem():
            return Choices(answer_type=int, codes={point: point for point in range(1, item.points + 1)})
        case TrafficLightItem():
            return _words(TRAFFIC_LIGHT)
        case YesNoItem():
            return _words(YES_NO)
        case SingleChoiceItem():
            return _words(tuple(option.key for option in item.options))
        case CommentItem():
            return Choices(answer_type=str, codes=None)
        case _:
            assert_never(item)


def _words(words: tuple[str, ...]) -> Choices:
    return Choices(answer_type=str, codes={word: code for code, word in enumerate(words, 1)})


def _scored(item: ScorableItem) -> ScoredItem:
    match item:
        case RatedItem():
            points, reverse = item.points, item.reverse
        case TrafficLightItem():
            points, reverse = len(TRAFFIC_LIGHT), False
        case YesNoItem():
            points, reverse = len(YES_NO), item.reverse
        case _:
            assert_never(item)
    return ScoredItem(key=item.key, version=item.version, points=points, reverse=reverse, sensitive=item.sensitive)


def _band(score: float) -> Band:
    if score == 50:
        return "neutral"
    return "favourable" if score > 50 else "unfavourable"


def _seconds(item: Item) -> int:
    match item:
        case RatedItem() | TrafficLightItem() | YesNoItem():
            return _CHOOSE
        case SingleChoiceItem():
            return _CHOOSE_OPTION
        case CommentItem():
            return _WRITE
        case _:
            assert_never(item)
