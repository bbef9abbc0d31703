"""What holds of a questionnaire and of the answers to it: validity, length, identity, scores and bands."""

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from typing import assert_never

from peil.errors import Finding
from peil.instruments.model import (
    COMMENT_LENGTH,
    Answer,
    Band,
    Choices,
    CommentItem,
    InstrumentContent,
    InstrumentNew,
    Item,
    Questionnaire,
    RatedItem,
    ScorableItem,
    ScoredBlock,
    ScoredItem,
    SingleChoiceItem,
    TrafficLightItem,
    YesNoItem,
)
from peil.structs import Texts, encode

# In the order of their codes, 1 first.
TRAFFIC_LIGHT = ("red", "amber", "green")
YES_NO = ("no", "yes")

# Releases and goals use these words beside the keys of blocks.
RESERVED_KEYS = frozenset({"comments", "overall", "participation"})
# An option that says this would be counted as an answer; leaving the item out says it without one.
RESERVED_OPTIONS = frozenset({"prefer-not-to-say"})

PULSE_ITEMS = 5
PULSE_COMMENTS = 1

# Seconds. Reading the notice and sending; choosing on a scale; choosing between options; writing a comment.
_START_AND_END = 30
_CHOOSE = 10
_CHOOSE_OPTION = 15
_WRITE = 45


def validate(content: InstrumentContent) -> list[Finding]:
    """Everything that keeps `content` from being published, in the order of the document's parts.

    Codes: duplicate-key, reserved-key, labels-count, duplicate-language, text-missing, language-not-declared,
    unknown-item, item-not-scorable, sensitive-in-block, item-in-two-blocks, pulse-too-long,
    not-one-traffic-light.
    """
    return [
        *_key_findings(content),
        *_label_findings(content),
        *_language_findings(content),
        *_block_findings(content),
        *_kind_findings(content),
    ]


def estimate_minutes(content: InstrumentContent) -> int:
    """Whole minutes to answer all items, rounded up; a pulse comes out at 1 to 3."""
    seconds = _START_AND_END + sum(_seconds(item) for item in content.items)
    return -(-seconds // 60)


def content_hash(content: InstrumentContent) -> str:
    """SHA-256 of the content alone, so that a draft, its publication and its pack share one."""
    fields = {name: getattr(content, name) for name in InstrumentNew.__struct_fields__}
    return sha256(encode(InstrumentNew(**fields))).hexdigest()


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


def largest_response(content: InstrumentContent) -> int:
    """Bytes of the longest set of codes that can be answered, as JSON."""
    return 2 + sum(len(item.key) + len('"":00,') for item in content.items)


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


def _key_findings(content: InstrumentContent) -> Iterator[Finding]:
    # One namespace: an item outside all blocks is reported under its own key, beside the keys of the blocks.
    keys = [(f"/items/{i}/key", item.key) for i, item in enumerate(content.items)]
    keys += [(f"/blocks/{i}/key", block.key) for i, block in enumerate(content.blocks)]
    yield from _unusable(keys, RESERVED_KEYS)
    for i, item in enumerate(content.items):
        if isinstance(item, SingleChoiceItem):
            options = [(f"/items/{i}/options/{j}/key", option.key) for j, option in enumerate(item.options)]
            yield from _unusable(options, RESERVED_OPTIONS)


def _unusable(keys: list[tuple[str, str]], reserved: frozenset[str]) -> Iterator[Finding]:
    yield from _repeated(keys, "duplicate-key")
    yield from (Finding(pointer, "reserved-key", {"key": key}) for pointer, key in keys if key in reserved)


def _repeated(keys: list[tuple[str, str]], code: str) -> Iterator[Finding]:
    seen = set[str]()
    for pointer, key in keys:
        if key in seen:
            yield Finding(pointer, code, {"key": key})
        seen.add(key)


def _label_findings(content: InstrumentContent) -> Iterator[Finding]:
    for i, item in enumerate(content.items):
        if isinstance(item, RatedItem) and len(item.labels) not in (2, item.points):
            params = {"labels": len(item.labels), "points": item.points}
            yield Finding(f"/items/{i}/labels", "labels-count", {**params})


def _language_findings(content: InstrumentContent) -> Iterator[Finding]:
    declared = [(f"/languages/{i}", language) for i, language in enumerate(content.languages)]
    yield from _repeated(declared, "duplicate-language")
    languages = set(content.languages)
    for pointer, texts in _texts(content):
        for language in sorted(languages - texts.keys()):
            yield Finding(pointer, "text-missing", {"language": language})
        for language in sorted(texts.keys() - languages):
            yield Finding(f"{pointer}/{language}", "language-not-declared", {"language": language})


def _texts(content: InstrumentContent) -> Iterator[tuple[str, Texts]]:
    yield "/title", content.title
    for i, item in enumerate(content.items):
        yield f"/items/{i}/text", item.text
        if isinstance(item, RatedItem):
            yield from ((f"/items/{i}/labels/{j}", label) for j, label in enumerate(item.labels))
        if isinstance(item, SingleChoiceItem):
            yield from ((f"/items/{i}/options/{j}/label", o.label) for j, o in enumerate(item.options))
    for i, block in enumerate(content.blocks):
        yield f"/blocks/{i}/title", block.title


def _block_findings(content: InstrumentContent) -> Iterator[Finding]:
    items = {item.key: item for item in content.items}
    owners = dict[str, str]()
    for i, block in enumerate(content.blocks):
        entries = [(f"/blocks/{i}/items/{j}", key) for j, key in enumerate(block.items)]
        yield from _repeated(entries, "duplicate-key")
        for pointer, key in entries:
            item = items.get(key)
            owner = owners.setdefault(key, block.key)
            if item is None:
                yield Finding(pointer, "unknown-item", {"key": key})
            elif not isinstance(item, ScorableItem):
                yield Finding(pointer, "item-not-scorable", {"key": key})
            elif item.sensitive:
                # A sensitive item has no published mean, so no published mean may contain it.
                yield Finding(pointer, "sensitive-in-block", {"key": key})
            if owner != block.key:
                # Scales that share an item are one block: two bases with a common item give a skipper away.
                yield Finding(pointer, "item-in-two-blocks", {"key": key, "block": owner})


def _kind_findings(content: InstrumentContent) -> Iterator[Finding]:
    kinds = Counter(type(item) for item in content.items)
    comments = kinds[CommentItem]
    if content.kind == "pulse":
        rated = len(content.items) - comments
        if rated > PULSE_ITEMS or comments > PULSE_COMMENTS:
            yield Finding("/items", "pulse-too-long", {"items": rated, "comments": comments})
    if content.kind == "traffic-light" and (len(content.items) != 1 or not kinds[TrafficLightItem]):
        yield Finding("/items", "not-one-traffic-light", {"items": len(content.items)})
