"""What the questions and the parts of a distribution are called."""

import pytest

from instruments.build import block, comment, instrument, rated, single_choice, texts, traffic_light, yes_no
from peil.aggregates.wording import Wording
from peil.instruments.model import Item

FULL = [{"en": name, "nl": dutch} for name, dutch in [("no", "nee"), ("so so", "zozo"), ("yes", "ja")]]


def labels(item: Item, language: str = "en") -> list[str]:
    return Wording(instrument(item)).labels(item.key, language)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (rated("a"), ["Never", "2", "3", "4", "Always"]),
        (rated("a", reverse=True), ["Always", "4", "3", "2", "Never"]),
        (rated("a", points=3, labels=FULL), ["no", "so so", "yes"]),
        (yes_no("a"), ["No", "Yes"]),
        (yes_no("a", reverse=True), ["Yes", "No"]),
        (traffic_light("a"), ["Red", "Amber", "Green"]),
        (single_choice("a", "here", "there"), ["here", "there"]),
        (
            rated("a", points=11),
            ["Never", "Otherwise unfavourable", "Neutral", "Otherwise favourable", "Always"],
        ),
        (
            rated("a", points=7, reverse=True),
            ["Always", "Otherwise unfavourable", "Neutral", "Otherwise favourable", "Never"],
        ),
    ],
)
def test_each_count_has_a_name(item: Item, expected: list[str]) -> None:
    """From the worst answer to the best, after reversing; an item of more than five points in five parts."""
    assert expected == labels(item)


def test_peils_own_words_are_in_dutch_too() -> None:
    """Those of the kinds of items that bring no labels of their own."""
    assert ["Rood", "Oranje", "Groen"] == labels(traffic_light("a"), "nl")
    assert ["Nee", "Ja"] == labels(yes_no("a"), "nl")
    assert ["nee", "zozo", "ja"] == labels(rated("a", points=3, labels=FULL), "nl")


def test_a_language_without_texts_gives_way_to_the_questionnaires_own() -> None:
    """What was asked in Dutch only is told in Dutch, whatever the caller reads; Peil's words are not."""
    only = {"nl": "Hoe gaat het?"}
    wording = Wording(
        instrument(
            rated("a", points=7, text=only, labels=[{"nl": "slecht"}, {"nl": "goed"}]),
            languages=["nl"],
        )
    )

    assert "Hoe gaat het?" == wording.title("a", "en") == wording.text("a", "en")
    assert ["slecht", "Otherwise unfavourable", "Neutral", "Otherwise favourable", "goed"] == wording.labels("a", "en")


def test_every_item_is_told_in_one_place() -> None:
    """Scored ones in their block, a sensitive one never with a mean, single choices by themselves, comments nowhere."""
    wording = Wording(
        instrument(
            rated("a"),
            rated("b", sensitive=True),
            single_choice("c"),
            comment("d"),
            yes_no("e"),
            blocks=[block("scale", "e")],
        )
    )

    assert {"scale": ["e"], "a": ["a"]} == wording.blocks
    assert (["c"], ["b"]) == (wording.choices, wording.sensitive)
    assert texts()["en"] == wording.text("b", "en")
