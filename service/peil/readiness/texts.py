"""Everything readiness can find, of the common mistakes and beyond: its weight and its texts."""

from peil.readiness.mistake_texts import OF_MISTAKES, Kind, kind

KINDS: dict[str, Kind] = {
    **OF_MISTAKES,
    "no-theme": kind(
        None,
        "medium",
        ("De campagne heeft geen thema.", "Kies één of twee thema's uit de catalogus."),
        ("The campaign has no theme.", "Choose one or two themes of the catalogue."),
    ),
    "too-many-themes": kind(
        None,
        "low",
        ("De campagne heeft {count} thema's.", "Kies er één of twee."),
        ("The campaign has {count} themes.", "Choose one or two."),
    ),
    "no-criterion": kind(
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
    "no-core-message": kind(
        None,
        "medium",
        ("De kernboodschap is niet geschreven.", "Schrijf waarom, wat u wilt en wat u van mensen verwacht."),
        ("The core message is not written.", "Write why, what you want and what you expect of people."),
    ),
    "no-ambassador": kind(
        None,
        "medium",
        ("Er is geen ambassadeur in het kernteam.", "Neem één of twee ambassadeurs op in het kernteam."),
        ("No ambassador is in the core team.", "Take one or two ambassadors into the core team."),
    ),
    "ambassadors-of-one-unit": kind(
        None,
        "low",
        ("Alle ambassadeurs komen uit dezelfde afdeling.", "Kies ambassadeurs uit verschillende teams."),
        ("All ambassadors come from the same unit.", "Choose ambassadors of different teams."),
    ),
    "late-start": kind(
        None,
        "medium",
        (
            "Er blijft minder dan zes weken voor de voorbereiding.",
            "Verzet de week, of begin eerder met de voorbereiding.",
        ),
        ("Fewer than six weeks are left to prepare.", "Move the week, or begin to prepare earlier."),
    ),
    "post-asks-otherwise": kind(
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
    "asked-too-much": kind(
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
    "no-kick-off": kind(
        None,
        "medium",
        ("De week begint zonder kick-off.", "Zet een kick-off op de agenda."),
        ("The week begins without a kick-off.", "Put a kick-off on the agenda."),
    ),
    "uneven-coverage": kind(
        None,
        "medium",
        ("Voor {unit} staat er niets op de agenda.", "Zet een activiteit op de agenda die ook voor hen is."),
        ("Nothing on the agenda is for {unit}.", "Put an activity on the agenda that is for them as well."),
    ),
    "no-invitation": kind(
        None,
        "low",
        ("Niemand wordt uitgenodigd.", "Zet vóór de week een uitnodiging in het communicatieplan."),
        ("Nobody is invited.", "Put an invitation into the communication plan, before the week."),
    ),
    "works-council-not-involved": kind(
        None,
        "high",
        ("De OR is niet betrokken.", "Vraag de OR om instemming met drempels en wijze van meten."),
        ("The works council is not involved.", "Request its consent to thresholds and mode."),
    ),
    "works-council-refused": kind(
        None,
        "high",
        ("De OR heeft instemming geweigerd.", "Bespreek de redenen met de OR, en vraag dan opnieuw."),
        ("The works council refused its consent.", "Discuss its reasons with it, and then request it anew."),
    ),
    "works-council-withdrew": kind(
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
    "no-dpia": kind(
        None,
        "high",
        ("Er is geen geldige DPIA.", "Leg de DPIA vast."),
        ("There is no valid DPIA.", "Record the DPIA."),
    ),
    "no-participant-notice": kind(
        None,
        "high",
        ("Er is geen deelnemersinformatie.", "Leg de deelnemersinformatie vast."),
        ("There is no participant notice.", "Record the participant notice."),
    ),
    "no-confidential-adviser": kind(
        None,
        "high",
        ("Er is geen vertrouwenspersoon bekend.", "Leg vast wie de vertrouwenspersoon is."),
        ("No confidential adviser is known.", "Record who the confidential adviser is."),
    ),
    "no-reporting-route": kind(
        None,
        "medium",
        ("Er is geen meldroute bekend.", "Leg vast waar men kan melden."),
        ("No reporting route is known.", "Record where one can report."),
    ),
    "no-complaints-procedure": kind(
        None,
        "medium",
        ("Er is geen klachtenregeling bekend.", "Leg de klachtenregeling vast."),
        ("No complaints procedure is known.", "Record the complaints procedure."),
    ),
    "no-prevention-officer": kind(
        None,
        "medium",
        ("Er is geen preventiemedewerker bekend.", "Leg vast wie de preventiemedewerker is."),
        ("No prevention officer is known.", "Record who the prevention officer is."),
    ),
    "no-occupational-physician": kind(
        None,
        "medium",
        ("Er is geen bedrijfsarts bekend.", "Leg vast wie de bedrijfsarts is."),
        ("No occupational physician is known.", "Record who the occupational physician is."),
    ),
}
