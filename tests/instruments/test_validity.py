"""Every rule that can keep a questionnaire from being published, broken one at a time."""

import re

import msgspec
import pytest
from hypothesis import given

from instruments.build import (
    TERMS,
    block,
    comment,
    instrument,
    instruments,
    rated,
    single_choice,
    terms,
    texts,
    traffic_light,
    yes_no,
)
from peil.errors import Finding
from peil.instruments import rules, validity
from peil.instruments.licensing_model import ScaleTerms, Translation
from peil.instruments.model import Completeness, Instrument, InstrumentNew, Item

FIVE: tuple[Item, ...] = tuple(rated(f"item-{i}") for i in range(5))
UNTRANSLATED = rated("mood", text={"en": "How are you?"})
OVERSIZED = rated("mood", labels=[texts("a"), texts("b"), texts("c")])


def alone_in(language: str) -> InstrumentNew:
    """A traffic light in one language."""
    light = msgspec.structs.replace(traffic_light("light"), text={language: "?"})
    return instrument(light, title={language: "?"}, languages=[language])


def scaled(key: str, minimum: int) -> InstrumentNew:
    """A block `all` of one item, where the holder says of the block `key` how many items it has at least."""
    told = ScaleTerms(block=key, minimum_items=minimum, norms=[])
    return instrument(rated("mood"), blocks=[block("all", "mood")], terms=terms(scales=[told]))


BROKEN = [
    ("item-twice", instrument(rated("mood"), rated("mood")), "/items/1/key", "duplicate-key"),
    (
        "block-like-item",
        instrument(rated("mood"), blocks=[block("mood", "mood")]),
        "/blocks/0/key",
        "duplicate-key",
    ),
    (
        "option-twice",
        instrument(single_choice("side", "left", "left")),
        "/items/0/options/1/key",
        "duplicate-key",
    ),
    (
        "item-twice-in-block",
        instrument(rated("mood"), blocks=[block("all", "mood", "mood")]),
        "/blocks/0/items/1",
        "duplicate-key",
    ),
    ("reserved", instrument(rated("participation")), "/items/0/key", "reserved-key"),
    (
        "reserved-block",
        instrument(rated("mood"), blocks=[block("overall", "mood")]),
        "/blocks/0/key",
        "reserved-key",
    ),
    (
        "reserved-option",
        instrument(single_choice("side", "left", "prefer-not-to-say")),
        "/items/0/options/1/key",
        "reserved-key",
    ),
    ("three-labels", instrument(OVERSIZED), "/items/0/labels", "labels-count"),
    (
        "language-twice",
        instrument(rated("mood"), languages=["en", "nl", "en"]),
        "/languages/2",
        "duplicate-language",
    ),
    ("item-untranslated", instrument(UNTRANSLATED), "/items/0/text", "text-missing"),
    ("title-untranslated", instrument(rated("mood"), title={"nl": "Proef"}), "/title", "text-missing"),
    (
        "label-untranslated",
        instrument(rated("mood", labels=[{"en": "Never"}, texts()])),
        "/items/0/labels/0",
        "text-missing",
    ),
    (
        "undeclared",
        instrument(rated("mood", text={**texts(), "fy": "Hoe giet it?"})),
        "/items/0/text/fy",
        "language-not-declared",
    ),
    (
        "unknown",
        instrument(rated("mood"), blocks=[block("all", "mood", "mode")]),
        "/blocks/0/items/1",
        "unknown-item",
    ),
    (
        "comment-in-block",
        instrument(comment("words"), blocks=[block("all", "words")]),
        "/blocks/0/items/0",
        "item-not-scorable",
    ),
    (
        "choice-in-block",
        instrument(single_choice("side"), blocks=[block("all", "side")]),
        "/blocks/0/items/0",
        "item-not-scorable",
    ),
    (
        "sensitive",
        instrument(yes_no("seen", sensitive=True), blocks=[block("all", "seen")]),
        "/blocks/0/items/0",
        "sensitive-in-block",
    ),
    (
        "shared",
        instrument(rated("mood"), rated("rest"), blocks=[block("one", "mood", "rest"), block("two", "rest")]),
        "/blocks/1/items/0",
        "item-in-two-blocks",
    ),
    ("six-items", instrument(*FIVE, yes_no("sixth"), kind="pulse"), "/items", "pulse-too-long"),
    ("two-comments", instrument(comment("one"), comment("two"), kind="pulse"), "/items", "pulse-too-long"),
    (
        "five-comments",
        instrument(*(comment(f"words-{n}") for n in range(5)), kind="survey"),
        "/items",
        "too-many-comments",
    ),
    (
        "two-lights",
        instrument(traffic_light("one"), traffic_light("two"), kind="traffic-light"),
        "/items",
        "not-one-traffic-light",
    ),
    ("no-light", instrument(rated("mood"), kind="traffic-light"), "/items", "not-one-traffic-light"),
    ("no-language", alone_in("xx"), "/languages/0", "not-a-language"),
    ("no-region", alone_in("en-JJ"), "/languages/0", "not-a-language"),
    ("lower-case", alone_in("de-at"), "/languages/0", "language-not-canonical"),
    ("three-letters", alone_in("nld"), "/languages/0", "language-not-canonical"),
    (
        "no-state",
        instrument(rated("mood"), terms=terms(translations=TERMS.translations[:1])),
        "/terms/translations",
        "translation-state-missing",
    ),
    (
        "state-twice",
        instrument(rated("mood"), terms=terms(translations=[*TERMS.translations, TERMS.translations[0]])),
        "/terms/translations/2/language",
        "duplicate-language",
    ),
    (
        "state-of-another",
        instrument(
            rated("mood"), terms=terms(translations=[*TERMS.translations, Translation(language="fy", state="official")])
        ),
        "/terms/translations/2/language",
        "language-not-declared",
    ),
    ("no-scale", scaled("rest", 1), "/terms/scales/0/block", "unknown-scale"),
    ("scale-too-short", scaled("all", 2), "/terms/scales/0/minimumItems", "below-minimum-items"),
    (
        "not-sensitive",
        instrument(
            rated("mood", sensitive=True), yes_no("rested"), comment("words"), terms=terms(sensitivity_class="S")
        ),
        "/items/1/sensitive",
        "item-not-sensitive",
    ),
]


