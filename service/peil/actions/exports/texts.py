"""The words of a plan of action that leaves the service, in Dutch and English."""

from peil.actions.exports.model import ExportedAction, ExportedCheck, ExportedMetric, ExportedOwner
from peil.aggregates.words import Text, day

WORDS: dict[str, Text] = {
    "plan": {"nl": "Plan van aanpak", "en": "Plan of action"},
    "checks": {"nl": "Voortgang", "en": "Progress"},
    "method": {"nl": "Uitleg", "en": "Method"},
    "as-on": {"nl": "Stand op", "en": "As on"},
    "page": {"nl": "Blad", "en": "Page"},
    "action": {"nl": "Maatregel", "en": "Measure"},
    "description": {"nl": "Toelichting", "en": "Description"},
    "level": {"nl": "Waar het aangrijpt", "en": "Where it acts"},
    "measure": {"nl": "Soort maatregel", "en": "Kind of measure"},
    "unit": {"nl": "Voor", "en": "For"},
    "risk": {"nl": "Risico uit de RI&E", "en": "Risk of the RI&E"},
    "category": {"nl": "Soort risico", "en": "Kind of risk"},
    "severity": {"nl": "Ernst (1–5)", "en": "Severity (1–5)"},
    "likelihood": {"nl": "Kans (1–5)", "en": "Likelihood (1–5)"},
    "rie": {"nl": "Versie van de RI&E", "en": "Version of the RI&E"},
    "owner": {"nl": "Wie ervoor zorgt", "en": "Owner"},
    "starts": {"nl": "Begint op", "en": "Starts on"},
    "deadline": {"nl": "Klaar op", "en": "Term"},
    "state": {"nl": "Stand", "en": "State"},
    "since": {"nl": "Sinds", "en": "Since"},
    "history": {"nl": "Verloop", "en": "History"},
    "campaign": {"nl": "Campagne", "en": "Campaign"},
    "metric": {"nl": "Gemeten met", "en": "Measured by"},
    "whose": {"nl": "Cijfer van", "en": "Figure of"},
    "began": {"nl": "Eerste meting", "en": "First wave"},
    "start": {"nl": "Begin (0–100)", "en": "Start (0–100)"},
    "target": {"nl": "Doel (0–100)", "en": "Target (0–100)"},
    "now": {"nl": "Nu (0–100)", "en": "At present (0–100)"},
    "newest": {"nl": "Nieuwste meting", "en": "Newest wave"},
    "standing": {"nl": "Wat er staat", "en": "What is told"},
    "check": {"nl": "Voortgang na", "en": "Progress after"},
    "due": {"nl": "Dag", "en": "Day"},
    "result": {"nl": "Uitkomst", "en": "Result"},
    "value": {"nl": "Cijfer toen", "en": "Figure then"},
    "note": {"nl": "Gezien of afgesproken", "en": "Seen or agreed"},
    "completed": {"nl": "Bekeken op", "en": "Done on"},
    "everyone": {"nl": "iedereen", "en": "everyone"},
    "somebody": {"nl": "iemand uit het personeel", "en": "somebody of the staff"},
    "none": {"nl": "geen", "en": "none"},
}
_LEVELS: dict[str, Text] = {
    "organisation": {"nl": "bij de bron: de organisatie", "en": "at the source: the organisation"},
    "team": {"nl": "bij een team", "en": "on a team"},
    "individual": {"nl": "bij mensen apart", "en": "on individual people"},
}
_STATES: dict[str, Text] = {
    "planned": {"nl": "gepland", "en": "planned"},
    "active": {"nl": "loopt", "en": "active"},
    "done": {"nl": "klaar", "en": "done"},
    "stopped": {"nl": "gestopt", "en": "stopped"},
}
_STANDINGS: dict[str, Text] = {
    "told": {"nl": "van de hele groep", "en": "of the whole group"},
    "partial": {
        "nl": "beschermd: alleen afdelingen eronder hebben een cijfer",
        "en": "protected: only units beneath have a figure",
    },
    "protected": {"nl": "beschermd", "en": "protected"},
    "not-representative": {
        "nl": "minder dan de helft antwoordde: niet representatief",
        "en": "fewer than half answered: not representative",
    },
}
_KINDS: dict[str, Text] = {
    "30-days": {"nl": "30 dagen", "en": "30 days"},
    "60-days": {"nl": "60 dagen", "en": "60 days"},
    "90-days": {"nl": "90 dagen", "en": "90 days"},
    "quarter": {"nl": "laatste kwartaal", "en": "last quarter"},
}
_RESULTS: dict[str, Text] = {
    "working": {"nl": "werkt", "en": "working"},
    "not-working": {"nl": "werkt niet", "en": "not working"},
    "changed": {"nl": "gaat anders verder", "en": "goes on in another way"},
    "due": {"nl": "te bekijken", "en": "to be looked at"},
    "overdue": {"nl": "te laat", "en": "overdue"},
    "dropped": {"nl": "vervallen", "en": "dropped"},
    "planned": {"nl": "komt nog", "en": "to come"},
}
METHOD: dict[str, list[str]] = {
    "nl": [
        "Dit is het plan van aanpak bij de RI&E, zover het over werkstress gaat, zoals het op de genoemde dag stond.",
        "Een maatregel grijpt aan bij de bron, bij een team of bij mensen apart. Bij de bron gaat voor.",
        "Cijfers lopen van 0 tot 100, hoger is beter, en komen alleen uit vrijgegeven metingen. ‘Nu’ is de nieuwste "
        "meting die deze afdeling hetzelfde vroeg.",
        "‘Beschermd’ betekent dat er te weinig mensen zijn voor een eigen cijfer; het zegt niets over hun antwoorden.",
        "Een cijfer dat na een maatregel hoger is, bewijst niet dat de maatregel werkt.",
        "Na 30, 60 en 90 dagen en daarna elk kwartaal wordt gevraagd of een maatregel werkt. Een week na de dag is dat "
        "te laat.",
    ],
    "en": [
        "This is the plan of action of the RI&E, as far as it is about work stress, as it stood on the day named.",
        "A measure acts at the source, on a team or on individual people. At the source comes first.",
        "Figures run from 0 to 100, higher is better, and come from released waves only. ‘Now’ is the newest wave that "
        "asked this unit the same.",
        "‘Protected’ means that there are too few people for a figure of their own; it says nothing about what they "
        "answered.",
        "A figure that is higher after a measure does not prove that the measure works.",
        "After 30, 60 and 90 days and then each quarter it is asked whether a measure works. A week after the day "
        "it is overdue.",
    ],
}


def word(key: str, language: str) -> str:
    """A word of a table or a sheet."""
    return WORDS[key][language]


def level_of(action: ExportedAction, language: str) -> str:
    """Where a measure acts."""
    return _LEVELS[action.level][language]


def state_of(state: str, language: str) -> str:
    """What a state is called."""
    return _STATES[state][language]


def history_of(action: ExportedAction, language: str) -> str:
    """Every state with its day."""
    return "; ".join(f"{state_of(one.state, language)} {day(one.since, language)}" for one in action.history)


def owner_of(owner: ExportedOwner, language: str) -> str:
    """The role, or the person, without a name for who may not see it."""
    return owner.role or owner.name or word("somebody", language)


def standing_of(metric: ExportedMetric, language: str) -> str:
    """Whether there is a figure now, and if not why."""
    return _STANDINGS[metric.current_standing][language]


def kind_of(kind: str, language: str) -> str:
    """After how long it is asked whether an action works."""
    return _KINDS[kind][language]


def result_of(check: ExportedCheck, language: str) -> str:
    """What came of a progress check, or why nothing did yet."""
    return _RESULTS[check.result or check.state][language]
