"""A change in one sentence, in the reader's language."""

from typing import Any, get_args

import msgspec
import pytest

from aggregates.releases import IDS, changed, compared, published, release
from peil.aggregates.changes.model import ChangeReason, IncomparableChange, ProtectedChange
from peil.aggregates.changes.texts import sentence

CELL = compared(changed(release({"root": published(50.0)}), release({"root": published(62.3)}))["root"])
REASONS: tuple[Any, ...] = get_args(get_args(ChangeReason)[0])


@pytest.mark.parametrize(
    ("changes", "nl", "en"),
    [
        ({}, "Duidelijk signaal: 12,3 punten hoger.", "Clear signal: 12.3 points higher."),
        (
            {"label": "possible-signal", "difference": -8.36},
            "Mogelijk signaal: 8,4 punten lager.",
            "Possible signal: 8.4 points lower.",
        ),
        (
            {"label": "no-clear-difference", "minimal_detectable_change": 13.6},
            "Geen duidelijk verschil; een verandering van minder dan 14 punten is in een groep van deze grootte "
            "niet te zien.",
            "No clear difference; a change below 14 points cannot be seen in a group of this size.",
        ),
        (
            {"label": None},
            "Verschil: 12,3 punten hoger; of dat meer is dan toeval, is zonder grote groepen niet te zeggen.",
            "Difference: 12.3 points higher; whether that is more than chance cannot be told without large groups.",
        ),
        ({"label": None, "difference": 0.0}, "Geen verschil.", "No difference."),
    ],
)
def test_a_difference_is_said_as_its_label_has_it(changes: dict[str, Any], nl: str, en: str) -> None:
    """With a decimal comma in Dutch."""
    cell = msgspec.structs.replace(CELL, **changes)

    assert (nl, en) == (sentence(cell, "nl"), sentence(cell, "en"))


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_its_sentence(reason: Any) -> None:
    """One that ends, in both languages, and no other reason has it."""
    said = {language: sentence(IncomparableChange(reason=reason), language) for language in ("nl", "en")}
    others = {sentence(IncomparableChange(reason=other), "nl") for other in REASONS if other != reason}

    assert ["."] * 2 == [text[-1] for text in said.values()]
    assert said["nl"] not in others | {said["en"]}


def test_what_is_protected_reads_the_same_everywhere() -> None:
    """Wherever its people are reported."""
    assert sentence(ProtectedChange(reported_at=None), "nl") == sentence(ProtectedChange(reported_at=IDS["root"]), "nl")
