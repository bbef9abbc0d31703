"""Every error code with its texts, in Dutch and English; placeholders are the error's parameters."""

from peil.measuring_problem_texts import MEASURING_PROBLEMS
from peil.request_problem_texts import REQUEST_PROBLEMS, ProblemText
from peil.request_problem_texts import problem as _problem

PROBLEMS: dict[str, ProblemText] = {
    **REQUEST_PROBLEMS,
    **MEASURING_PROBLEMS,
    # What the state of a thing forbids.
    "external-id-taken": _problem(
        "Externe id bestaat al",
        "Een ander heeft deze externe id al. Wijzig die, of kies een andere id.",
        "External id is taken",
        "Another one has this external id. Change that one, or choose another id.",
    ),
    "user-name-taken": _problem(
        "Gebruikersnaam bestaat al",
        "Een ander heeft deze gebruikersnaam al. Wijzig die persoon, of kies een andere naam.",
        "User name is taken",
        "Another person has this user name. Change that person, or choose another name.",
    ),
    "membership-taken": _problem(
        "Lidmaatschap bestaat al",
        "Deze persoon hoort vanaf die dag al bij die afdeling. Haal de persoon opnieuw op.",
        "Membership exists",
        "This person belongs to that unit from that day already. Get the person again.",
    ),
    "version-taken": _problem(
        "Versie bestaat al",
        "Iemand maakte tegelijk dezelfde versie. Probeer het opnieuw.",
        "Version is taken",
        "Somebody made the same version at the same time. Retry.",
    ),
    "issuer-taken": _problem(
        "Issuer al geregistreerd",
        "Deze issuer met deze audience hoort al bij een werkgever. Kies een andere audience, of trek eerst die issuer "
        "in; is het een werkgever waar je niets te zeggen hebt, vraag dan de exploitant. Twee werkgevers delen ze "
        "alleen als beide met dezelfde claim een eigen `tenant` noemen.",
        "Issuer is registered",
        "This issuer with this audience belongs to an employer already. Choose another audience, or revoke that one "
        "first; if it is an employer in which you have no say, ask the operator. Two employers share them only where "
        "both name a `tenant` of their own by the same claim.",
    ),
    "shared-audience": _problem(
        "Audience is van iedereen",
        "De audience van deze issuer staat in de tokens van iedereen die zich daar aanmeldt. Laat de issuer een "
        "audience toevoegen die alleen van Peil is, registreer die, en trek deze issuer in.",
        "Audience is everybody's",
        "The audience of this issuer stands in the tokens of everybody who signs in there. Have the issuer add an "
        "audience that is Peil's own, register that one, and revoke this issuer.",
    ),
    "issuer-not-waiting": _problem(
        "Wacht niet op bevestiging",
        "Alleen een issuer die `inactive` is kan worden bevestigd.",
        "Not waiting for confirmation",
        "Only an issuer that is `inactive` can be confirmed.",
    ),
    "issuer-revoked": _problem(
        "Issuer ingetrokken",
        "Deze issuer is al ingetrokken; registreer zo nodig een nieuwe.",
        "Issuer is revoked",
        "This issuer is revoked already; register a new one if you need it.",
    ),
    "vendor-revoked": _problem(
        "Leverancier ingetrokken",
        "Deze leverancier is ingetrokken en kan voor niemand meer handelen.",
        "Vendor is revoked",
        "This vendor is revoked and can act for nobody any more.",
    ),
    "vendor-linked": _problem(
        "Leverancier al gekoppeld",
        "Deze leverancier is al aan deze werkgever gekoppeld, of wacht op bevestiging.",
        "Vendor is linked",
        "This vendor is linked to this employer already, or waits to be confirmed.",
    ),
    "vendor-link-not-waiting": _problem(
        "Wacht niet op bevestiging",
        "Alleen een koppeling die `waiting` is kan worden bevestigd.",
        "Not waiting for confirmation",
        "Only a link that is `waiting` can be confirmed.",
    ),
    "vendor-link-ended": _problem(
        "Koppeling beëindigd",
        "Deze koppeling is al beëindigd.",
        "Link has ended",
        "This link has ended already.",
    ),
    "client-revoked": _problem(
        "Client ingetrokken",
        "Deze client is al ingetrokken; maak zo nodig een nieuwe.",
        "Client is revoked",
        "This client is revoked already; create a new one if you need it.",
    ),
    "groups-left-out": _problem(
        "Groepen ontbreken in het token",
        "U zit in te veel groepen; uw aanmelddienst laat ze dan alle weg, en zo weet Peil uw rol niet. "
        "Vraag uw beheerder om app-rollen, of om alleen groepen die aan de toepassing zijn toegewezen.",
        "Groups are missing from the token",
        "You are in too many groups; your sign-in service then leaves all of them out, and Peil does not know your "
        "role. Ask your administrator for app roles, or for only those groups that are assigned to the application.",
    ),
    "client-has-secret": _problem(
        "Client werkt met een geheim",
        "Deze client bewijst zich met een geheim. Maak een nieuwe client met eigen sleutels.",
        "Client works with a secret",
        "This client proves itself by a secret. Create a new client with keys of its own.",
    ),
    "client-needs-key": _problem(
        "Client zonder sleutel",
        "Deze client bewijst zich met een sleutel en heeft er minstens een nodig.",
        "Client without a key",
        "This client proves itself by a key and needs one at least.",
    ),
    "client-has-no-secret": _problem(
        "Client zonder geheim",
        "Deze client heeft geen geheim: hij heeft eigen sleutels, of hij is openbaar.",
        "Client without a secret",
        "This client has no secret: it has keys of its own, or is public.",
    ),
    "secrets-overlap": _problem(
        "Er werken al twee geheimen",
        "Wacht tot het oude geheim afloopt, of beëindig het eerst.",
        "Two secrets work already",
        "Wait until the old secret ends, or end it first.",
    ),
    "last-secret": _problem(
        "Laatste geheim",
        "Dit is het enige geheim dat werkt. Maak eerst een nieuw, of beëindig waar het bij hoort.",
        "Last secret",
        "This is the only secret that works. Create a new one first, or end what it belongs to.",
    ),
    "too-many-webhook-endpoints": _problem(
        "Te veel webhookadressen",
        "Een werkgever heeft er hoogstens {limit}. Verwijder er eerst een.",
        "Too many webhook endpoints",
        "An employer has {limit} at most. Delete one first.",
    ),
    "webhook-endpoint-exists": _problem(
        "Er is al een webhookadres",
        "Een leverancier heeft er een, voor al zijn werkgevers. Wijzig dat, of verwijder het eerst.",
        "There is a webhook endpoint already",
        "A vendor has one, for all its employers. Change that, or delete it first.",
    ),
    "handshake-failed": _problem(
        "De ontvanger stemt niet in",
        "De ontvanger op dit adres zegt niet dat hij events wil. Wat eraan schort staat hieronder.",
        "The receiver does not agree",
        "The receiver at this address does not say that it wants events. What is wrong stands below.",
    ),
    "webhook-endpoint-not-active": _problem(
        "Webhookadres niet actief",
        "Alleen naar een adres waarvan de ontvanger heeft ingestemd wordt verzonden. Verifieer het eerst.",
        "Webhook endpoint is not active",
        "Only to an endpoint whose receiver has agreed is anything sent. Verify it first.",
    ),
    "too-many-to-replay": _problem(
        "Te veel om opnieuw te zenden",
        "In deze tijd zijn er meer dan {limit} events. Kies een kortere.",
        "Too many to replay",
        "There are more than {limit} events in this period. Choose a shorter one.",
    ),
    "administrator-exists": _problem(
        "Er is al een beheerder",
        "Deze werkgever heeft een beheerder gehad: clients maakt en wijzigt voortaan die. De exploitant trekt ze "
        "alleen nog in. Is de beheerder zijn client kwijt, dan maakt de exploitant een nieuwe met `peil operator "
        "create-administrator`, op de machine met de database.",
        "There is an administrator",
        "This employer has had an administrator, who makes and changes its clients from then on. The operator only "
        "revokes them. If the administrator has lost its client, the operator makes another one with `peil operator "
        "create-administrator`, on the machine with the database.",
    ),
    "scim-connection-revoked": _problem(
        "SCIM-koppeling ingetrokken",
        "Deze koppeling is ingetrokken. Maak een nieuwe als je er een nodig hebt.",
        "SCIM connection is revoked",
        "This connection is revoked. Create a new one if you need it.",
    ),
    "scim-connection-not-waiting": _problem(
        "SCIM-koppeling wacht niet",
        "Alleen een koppeling die op bevestiging wacht, kan bevestigd worden.",
        "SCIM connection does not wait",
        "Only a connection that waits for it can be confirmed.",
    ),
    "too-many-disappear": _problem(
        "Te veel mensen verdwijnen",
        "Er zouden {gone} van de {standing} verdwijnen, meer dan een tiende. Bevestig dat aantal als het klopt.",
        "Too many disappear",
        "{gone} of {standing} would disappear, more than a tenth. Confirm that number if it is right.",
    ),
    "no-test-clock": _problem(
        "Geen testklok",
        "Alleen een sandbox-werkgever heeft een klok die verzet kan worden.",
        "No test clock",
        "Only a sandbox employer has a clock that can be moved.",
    ),
    "clock-goes-forward": _problem(
        "Klok gaat vooruit",
        "De klok staat al op {now}; kies een later moment.",
        "The clock goes forward",
        "The clock is at {now}; choose a later moment.",
    ),
    "policy-loosened": _problem(
        "Drempels alleen omhoog",
        "Een drempel kan voor nieuwe metingen hoger worden, nooit lager.",
        "Thresholds only go up",
        "A threshold can be raised for new waves, never lowered.",
    ),
    "precondition-withdrawn": _problem(
        "Al ingetrokken",
        "Deze voorwaarde is al ingetrokken; leg zo nodig een nieuwe vast.",
        "Already withdrawn",
        "This precondition has been withdrawn already; record a new one if you need it.",
    ),
    "consent-of-council": _problem(
        "Besluit van de OR",
        "De ondernemingsraad heeft dit vastgelegd; alleen de raad trekt het in. Vraag het de raad.",
        "The council's decision",
        "The works council recorded this; only the council withdraws it. Ask the council.",
    ),
    "council-withdrew": _problem(
        "De OR trok in",
        "De ondernemingsraad heeft haar instemming hiermee ingetrokken; alleen de raad kan opnieuw instemmen. "
        "Vraag het de raad met een nieuw verzoek.",
        "The council withdrew",
        "The works council withdrew its consent to this; only the council can consent again. "
        "Ask the council by a new request.",
    ),
    "clock-too-far": _problem(
        "Te ver vooruit",
        "Een testklok komt hoogstens tot en met {year}.",
        "Too far ahead",
        "A test clock goes no further than {year}.",
    ),
    "council-decides": _problem(
        "De OR besluit",
        "De ondernemingsraad is hierom gevraagd (`{state}`); alleen de raad kan instemmen. "
        "Wacht het besluit af; heeft de raad geweigerd, vraag het dan opnieuw.",
        "The council decides",
        "The works council was asked for this (`{state}`); only the council can consent. "
        "Wait for its decision; where it has refused, request it anew.",
    ),
    "council-exists": _problem(
        "Er is een OR",
        "De ondernemingsraad is gevraagd of heeft besloten; dat er geen raad is, kan niet worden vastgelegd. "
        "Vraag de raad om instemming.",
        "There is a council",
        "The works council was asked or has decided; that there is none cannot be recorded. Request its consent.",
    ),
    "not-your-units": _problem(
        "Niet uw afdelingen",
        "U kunt dit alleen voor uw eigen afdelingen doen, niet voor andere en niet voor iedereen.",
        "Not your units",
        "You can do this for your own units only, not for others and not for everyone.",
    ),
    "action-state": _problem(
        "Kan nu niet",
        "De maatregel staat op `{state}`; daarna kan: {allowed}.",
        "Not possible now",
        "The action is `{state}`; what can follow: {allowed}.",
    ),
    "progress-check-done": _problem(
        "Al gedaan",
        "Dit voortgangsmoment is al afgerond; wat nu geldt, hoort bij het volgende.",
        "Done already",
        "This progress check was completed already; what holds now belongs to the next one.",
    ),
    "request-pending": _problem(
        "Verzoek loopt al",
        "De ondernemingsraad is dit al gevraagd. Wacht het besluit af, of neem het verzoek terug.",
        "Request is pending",
        "The works council has been asked this already. Wait for its decision, or cancel the request.",
    ),
    "request-decided": _problem(
        "Verzoek afgehandeld",
        "Dit verzoek is `{state}`; alleen een verzoek dat `requested` is wordt besloten of teruggenomen.",
        "Request is settled",
        "This request is `{state}`; only one that is `requested` is decided or cancelled.",
    ),
    "key-taken": _problem(
        "Sleutel bestaat al",
        "De catalogus heeft al een onderdeel van deze soort met deze sleutel. "
        "Kies een andere sleutel, of wijzig dat onderdeel.",
        "Key is taken",
        "The catalogue has an entry of this kind with this key already. Choose another key, or change that entry.",
    ),
    "entry-shipped": _problem(
        "Hoort bij Peil",
        "Dit onderdeel wordt met Peil geleverd en is voor iedereen gelijk. Voeg zo nodig een eigen onderdeel toe.",
        "Comes with Peil",
        "This entry comes with Peil and is the same for everybody. Add one of your own if you need it.",
    ),
}
