"""What charts say, in Dutch and English."""

from collections.abc import Iterable
from uuid import UUID

from peil.aggregates.charts.model import Counted, Subject
from peil.aggregates.trends.model import TrendFigure
from peil.aggregates.words import KINDS, SIGNALS, Text, count, day
from peil.releases.cells_model import PartialCell, PartialResponse, ProtectedCell, PublishedCell, PublishedResponse

Told = PublishedCell | PartialCell | PublishedResponse | PartialResponse | Counted | TrendFigure
"""What has a figure."""

TEXTS: dict[str, Text] = {
    "score": {"nl": "Scores van {unit}", "en": "Scores of {unit}"},
    "change": {"nl": "Verandering bij {unit}", "en": "Change at {unit}"},
    "trend": {"nl": "{block} bij {unit}", "en": "{block} at {unit}"},
    "distribution": {"nl": "Antwoorden van {unit}", "en": "Answers of {unit}"},
    "heat": {"nl": "Scores van {unit} en de onderdelen", "en": "Scores of {unit} and its units"},
    "participation": {"nl": "Deelname bij {unit} en de onderdelen", "en": "Participation at {unit} and its units"},
    "participation-alone": {"nl": "Deelname bij {unit}", "en": "Participation at {unit}"},
    "no-rate": {
        "nl": "–: geen percentage, want alleen de onderdelen eronder tellen mee.",
        "en": "–: no percentage, for only the units beneath are counted.",
    },
    "distribution-item": {"nl": "Antwoorden van {unit}: {item}", "en": "Answers of {unit}: {item}"},
    "answers": {"nl": "Antwoorden", "en": "Answers"},
    "of-favourable": {"nl": "{share} % gunstig", "en": "{share} % favourable"},
    "unfavourable": {"nl": "ongunstig", "en": "unfavourable"},
    "neutral": {"nl": "neutraal", "en": "neutral"},
    "favourable": {"nl": "gunstig", "en": "favourable"},
    "bands": {
        "nl": "Procenten van wie antwoordde, van links naar rechts ongunstig, neutraal en gunstig.",
        "en": "Per cent of those who answered, from left to right unfavourable, neutral and favourable.",
    },
    "shares": {"nl": "Procenten van wie antwoordde.", "en": "Per cent of those who answered."},
    "ranges": {
        "nl": "Zeer kleine en zeer grote aantallen staan er als van–tot: gevuld het minste, open het meeste.",
        "en": "Very small and very large numbers are told as from–to: filled the least, open the most.",
    },
    "trend-reading": {
        "nl": "Lijn omhoog en omlaag: 95 %-interval van het klimaat, dus van wat opnieuw vragen zou geven.",
        "en": "Upright line: 95 % interval of the climate, which is what asking again would give.",
    },
    "unit-not-there": {"nl": "bestond nog niet", "en": "not there yet"},
    "units-differ": {"nl": "andere groepen", "en": "other groups"},
    "not-everybody-asked": {"nl": "niet iedereen gevraagd", "en": "not everybody asked"},
    **KINDS,
    "scale": {"nl": "0 tot 100, hoger is beter.", "en": "0 to 100, higher is better."},
    "now": {
        "nl": "Lijn: 95 %-interval van deze afdeling nu.",
        "en": "Line: 95 % interval of this unit now.",
    },
    "climate": {
        "nl": "Lijn: 95 %-interval van het klimaat, dus van wat opnieuw vragen zou geven.",
        "en": "Line: 95 % interval of the climate, which is what asking again would give.",
    },
    "no-line": {
        "nl": "Zonder lijn: iedereen antwoordde, of wat daarvoor nodig is mag niet verteld worden.",
        "en": "Without a line: everybody answered, or what it takes may not be told.",
    },
    "no-interval": {
        "nl": "Geen interval: daarvoor zijn er te weinig grote groepen.",
        "en": "No interval: there are too few large groups for one.",
    },
    "protected": {"nl": "Beschermd", "en": "Protected"},
    "protected-at": {"nl": "Beschermd: zie {unit}", "en": "Protected: see {unit}"},
    "protected-why": {
        "nl": "Gestreept: beschermd. Hier staat geen cijfer, zodat niemand te herkennen is.",
        "en": "Striped: protected. There is no figure here, so that nobody can be recognised.",
    },
    "of-invited": {"nl": "{n} van {invited}", "en": "{n} of {invited}"},
    "answered": {"nl": "{n} antwoorden", "en": "{n} answers"},
    "invited-answered": {
        "nl": "{n} van de {invited} uitgenodigden antwoordden{marks}.",
        "en": "{n} of the {invited} invited answered{marks}.",
    },
    "people-answered": {"nl": "{n} mensen antwoordden{marks}.", "en": "{n} people answered{marks}."},
    "low-response": {"nl": "lage respons", "en": "low response"},
    "not-representative": {"nl": "niet representatief", "en": "not representative"},
    "partial": {"nl": "◊ deel", "en": "◊ part"},
    "partial-why": {
        "nl": "◊ deel: alleen de onderdelen die zelf een cijfer hebben.",
        "en": "◊ part: only those units beneath that have a figure of their own.",
    },
    "interval": {"nl": "95 %-interval {low} tot {high}", "en": "95 % interval {low} to {high}"},
    "interval-of": {"nl": "95 %-interval", "en": "95 % interval"},
    "range": {"nl": "{low} tot {high}", "en": "{low} to {high}"},
    "range-why": {
        "nl": "Onder de scores: 95 %-interval van het verschil.",
        "en": "Beneath the scores: 95 % interval of the difference.",
    },
    "marks": {
        "nl": "Streeplijnen: onder 50 % is een cijfer niet representatief, onder 70 % is voorzichtigheid nodig.",
        "en": "Dashed lines: below 50 % a figure is not representative, below 70 % one is to be careful.",
    },
    "between": {"nl": "Van {before}, naar {after}", "en": "From {before}, to {after}"},
    "before-after": {"nl": "○ {before}, ● {after}.", "en": "○ {before}, ● {after}."},
    "signs": {
        "nl": "▲▼ dicht: duidelijk signaal; open: mogelijk signaal; streepje: geen duidelijk verschil. Geen oorzaak.",
        "en": "▲▼ filled: clear signal; hollow: possible signal; stroke: no clear difference. Never a cause.",
    },
    "detectable": {
        "nl": "Een verandering vanaf {least} punten is hier te zien (80 % kans).",
        "en": "A change from {least} points on would be seen here (80 % power).",
    },
    "detectable-by-block": {
        "nl": "Een verandering is hier, naar onderwerp, te zien vanaf {least} tot {most} punten (80 % kans).",
        "en": "A change would be seen here, depending on the subject, from {least} to {most} points on (80 % power).",
    },
    **SIGNALS,
    "no-label": {"nl": "zekerheid onbekend", "en": "certainty unknown"},
    "shades": {
        "nl": "Hoe sterker de kleur, hoe hoger de score.",
        "en": "The stronger the colour, the higher the score.",
    },
    "marked": {
        "nl": "! minder dan 70 % antwoordde: wees voorzichtig; minder dan 50 %: niet representatief.",
        "en": "! fewer than 70 % answered: be careful; fewer than 50 %: not representative.",
    },
    "more": {"nl": "En nog {more} onderdelen.", "en": "And {more} more units."},
}


