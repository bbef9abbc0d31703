"""Every finding code with its text, in Dutch and English; placeholders are the finding's parameters.

`{limit:teken|tekens}` is the word that goes with the number: the first with one, the second with any other.
"""

from peil.measuring_finding_texts import MEASURING_TEXTS
from peil.programme_finding_texts import PROGRAMME_TEXTS
from peil.request_problem_texts import Text

_TEXTS: dict[str, tuple[str, str]] = {
    # Any body, query or header.
    "no-body": ("Hier hoort JSON; er is niets.", "JSON belongs here, and nothing came."),
    "malformed": (
        "Dit is geen JSON (regel {line}, kolom {column}).",
        "This is not JSON (line {line}, column {column}).",
    ),
    "invalid-utf8": (
        "Geen geldige UTF-8 (byte {byte}). Een bestand bewaar je als UTF-8, in Excel als CSV UTF-8.",
        "Not valid UTF-8 (byte {byte}). Save a file as UTF-8, in Excel as CSV UTF-8.",
    ),
    "too-deep": ("Dieper genest dan {limit}.", "Nested deeper than {limit}."),
    "number-out-of-range": ("Dit getal is te groot.", "This number is too large."),
    "duplicate-key": ("Deze sleutel staat er twee keer.", "This key is there twice."),
    "nul-character": ("NUL kan niet in tekst staan.", "Text cannot contain NUL."),
    "lone-surrogate": ("Een half Unicode-teken.", "Half a Unicode character."),
    "percent-encoding": ("Onjuiste procentcodering.", "Wrong percent-encoding."),
    "required": ("Dit is verplicht.", "This is required."),
    "unknown-field": ("Dit veld bestaat hier niet.", "There is no such field here."),
    "type": ("Verwacht: {expected}.", "Expected: {expected}."),
    "format": ("Dit is geen {format}.", "This is not {format}."),
    "pattern": ("Dit heeft niet de juiste vorm.", "This does not have the right form."),
    "not-one-of": ("Kies uit: {expected}.", "Choose from: {expected}."),
    "too-short": (
        "Minstens {limit} {limit:teken|tekens}.",
        "At least {limit} {limit:character|characters}.",
    ),
    "too-long": (
        "Hoogstens {limit} {limit:teken|tekens}.",
        "At most {limit} {limit:character|characters}.",
    ),
    "too-small": ("Minstens {limit}.", "At least {limit}."),
    "too-large": ("Hoogstens {limit}.", "At most {limit}."),
    "not-above": ("Groter dan {limit}.", "Greater than {limit}."),
    "not-below": ("Kleiner dan {limit}.", "Less than {limit}."),
    "too-few-items": (
        "Minstens {limit} {limit:onderdeel|onderdelen}.",
        "At least {limit} {limit:item|items}.",
    ),
    "too-many-items": (
        "Hoogstens {limit} {limit:onderdeel|onderdelen}.",
        "At most {limit} {limit:item|items}.",
    ),
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
    "not-public": (
        "Dit is geen adres op het openbare internet; Peil haalt van andere adressen niets op.",
        "This is no address on the public internet; Peil fetches nothing from others.",
    ),
    "unknown-event-type": (
        "Dit staat niet in de catalogus van events; de naam is zonder `nl.peil.`, zoals `wave.opened`.",
        "This is not in the event catalogue; the name is without `nl.peil.`, such as `wave.opened`.",
    ),
    "receiver-unreachable": (
        "Op OPTIONS komt hier geen antwoord: er komt geen verbinding, of die breekt af.",
        "There is no answer to OPTIONS here: no connection is made, or it breaks off.",
    ),
    "receiver-not-public": (
        "De naam leidt naar een adres dat niet op het openbare internet is; Peil vraagt daar niets.",
        "The name leads to an address that is not on the public internet; Peil asks nothing there.",
    ),
    "receiver-too-slow": (
        "Het antwoord op OPTIONS is er niet binnen 5 seconden.",
        "The answer to OPTIONS is not there within 5 seconds.",
    ),
    "receiver-tls": (
        "De TLS-verbinding lukt niet: kijk of het certificaat geldig is, voor deze naam, met de hele keten.",
        "The TLS connection fails: see whether the certificate is valid, for this name, with its whole chain.",
    ),
    "receiver-too-large": (
        "Het antwoord op OPTIONS is te groot; alleen de status en de headers zijn nodig.",
        "The answer to OPTIONS is too large; only the status and the headers are needed.",
    ),
    "receiver-refuses": (
        "Op OPTIONS komt hier het antwoord {status}, en geen 2xx. Een doorverwijzing wordt niet gevolgd.",
        "OPTIONS is answered here with {status}, and not with 2xx. A redirect is not followed.",
    ),
    "receiver-allows-nobody": (
        "In het antwoord op OPTIONS ontbreekt de header `WebHook-Allowed-Origin: {origin}`.",
        "The answer to OPTIONS lacks the header `WebHook-Allowed-Origin: {origin}`.",
    ),
    "receiver-allows-another": (
        "`WebHook-Allowed-Origin` in het antwoord op OPTIONS is niet `{origin}` en niet `*`.",
        "`WebHook-Allowed-Origin` in the answer to OPTIONS is neither `{origin}` nor `*`.",
    ),
    "receiver-changed": (
        "Het adres is gewijzigd terwijl de ontvanger werd gevraagd. Verifieer het opnieuw.",
        "The address was changed while the receiver was being asked. Verify it again.",
    ),
    "role-not-yours": (
        "Deze rol kunt u niet geven.",
        "You cannot give this role.",
    ),
    "unknown-vendor": ("Deze leverancier bestaat niet.", "There is no such vendor."),
    "role-stands-alone": (
        "De rol `{role}` gaat niet samen met een andere; maak er een eigen client voor.",
        "The role `{role}` does not go with another; make a client of its own for it.",
    ),
    "origin-not-registered": (
        "Deze pagina staat niet bij de herkomsten van de client.",
        "This page is not among the origins of the client.",
    ),
    "roles-needed": (
        "Geef minstens een rol, of maak er een publieke client van.",
        "Give a role at least, or make it a public client.",
    ),
    "origins-needed": (
        "Noem bij een publieke client de websites waarop die werkt.",
        "Name the websites on which a public client works.",
    ),
    "public-client-has-no-role": (
        "Een openbare client werkt in een browser en heeft geen rol.",
        "A public client runs in a browser and has no role.",
    ),
    "public-client-has-no-key": (
        "Een openbare client werkt in een browser en bewaart geen sleutel.",
        "A public client runs in a browser and keeps no key.",
    ),
    "algorithm-does-not-fit": (
        "Dit algoritme past niet bij `kty` en `crv` van de sleutel.",
        "This algorithm does not go with `kty` and `crv` of the key.",
    ),
    "unusable-key": (
        "Hier komt geen bruikbare publieke sleutel uit (RSA: 2048 tot 8192 bits).",
        "This makes no usable public key (RSA: 2048 to 8192 bits).",
    ),
    "dpop-missing": (
        "Er is een sleutel nodig, en dit verzoek bewijst er geen: de header `DPoP` ontbreekt.",
        "A key is needed, and this request proves none: the header `DPoP` is missing.",
    ),
    "dpop-malformed": (
        "Dit is niet een enkele JWT van het type `dpop+jwt` met de publieke sleutel (RSA: 2048 tot 8192 bits) in "
        "`jwk`, een algoritme dat daarbij hoort, en `jti`, `htm`, `htu` en `iat`.",
        "This is not one JWT of the type `dpop+jwt` with the public key (RSA: 2048 to 8192 bits) in `jwk`, "
        "an algorithm that goes with it, and `jti`, `htm`, `htu` and `iat`.",
    ),
    "dpop-signature": (
        "De handtekening is niet van de sleutel in `jwk`.",
        "The signature is not of the key in `jwk`.",
    ),
    "dpop-other-request": (
        "Methode (`htm`) of adres zonder query (`htu`) is niet die van dit verzoek.",
        "The method (`htm`) or the address without query (`htu`) is not that of this request.",
    ),
    "dpop-not-now": (
        "Het bewijs is ouder dan een minuut, of uit de toekomst: zet de klok gelijk en maak een nieuw.",
        "The proof is older than a minute, or of the future: set the clock and make a new one.",
    ),
    "dpop-other-token": (
        "`ath` is niet de SHA-256 van dit token.",
        "`ath` is not the SHA-256 of this token.",
    ),
    "dpop-used": (
        "Dit bewijs is al gebruikt: maak er voor elk verzoek een, met een nieuwe `jti`.",
        "This proof was used before: make one for each request, with a new `jti`.",
    ),
    "dpop-other-key": (
        "Het token hoort bij een andere sleutel dan het bewijs.",
        "The token belongs to another key than the proof.",
    ),
    "dpop-needed": (
        "Dit token hoort bij een sleutel en geldt niet als `Bearer`.",
        "This token belongs to a key and is no good as `Bearer`.",
    ),
    "dpop-not-bound": (
        "Dit token hoort niet bij een sleutel: stuur het als `Bearer`.",
        "This token belongs to no key: send it as `Bearer`.",
    ),
    "shared-audience": (
        "`{audience}` staat in de tokens van iedereen die zich bij deze uitgever aanmeldt; laat de uitgever een "
        "audience toevoegen die alleen van Peil is, en registreer die.",
        "`{audience}` stands in the tokens of everybody who signs in to this issuer; have the issuer add an audience "
        "that is Peil's own, and register that one.",
    ),
    "tenant-needed": (
        "Deze uitgever is er voor veel organisaties; noem met `{claim}` welke van u is.",
        "This issuer is for many organisations; say by `{claim}` which one is yours.",
    ),
    "no-tenant-claim": (
        "`{claim}` zegt niet van welke organisatie een token is; noem de claim die dat doet, zoals `hd` of `tid`.",
        "`{claim}` does not say of which organisation a token is; name the claim that does, such as `hd` or `tid`.",
    ),
    "identity-changes": (
        "`{claim}` verandert, of wordt later van een ander; noem een claim die altijd dezelfde persoon aanwijst, zoals "
        "`oid` of `sub`.",
        "`{claim}` changes, or is somebody else's later; name a claim that is always the same person, such as `oid` or "
        "`sub`.",
    ),
    "absent-unit-needed": (
        "Afdeling {unit} staat niet in de lijst, maar er horen nog mensen of afdelingen bij.",
        "Unit {unit} is not in the list, and people or units still belong to it.",
    ),
    "prefix-of-groups": (
        "Een voorvoegsel hoort bij `groups: prefix`, en alleen daarbij.",
        "A prefix goes with `groups: prefix`, and with nothing else.",
    ),
    "names-of-groups": (
        "Namen horen bij `groups: named`, en alleen daarbij.",
        "Names go with `groups: named`, and with nothing else.",
    ),
    "no-groups-with-departments": (
        "Komt de boom uit de afdeling van elke medewerker, dan is geen groep een afdeling: kies `none`.",
        "Where the tree comes from departments no group is a unit: choose `none`.",
    ),
    "within-two-years": (
        "Een geheim loopt af, binnen twee jaar vanaf nu.",
        "A secret ends, within two years from now.",
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
    "leaves-before-unit": (
        "Deze afdeling bestaat pas vanaf {from}; laat de medewerker later vertrekken.",
        "This unit exists from {from}; let the person leave later.",
    ),
    "unit-required": (
        "Wie actief is, hoort bij precies één afdeling, ook tot een vertrek later; noem die.",
        "Whoever is active belongs to exactly one unit, until leaving on a later day too; name it.",
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
    "role-claim-needed": (
        "`roleMapping` geeft niemand een rol zolang niet gezegd is in welke claim de waarden staan: noem `roleClaim`.",
        "`roleMapping` gives nobody a role until it is said in which claim the values are: name `roleClaim`.",
    ),
    "erased-person": (
        "Van wie dit was is alles gewist; dat krijgt geen naam terug. Voer de medewerker in met een eigen extern id.",
        "All there was of whose this was is erased, and gets no name back. Enter the person with an id of its own.",
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

FINDINGS: dict[str, Text] = {
    code: {"nl": nl, "en": en} for code, (nl, en) in (_TEXTS | MEASURING_TEXTS | PROGRAMME_TEXTS).items()
}

FORMATS: dict[str, Text] = {
    "date": {"nl": "datum, zoals 2026-01-31", "en": "a date, such as 2026-01-31"},
    "date-time": {
        "nl": "tijdstip met datum en tijdzone, zoals 2026-01-31T09:30:00+01:00",
        "en": "a date and time with an offset, such as 2026-01-31T09:30:00+01:00",
    },
    "uuid": {
        "nl": "id in de vorm van een UUID, zoals 0190f0c0-0000-7000-8000-000000000000",
        "en": "an id in the form of a UUID, such as 0190f0c0-0000-7000-8000-000000000000",
    },
    "uri-reference": {"nl": "adres, zoals /v1/waves", "en": "an address, such as /v1/waves"},
    "binary": {"nl": "bestand, zoals een PNG", "en": "a file, such as a PNG"},
}
"""What the names of formats in the schemas mean, as the finding `format` says it."""
