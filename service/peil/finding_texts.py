"""Every finding code with its text, in Dutch and English; placeholders are the finding's parameters."""

from peil.programme_finding_texts import PROGRAMME_TEXTS
from peil.request_problem_texts import Text

_TEXTS: dict[str, tuple[str, str]] = {
    # Any body, query or header.
    "malformed": (
        "Dit is geen JSON (regel {line}, kolom {column}).",
        "This is not JSON (line {line}, column {column}).",
    ),
    "invalid-utf8": ("Geen geldige UTF-8 (byte {byte}).", "Not valid UTF-8 (byte {byte})."),
    "too-deep": ("Dieper genest dan {limit}.", "Nested deeper than {limit}."),
    "number-out-of-range": ("Dit getal is te groot.", "This number is too large."),
    "duplicate-key": ("Deze sleutel staat er twee keer.", "This key is there twice."),
    "nul-character": ("NUL kan niet in tekst staan.", "Text cannot contain NUL."),
    "lone-surrogate": ("Een half Unicode-teken.", "Half a Unicode character."),
    "percent-encoding": ("Onjuiste procentcodering.", "Wrong percent-encoding."),
    "required": ("Dit is verplicht.", "This is required."),
    "unknown-field": ("Dit veld bestaat hier niet.", "There is no such field here."),
    "type": ("Verwacht: {expected}.", "Expected: {expected}."),
    "format": ("Dit is geen {format}.", "This is not a {format}."),
    "pattern": ("Dit heeft niet de juiste vorm.", "This does not have the right form."),
    "not-one-of": ("Kies uit: {expected}.", "Choose from: {expected}."),
    "too-short": ("Minstens {limit} tekens.", "At least {limit} characters."),
    "too-long": ("Hoogstens {limit} tekens.", "At most {limit} characters."),
    "too-small": ("Minstens {limit}.", "At least {limit}."),
    "too-large": ("Hoogstens {limit}.", "At most {limit}."),
    "not-above": ("Groter dan {limit}.", "Greater than {limit}."),
    "not-below": ("Kleiner dan {limit}.", "Less than {limit}."),
    "too-few-items": ("Minstens {limit} onderdelen.", "At least {limit} items."),
    "too-many-items": ("Hoogstens {limit} onderdelen.", "At most {limit} items."),
    "not-a-multiple": ("Een veelvoud van {of}.", "A multiple of {of}."),
    "duplicate-item": ("Dit staat er twee keer.", "This is there twice."),
    "invalid": ("Deze waarde kan niet.", "This value is not possible."),
    "more-findings": ("Er is nog meer mis; dit zijn de eerste.", "There is more; these are the first."),
    "cursor": (
        "Deze cursor hoort niet bij deze lijst. Begin bij de eerste pagina.",
        "This cursor does not belong to this list. Begin with the first page.",
    ),
    # Access.
    "not-https": ("Dit moet met https:// beginnen.", "This must start with https://."),
    "role-not-yours": (
        "Deze rol kunt u niet geven.",
        "You cannot give this role.",
    ),
    "role-stands-alone": (
        "De rol `{role}` gaat niet samen met een andere; maak er een eigen client voor.",
        "The role `{role}` does not go with another; make a client of its own for it.",
    ),
    "administrators-only": (
        "Dit kan alleen een beheerder van de werkgever.",
        "Only an administrator of the employer can do this.",
    ),
    # Employers, policy and gates.
    "threshold-lowered": ("Minstens {at_least}.", "At least {at_least}."),
    "thresholds-not-rising": (
        "De drempels moeten oplopen: kM ≤ kC ≤ kD3 ≤ kD5.",
        "Thresholds must rise: kM ≤ kC ≤ kD3 ≤ kD5.",
    ),
    "below-floor": ("Niet lager dan {floor}.", "Not below {floor}."),
    "m-too-large": ("Hoogstens {most} bij deze kM.", "At most {most} with this kM."),
    "unknown-policy": ("Deze versie van de drempels bestaat niet.", "There is no such policy version."),
    "in-the-future": ("Deze dag moet nog komen.", "This day is still to come."),
    "in-the-past": ("Dit moment is al voorbij.", "This moment has passed."),
    "ends-before-start": ("Het einde ligt niet na het begin.", "The end is not after the start."),
    "notice-languages": (
        "Een deelnemersinformatie noemt haar talen; een DPIA heeft er geen.",
        "A participant notice names its languages; a DPIA has none.",
    ),
    "refusal-without-term": (
        "Een weigering heeft geen einddatum; laat die weg.",
        "A refusal has no end; leave it out.",
    ),
    "consent-missing": (
        "Leg de instemming van de OR vast met drempels versie {policy} en wijze {mode}, of dat er geen OR is.",
        "Record the works council's consent to policy version {policy} and mode {mode}, or that there is no council.",
    ),
    "consent-withdrawn": (
        "De OR heeft ingetrokken wat er stond voor drempels versie {policy} en wijze {mode}; vraag opnieuw instemming.",
        "The works council withdrew what stood for policy version {policy} and mode {mode}; request its consent anew.",
    ),
    "dpia-missing": ("Leg de DPIA vast.", "Record the DPIA."),
    "notice-missing": (
        "Leg de deelnemersinformatie vast in taal {language}.",
        "Record the participant notice in language {language}.",
    ),
    # Directory.
    "immutable": ("Dit verandert nooit.", "This never changes."),
    "unit-has-children": (
        "Er hangen nog afdelingen onder deze afdeling. Verplaats of verwijder die eerst.",
        "There are still units under this unit. Move or delete those first.",
    ),
    "unit-has-members": (
        "Er horen nog mensen bij deze afdeling, nu of later. Verplaats die eerst.",
        "There are still people in this unit, now or later. Move them first.",
    ),
    "second-root": (
        "Er is al een bovenste afdeling, `{root}`; hang deze daaronder.",
        "There is a top unit already, `{root}`; hang this one under it.",
    ),
    "own-parent": (
        "Een afdeling kan niet onder zichzelf hangen.",
        "A unit cannot be under itself.",
    ),
    "unknown-unit": ("Deze afdeling bestaat niet.", "There is no such unit."),
    "unit-cycle": (
        "Zo hangt deze afdeling via andere onder zichzelf.",
        "This puts the unit under itself by way of others.",
    ),
    "starts-before-parent": (
        "De afdeling erboven bestaat pas vanaf {from}; laat deze dan of later beginnen.",
        "The unit above exists from {from}; let this one start then or later.",
    ),
    "starts-later": (
        "Deze afdeling bestaat al vanaf {from}; het begin kan niet worden uitgesteld.",
        "This unit exists from {from}; its start cannot be put off.",
    ),
    "leaves-in-the-future": (
        "Vertrek kan niet vooruit worden gemeld; stuur het op de dag zelf.",
        "Leaving cannot be said in advance; send it on the day itself.",
    ),
    "unit-required": (
        "Wie actief is, hoort bij precies één afdeling; noem die.",
        "Whoever is active belongs to exactly one unit; name it.",
    ),
    "unit-starts-later": (
        "Deze afdeling bestaat pas vanaf {from}; kies die dag of een latere.",
        "This unit exists from {from}; choose that day or a later one.",
    ),
    "duplicate-line": (
        "Deze externe id staat ook op regel {line}.",
        "This external id is on line {line} as well.",
    ),
    "user-name-taken": (
        "Een ander heeft deze gebruikersnaam al.",
        "Another person has this user name.",
    ),
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
    "not-earlier": (
        "Deze meting begon niet eerder; vergelijk met een die dat wel deed.",
        "This wave did not begin earlier; compare with one that did.",
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
    # Comments.
    "unknown-comment": (
        "Er wacht in deze meting geen opmerking met dit id.",
        "No comment with this id is awaiting moderation in this wave.",
    ),
    "text-for-redact-only": (
        "Geef `text` bij `redact`, en alleen daar.",
        "Give `text` with `redact`, and only there.",
    ),
    "redaction-adds": (
        "Weglaten mag, veranderen niet: laat woorden staan of zet er `[…]` voor in de plaats.",
        "Words may be left out, not changed: let words stand or put `[…]` in their place.",
    ),
    # Messages.
    "answer-page-needed": (
        "Noem de pagina waar mensen antwoorden: zonder die kan Peil niet uitnodigen.",
        "Name the page where people answer: without it Peil cannot invite.",
    ),
    "unknown-placeholder": (
        "`{{{name}}}` kan hier niet worden ingevuld.",
        "`{{{name}}}` cannot be filled in here.",
    ),
    # Toolkit.
    "title-language": (
        "Geef de titel minstens in het Nederlands (`nl`) of het Engels (`en`).",
        "Give the title in Dutch (`nl`) or English (`en`) at least.",
    ),
    "mark-not-of-kind": (
        "Het kenmerk `{mark}` hoort niet bij een onderdeel van de soort `{kind}`.",
        "The mark `{mark}` does not belong to an entry of kind `{kind}`.",
    ),
    # Risks.
    "unknown-category": (
        "De catalogus heeft geen onderdeel van de soort `risk` met deze sleutel.",
        "The catalogue has no entry of kind `risk` with this key.",
    ),
}

FINDINGS: dict[str, Text] = {code: {"nl": nl, "en": en} for code, (nl, en) in (_TEXTS | PROGRAMME_TEXTS).items()}
