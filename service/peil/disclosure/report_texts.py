"""The words of a disclosure report and of a bundle, in Dutch and English."""

from collections.abc import Iterator
from datetime import date, datetime

from msgspec.structs import asdict

from peil.aggregates.exports.method_texts import LEAST, threshold_lines
from peil.aggregates.words import Text, count
from peil.disclosure.model import DisclosureReport, FigureReport, ReportSection
from peil.employers.model import Precondition

TITLE: Text = {"nl": "Verslag van bescherming: {name}", "en": "Disclosure report: {name}"}
COMMENTS: Text = {"nl": "Open antwoorden", "en": "Open comments"}
RESPONSE: Text = {"nl": "Respons", "en": "Response"}
_FIGURES: dict[str, Text] = {
    "response": {"nl": "aantallen", "en": "counts"},
    "mean": {"nl": "gemiddelden", "en": "means"},
    "bands": {"nl": "drie groepen", "en": "three bands"},
    "distribution": {"nl": "verdelingen", "en": "distributions"},
    "sensitive": {"nl": "gevoelige vragen", "en": "sensitive items"},
    "comments": {"nl": "teksten, na moderatie", "en": "texts, after moderation"},
}
_MODES: dict[str, Text] = {
    "blind": {"nl": "blinde ondertekening (anoniem)", "en": "blind signing (anonymous)"},
    "handout": {"nl": "uitgedeelde codes (anoniem)", "en": "codes handed out (anonymous)"},
    "split": {"nl": "gescheiden codes (vertrouwelijk)", "en": "split codes (confidential)"},
}
_KINDS: dict[str, Text] = {
    "works-council-consent": {"nl": "Instemming ondernemingsraad", "en": "Consent of the works council"},
    "no-works-council": {"nl": "Verklaring dat er geen ondernemingsraad is", "en": "Declared: no works council"},
    "dpia": {"nl": "DPIA", "en": "DPIA"},
    "participant-notice": {"nl": "Bericht aan deelnemers", "en": "Notice to participants"},
}
_PARTIES: dict[str, Text] = {
    "works-council": {"nl": "de ondernemingsraad", "en": "the works council"},
    "employer": {"nl": "de werkgever", "en": "the employer"},
}
_TITLES: dict[str, Text] = {
    "asked": {"nl": "Wat er gevraagd is", "en": "What was asked"},
    "recorded": {"nl": "Wat vooraf was vastgelegd", "en": "What had been recorded"},
    "told": {"nl": "Waar cijfers staan", "en": "Where figures are told"},
    "left-out": {"nl": "Wat niet meetelt", "en": "What does not count"},
    "key": {"nl": "De sleutel van de antwoorden", "en": "The key of the answers"},
    "release": {"nl": "De vrijgave", "en": "The release"},
    "silence": {"nl": "Wat hier niet staat", "en": "What is not told here"},
}
_ASKED: Text = {
    "nl": "{name}, van {opens} tot {closes}, vrijgegeven op {released}. Manier van vragen: {mode}. {invited} mensen "
    "in {groups} rapportagegroepen, in een organisatie van {units} afdelingen.",
    "en": "{name}, from {opens} to {closes}, released on {released}. Way of asking: {mode}. {invited} people in "
    "{groups} reporting groups, in an organisation of {units} units.",
}
_TOLD: Text = {
    "nl": "{title} ({figures}). Afdelingen met een eigen cijfer: {published}; als som van die eronder: {partial}; "
    "beschermd: {protected}. {atoms} Van de {invited} gevraagde mensen ziet {own} een cijfer van de eigen "
    "rapportagegroep, {parent} van de afdeling erboven, {higher} van een hogere, {nowhere} geen.",
    "en": "{title} ({figures}). Units with a figure of their own: {published}; as the sum of units beneath: {partial}; "
    "protected: {protected}. {atoms} Of the {invited} people invited {own} see a figure of their own reporting group, "
    "{parent} of the unit above it, {higher} of a higher one, {nowhere} of none.",
}
_SHOWN: Text = {
    "nl": "{title} ({figures}). Afdelingen die eigen teksten tonen: {published}; die alleen eronder staan: {partial}; "
    "geen: {protected}. {atoms} Van de {invited} gevraagde mensen staat wat zij schrijven bij {own} in de eigen "
    "rapportagegroep, bij {parent} in de afdeling erboven, bij {higher} in een hogere; bij {nowhere} nergens: dat is "
    "ongelezen vernietigd.",
    "en": "{title} ({figures}). Units that show texts of their own: {published}; that have some beneath: {partial}; "
    "none: {protected}. {atoms} Of the {invited} people invited {own} have what they write shown in their own "
    "reporting group, {parent} in the unit above it, {higher} in a higher one; {nowhere} nowhere: that was "
    "destroyed unread.",
}
_ATOMS: Text = {
    "nl": "Groepen waar elk cijfer een som van is: {atoms}; mensen in de kleinste: {smallest}, het minste is {least}.",
    "en": "Groups that each figure is a sum of: {atoms}; people in the smallest: {smallest}, the least is {least}.",
}
_SHOWN_ATOMS: Text = {
    "nl": "Groepen waarvan teksten door elkaar staan: {atoms}; mensen in de kleinste: {smallest}, het minste is "
    "{least}.",
    "en": "Groups whose texts stand mixed: {atoms}; people in the smallest: {smallest}, the least is {least}.",
}
_NO_ATOMS: Text = {"nl": "Er is geen groep van minstens {least}.", "en": "There is no group of at least {least}."}
_LEFT_OUT: dict[str | None, Text] = {
    None: {"nl": "Alle antwoorden zijn geteld.", "en": "All answers were counted."},
    "answers-surplus": {
        "nl": "Van een rapportagegroep kwamen meer antwoorden dan zij mensen telt. Niemand kan zeggen welke van haar "
        "mensen zijn; daarom telt geen enkel antwoord van die groep mee. Haar mensen blijven in het aantal gevraagden.",
        "en": "From a reporting group more answers came than it has people. Nobody can tell which are its people's, so "
        "none of that group counts. Its people stay in the number invited.",
    },
    "answers-unreadable": {
        "nl": "Sommige antwoorden waren beschadigd of hadden een vorm die de dienst niet neemt; die tellen niet mee.",
        "en": "Some answers were damaged or of a form that the service does not take; those do not count.",
    },
}
_KEYS: dict[str, Text] = {
    "none": {"nl": "Er was geen sleutel.", "en": "There was no key."},
    "present": {"nl": "De sleutel is er nog.", "en": "The key is still there."},
    "pending": {
        "nl": "De antwoorden zijn verwijderd; de sleutel wordt na de bedenktijd vernietigd.",
        "en": "The answers have been deleted; the key is destroyed after the grace.",
    },
    "destroyed": {
        "nl": "De antwoorden zijn verwijderd en de sleutel is vernietigd: ook uit een reservekopie zijn ze niet te "
        "lezen.",
        "en": "The answers have been deleted and the key was destroyed: nobody can read them from a backup either.",
    },
}
_RELEASE: dict[str, list[str]] = {
    "nl": [
        "Methode {method}, drempels van versie {policy}. Plaats in de keten van vrijgaven: {position}.",
        "Hash van het manifest: {manifest}.",
        "Hash van de vrijgave ervoor: {previous}.",
        "Na te rekenen met de bundel van de vrijgave en verify_release.py, zonder deze dienst.",
    ],
    "en": [
        "Method {method}, thresholds of version {policy}. Place in the chain of releases: {position}.",
        "Hash of the manifest: {manifest}.",
        "Hash of the release before: {previous}.",
        "To be checked with the bundle of the release and verify_release.py, without this service.",
    ],
}
_SILENCE: dict[str, list[str]] = {
    "nl": [
        "Hoeveel mensen in een beschermde afdeling antwoordden, hoeveel antwoorden niet meetellen en van welke groep: "
        "met de cijfers erbij zou dat over minder mensen iets zeggen dan de drempel toelaat.",
        "Wie hun eigen cijfer zien, is geteld met gevraagde mensen en per rapportagegroep, niet met wie antwoordde.",
        "Dat de getelde antwoorden van de mensen zelf zijn, kan geen verslag tonen: ze zijn verwijderd.",
    ],
    "en": [
        "How many people answered in a protected unit, how many answers do not count and of which group: with the "
        "figures that would tell something of fewer people than the threshold allows.",
        "Who sees a figure of their own is counted in people invited and per reporting group, not in who answered.",
        "That the answers counted are the people's own no report can show: they have been deleted.",
    ],
}
_NEVER: Text = {"nl": "geen: dit is de eerste", "en": "none: this is the first"}

