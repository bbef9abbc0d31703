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
            "Geen duidelijk verschil; een verandering van minder dan 14 punten blijft in een groep van deze grootte "
            "meestal onopgemerkt.",
            "No clear difference; a change below 14 points mostly goes unnoticed in a group of this size.",
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


@pytest.mark.parametrize(
    ("n", "nl", "en"),
    [(77_000, "0,3 punten", "0.3 points"), (20_000, "0,6 punten", "0.6 points"), (6_279, "1,0 punt", "1.0 point")],
)
def test_of_very_many_people_a_fraction_of_a_point_could_be_seen(n: int, nl: str, en: str) -> None:
    """And no group sees everything: of an employer of 100,000 it is never said to be nought."""
    cell = compared(changed(release({"root": published(50.0, n)}), release({"root": published(50.0, n)}))["root"])

    assert f"een verandering van minder dan {nl} blijft" in sentence(cell, "nl")
    assert f"a change below {en} mostly" in sentence(cell, "en")


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
