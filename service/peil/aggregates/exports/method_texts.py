"""The page of an export that says how its figures are made and what they do not say, in Dutch and English."""

from collections.abc import Iterator

from msgspec.structs import asdict

from peil.releases.model import Thresholds

Section = tuple[str, list[str]]

_METHOD: dict[str, list[Section]] = {
    "nl": [
        (
            "Hoe u dit leest",
            [
                "Trend = signaal, geen diagnose. Een cijfer is een begin van een gesprek, niet het einde.",
                "Scores lopen van 0 tot 100. Hoger is beter, ook waar een vraag omgekeerd gesteld is.",
                "De score van een onderwerp is het gemiddelde van zijn vragen, over wie ze allemaal beantwoordde.",
                "‘Van’ en ‘Tot’ geven de onzekerheid doordat niet iedereen antwoordde: in 95 van de 100 gevallen ligt "
                "de score van de hele afdeling ertussen. Leeg: iedereen antwoordde, de spreiding mag niet verteld "
                "worden, of het cijfer is van de groepen eronder; dan wordt niet verteld hoeveel mensen gevraagd zijn. "
                "De tabel heeft ook het klimaat: wat te verwachten is als u het later nog eens vraagt.",
                "‘Geschat’ staat naast de score en nooit in de plaats ervan: wat er van de score overblijft zonder wat "
                "het toeval eraan deed, voor zover de andere afdelingen op dat niveau dat laten zien.",
                "Antwoordde minder dan 70 %, lees het cijfer dan met zorg; bij minder dan de helft is het niet "
                "representatief en wordt er geen verandering verteld.",
            ],
        ),
        (
            "Wat ‘beschermd’ betekent",
            [
                "Wie weinig mensen telt, krijgt geen eigen cijfer: anders was te zien wat iemand antwoordde. Deze "
                "mensen tellen mee in de afdeling die bij ‘Kijk bij’ staat. Beschermd zegt niets over hun antwoorden.",
                "Ook een grotere afdeling kan beschermd zijn: als haar cijfer samen met dat van een andere een kleine "
                "groep zou verraden. Dat wordt beslist met aantallen, nooit met antwoorden.",
                "‘Samen van … afdelingen eronder’ is de som van die afdelingen en van niemand anders.",
                "Zijn de antwoorden van een groep bijna gelijk, dan wordt het gemiddelde afgekapt, zodat altijd "
                "minstens {m} mensen iets anders geantwoord kunnen hebben.",
            ],
        ),
        (
            "Vragen en antwoorden",
            [
                "Per vraag staat het gemiddelde al bij {k_m} mensen. Hoeveel mensen ongunstig, neutraal en gunstig "
                "antwoordden staat er vanaf {k_d3} mensen, alle antwoorden apart vanaf {k_d5}. Daarom kan een vraag "
                "een gemiddelde hebben en geen verdeling, of een verdeling over andere afdelingen samen.",
                "Een vraag met meer dan vijf antwoorden staat in vijf delen: het slechtste, de andere ongunstige, de "
                "neutrale, de andere gunstige en het beste.",
                "Gemiddelden en verdelingen worden samen beschermd. Wie ze naast elkaar legt, kan van geen groep "
                "bewijzen dat bijna iedereen hetzelfde antwoordde: er blijft altijd een andere mogelijkheid, met "
                "{m} mensen of meer die iets anders antwoordden. Waar de echte aantallen dat zouden verraden, staan "
                "de dichtstbijzijnde aantallen die dat niet doen; een enkel antwoord kan dan verschoven zijn.",
                "Een gevoelige vraag heeft nooit een gemiddelde, en pas vanaf {k_s} mensen aantallen. Weinig "
                "antwoorden van een soort staan er als ‘0–{m}’, en een ander aantal als van–tot, zodat het niet uit "
                "te rekenen is.",
                "Open antwoorden staan hier niet; ze worden vanaf {k_c} mensen elders getoond.",
                "De onzekerheid komt uit de spreiding in grote groepen. Is er geen groep die groot genoeg is, dan "
                "wordt de grootste spreiding genomen die bij de verdelingen past: de marge is dan eerder te ruim dan "
                "te krap.",
            ],
        ),
        (
            "Verandering",
            [
                "‘Duidelijk signaal’: minstens 10 punten verschil, en zelden toeval (q < 0,05 over alle afdelingen en "
                "onderwerpen samen). ‘Mogelijk signaal’: een van de twee, ruimer genomen (q < 0,10, of 10 punten en "
                "p < 0,10). Anders: geen duidelijk verschil.",
                "‘Zichtbaar vanaf’: zoveel punten moet een groep van deze grootte veranderen om het met 80 % kans te "
                "zien. Kleiner kan er zijn en toch onzichtbaar blijven.",
                "De twee metingen worden als onafhankelijk behandeld; dat is voorzichtig. Een verschil zegt nooit "
                "waardoor het komt.",
                "Waar een cijfer beschermd was, staat niets in de lijst, of dat er niets te vergelijken is.",
            ],
        ),
    ],
    "en": [
        (
            "How to read this",
            [
                "Trend = signal, not a diagnosis. A figure begins a conversation; it does not end one.",
                "Scores run from 0 to 100. Higher is better, also where a question is asked the other way round.",
                "The score of a subject is the mean of its questions, over those who answered all of them.",
                "‘From’ and ‘To’ give the uncertainty because not everybody answered: in 95 cases of 100 the score of "
                "the whole unit lies between. Empty: everybody answered, the spread may not be told, or the figure is "
                "of the groups beneath, of which it is not told how many people were asked. The table has the climate "
                "as well: what to expect if you ask again later.",
                "‘Estimated’ stands beside the score and never instead of it: what is left of the score without what "
                "chance did to it, as far as the other units at that level tell.",
                "Where fewer than 70 % answered, read the figure with care; with fewer than half it is not "
                "representative, and no change is told.",
            ],
        ),
        (
            "What ‘protected’ means",
            [
                "Few people get no figure of their own: it would show what somebody answered. They count in the unit "
                "under ‘Look at’. Protected says nothing about what they answered.",
                "A larger unit can be protected too: where its figure together with another would give a small group "
                "away. That is decided by numbers of people, never by answers.",
                "‘Of … units beneath together’ is the sum of those units and of nobody else.",
                "Where nearly all of a group answered alike the mean is cut off, so that always at least {m} people "
                "may have answered something else.",
            ],
        ),
        (
            "Questions and answers",
            [
                "A question has a mean from {k_m} people on. How many answered unfavourably, neutrally and favourably "
                "is told from {k_d3} people on, each answer by itself from {k_d5} on. So a question can have a mean "
                "and no distribution, or one over other units together.",
                "A question with more than five answers is told in five parts: the worst, the other unfavourable "
                "ones, the neutral ones, the other favourable ones, and the best.",
                "Means and distributions are protected together. Whoever lays them side by side can prove of no group "
                "that nearly everybody answered the same: there is always another possibility, in which {m} people or "
                "more answered something else. Where the real numbers would give that away the nearest numbers that do "
                "not stand in their place; an answer may then have been moved.",
                "A sensitive question never has a mean, and has numbers only from {k_s} people on. Few answers of a "
                "kind are told as ‘0–{m}’, and another number as from–to, so that it cannot be worked out.",
                "Comments are not in here; they are shown elsewhere, from {k_c} people on.",
                "The uncertainty comes from the spread in large groups. Where no group is large enough the largest "
                "spread is taken that fits the distributions: the margin is then rather too wide than too narrow.",
            ],
        ),
        (
            "Change",
            [
                "‘Clear signal’: a difference of at least 10 points that is rarely chance (q < 0.05 over all units and "
                "subjects together). ‘Possible signal’: one of the two, taken more widely (q < 0.10, or 10 points and "
                "p < 0.10). Otherwise: no clear difference.",
                "‘Seen from’: by so many points a group of this size must change to be seen with 80 % probability. "
                "Smaller changes may be there and stay unseen.",
                "The two waves are taken as independent, which is cautious. A difference never says why.",
                "Where a figure was protected, nothing is in the list, or that nothing can be compared.",
            ],
        ),
    ],
}
_THRESHOLDS: dict[str, dict[str, str]] = {
    "nl": {
        "k_m": "Mensen voor een gemiddelde",
        "k_c": "Mensen voor open antwoorden",
        "k_d3": "Mensen voor drie groepen (ongunstig, neutraal, gunstig)",
        "k_d5": "Mensen voor een volledige verdeling",
        "k_s": "Mensen voor een gevoelige vraag",
        "k_pmo": "Deelnemers per cijfer uit een PMO",
        "k_abs": "Mensen per verzuimcijfer",
        "k_n": "Gevraagde mensen per rapportagegroep",
        "m": "Mensen die iets anders geantwoord kunnen hebben",
    },
    "en": {
        "k_m": "People for a mean",
        "k_c": "People for open comments",
        "k_d3": "People for three bands (unfavourable, neutral, favourable)",
        "k_d5": "People for a full distribution",
        "k_s": "People for a sensitive question",
        "k_pmo": "Participants per figure of a PMO",
        "k_abs": "People per absence figure",
        "k_n": "Invited people per reporting group",
        "m": "People who may have answered something else",
    },
}
LEAST = {"nl": "Minste aantallen", "en": "Least numbers"}
PROOF = {"nl": "Na te rekenen", "en": "Checking it"}
PROOF_LINES = {
    "nl": "Deze cijfers komen uit een vrijgave die niet meer verandert. Met de bundel van de vrijgave en het "
    "controleprogramma verify_release.py rekent de ondernemingsraad of een accountant ze na, zonder deze dienst.",
    "en": "These figures come from a release that never changes. With the bundle of the release and the program "
    "verify_release.py the works council or an auditor checks them without this service.",
}
FACTS = {
    "nl": ("Plaats in de keten", "Hash van het manifest", "Versie van de methode", "Versie van de drempels"),
    "en": ("Place in the chain", "Hash of the manifest", "Version of the method", "Version of the thresholds"),
}


def sections(thresholds: Thresholds, language: str) -> list[Section]:
    """Titles, each with its paragraphs."""
    least = asdict(thresholds)
    return [(title, [line.format(**least) for line in lines]) for title, lines in _METHOD[language]]


def threshold_lines(thresholds: Thresholds, language: str) -> Iterator[tuple[str, int]]:
    """What each least number is of, and the number."""
    for name, text in _THRESHOLDS[language].items():
        yield text, getattr(thresholds, name)