README = """\
EEN VRIJGAVE VAN PEIL, OM NA TE REKENEN

    python3 verify_release.py DEZE-BUNDEL.zip --language nl

Nodig is Python 3.9 of nieuwer, en verder niets; er wordt niets verstuurd. Het programma rekent elke hash en de keten
na, en elk cijfer van elke afdeling uit de groepen (atomen) waar het een som van is, en kijkt of geen groep kleiner is
dan de drempel. Het eindigt met KLOPT of KLOPT NIET.

Vertrouwt u de bundel zelf niet? Haal verify_release.py elders, lees het, en geef een hash mee die u al had:
--expect HASH, of een oudere bundel: --earlier OUDER.zip. Anders bewijst een bundel alleen dat hij bij zichzelf past.

Wat geen bundel bewijst: dat de getelde antwoorden van de mensen zelf zijn, dat er geen is weggelaten, en dat binnen de
regels de beste keuze van afdelingen is gemaakt. De antwoorden zijn verwijderd.

chain.ndjson   de manifesten, van de eerste vrijgave tot deze, een per regel
content.json   alle cijfers en de atomen, zoals gehasht
tree.json      de organisatie bij het begin, en de gevraagden per rapportagegroep, zoals gehasht
scoring.json   hoeveel antwoorden elke vraag heeft; niet gehasht, maar de cijfers moeten erbij passen


A RELEASE OF PEIL, TO BE CHECKED

    python3 verify_release.py THIS-BUNDLE.zip --language en

It needs Python 3.9 or newer and nothing else; nothing is sent anywhere. The program recomputes every hash and the
chain, and each figure of each unit from the groups (atoms) that it is a sum of, and looks whether no group is smaller
than the threshold. It ends with RIGHT or WRONG.

You do not trust the bundle itself? Get verify_release.py elsewhere, read it, and give it a hash that you had before:
--expect HASH, or an older bundle: --earlier OLDER.zip. Without one a bundle only proves that it fits itself.

What no bundle proves: that the answers counted are the people's own, that none was left out, and that within the rules
the best choice of units was made. The answers have been deleted.

chain.ndjson   the manifests, from the first release to this one, one a line
content.json   all figures and the atoms, as they were hashed
tree.json      the organisation at the beginning, and the people invited per reporting group, as they were hashed
scoring.json   how many answers each item has; not hashed, but the figures must fit
"""


