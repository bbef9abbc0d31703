"""Scores from 0 to 100 and the three bands, for every scale there can be."""

from typing import Any

import pytest

from instruments.build import block, comment, instrument, rated, single_choice, texts, traffic_light, yes_no
from peil.instruments import rules
from peil.instruments.model import ScoredItem


def test_five_points_score_in_steps_of_twenty_five() -> None:
    """The scale of the design: 0, 25, 50, 75, 100."""
    assert [0, 25, 50, 75, 100] == rules.scores(5, reverse=False)


def test_a_reversed_item_scores_the_other_way() -> None:
    """Whoever always has too much work scores 0."""
    assert [100, 75, 50, 25, 0] == rules.scores(5, reverse=True)


@pytest.mark.parametrize(
    ("points", "letters"),
    [
        (2, "uf"),
        (3, "unf"),
        (4, "uuff"),
        (5, "uunff"),
        (7, "uuunfff"),
        (10, "uuuuufffff"),
        (11, "uuuuunfffff"),
    ],
)
def test_only_the_middle_of_a_scale_is_neutral(points: int, letters: str) -> None:
    """One and two of five are unfavourable, three is neutral, four and five favourable; so on every scale."""
    assert letters == "".join(band[0] for band in rules.bands(points, reverse=False))


@pytest.mark.parametrize("points", range(2, 12))
def test_reversing_turns_scores_and_bands_around(points: int) -> None:
    """A reversed scale is the same scale, read from the other end."""
    assert rules.scores(points, reverse=False)[::-1] == rules.scores(points, reverse=True)
    assert rules.bands(points, reverse=False)[::-1] == rules.bands(points, reverse=True)


def test_every_scored_kind_is_a_scale_of_points() -> None:
    """A traffic light has three points, yes/no two; choices and comments have no score."""
    content = instrument(
        rated("mood", points=7, reverse=True, version=4),
        traffic_light("light"),
        yes_no("seen", reverse=True, sensitive=True),
        single_choice("side"),
        comment("words"),
    )

    assert {
        "mood": ScoredItem(key="mood", version=4, points=7, reverse=True, sensitive=False),
        "light": ScoredItem(key="light", version=1, points=3, reverse=False, sensitive=False),
        "seen": ScoredItem(key="seen", version=1, points=2, reverse=True, sensitive=True),
    } == rules.scored_items(content)


@pytest.mark.parametrize(
    ("key", "best"), [("light", "green"), ("rested", "yes"), ("bullied", "no")], ids=["light", "yes", "no"]
)
def test_the_best_answer_scores_a_hundred(key: str, best: str) -> None:
    """Green is best; yes is, unless the item is reversed."""
    content = instrument(traffic_light("light"), yes_no("rested"), yes_no("bullied", reverse=True))
    item = rules.scored_items(content)[key]
    code = (rules.questionnaire(content)[key].codes or {})[best]

    assert 100 == rules.scores(item.points, reverse=item.reverse)[code - 1]


def test_an_item_outside_all_blocks_is_reported_by_itself() -> None:
    """Declared blocks come first, then every scored item that is left, in the order it is asked."""
    content = instrument(
        yes_no("rested"),
        rated("mood"),
        comment("words"),
        rated("pace"),
        blocks=[block("load", "pace", "mood")],
    )

    assert [("load", ["pace", "mood"]), ("rested", ["rested"])] == [
        (scored.key, [item.key for item in scored.items]) for scored in rules.scored_blocks(content)
    ]


def fingerprint(**change: Any) -> str:
    """That of the one block of a questionnaire whose one item is changed so."""
    [only] = rules.scored_blocks(instrument(rated("mood", **change)))
    return rules.block_fingerprint(only)


@pytest.mark.parametrize("change", [{"version": 2}, {"points": 7}, {"reverse": True}, {"sensitive": True}], ids=str)
def test_a_changed_item_is_not_compared(change: dict[str, int | bool]) -> None:
    """Another version, scale or direction makes another fingerprint."""
    assert fingerprint() != fingerprint(**change)


def test_other_words_are_compared() -> None:
    """Texts, titles and the questionnaire around a block are not in its fingerprint; the order of items is."""
    one, two, turned = (
        rules.block_fingerprint(rules.scored_blocks(content)[0])
        for content in (
            instrument(rated("mood"), rated("pace"), blocks=[block("load", "mood", "pace")]),
            instrument(
                rated("mood", text=texts("?")), rated("pace"), blocks=[block("strain", "mood", "pace")], key="b"
            ),
            instrument(rated("mood"), rated("pace"), blocks=[block("load", "pace", "mood")]),
        )
    )

    assert one == two
    assert one != turned
