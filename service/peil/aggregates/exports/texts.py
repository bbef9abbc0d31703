"""The words of an export, in Dutch and English."""

from collections.abc import Mapping
from uuid import UUID

from peil.aggregates.changes.model import (
    ChangeCell,
    ComparedChange,
    IncomparableChange,
    ProtectedChange,
    WithheldChange,
)
from peil.aggregates.item_model import ChoiceItemAggregate, ScoredItemAggregate, SensitiveItemAggregate
from peil.aggregates.words import PROTECTED, SIGNALS, Text, count, number
from peil.releases.cells_model import (
    BandsCell,
    Cell,
    DistributionCell,
    PartialBands,
    PartialCell,
    PartialDistribution,
    PartialResponse,
    PartialSensitive,
    ProtectedCell,
    ResponseCell,
    ResponseWarning,
    SensitiveCell,
)

Told = ResponseCell | Cell | BandsCell | DistributionCell | SensitiveCell
Partial = PartialResponse | PartialCell | PartialBands | PartialDistribution | PartialSensitive

WORDS: dict[str, Text] = {
    "overview": {"nl": "Overzicht", "en": "Overview"},
    "units": {"nl": "Afdelingen", "en": "Units"},
    "change": {"nl": "Verandering", "en": "Change"},
    "method": {"nl": "Uitleg", "en": "Method"},
    "wave": {"nl": "Meting", "en": "Wave"},
    "kind": {"nl": "Soort", "en": "Kind"},
    "opened": {"nl": "Begonnen op", "en": "Opened on"},
    "closed": {"nl": "Gesloten op", "en": "Closed on"},
    "released": {"nl": "Vrijgegeven op", "en": "Released on"},
    "against": {"nl": "Vergeleken met", "en": "Compared with"},
    "none": {
        "nl": "geen nulmeting, en geen eerdere meting die hetzelfde vroeg",
        "en": "no baseline, and no earlier wave that asked the same",
    },
    "whole": {"nl": "Van", "en": "Of"},
    "response": {"nl": "Respons", "en": "Response"},
    "invited": {"nl": "Gevraagd", "en": "Invited"},
    "respondents": {"nl": "Geantwoord", "en": "Answered"},
    "unit": {"nl": "Afdeling", "en": "Unit"},
    "level": {"nl": "Niveau", "en": "Level"},
    "path": {"nl": "Valt onder", "en": "Part of"},
    "status": {"nl": "Wat er staat", "en": "What is told"},
    "look-at": {"nl": "Kijk bij", "en": "Look at"},
    "warning": {"nl": "Let op", "en": "Mind"},
    "block": {"nl": "Onderwerp", "en": "Subject"},
    "score": {"nl": "Score", "en": "Score"},
    "n": {"nl": "Over", "en": "People"},
    "low": {"nl": "Van", "en": "From"},
    "high": {"nl": "Tot", "en": "To"},
    "before": {"nl": "Eerst", "en": "Before"},
    "after": {"nl": "Nu", "en": "Now"},
    "n-before": {"nl": "Mensen eerst", "en": "People before"},
    "n-after": {"nl": "Mensen nu", "en": "People now"},
    "difference": {"nl": "Verschil", "en": "Difference"},
    "signal": {"nl": "Signaal", "en": "Signal"},
    "least": {"nl": "Zichtbaar vanaf", "en": "Seen from"},
    "meaning": {"nl": "Wat dat zegt", "en": "What it says"},
    "climate-low": {"nl": "Klimaat van", "en": "Climate from"},
    "climate-high": {"nl": "Klimaat tot", "en": "Climate to"},
    "estimate": {"nl": "Geschat", "en": "Estimated"},
    "items": {"nl": "Vragen", "en": "Questions"},
    "figures": {"nl": "Soort cijfer", "en": "Kind of figure"},
    "question": {"nl": "Vraag", "en": "Question"},
    "unfavourable": {"nl": "Ongunstig", "en": "Unfavourable"},
    "neutral": {"nl": "Neutraal", "en": "Neutral"},
    "favourable": {"nl": "Gunstig", "en": "Favourable"},
    "answers": {"nl": "Antwoorden", "en": "Answers"},
    "mean": {"nl": "gemiddelde", "en": "mean"},
    "bands": {"nl": "drie groepen", "en": "three bands"},
    "distribution": {"nl": "verdeling", "en": "distribution"},
    "choice": {"nl": "Keuzevraag", "en": "Choice"},
    "sensitive": {"nl": "Gevoelige vraag", "en": "Sensitive question"},
    "more": {
        "nl": "Een werkblad houdt niet meer regels; alles staat in de CSV.",
        "en": "A sheet holds no more lines; everything is in the CSV.",
    },
    "page": {"nl": "Blad", "en": "Page"},
}
_WARNINGS: dict[ResponseWarning, Text] = {
    "low-response": {"nl": "minder dan 70 % antwoordde", "en": "fewer than 70 % answered"},
    "not-representative": {
        "nl": "minder dan de helft antwoordde: niet representatief",
        "en": "fewer than half answered: not representative",
    },
}
NOT_EVERYBODY = {"nl": "niet iedereen van deze afdeling is gevraagd", "en": "not everybody of this unit was asked"}
_NO_SIGNAL = {"nl": "niet te zeggen of het toeval is", "en": "whether it is chance cannot be told"}


