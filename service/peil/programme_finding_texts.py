"""Finding codes of campaigns and actions with their texts, in Dutch and English; `finding_texts` has the others."""

PROGRAMME_TEXTS: dict[str, tuple[str, str]] = {
    # Campaigns.
    "unknown-campaign": ("Deze campagne bestaat niet.", "There is no such campaign."),
    "unknown-theme": ("Dit thema staat niet in de catalogus.", "This theme is not in the catalogue."),
    "unknown-goal": ("Dit doel staat niet in de catalogus.", "This goal is not in the catalogue."),
    "unknown-kpi": ("Deze KPI staat niet in de catalogus.", "This KPI is not in the catalogue."),
    "unknown-kind": ("Deze soort staat niet in de catalogus.", "This kind is not in the catalogue."),
    "unknown-block": (
        "De vragenlijst heeft geen schaal of vraag met deze sleutel die een gemiddelde heeft.",
        "The instrument has no block or item of this key that has a mean.",
    ),
    "unpublished-instrument": (
        "Deze vragenlijst is nog niet gepubliceerd en kan nog veranderen.",
        "This instrument is not published yet and can still change.",
    ),
    "unknown-person": (
        "Deze medewerker bestaat niet, of is niet meer in dienst.",
        "This person does not exist, or has left.",
    ),
    "one-owner": (
        "Noem één eigenaar: een medewerker (`personId`) of een rol (`role`); wie wijzigt, maakt de andere `null`.",
        "Name one owner: a person (`personId`) or a role (`role`); a change sets the other one to `null`.",
    ),
    "unknown-risk": ("Dit risico bestaat niet.", "There is no such risk."),
    "week-in-another-year": ("Deze dag valt niet in {year}.", "This day is not in {year}."),
    "day-out-of-range": ("Kies een dag van {from} tot en met {to}.", "Choose a day from {from} to {to}."),
    "week-too-long": ("Een week heeft hoogstens {days} dagen.", "A week has at most {days} days."),
    "phase-out-of-order": (
        "Zo lopen de fasen door elkaar: `{other}` is op {on}.",
        "This puts the phases out of order: `{other}` is on {on}.",
    ),
    "outside-campaign": (
        "Deze dag hoort niet bij de campagne; die loopt van {from} tot en met {to}.",
        "This day is not of the campaign, which goes from {from} to {to}.",
    ),
    "some-or-all": (
        "Noem de werkgevers in `employerIds`, of kies ze allemaal met `all`: een van de twee.",
        "Name the employers in `employerIds`, or choose all of them with `all`: one of the two.",
    ),
    # Actions.
    "unknown-measure": ("Deze soort maatregel staat niet in de catalogus.", "This measure is not in the catalogue."),
    "measure-of-another-level": (
        "Deze soort maatregel is voor een ander niveau: {levels}.",
        "This measure is for another level: {levels}.",
    ),
    "target-below-start": (
        "Hoger is beter: niet lager dan waar het begint, {start}.",
        "Higher is better: not below where it begins, {start}.",
    ),
    "wave-not-released": (
        "Deze meting is nog niet vrijgegeven; kies er een met uitkomsten.",
        "This wave is not released yet; choose one that has results.",
    ),
    "unit-not-in-wave": (
        "Deze afdeling was er niet bij deze meting; kies een andere meting.",
        "This unit was not in this wave; choose another wave.",
    ),
    "begins-at-its-end": (
        "Een maatregel begint als `planned` of `active`.",
        "An action begins as `planned` or `active`.",
    ),
    "unit-partly-asked": (
        "Deze meting vroeg niet iedereen van deze afdeling; kies een meting die dat wel deed.",
        "This wave did not ask everybody of this unit; choose one that did.",
    ),
    "wave-not-representative": (
        "In deze meting antwoordde minder dan de helft van deze afdeling; dat is geen begin om vanaf te meten. "
        "Kies een andere meting.",
        "In this wave fewer than half of this unit answered; that is no start to measure from. Choose another wave.",
    ),
    "nothing-published": (
        "Deze meting heeft hier geen cijfer, om mensen te beschermen; kies een andere meting.",
        "This wave has no figure here, to protect people; choose another wave.",
    ),
    "unit-protected": (
        "Deze afdeling heeft hier geen eigen cijfer, om mensen te beschermen; haar mensen tellen mee in {unit}. "
        "Kies die afdeling, of laat het meetpunt weg.",
        "This unit has no figure of its own here, to protect people, who are counted in {unit}. "
        "Choose that unit, or leave the metric out.",
    ),
}
