"""The words of widgets, in Dutch and English: titles, lights, why a unit is protected, and what to do next."""

from typing import assert_never

from peil.aggregates.words import Text, count, per_cent
from peil.participation.model import Band
from peil.releases.cells_model import PartialResponse, ProtectedCell, PublishedResponse, ResponseCell
from peil.support_routes.model import SupportRouteKind
from peil.widgets.model import LightCode, LightSince, StepCode

TITLES: dict[str, Text] = {
    "team": {"nl": "Ons team", "en": "Our team"},
    "aggregate": {"nl": "Uitkomsten", "en": "Results"},
    "trend": {"nl": "Verloop", "en": "Trend"},
    "participation": {"nl": "Deelname", "en": "Participation"},
    "agenda": {"nl": "Agenda", "en": "Agenda"},
    "actions": {"nl": "Maatregelen", "en": "Actions"},
    "support-routes": {"nl": "Hier kunt u terecht", "en": "Where you can turn to"},
    "waves": {"nl": "Metingen", "en": "Waves"},
}
ROUTES: dict[SupportRouteKind, Text] = {
    "confidential-adviser": {"nl": "Vertrouwenspersoon", "en": "Confidential adviser"},
    "reporting-route": {"nl": "Meldroute", "en": "Reporting route"},
    "complaints-procedure": {"nl": "Klachtenregeling", "en": "Complaints procedure"},
    "prevention-officer": {"nl": "Preventiemedewerker", "en": "Prevention officer"},
    "occupational-physician": {"nl": "Bedrijfsarts", "en": "Occupational physician"},
}
LIGHTS: dict[LightCode, Text] = {
    "clear-decline": {"nl": "Rood: duidelijk lager dan {since}.", "en": "Red: clearly lower than {since}."},
    "possible-decline": {
        "nl": "Oranje: mogelijk lager dan {since}.",
        "en": "Amber: possibly lower than {since}.",
    },
    "clear-improvement": {
        "nl": "Groen: duidelijk hoger dan {since}.",
        "en": "Green: clearly higher than {since}.",
    },
    "possible-improvement": {
        "nl": "Groen: mogelijk hoger dan {since}.",
        "en": "Green: possibly higher than {since}.",
    },
    "small-difference": {
        "nl": "Grijs: een klein verschil met {since}.",
        "en": "Grey: a small difference from {since}.",
    },
    "no-clear-difference": {
        "nl": "Grijs: geen duidelijk verschil met {since}.",
        "en": "Grey: no clear difference from {since}.",
    },
    "cannot-be-told": {
        "nl": "Grijs: of er iets veranderde, is niet te zeggen.",
        "en": "Grey: whether anything changed cannot be told.",
    },
    "nothing-to-compare": {"nl": "Grijs: nog niets om mee te vergelijken.", "en": "Grey: nothing to compare with yet."},
    "protected": {
        "nl": "Grijs: beschermd, zodat niemand te herkennen is.",
        "en": "Grey: protected, so that nobody can be recognised.",
    },
}
SINCE: dict[LightSince, Text] = {
    "baseline": {"nl": "de nulmeting", "en": "the baseline"},
    "previous": {"nl": "de meting ervoor", "en": "the wave before"},
}
STEPS: dict[StepCode, Text] = {
    "talk-without-figures": {
        "nl": "Voer het teamgesprek; de leidraad hiernaast helpt.",
        "en": "Have the team conversation; the guide beside this helps.",
    },
    "choose-an-action": {
        "nl": "Kies samen één maatregel, met een eigenaar en een datum.",
        "en": "Choose one action together, with an owner and a date.",
    },
    "check-an-action": {"nl": "Bespreek of dit werkt: {title}.", "en": "Talk about whether this works: {title}."},
    "talk-about-results": {"nl": "Bespreek de uitkomsten met elkaar.", "en": "Talk about the results together."},
    "wait-for-a-release": {
        "nl": "Nog niets te doen: na de volgende meting staan hier uitkomsten.",
        "en": "Nothing to do yet: results appear here after the next wave.",
    },
}
_REASON = {
    "nl": "Over deze groep staan hier geen cijfers. Zo is niemand te herkennen, ook niet door te rekenen met de "
    "cijfers van anderen.",
    "en": "There are no figures of this group here. So nobody can be recognised, not even by calculating with the "
    "figures of others.",
}
_PART_REASON = {
    "nl": "Niet elk onderwerp heeft hier een cijfer. Zo is niemand te herkennen, ook niet door te rekenen met de "
    "cijfers van anderen.",
    "en": "Not every subject has a figure here. So nobody can be recognised, not even by calculating with the "
    "figures of others.",
}
_COUNTED = {"nl": " De antwoorden tellen mee in {name}.", "en": " The answers count in {name}."}
_BANDS: dict[Band, Text] = {
    "below-30": {"nl": "Minder dan 30 % heeft geantwoord.", "en": "Fewer than 30 % have answered."},
    "30-to-50": {"nl": "Tussen 30 en 50 % heeft geantwoord.", "en": "Between 30 and 50 % have answered."},
    "50-to-70": {"nl": "Tussen 50 en 70 % heeft geantwoord.", "en": "Between 50 and 70 % have answered."},
    "70-or-more": {"nl": "70 % of meer heeft geantwoord.", "en": "70 % or more have answered."},
}
_NO_BAND = {
    "nl": "De deelname van deze groep is pas na afloop te zien, of als genoeg mensen hebben geantwoord.",
    "en": "The participation of this group shows after the end, or once enough people have answered.",
}
NO_WAVE = {"nl": "Er is nog niets gevraagd.", "en": "Nothing has been asked yet."}
_RATE = {"nl": "{rate} % heeft geantwoord.", "en": "{rate} % answered."}
_NUMBER = {"nl": "{respondents} mensen hebben geantwoord.", "en": "{respondents} people answered."}


def reason(name: str | None, language: str, *, is_silent: bool) -> str:
    """Why a unit lacks figures, and where its people are counted.

    `name` None: nowhere; `is_silent`: it lacks all of them, else some.
    """
    counted = "" if name is None else _COUNTED[language].format(name=name)
    return (_REASON if is_silent else _PART_REASON)[language] + counted


def taking_part(band: Band | None, response: ResponseCell | None, language: str) -> str:
    """Participation in one sentence; `response` None: not released yet."""
    match response:
        case None:
            return _NO_BAND[language] if band is None else _BANDS[band][language]
        case ProtectedCell():
            return _REASON[language]
        case PublishedResponse() | PartialResponse():
            return _released(response, language)
        case _:
            assert_never(response)


def _released(response: PublishedResponse | PartialResponse, language: str) -> str:
    if response.rate is None:
        return _NUMBER[language].format(respondents=count(response.respondents, language))
    return _RATE[language].format(rate=per_cent(response.rate, language))