def word(key: str, language: str) -> str:
    """A word of a table or a sheet."""
    return WORDS[key][language]


def status_of(cell: Told, language: str, *, everybody_asked: bool) -> str:
    """Whose figure it is, or that there is none; `everybody_asked`: in the unit whose cell it is."""
    if isinstance(cell, ProtectedCell):
        return PROTECTED[language]
    if isinstance(cell, Partial):
        each = {"nl": "samen van {n} afdelingen eronder", "en": "of {n} units beneath together"}
        one = {"nl": "van een afdeling eronder", "en": "of one unit beneath"}
        return (one if len(cell.units) == 1 else each)[language].format(n=count(len(cell.units), language))
    if cell.coverage == "groups-beneath":
        return {"nl": "van de groepen eronder", "en": "of the groups beneath"}[language]
    if not everybody_asked:
        return {"nl": "van wie gevraagd is", "en": "of those who were asked"}[language]
    return {"nl": "van iedereen", "en": "of everybody"}[language]


def warning_of(cell: Told, language: str) -> str:
    """What to mind, or nothing."""
    return "" if isinstance(cell, ProtectedCell) else "; ".join(_WARNINGS[code][language] for code in cell.warnings)


def answers_of(item: ScoredItemAggregate | ChoiceItemAggregate | SensitiveItemAggregate) -> str:
    """How many gave each answer, by what it is called; few as from and to. Nothing where that is not told."""
    if isinstance(item, SensitiveItemAggregate):
        ranges = None if isinstance(item.counts, ProtectedCell) else item.counts.counts
        told = [str(one.low) if one.low == one.high else f"{one.low}–{one.high}" for one in ranges or ()]
    else:
        cell = item.distribution
        told = [] if isinstance(cell, ProtectedCell) else [str(count) for count in cell.counts]
    return "; ".join(f"{label}: {people}" for label, people in zip(item.labels, told, strict=False))


def look_at(cell: Told | ChangeCell, names: Mapping[UUID, str]) -> str:
    """The name of the unit above that has figures where this one has none of its own."""
    at = getattr(cell, "reported_at", None)
    return "" if at is None else names[at]


def signal_of(cell: ChangeCell, language: str) -> str:
    """How sure a change is, in two words."""
    match cell:
        case ComparedChange():
            return (_NO_SIGNAL if cell.label is None else SIGNALS[cell.label])[language]
        case ProtectedChange():
            return PROTECTED[language]
        case WithheldChange():
            return {"nl": "niet te zeggen", "en": "cannot be told"}[language]
        case IncomparableChange():
            return {"nl": "niet te vergelijken", "en": "not comparable"}[language]


def meaning_of(cell: Cell, language: str) -> str:
    """A score in one sentence."""
    if isinstance(cell, ProtectedCell):
        return {
            "nl": "Hier staat geen cijfer, zodat niemand te herkennen is.",
            "en": "There is no figure here, so that nobody can be recognised.",
        }[language]
    score = number(cell.mean, language)
    if cell.now is None:
        return {
            "nl": f"Gemiddeld {score} op een schaal van 0 tot 100; hoger is beter.",
            "en": f"On average {score} on a scale of 0 to 100; higher is better.",
        }[language]
    low, high = number(cell.now.low, language), number(cell.now.high, language)
    return {
        "nl": f"Gemiddeld {score} van 100, hoger is beter; "
        f"met wie niet antwoordde erbij waarschijnlijk {low} tot {high}.",
        "en": f"On average {score} of 100, higher is better; with those who did not answer probably {low} to {high}.",
    }[language]
