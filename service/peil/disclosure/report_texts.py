"""The words of a disclosure report and of a bundle, in Dutch and English."""

from collections.abc import Iterator

from peil.aggregates.exports.method_texts import LEAST, threshold_lines
from peil.aggregates.words import Text, count, day
from peil.disclosure.model import DisclosureReport, FigureReport, ReportSection, ReportTable
from peil.employers.model import Precondition
from peil.zones import day_in

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
_TOLD: dict[str, list[str]] = {
    "nl": [
        "Elke regel is een soort cijfer. ‘Eigen cijfer’, ‘samen’ en ‘beschermd’ tellen de {units} afdelingen: met een "
        "cijfer van henzelf, als som van afdelingen eronder, en zonder cijfer.",
        "Een groep is het kleinste waar cijfers over gaan: elk cijfer is een som van hele groepen. In de kleinste zijn "
        "altijd minstens zoveel mensen als bij ‘minstens’ staat.",
        "De laatste vier kolommen tellen de {invited} gevraagde mensen: wie een cijfer ziet van de eigen "
        "rapportagegroep, van de afdeling erboven, van een hogere, en van geen.",
    ],
    "en": [
        "Each line is a kind of figure. ‘Own figure’, ‘together’ and ‘protected’ count the {units} units: with a "
        "figure of their own, as the sum of units beneath, and without a figure.",
        "A group is the least that figures are about: each figure is a sum of whole groups. In the smallest there are "
        "always at least as many people as stand under ‘at least’.",
        "The last four columns count the {invited} people invited: who sees a figure of their own reporting group, of "
        "the unit above it, of a higher one, and of none.",
    ],
}
_SHOWN: Text = {
    "nl": "Bij open antwoorden tellen dezelfde kolommen waar teksten staan. Teksten van een groep staan door elkaar; "
    "wat nergens getoond mag worden, is ongelezen vernietigd.",
    "en": "Of open comments the same columns count where texts are shown. Texts of a group stand mixed; what may be "
    "shown nowhere was destroyed unread.",
}
_COLUMNS: dict[str, list[str]] = {
    "nl": [
        *("Wat", "Soort", "Minstens", "Eigen cijfer", "Samen", "Beschermd", "Groepen", "Kleinste groep"),
        *("Ziet: eigen groep", "erboven", "hoger", "nergens"),
    ],
    "en": [
        *("What", "Kind", "At least", "Own figure", "Together", "Protected", "Groups", "Smallest group"),
        *("Sees: own group", "above it", "higher", "none"),
    ],
}
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
dan de drempel. Dan zegt het KLOPT, of KLOPT NIET met wat er niet klopt, en noemt het de hash van het manifest.

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
than the threshold. Then it says RIGHT, or WRONG with what is wrong, and names the hash of the manifest.

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
    """The report in words, and in a table where figures are told."""
    told = {
        "asked": [_asked(report, language)],
        "recorded": [_recorded(gate, language) for gate in report.preconditions],
        "told": list(_told(report, language)),
        "left-out": [_LEFT_OUT[report.left_out][language]],
        "key": [_KEYS[report.keys][language]],
        "release": list(_release(report, language)),
        "silence": _SILENCE[language],
    }
    least = [f"{text}: {people}" for text, people in threshold_lines(report.thresholds, language)]
    table = ReportTable(columns=_COLUMNS[language], rows=[_row(figure, language) for figure in report.figures])
    found = [
        ReportSection(title=_TITLES[key][language], lines=lines, table=table if key == "told" else None)
        for key, lines in told.items()
    ]
    return [found[0], ReportSection(title=LEAST[language], lines=least, table=None), *found[1:]]


def _asked(report: DisclosureReport, language: str) -> str:
    return _ASKED[language].format(
        name=report.name,
        opens=day(day_in(report.opens_at, report.zone), language),
        closes=day(day_in(report.closes_at, report.zone), language),
        released=day(day_in(report.released_at, report.zone), language),
        mode=_MODES[report.mode][language],
        **_counts(language, invited=report.invited, groups=report.groups, units=report.units),
    )


def _recorded(gate: Precondition, language: str) -> str:
    entered = {"nl": "vastgelegd door", "en": "recorded by"}[language]
    what, by = _KINDS[gate.kind][language], _PARTIES[gate.entered_by][language]
    text = f"{what}, {day(gate.decided_on, language)}, {entered} {by}"
    withdrawn = {"nl": "later ingetrokken", "en": "withdrawn later"}[language]
    return f"{text}; SHA-256 {gate.document_sha256}" + ("" if gate.withdrawn_at is None else f"; {withdrawn}")


def _told(report: DisclosureReport, language: str) -> Iterator[str]:
    for line in _TOLD[language]:
        yield line.format(**_counts(language, units=report.units, invited=report.invited))
    if any(figure.figures == "comments" for figure in report.figures):
        yield _SHOWN[language]


def _row(figure: FigureReport, language: str) -> list[str]:
    """What stands under `_COLUMNS`; where there is no group there is no smallest one."""
    seen = figure.seen
    numbers = figure.least, figure.published, figure.partial, figure.protected, figure.atoms
    people = seen.own, seen.parent, seen.higher, seen.nowhere
    cells = [None if number is None else count(number, language) for number in (*numbers, figure.smallest, *people)]
    return [figure.title, _FIGURES[figure.figures][language], *(cell or "–" for cell in cells)]


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
