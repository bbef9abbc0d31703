"""Everything that can be wrong with a questionnaire, and what a draft still lacks per language."""

from collections import Counter
from collections.abc import Iterator

from langcodes import standardize_tag, tag_is_valid

from peil.errors import Finding
from peil.instruments.licensing_model import Terms
from peil.instruments.model import (
    CommentItem,
    Completeness,
    InstrumentContent,
    RatedItem,
    ScorableItem,
    SingleChoiceItem,
    TrafficLightItem,
)
from peil.structs import Texts

# Releases and goals use these words beside the keys of blocks.
RESERVED_KEYS = frozenset({"comments", "overall", "participation"})
# An option that says this would be counted as an answer; leaving the item out says it without one.
RESERVED_OPTIONS = frozenset({"prefer-not-to-say"})

PULSE_ITEMS = 5
PULSE_COMMENTS = 1
# Each of them takes room in the envelope of everybody, whatever is written.
COMMENTS = 4


def validate(content: InstrumentContent) -> list[Finding]:
    """Everything that keeps `content` from being published, in the order of the document's parts.

    Codes: duplicate-key, reserved-key, labels-count, duplicate-language, not-a-language, language-not-canonical,
    text-missing, language-not-declared, unknown-item, item-not-scorable, sensitive-in-block, item-in-two-blocks,
    pulse-too-long, too-many-comments, not-one-traffic-light, translation-state-missing, unknown-scale,
    below-minimum-items, item-not-sensitive.
    """
    return [
        *_key_findings(content),
        *_label_findings(content),
        *_tag_findings(content),
        *_text_findings(content),
        *_block_findings(content),
        *_kind_findings(content),
        *_terms_findings(content),
    ]


def validate_draft(content: InstrumentContent) -> list[Finding]:
    """What keeps `content` from being a draft: all but the texts that a translator has still to write."""
    return [finding for finding in validate(content) if finding.code != "text-missing"]


def completeness(content: InstrumentContent) -> list[Completeness]:
    """Per language, in the order they are declared, where its text is missing."""
    texts = list(_texts(content))
    return [
        Completeness(language=language, missing=[pointer for pointer, text in texts if language not in text])
        for language in content.languages
    ]


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


def _tag_findings(content: InstrumentContent) -> Iterator[Finding]:
    declared = [(f"/languages/{i}", language) for i, language in enumerate(content.languages)]
    yield from _repeated(declared, "duplicate-language")
    for pointer, language in declared:
        # Well-formed is not enough: `xx` has the form of a language and is none (RFC 5646, section 2.2.9).
        if not tag_is_valid(language):
            yield Finding(pointer, "not-a-language", {"language": language})
        elif (canonical := standardize_tag(language)) != language:
            # Two tags of one language would be two languages to whoever compares texts (section 4.5).
            yield Finding(pointer, "language-not-canonical", {"language": language, "canonical": canonical})


def _text_findings(content: InstrumentContent) -> Iterator[Finding]:
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
    elif comments > COMMENTS:
        yield Finding("/items", "too-many-comments", {"comments": comments, "most": COMMENTS})
    if content.kind == "traffic-light" and (len(content.items) != 1 or not kinds[TrafficLightItem]):
        yield Finding("/items", "not-one-traffic-light", {"items": len(content.items)})


def _terms_findings(content: InstrumentContent) -> Iterator[Finding]:
    terms = content.terms
    if terms is None:
        return
    yield from _translation_findings(content.languages, terms)
    yield from _scale_findings(content, terms)
    if terms.sensitivity_class == "S":
        for i, item in enumerate(content.items):
            # What is said in words is never counted.
            if not item.sensitive and not isinstance(item, CommentItem):
                yield Finding(f"/items/{i}/sensitive", "item-not-sensitive", {"key": item.key})


def _translation_findings(languages: list[str], terms: Terms) -> Iterator[Finding]:
    told = [(f"/terms/translations/{i}/language", one.language) for i, one in enumerate(terms.translations)]
    yield from _repeated(told, "duplicate-language")
    for pointer, language in told:
        if language not in languages:
            yield Finding(pointer, "language-not-declared", {"language": language})
    for language in sorted(set(languages) - {language for _, language in told}):
        yield Finding("/terms/translations", "translation-state-missing", {"language": language})


def _scale_findings(content: InstrumentContent, terms: Terms) -> Iterator[Finding]:
    told = [(f"/terms/scales/{i}/block", scale.block) for i, scale in enumerate(terms.scales)]
    yield from _repeated(told, "duplicate-key")
    sizes = {block.key: len(block.items) for block in content.blocks}
    for i, scale in enumerate(terms.scales):
        items = sizes.get(scale.block)
        if items is None:
            yield Finding(f"/terms/scales/{i}/block", "unknown-scale", {"key": scale.block})
        elif items < scale.minimum_items:
            params: dict[str, str | int | float] = {"key": scale.block, "items": items, "minimum": scale.minimum_items}
            yield Finding(f"/terms/scales/{i}/minimumItems", "below-minimum-items", params)
