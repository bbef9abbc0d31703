"""What readiness can find: its weight, its texts, and the common mistake it belongs to."""

from typing import NamedTuple

from peil.readiness.model import Mistake, Severity

Texts = dict[str, str]


class Kind(NamedTuple):
    """A kind of finding; placeholders in its texts are the finding's parameters."""

    mistake: Mistake | None
    severity: Severity
    title: Texts
    advice: Texts


MISTAKES: dict[Mistake, Texts] = {
    "M1": {
        "nl": "Losse acties zonder nulmeting of opvolging",
        "en": "Ad-hoc actions without baseline or follow-up",
    },
    "M2": {"nl": "Losse evenementen zonder beleid", "en": "Separate events without policy"},
    "M3": {"nl": "Weinig betrokkenheid van de leiding", "en": "Little involvement of management"},
    "M4": {"nl": "Geen verbinding met RI&E en PSA", "en": "No link with RI&E and PSA"},
    "M5": {"nl": "Een volle agenda zonder herstel", "en": "A full agenda without recovery"},
    "M6": {"nl": "Geen evaluatie, borging of vervolg", "en": "No evaluation, anchoring or follow-up"},
}


def _kind(mistake: Mistake | None, severity: Severity, nl: tuple[str, str], en: tuple[str, str]) -> Kind:
    return Kind(mistake, severity, {"nl": nl[0], "en": en[0]}, {"nl": nl[1], "en": en[1]})


