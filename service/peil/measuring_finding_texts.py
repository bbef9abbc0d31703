"""Finding codes of instruments, answers and waves with their texts, in Dutch and English."""

MEASURING_TEXTS: dict[str, tuple[str, str]] = {
    # Instruments.
    "key-is-fixed": (
        "De sleutel van een vragenlijst verandert niet; maak een nieuwe.",
        "The key of an instrument does not change; create a new one.",
    ),
    "reserved-key": ("De sleutel `{key}` is gereserveerd.", "The key `{key}` is reserved."),
    "duplicate-language": ("De taal `{key}` staat er twee keer.", "The language `{key}` is there twice."),
    "labels-count": (
        "{labels} labels bij {points} punten: geef er één per punt, of twee voor de uiteinden.",
        "{labels} labels for {points} points: give one per point, or two for the ends.",
    ),
    "text-missing": (
        "De tekst in taal `{language}` ontbreekt.",
        "The text in language `{language}` is missing.",
    ),
    "language-not-declared": (
        "De taal `{language}` staat niet bij `languages`.",
        "The language `{language}` is not in `languages`.",
    ),
    "not-a-language": (
        "`{language}` is geen taal volgens BCP 47.",
        "`{language}` is no language by BCP 47.",
    ),
    "language-not-canonical": (
        "Schrijf `{language}` als `{canonical}`.",
        "Write `{language}` as `{canonical}`.",
    ),
    "translation-state-missing": (
        "Zeg hoe het met de vertaling in taal `{language}` staat.",
        "Say what is known of the translation in language `{language}`.",
    ),
    "unknown-scale": ("Er is geen schaal `{key}` in `blocks`.", "There is no block `{key}` in `blocks`."),
    "below-minimum-items": (
        "De schaal `{key}` heeft {items} vragen; de rechthebbende vraagt er minstens {minimum}.",
        "The block `{key}` has {items} items; the holder asks for {minimum} at least.",
    ),
    "item-not-sensitive": (
        "In gevoeligheidsklasse S is elke vraag gevoelig; `{key}` is dat niet.",
        "In sensitivity class S every item is sensitive; `{key}` is not.",
    ),
    "pack-changed": (
        "Dit pakket is niet zoals het werd geëxporteerd: de inhoud heeft SHA-256 {hash}.",
        "This pack is not as it was exported: its content has SHA-256 {hash}.",
    ),
    "not-of-this-chart": (
        "Een grafiek van de soort `{kind}` heeft dit niet.",
        "A chart of the kind `{kind}` does not take this.",
    ),
    "not-of-this-file": (
        "Een bestand van de soort `{type}` heeft dit niet.",
        "A file of type `{type}` does not take this.",
    ),
    "which-unit": (
        "U hebt geen afdeling of meer dan één; noem die met `unit`.",
        "You have no unit, or more than one; name it with `unit`.",
    ),
    "block-or-item": ("Kies een schaal of een vraag.", "Choose a block or an item."),
    "too-many-pixels": (
        "Op schaal {scale} (zonder `scale` is dat 2) zijn dit {pixels} beeldpunten; hoogstens {limit}. "
        "Neem een kleinere schaal of breedte.",
        "At scale {scale} (2 if `scale` is not said) these are {pixels} pixels; at most {limit}. "
        "Take a smaller scale or width.",
    ),
    "unknown-item": ("Er is geen vraag met deze sleutel.", "There is no item with this key."),
    "item-not-scorable": (
        "De vraag `{key}` heeft geen score en kan niet in een schaal.",
        "The item `{key}` has no score and cannot be in a block.",
    ),
    "sensitive-in-block": (
        "De gevoelige vraag `{key}` kan niet in een schaal: die heeft nooit een gemiddelde.",
        "The sensitive item `{key}` cannot be in a block: it never has a mean.",
    ),
    "item-in-two-blocks": (
        "De vraag `{key}` staat al in `{block}`; maak van beide één schaal.",
        "The item `{key}` is in `{block}` already; make one block of both.",
    ),
    "pulse-too-long": (
        "Een pulse heeft hoogstens 5 vragen met een score en 1 open vraag; dit zijn er {items} en {comments}.",
        "A pulse has at most 5 scored items and 1 comment; these are {items} and {comments}.",
    ),
    "too-many-comments": (
        "Een vragenlijst heeft hoogstens {most} open vragen; dit zijn er {comments}.",
        "An instrument has at most {most} comments; these are {comments}.",
    ),
    "not-one-traffic-light": (
        "Een stoplicht is precies één stoplichtvraag; dit zijn {items} vragen.",
        "A traffic light is exactly one traffic-light item; these are {items} items.",
    ),
    # Answers.
    "wrong-type": ("Dit antwoord past niet bij de vraag.", "This answer does not fit the item."),
    "out-of-range": ("Dit antwoord kan bij deze vraag niet.", "This answer is not possible for this item."),
    "instrument-needed": (
        "Noem de vragenlijst: een meting van de soort `{kind}` heeft er niet vanzelf een, zoals `pulse`.",
        "Name the instrument: a wave of kind `{kind}` has none by itself, as a `pulse` has.",
    ),
    "needed-in-this-mode": (
        "De wijze `{mode}` van deze meting vraagt dit.",
        "Mode `{mode}` of this wave needs this.",
    ),
    "not-in-this-mode": (
        "Dit hoort niet bij de wijze `{mode}` van deze meting.",
        "This does not belong to mode `{mode}` of this wave.",
    ),
    "another-questionnaire": (
        "Dit zijn antwoorden op een andere vragenlijst dan deze meting stelt. Haal haar opnieuw op.",
        "These are answers to another questionnaire than this wave asks. Get it again.",
    ),
    "not-blinded": (
        "Dit is geen bericht dat deze sleutel kan ondertekenen: het getal is niet kleiner dan de modulus.",
        "This is no message that this key can sign: the number is not below the modulus.",
    ),
    "comment-length": ("Hoogstens {maximum} tekens.", "At most {maximum} characters."),
    # Waves.
    "unknown-zone": ("Deze tijdzone bestaat niet.", "There is no such time zone."),
    "window-length": (
        "Een meting van de soort `{kind}` duurt minstens {hours} uur en hoogstens {days} dagen.",
        "A wave of kind `{kind}` takes at least {hours} hours and at most {days} days.",
    ),
    "not-later": (
        "Dit is niet later dan {than}, wanneer de meting nu sluit.",
        "This is not later than {than}, when the wave closes now.",
    ),
    "kind-does-not-fit": (
        "Een vragenlijst van de soort `{kind}` past niet bij deze meting; kies een van: {kinds}.",
        "An instrument of kind `{kind}` does not fit this wave; choose one of: {kinds}.",
    ),
    "nothing-to-compare": (
        "Geen enkele schaal is dezelfde als in de nulmeting of nameting van deze campagne; "
        "neem daarvoor dezelfde versie van de vragenlijst.",
        "No block is the same as in the baseline or post-measurement of this campaign; "
        "use the same version of the instrument for both.",
    ),
    "same-in-series": (
        "Dit is in een reeks steeds hetzelfde; annuleer deze meting en plan een losse.",
        "This is the same throughout a series; cancel this wave and plan another one alone.",
    ),
    "item-not-repeatable": (
        "De vraag `{key}` mag in een reeks maar één keer worden gesteld.",
        "The item `{key}` may be asked only once in a series.",
    ),
    "item-asked-by-wave": (
        "De vraag `{key}` mag mensen maar één keer worden gesteld, en de meting `{name}` ({wave}) stelt die al.",
        "The item `{key}` may be asked of people only once, and the wave `{name}` ({wave}) asks it already.",
    ),
    "once-in-pair": (
        "De vraag `{key}` mag maar één keer worden gesteld; een nulmeting en een nameting vragen hetzelfde.",
        "The item `{key}` may be asked only once; a baseline and a post-measurement ask the same.",
    ),
    "never-ends": (
        "Deze reeks houdt nooit op. Noem het aantal metingen (`count`, hoogstens {most}) of de laatste dag (`lastOn`).",
        "This series never ends. Say how many waves (`count`, at most {most}) or which last day (`lastOn`).",
    ),
    "two-ends": (
        "Noem het aantal (`count`) of de laatste dag (`lastOn`), niet allebei.",
        "Say how many (`count`) or which last day (`lastOn`), not both.",
    ),
    "series-too-long": (
        "Dit worden meer dan {most} metingen; kies een eerdere laatste dag.",
        "These are more than {most} waves; choose an earlier last day.",
    ),
    "no-day-left": (
        "Er blijft geen dag over waarop gemeten wordt.",
        "No day is left on which a wave is held.",
    ),
    "waves-overlap": (
        "De meting van {on} begint voordat de vorige sluit; maak ze korter.",
        "The wave of {on} begins before the one before it closes; make them shorter.",
    ),
    "asked-by-wave": (
        "Deze meting vraagt vanaf {on} dezelfde mensen ({items} vragen).",
        "This wave asks the same people from {on} ({items} items).",
    ),
    "asked-by-plan": (
        "Wat u plant vraagt vanaf {on} {items} vragen.",
        "What you plan asks {items} items from {on}.",
    ),
    "unknown-wave": ("Deze meting bestaat niet.", "There is no such wave."),
    "against-or-to": (
        "Noem een meting met `against`, of kies er een met `to`; niet allebei.",
        "Name a wave with `against`, or choose one with `to`; not both.",
    ),
    "not-earlier": (
        "Deze meting begon niet eerder; vergelijk met een die dat wel deed.",
        "This wave did not begin earlier; compare with one that did.",
    ),
    "not-a-union-of-atoms": (
        "De afdeling {unit} heeft geen eigen cijfers en kan zonder de rest van {home} niet meetellen in een groep; "
        "noem {home} in haar plaats.",
        "The unit {unit} has no figures of its own and cannot count in a group without the rest of {home}; name {home} "
        "in its place.",
    ),
    "protected-everywhere": (
        "De afdeling {unit} heeft geen cijfers, en geen afdeling erboven heeft ze: hiervan is geen groep te maken.",
        "The unit {unit} has no figures, and no unit above has any: there is no group of these.",
    ),
    "unit-not-in-wave": (
        "Deze afdeling is er nu wel, maar niet in deze meting: zij was er nog niet, of werd niet gevraagd.",
        "This unit is there now and is not in this wave: it was not there yet, or was not asked.",
    ),
    "counts-differ": (
        "Tel in elke regel evenveel dingen, en dezelfde.",
        "Count as many things in each cell, and the same ones.",
    ),
    "cells-do-not-add-up": (
        "De afdelingen eronder tellen samen meer dan deze, of er is iets geteld van niemand.",
        "The units beneath count more together than this one, or something is counted of nobody.",
    ),
    "cell-too-small": (
        "Deze regel, of wat hij meer telt dan die eronder, gaat over minder dan {least} mensen; niets wordt opgenomen.",
        "This cell, or what it counts beyond those beneath it, is about fewer than {least} people; nothing is taken.",
    ),
    "other-cells": (
        "Een verbetering gaat over dezelfde afdelingen als de versie ervoor.",
        "A correction is about the same units as the version before.",
    ),
    "corrected-too-few": (
        "Van deze regel zou te zien zijn wat er bij minder dan {least} mensen anders is; niets wordt opgenomen.",
        "This cell would show what is different about fewer than {least} people; nothing is taken in.",
    ),
    "corrected-twice": (
        "Deze regel is al een keer verbeterd; uit een derde cijfer zou een enkel mens te berekenen zijn.",
        "This cell was corrected before; a third figure could give a single person away.",
    ),
    "unknown-instrument": ("Deze vragenlijst bestaat niet.", "There is no such instrument."),
    "language-not-in-instrument": (
        "De vragenlijst is er niet in taal `{language}`.",
        "The instrument does not have language `{language}`.",
    ),
    "permission-missing": (
        "Leg eerst de toestemming van {holder} vast (licentie: {licence}); er is nu geen die geldt.",
        "Record the permission of {holder} first (licence: {licence}); there is none now that holds.",
    ),
    "licence-over": (
        "De licentie van {holder} ({licence}) geldt niet meer vanaf {until}.",
        "The licence of {holder} ({licence}) does not hold from {until} on.",
    ),
}
