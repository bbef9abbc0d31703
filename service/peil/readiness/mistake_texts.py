"""The six common mistakes, and what readiness can find of each: its weight and its texts."""

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


def kind(mistake: Mistake | None, severity: Severity, nl: tuple[str, str], en: tuple[str, str]) -> Kind:
    """A kind of finding with title and advice, in Dutch and in English."""
    return Kind(mistake, severity, {"nl": nl[0], "en": en[0]}, {"nl": nl[1], "en": en[1]})


OF_MISTAKES: dict[str, Kind] = {
    "no-baseline": kind(
        "M1",
        "high",
        ("Er is geen nulmeting.", "Plan in deze campagne een meting van soort baseline."),
        ("There is no baseline.", "Plan a wave of kind baseline in this campaign."),
    ),
    "no-post-measurement": kind(
        "M1",
        "high",
        ("Er is geen nameting.", "Plan in deze campagne een meting van soort post."),
        ("There is no post-measurement.", "Plan a wave of kind post in this campaign."),
    ),
    "action-without-metric": kind(
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
    "no-goal": kind(
        "M2",
        "high",
        ("De campagne heeft geen doel.", "Noem één of twee doelen, elk met een KPI en een streefwaarde."),
        ("The campaign has no goal.", "Name one or two goals, each with a KPI and a target."),
    ),
    "too-many-goals": kind(
        "M2",
        "medium",
        ("De campagne heeft {count} doelen.", "Kies er één of twee; de rest is voor een volgende keer."),
        ("The campaign has {count} goals.", "Choose one or two; the others are for another time."),
    ),
    "no-action": kind(
        "M2",
        "high",
        ("Er komt nog geen maatregel uit de campagne.", "Maak een maatregel die bij deze campagne hoort."),
        ("No action comes of the campaign yet.", "Create an action that belongs to this campaign."),
    ),
    "few-actions": kind(
        "M2",
        "low",
        ("Er zijn minder dan drie maatregelen ({count}).", "Drie tot vijf per campagne werkt het best."),
        ("There are fewer than three actions ({count}).", "Three to five per campaign work best."),
    ),
    "many-actions": kind(
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
    "no-manager": kind(
        "M3",
        "high",
        ("Er zit geen leidinggevende in het kernteam.", "Neem een leidinggevende op in het kernteam."),
        ("No manager is in the core team.", "Take a manager into the core team."),
    ),
    "no-sponsor": kind(
        "M3",
        "high",
        ("Niemand van de directie staat achter de campagne.", "Noem wie van bestuur of directie haar draagt."),
        ("Nobody of the board backs the campaign.", "Name who of the board or management backs it."),
    ),
    "no-manager-message": kind(
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
    "no-risk": kind(
        "M4",
        "high",
        ("Geen doel gaat uit van een PSA-risico uit de RI&E.", "Noem bij een doel het risico waarvan het uitgaat."),
        ("No goal starts from a PSA risk of the RI&E.", "Name in a goal the risk that it starts from."),
    ),
    "action-without-risk": kind(
        "M4",
        "medium",
        (
            "De maatregel “{title}” is met geen risico uit de RI&E verbonden.",
            "Noem het risico waartegen de maatregel is.",
        ),
        ("The action “{title}” is linked to no risk of the RI&E.", "Name the risk that the action is against."),
    ),
    "symptoms-only": kind(
        "M4",
        "medium",
        (
            "Alle maatregelen werken op de enkele medewerker.",
            "Neem ook een maatregel die op de organisatie of het team werkt.",
        ),
        ("Every action acts on individual people.", "Add one that acts on the organisation or on a team."),
    ),
    "no-recovery": kind(
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
    "full-agenda": kind(
        "M5",
        "medium",
        ("Op {on} zijn er {count} activiteiten voor dezelfde mensen.", "Houd het bij drie per dag."),
        ("On {on} there are {count} activities for the same people.", "Keep to three a day."),
    ),
    "no-evaluation": kind(
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
    "outcomes-not-shared": kind(
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
    "progress-check-overdue": kind(
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
}