KINDS: dict[str, Kind] = {
    "no-baseline": _kind(
        "M1",
        "high",
        ("Er is geen nulmeting.", "Plan in deze campagne een meting van soort baseline."),
        ("There is no baseline.", "Plan a wave of kind baseline in this campaign."),
    ),
    "no-post-measurement": _kind(
        "M1",
        "high",
        ("Er is geen nameting.", "Plan in deze campagne een meting van soort post."),
        ("There is no post-measurement.", "Plan a wave of kind post in this campaign."),
    ),
    "action-without-metric": _kind(
        "M1",
        "medium",
        (
            "Van de maatregel “{title}” zal niemand weten of hij werkt.",
            "Geef de maatregel een meetpunt: een schaal uit een vrijgegeven meting, met een streefwaarde.",
        ),
        (
            "Nobody will know whether the action “{title}” works.",
            "Give it a metric: a block of a released wave, with a target.",
        ),
    ),
    "no-goal": _kind(
        "M2",
        "high",
        ("De campagne heeft geen doel.", "Noem één of twee doelen, elk met een KPI en een streefwaarde."),
        ("The campaign has no goal.", "Name one or two goals, each with a KPI and a target."),
    ),
    "too-many-goals": _kind(
        "M2",
        "medium",
        ("De campagne heeft {count} doelen.", "Kies er één of twee; de rest is voor een volgende keer."),
        ("The campaign has {count} goals.", "Choose one or two; the others are for another time."),
    ),
    "no-action": _kind(
        "M2",
        "high",
        ("Er komt nog geen maatregel uit de campagne.", "Maak een maatregel die bij deze campagne hoort."),
        ("No action comes of the campaign yet.", "Create an action that belongs to this campaign."),
    ),
    "few-actions": _kind(
        "M2",
        "low",
        ("Er zijn minder dan drie maatregelen ({count}).", "Drie tot vijf per campagne werkt het best."),
        ("There are fewer than three actions ({count}).", "Three to five per campaign work best."),
    ),
    "many-actions": _kind(
        "M2",
        "low",
        (
            "Meer dan vijf maatregelen zijn voor dezelfde mensen ({count}).",
            "Drie tot vijf werkt het best: stop een maatregel of begin die later.",
        ),
        (
            "More than five actions are for the same people ({count}).",
            "Three to five work best: stop one, or begin it later.",
        ),
    ),
    "no-manager": _kind(
        "M3",
        "high",
        ("Er zit geen leidinggevende in het kernteam.", "Neem een leidinggevende op in het kernteam."),
        ("No manager is in the core team.", "Take a manager into the core team."),
    ),
    "no-sponsor": _kind(
        "M3",
        "high",
        ("Niemand van de directie staat achter de campagne.", "Noem wie van bestuur of directie haar draagt."),
        ("Nobody of the board backs the campaign.", "Name who of the board or management backs it."),
    ),
    "no-manager-message": _kind(
        "M3",
        "medium",
        (
            "Leidinggevenden krijgen geen boodschap.",
            "Zet een bericht voor leidinggevenden in het communicatieplan, vóór of in de week.",
        ),
        (
            "Managers get no message.",
            "Put a message for managers into the communication plan, before or in the week.",
        ),
    ),
    "no-risk": _kind(
        "M4",
        "high",
        ("Geen doel gaat uit van een PSA-risico uit de RI&E.", "Noem bij een doel het risico waarvan het uitgaat."),
        ("No goal starts from a PSA risk of the RI&E.", "Name in a goal the risk that it starts from."),
    ),
    "action-without-risk": _kind(
        "M4",
        "medium",
        (
            "De maatregel “{title}” is met geen risico uit de RI&E verbonden.",
            "Noem het risico waartegen de maatregel is.",
        ),
        ("The action “{title}” is linked to no risk of the RI&E.", "Name the risk that the action is against."),
    ),
    "symptoms-only": _kind(
        "M4",
        "medium",
        (
            "Alle maatregelen werken op de enkele medewerker.",
            "Neem ook een maatregel die op de organisatie of het team werkt.",
        ),
        ("Every action acts on individual people.", "Add one that acts on the organisation or on a team."),
    ),
    "no-recovery": _kind(
        "M5",
        "medium",
        (
            "In de week is geen ruimte voor herstel.",
            "Zet een pauze, een wandeling of een focusblok op de agenda van de week.",
        ),
        (
            "The week leaves no room for recovery.",
            "Put a break, a walk or a focus block on the agenda of the week.",
        ),
    ),
    "full-agenda": _kind(
        "M5",
        "medium",
        ("Op {on} zijn er {count} activiteiten voor dezelfde mensen.", "Houd het bij drie per dag."),
        ("On {on} there are {count} activities for the same people.", "Keep to three a day."),
    ),
    "no-evaluation": _kind(
        "M6",
        "high",
        (
            "De week wordt niet geëvalueerd.",
            "Zet een slot-check-in of retro op de agenda, op de laatste dag van de week of daarna.",
        ),
        (
            "The week is not evaluated.",
            "Put a closing check-in or retro on the agenda, on the last day of the week or after.",
        ),
    ),
    "outcomes-not-shared": _kind(
        "M6",
        "high",
        (
            "De uitkomsten worden niet gedeeld.",
            "Zet na de week een bericht met uitkomsten en vervolg in het communicatieplan.",
        ),
        (
            "The outcomes are not shared.",
            "Put an item with outcomes and follow-up into the communication plan, after the week.",
        ),
    ),
    "progress-check-overdue": _kind(
        "M6",
        "high",
        (
            "Het voortgangsmoment van {on} bij “{title}” is niet gehouden.",
            "Rond het voortgangsmoment af: werkt de maatregel?",
        ),
        (
            "The progress check of {on} on “{title}” was not done.",
            "Complete the progress check: does the action work?",
        ),
    ),
    "no-theme": _kind(
        None,
        "medium",
        ("De campagne heeft geen thema.", "Kies één of twee thema's uit de catalogus."),
        ("The campaign has no theme.", "Choose one or two themes of the catalogue."),
    ),
    "too-many-themes": _kind(
        None,
        "low",
        ("De campagne heeft {count} thema's.", "Kies er één of twee."),
        ("The campaign has {count} themes.", "Choose one or two."),
    ),
    "no-criterion": _kind(
        None,
        "medium",
        (
            "Er is niet gezegd wanneer de campagne geslaagd is.",
            "Noem een succescriterium: deelname, waardering of verandering.",
        ),
        (
            "It was not said when the campaign is a success.",
            "Name a success criterion: participation, a score or a change.",
        ),
    ),
    "no-core-message": _kind(
        None,
        "medium",
        ("De kernboodschap is niet geschreven.", "Schrijf waarom, wat u wilt en wat u van mensen verwacht."),
        ("The core message is not written.", "Write why, what you want and what you expect of people."),
    ),
    "no-ambassador": _kind(
        None,
        "medium",
        ("Er is geen ambassadeur in het kernteam.", "Neem één of twee ambassadeurs op in het kernteam."),
        ("No ambassador is in the core team.", "Take one or two ambassadors into the core team."),
    ),
    "ambassadors-of-one-unit": _kind(
        None,
        "low",
        ("Alle ambassadeurs komen uit dezelfde afdeling.", "Kies ambassadeurs uit verschillende teams."),
        ("All ambassadors come from the same unit.", "Choose ambassadors of different teams."),
    ),
    "late-start": _kind(
        None,
        "medium",
        (
            "Er blijft minder dan zes weken voor de voorbereiding.",
            "Verzet de week, of begin eerder met de voorbereiding.",
        ),
        ("Fewer than six weeks are left to prepare.", "Move the week, or begin to prepare earlier."),
    ),
    "post-asks-otherwise": _kind(
        None,
        "medium",
        (
            "De nameting vraagt anders dan de nulmeting.",
            "Neem de versie van de nulmeting; anders is alleen te vergelijken wat in allebei gelijk is.",
        ),
        (
            "The post-measurement asks another instrument.",
            "Use the version that the baseline asked; else only what is equal in both can be compared.",
        ),
    ),
    "asked-too-much": _kind(
        None,
        "medium",
        (
            "Met de meting “{name}” wordt iemand meer gevraagd dan is afgesproken.",
            "Verzet of annuleer een meting; `/fatigue-budget` zegt hoeveel iemand gevraagd wordt.",
        ),
        (
            "With the wave “{name}” somebody is asked more than was agreed.",
            "Move or cancel a wave; `/fatigue-budget` says how much a person is asked.",
        ),
    ),
    "no-kick-off": _kind(
        None,
        "medium",
        ("De week begint zonder kick-off.", "Zet een kick-off op de agenda."),
        ("The week begins without a kick-off.", "Put a kick-off on the agenda."),
    ),
    "uneven-coverage": _kind(
        None,
        "medium",
        ("Voor {unit} staat er niets op de agenda.", "Zet een activiteit op de agenda die ook voor hen is."),
        ("Nothing on the agenda is for {unit}.", "Put an activity on the agenda that is for them as well."),
    ),
    "no-invitation": _kind(
        None,
        "low",
        ("Niemand wordt uitgenodigd.", "Zet vóór de week een uitnodiging in het communicatieplan."),
        ("Nobody is invited.", "Put an invitation into the communication plan, before the week."),
    ),
    "works-council-not-involved": _kind(
        None,
        "high",
        ("De OR is niet betrokken.", "Vraag de OR om instemming met drempels en wijze van meten."),
        ("The works council is not involved.", "Request its consent to thresholds and mode."),
    ),
    "works-council-refused": _kind(
        None,
        "high",
        ("De OR heeft instemming geweigerd.", "Bespreek de redenen met de OR, en vraag dan opnieuw."),
        ("The works council refused its consent.", "Discuss its reasons with it, and then request it anew."),
    ),
    "works-council-withdrew": _kind(
        None,
        "high",
        (
            "De OR heeft de instemming ingetrokken; er gaat geen meting meer open.",
            "Bespreek de redenen met de OR, en vraag dan opnieuw.",
        ),
        (
            "The works council withdrew its consent; no wave opens any more.",
            "Discuss its reasons with it, and then request it anew.",
        ),
    ),
    "no-dpia": _kind(
        None,
        "high",
        ("Er is geen geldige DPIA.", "Leg de DPIA vast."),
        ("There is no valid DPIA.", "Record the DPIA."),
    ),
    "no-participant-notice": _kind(
        None,
        "high",
        ("Er is geen deelnemersinformatie.", "Leg de deelnemersinformatie vast."),
        ("There is no participant notice.", "Record the participant notice."),
    ),
    "no-confidential-adviser": _kind(
        None,
        "high",
        ("Er is geen vertrouwenspersoon bekend.", "Leg vast wie de vertrouwenspersoon is."),
        ("No confidential adviser is known.", "Record who the confidential adviser is."),
    ),
    "no-reporting-route": _kind(
        None,
        "medium",
        ("Er is geen meldroute bekend.", "Leg vast waar men kan melden."),
        ("No reporting route is known.", "Record where one can report."),
    ),
    "no-complaints-procedure": _kind(
        None,
        "medium",
        ("Er is geen klachtenregeling bekend.", "Leg de klachtenregeling vast."),
        ("No complaints procedure is known.", "Record the complaints procedure."),
    ),
    "no-prevention-officer": _kind(
        None,
        "medium",
        ("Er is geen preventiemedewerker bekend.", "Leg vast wie de preventiemedewerker is."),
        ("No prevention officer is known.", "Record who the prevention officer is."),
    ),
    "no-occupational-physician": _kind(
        None,
        "medium",
        ("Er is geen bedrijfsarts bekend.", "Leg vast wie de bedrijfsarts is."),
        ("No occupational physician is known.", "Record who the occupational physician is."),
    ),
}
