"""A change in one sentence, in Dutch and English: what can be said, and never why."""

from typing import assert_never

from peil.aggregates.changes.model import (
    ChangeCell,
    ComparedChange,
    IncomparableChange,
    ProtectedChange,
    WithheldChange,
)
from peil.aggregates.words import Text, detectable, points

PROTECTED = {
    "nl": "Beschermd: hier staat geen cijfer, zodat niemand te herkennen is.",
    "en": "Protected: there is no figure here, so that nobody can be recognised.",
}
_REASONS: dict[str, Text] = {
    "not-representative": {
        "nl": "Niet te zeggen: in een van de twee metingen antwoordde minder dan de helft.",
        "en": "Cannot be told: in one of the two waves fewer than half answered.",
    },
    "not-asked-then": {
        "nl": "Niet te vergelijken: dit is toen niet gevraagd.",
        "en": "Not comparable: this was not asked then.",
    },
    "items-differ": {
        "nl": "Niet te vergelijken: de vragen zijn anders.",
        "en": "Not comparable: the questions differ.",
    },
    "unit-not-there-before": {
        "nl": "Niet te vergelijken: deze afdeling was er toen niet.",
        "en": "Not comparable: this unit was not there before.",
    },
    "units-differ": {
        "nl": "Niet te vergelijken: de cijfers gaan over andere groepen.",
        "en": "Not comparable: the figures are of different groups.",
    },
    "not-everybody-asked": {
        "nl": "Niet te vergelijken: niet iedereen van deze afdeling is beide keren gevraagd.",
        "en": "Not comparable: not everybody of this unit was asked both times.",
    },
}
_LABELS: dict[str | None, Text] = {
    "clear-signal": {"nl": "Duidelijk signaal: {points}.", "en": "Clear signal: {points}."},
    "possible-signal": {"nl": "Mogelijk signaal: {points}.", "en": "Possible signal: {points}."},
    "no-clear-difference": {
        "nl": "Geen duidelijk verschil; een verandering van minder dan {least} blijft in een groep van deze grootte "
        "meestal onopgemerkt.",
        "en": "No clear difference; a change below {least} mostly goes unnoticed in a group of this size.",
    },
    None: {
        "nl": "Verschil: {points}; of dat meer is dan toeval, is zonder grote groepen niet te zeggen.",
        "en": "Difference: {points}; whether that is more than chance cannot be told without large groups.",
    },
}
_HIGHER = {"nl": "{size} hoger", "en": "{size} higher"}
_LOWER = {"nl": "{size} lager", "en": "{size} lower"}
_SAME = {"nl": "Geen verschil.", "en": "No difference."}


def sentence(cell: ChangeCell, language: str) -> str:
    """What a cell says, in `language`: nl or en."""
    match cell:
        case ComparedChange():
            return _compared(cell, language)
        case WithheldChange() | IncomparableChange():
            return _REASONS[cell.reason][language]
        case ProtectedChange():
            return PROTECTED[language]
        case _:
            assert_never(cell)


def _compared(cell: ComparedChange, language: str) -> str:
    if cell.label is None and not cell.difference:
        return _SAME[language]
    least = detectable(cell.minimal_detectable_change, language)
    return _LABELS[cell.label][language].format(points=_directed(cell.difference, language), least=least)


def _directed(difference: float, language: str) -> str:
    direction = _HIGHER if difference > 0 else _LOWER
    return direction[language].format(size=points(abs(difference), language))