def sections(report: DisclosureReport, language: str) -> list[ReportSection]:
    """The report in words."""
    told = {
        "asked": [_asked(report, language)],
        "recorded": [_recorded(gate, language) for gate in report.preconditions],
        "told": [_told(figure, report.invited, language) for figure in report.figures],
        "left-out": [_LEFT_OUT[report.left_out][language]],
        "key": [_KEYS[report.keys][language]],
        "release": list(_release(report, language)),
        "silence": _SILENCE[language],
    }
    least = [f"{text}: {people}" for text, people in threshold_lines(report.thresholds, language)]
    found = [ReportSection(title=_TITLES[key][language], lines=lines) for key, lines in told.items()]
    return [found[0], ReportSection(title=LEAST[language], lines=least), *found[1:]]


def _asked(report: DisclosureReport, language: str) -> str:
    return _ASKED[language].format(
        name=report.name,
        opens=_day(report.opens_at),
        closes=_day(report.closes_at),
        released=_day(report.released_at),
        mode=_MODES[report.mode][language],
        **_counts(language, invited=report.invited, groups=report.groups, units=report.units),
    )


def _recorded(gate: Precondition, language: str) -> str:
    entered = {"nl": "vastgelegd door", "en": "recorded by"}[language]
    text = f"{_KINDS[gate.kind][language]}, {_day(gate.decided_on)}, {entered} {_PARTIES[gate.entered_by][language]}"
    withdrawn = {"nl": "later ingetrokken", "en": "withdrawn later"}[language]
    return f"{text}; SHA-256 {gate.document_sha256}" + ("" if gate.withdrawn_at is None else f"; {withdrawn}")


def _told(figure: FigureReport, invited: int, language: str) -> str:
    text, groups = (_SHOWN, _SHOWN_ATOMS) if figure.figures == "comments" else (_TOLD, _ATOMS)
    atoms = (_NO_ATOMS if figure.smallest is None else groups)[language]
    return text[language].format(
        title=figure.title,
        figures=_FIGURES[figure.figures][language],
        atoms=atoms.format(**_counts(language, atoms=figure.atoms, smallest=figure.smallest or 0, least=figure.least)),
        **_counts(language, published=figure.published, partial=figure.partial, protected=figure.protected),
        **_counts(language, invited=invited, **asdict(figure.seen)),
    )


def _counts(language: str, **people: int) -> dict[str, str]:
    return {name: count(number, language) for name, number in people.items()}


def _release(report: DisclosureReport, language: str) -> Iterator[str]:
    for line in _RELEASE[language]:
        yield line.format(
            method=report.method,
            policy=report.policy_version,
            position=report.position,
            manifest=report.manifest,
            previous=report.previous or _NEVER[language],
        )


def _day(moment: date | datetime) -> str:
    return f"{moment:%Y-%m-%d}"