@pytest.mark.parametrize(("broken", "pointer", "code"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_broken_rule_is_found_where_it_is_broken(broken: InstrumentNew, pointer: str, code: str) -> None:
    """Each rule gives its own code at its own place, and nothing else is found."""
    findings = validity.validate(broken)

    assert [(pointer, code)] == [(finding.pointer, finding.code) for finding in findings]


def test_every_code_that_is_promised_has_been_broken() -> None:
    """The docstring of `validate` names the codes; the cases above show each of them."""
    _, codes = (validity.validate.__doc__ or "").split("Codes:")
    promised = set(re.findall(r"[a-z-]+", codes))

    assert promised == {code for _, _, _, code in BROKEN}


def test_everything_wrong_is_found_at_once() -> None:
    """Faults in title, items and blocks come back together."""
    broken = instrument(OVERSIZED, rated("overall"), title={"en": "Try-out"}, blocks=[block("all", "nothing")])

    assert {"labels-count", "reserved-key", "text-missing", "unknown-item"} == {
        finding.code for finding in validity.validate(broken)
    }


def test_a_draft_may_lack_texts_and_nothing_else() -> None:
    """What a translator has still to write is no fault of a draft; everything else is."""
    broken = instrument(OVERSIZED, UNTRANSLATED, title={"en": "Try-out"})

    assert {"labels-count", "duplicate-key"} == {finding.code for finding in validity.validate_draft(broken)}


def test_completeness_says_per_language_what_is_missing() -> None:
    """By pointer to the text; a language without any has all of them to come."""
    draft = instrument(rated("mood"), UNTRANSLATED, languages=["en", "nl", "fy"])
    every_text = ["/title", "/items/0/text", "/items/0/labels/0", "/items/0/labels/1"]
    every_text += ["/items/1/text", "/items/1/labels/0", "/items/1/labels/1"]

    assert [
        Completeness(language="en", missing=[]),
        Completeness(language="nl", missing=["/items/1/text"]),
        Completeness(language="fy", missing=every_text),
    ] == validity.completeness(draft)


def test_free_wording_has_the_hash_it_had_before_there_were_terms() -> None:
    """Versions that were published then keep theirs; terms are part of what is hashed where there are any."""
    hashes = [rules.content_hash(instrument(traffic_light("light"), terms=told)) for told in (None, TERMS)]

    assert "be65e2c1547adcabf4b0007d64d56a5ecf1ae120007deed7b870da1a64b8e337" == hashes[0] != hashes[1]


def test_a_finding_says_what_to_do_about_a_shared_item() -> None:
    """A scale that borrows an item is told which block has it, so that the two can be joined."""
    shared = instrument(rated("mood"), blocks=[block("one", "mood"), block("two", "mood")])

    assert [Finding("/blocks/1/items/0", "item-in-two-blocks", {"key": "mood", "block": "one"})] == (
        validity.validate(shared)
    )


def test_a_pulse_of_five_items_and_a_comment_is_right() -> None:
    """The longest pulse there may be."""
    assert [] == validity.validate(instrument(*FIVE, comment("words"), kind="pulse"))


def test_items_of_different_scales_may_share_a_block() -> None:
    """A block may join a five-point item, a traffic light and a yes/no: all score from 0 to 100."""
    mixed = instrument(
        rated("mood"),
        traffic_light("light"),
        yes_no("rested"),
        blocks=[block("all", "mood", "light", "rested")],
    )

    assert [] == validity.validate(mixed)


@given(instruments())
def test_a_valid_questionnaire_has_no_findings(content: InstrumentNew) -> None:
    """What the strategy makes by the rules, the rules accept."""
    assert [] == validity.validate(content)


@given(instruments())
def test_a_questionnaire_survives_its_json(content: InstrumentNew) -> None:
    """Written as JSON and read strictly, a questionnaire is the same."""
    assert content == msgspec.json.decode(msgspec.json.encode(content), type=InstrumentNew)


@given(instruments())
def test_a_published_questionnaire_keeps_the_hash_of_its_content(content: InstrumentNew) -> None:
    """Number, state and date of a version are not content."""
    fields = {name: getattr(content, name) for name in InstrumentNew.__struct_fields__}
    published = msgspec.convert(
        {
            **msgspec.to_builtins(content),
            "instrumentId": "0191a3f0-0000-7000-8000-000000000000",
            "version": 3,
            "state": "published",
            "terms": msgspec.to_builtins(content.terms),
            "completeness": [],
            "estimatedMinutes": rules.estimate_minutes(content),
            "contentHash": rules.content_hash(content),
            "publishedAt": "2026-11-09T09:00:00+01:00",
        },
        Instrument,
    )

    assert rules.content_hash(InstrumentNew(**fields)) == rules.content_hash(published)


def test_another_wording_is_another_hash() -> None:
    """One changed label changes the hash."""
    assert rules.content_hash(instrument(rated("mood"))) != rules.content_hash(
        instrument(rated("mood", labels=[texts("Never"), texts("Always!")]))
    )


def test_the_order_of_languages_in_a_text_is_no_difference() -> None:
    """A text is a map: the order in which a client wrote its languages does not matter."""
    other = rated("mood", text=dict(reversed(texts().items())))

    assert rules.content_hash(instrument(rated("mood"))) == rules.content_hash(instrument(other))


@pytest.mark.parametrize(("items", "minutes"), [(FIVE[:3], 1), ((*FIVE, comment("words")), 3), (FIVE * 20, 18)])
def test_minutes_follow_from_the_items(items: tuple[Item, ...], minutes: int) -> None:
    """Three items take a minute, the longest pulse three, a hundred items eighteen."""
    assert minutes == rules.estimate_minutes(instrument(*items))
