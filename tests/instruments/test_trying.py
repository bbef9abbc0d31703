"""What one set of answers would count for, and which items a series has asked before."""

import msgspec

from instruments.build import block, comment, instrument, rated, single_choice, traffic_light, yes_no
from peil.instruments import rules
from peil.instruments.model import InstrumentNew

CONTENT = instrument(
    rated("mood"),
    rated("rest", reverse=True),
    traffic_light("light"),
    single_choice("side"),
    comment("words"),
    blocks=[block("all", "mood", "rest")],
)


def test_a_block_scores_the_mean_of_its_items() -> None:
    """After reversing: 4 of 5 is 75, and 1 of 5 the other way round 100; an item by itself is a block."""
    tried = rules.try_out(CONTENT, {"mood": 4, "rest": 1, "light": "amber", "side": "left", "words": "Hm."})

    assert [("all", 87.5, []), ("light", 50.0, [])] == [(one.key, one.score, one.left_out_by) for one in tried]


def test_a_skipped_item_leaves_its_block_out() -> None:
    """As it does when answers are counted, whether it was left out or null; no other block minds."""
    tried = rules.try_out(CONTENT, {"mood": 4, "rest": None, "light": "red"})

    assert [("all", None, ["rest"]), ("light", 0.0, [])] == [(one.key, one.score, one.left_out_by) for one in tried]


def once(content: InstrumentNew) -> InstrumentNew:
    """The same items, each of them to be asked once only."""
    return msgspec.structs.replace(
        content, items=[msgspec.structs.replace(item, repeatable=False) for item in content.items]
    )


def test_what_may_be_repeated_is_no_matter() -> None:
    """However often it was asked."""
    assert [] == rules.unrepeatable_items(CONTENT, [CONTENT, CONTENT])


def test_what_is_asked_once_is_told_where_it_was_asked() -> None:
    """In whichever of the earlier instruments, in the order in which it would be asked again."""
    earlier = [instrument(rated("rest")), instrument(yes_no("other")), instrument(rated("mood"))]

    assert ["mood", "rest"] == rules.unrepeatable_items(once(CONTENT), earlier)


def test_the_first_time_is_no_repetition() -> None:
    """An item that is asked once may be asked once."""
    assert [] == rules.unrepeatable_items(once(CONTENT), [instrument(yes_no("other"))])


def test_either_may_say_that_an_item_is_not_repeated() -> None:
    """Whoever asks it again has to respect what it was asked under."""
    earlier = [once(instrument(rated("mood"))), instrument(rated("mood"))]

    assert ["mood"] == rules.unrepeatable_items(CONTENT, earlier)


def test_another_version_is_another_question() -> None:
    """As it is for comparison."""
    assert [] == rules.unrepeatable_items(once(instrument(rated("mood", version=2))), [once(instrument(rated("mood")))])