def say(key: str, language: str, **values: object) -> str:
    """A text by its key, in nl or en."""
    return TEXTS[key][language].format_map(values)


def when(about: Subject, language: str) -> str:
    """The wave, and its day."""
    return f"{about.wave}, {day(about.on, language)}"


def hidden(cell: ProtectedCell, names: dict[UUID, str], language: str) -> str:
    """Where the figure is to be looked at, and no more: the same for everything protected beneath one unit."""
    above = None if cell.reported_at is None else names.get(cell.reported_at)
    return say("protected", language) if above is None else say("protected-at", language, unit=above)


def remark(cell: Told, language: str) -> str:
    """What is to be said beside a figure: how many it is of, whether it is of a part, and its warnings."""
    n = count(_people(cell), language)
    if cell.invited is None:
        told = say("answered", language, n=n)
    else:
        told = say("of-invited", language, n=n, invited=count(cell.invited, language))
    return " · ".join([told, *_marks(cell, language)])


def answered(cell: Told, language: str) -> str:
    """The same in a sentence, for beneath a picture."""
    marks = " · ".join(_marks(cell, language))
    said = {"n": count(_people(cell), language), "marks": f" ({marks})" if marks else ""}
    if cell.invited is None:
        return say("people-answered", language, **said)
    return say("invited-answered", language, invited=count(cell.invited, language), **said)


def _people(cell: Told) -> int:
    return cell.respondents if isinstance(cell, PublishedResponse | PartialResponse) else cell.n


def _marks(cell: Told, language: str) -> list[str]:
    part = [say("partial", language)] if is_part(cell) else []
    return [*part, *(f"! {say(warning, language)}" for warning in cell.warnings)]


def is_part(cell: object) -> bool:
    """Whether a figure is of only some of the units beneath."""
    if isinstance(cell, TrendFigure):
        return cell.units is not None
    return cell.is_part if isinstance(cell, Counted) else isinstance(cell, PartialCell | PartialResponse)


def notes_on(cells: Iterable[object], language: str) -> list[str]:
    """What explains the signs that these cells are drawn with."""
    shown, said = list(cells), []
    if any(map(is_part, shown)):
        said.append(say("partial-why", language))
    if any(isinstance(cell, ProtectedCell) for cell in shown):
        said.append(say("protected-why", language))
    return said
