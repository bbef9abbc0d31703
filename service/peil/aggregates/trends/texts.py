"""A trend and each of its waves in one sentence, in Dutch and English: where it goes, and never why."""

from typing import assert_never

from peil.aggregates.changes.texts import PROTECTED
from peil.aggregates.trends.model import (
    FEWEST_WAVES,
    Tendency,
    TrendCell,
    TrendFigure,
    TrendIncomparable,
    TrendLabel,
    TrendWithheld,
)
from peil.aggregates.words import Text, count, number
from peil.releases.cells_model import ProtectedCell

_LABELS: dict[TrendLabel, Text] = {
    "rising": {
        "nl": "Stijgend over {waves} metingen: {slope} punten per meting. Van veel afdelingen stijgt er ook door "
        "toeval wel een.",
        "en": "Rising over {waves} waves: {slope} points per wave. Of many units some rise by chance.",
    },
    "falling": {
        "nl": "Dalend over {waves} metingen: {slope} punten per meting. Van veel afdelingen daalt er ook door "
        "toeval wel een.",
        "en": "Falling over {waves} waves: {slope} points per wave. Of many units some fall by chance.",
    },
    "no-clear-trend": {
        "nl": "Geen duidelijke trend over {waves} metingen.",
        "en": "No clear trend over {waves} waves.",
    },
}
_TOO_FEW = {
    "nl": "Nog geen trend: daarvoor zijn {least} metingen met een cijfer nodig, en dit zijn er {waves}.",
    "en": "No trend yet: it takes {least} waves with a figure, and these are {waves}.",
}
_FIGURE = {"nl": "{mean} van de 100, van {n} mensen.", "en": "{mean} of 100, of {n} people."}
_REASONS: dict[str, Text] = {
    "not-representative": {
        "nl": "Hier staat geen cijfer: minder dan de helft antwoordde.",
        "en": "There is no figure here: fewer than half answered.",
    },
    "unit-not-there": {"nl": "Deze afdeling was er toen niet.", "en": "This unit was not there then."},
    "units-differ": {
        "nl": "Niet te vergelijken: dit cijfer gaat over andere groepen.",
        "en": "Not comparable: this figure is of different groups.",
    },
    "not-everybody-asked": {
        "nl": "Niet te vergelijken: niet iedereen van deze afdeling is gevraagd.",
        "en": "Not comparable: not everybody of this unit was asked.",
    },
}


def trend_sentence(tendency: Tendency | None, figures: int, language: str) -> str:
    """What a trend says, in `language`: nl or en; `figures`: how many waves have one."""
    if tendency is None:
        return _TOO_FEW[language].format(least=FEWEST_WAVES, waves=figures)
    slope = number(abs(tendency.slope), language)
    return _LABELS[tendency.label][language].format(waves=tendency.waves, slope=slope)


def point_sentence(cell: TrendCell, language: str) -> str:
    """What one wave says, in `language`: nl or en."""
    match cell:
        case TrendFigure():
            return _FIGURE[language].format(mean=number(cell.mean, language), n=count(cell.n, language))
        case TrendWithheld() | TrendIncomparable():
            return _REASONS[cell.reason][language]
        case ProtectedCell():
            return PROTECTED[language]
        case _:
            assert_never(cell)
