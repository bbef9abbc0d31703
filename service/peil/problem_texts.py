"""Every error code with its texts, in Dutch and English; placeholders are the error's parameters."""

from peil.request_problem_texts import REQUEST_PROBLEMS, ProblemText
from peil.request_problem_texts import problem as _problem

PROBLEMS: dict[str, ProblemText] = {
    **REQUEST_PROBLEMS,
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
        "Deze issuer met deze audience hoort al bij een werkgever. "
        "Kies een andere audience, of trek eerst die issuer in.",
        "Issuer is registered",
        "This issuer with this audience belongs to an employer already. "
        "Choose another audience, or revoke that one first.",
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
    "client-revoked": _problem(
        "Client ingetrokken",
        "Deze client is al ingetrokken; maak zo nodig een nieuwe.",
        "Client is revoked",
        "This client is revoked already; create a new one if you need it.",
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
    "instrument-published": _problem(
        "Versie is gepubliceerd",
        "Een gepubliceerde versie verandert nooit. Maak een nieuwe versie met dezelfde sleutel.",
        "Version is published",
        "A published version never changes. Create a new version with the same key.",
    ),
    "instrument-not-published": _problem(
        "Vragenlijst is een concept",
        "Publiceer deze versie van de vragenlijst eerst.",
        "Instrument is a draft",
        "Publish this version of the instrument first.",
    ),
    "instrument-incomplete": _problem(
        "Vragenlijst is niet af",
        "Deze versie kan nog niet worden gepubliceerd; `errors` noemt wat er ontbreekt.",
        "Instrument is incomplete",
        "This version cannot be published yet; `errors` lists what is missing.",
    ),
    "modification-not-allowed": _problem(
        "Wijzigen mag niet",
        "{holder} staat niet toe dat deze vragenlijst wordt gewijzigd. Importeer zo nodig een nieuw pakket.",
        "Modification is not allowed",
        "{holder} does not allow this instrument to be changed. Import a new pack if you need one.",
    ),
    "permission-revoked": _problem(
        "Al ingetrokken",
        "Deze toestemming is al ingetrokken.",
        "Already revoked",
        "This permission has been revoked already.",
    ),
    "no-codes": _problem(
        "Geen codes in deze wijze",
        "In de wijze `{mode}` zijn er geen codes: mensen halen aangemeld zelf een antwoordbewijs op.",
        "No codes in this mode",
        "In mode `{mode}` there are no codes: people sign in and get an answer token themselves.",
    ),
    "no-answer-tokens": _problem(
        "Geen antwoordbewijs in deze wijze",
        "In de wijze `{mode}` antwoorden mensen met een code die zij krijgen; er is geen antwoordbewijs op te halen.",
        "No answer token in this mode",
        "In mode `{mode}` people answer with a code they are given; there is no answer token to get.",
    ),
    "answer-token-issued": _problem(
        "Antwoordbewijs al uitgegeven",
        "U heeft voor deze meting al een antwoordbewijs gekregen. Het staat op het apparaat waarmee u het ophaalde en"
        " kan niet worden vervangen.",
        "Answer token was issued",
        "You were issued an answer token for this wave before. It is on the device with which you got it, and cannot"
        " be replaced.",
    ),
    "wrong-mode": _problem(
        "Hoort bij een andere wijze",
        "Deze meting gaat in de wijze `{mode}`; dit is er alleen bij `{needed}`.",
        "Belongs to another mode",
        "This wave goes in mode `{mode}`; this is for `{needed}` only.",
    ),
    "sent-by-peil": _problem(
        "Peil verstuurt zelf",
        "Dit bericht verstuurt Peil zelf; er is geen lijst om te bezorgen.",
        "Peil sends it",
        "Peil sends this message itself; there is no list to deliver.",
    ),
    "message-not-due": _problem(
        "Nog niet aan de beurt",
        "Dit bericht gaat niet eerder uit dan {at}.",
        "Not due yet",
        "This message does not go out before {at}.",
    ),
    "wave-state": _problem(
        "Kan in deze toestand niet",
        "De meting is `{state}`; dit kan alleen bij: {allowed}.",
        "Not possible in this state",
        "The wave is `{state}`; this is possible only when it is: {allowed}.",
    ),
    "gates-closed": _problem(
        "Voorwaarden ontbreken",
        "De meting kan nog niet open; `errors` noemt wat eerst moet worden vastgelegd.",
        "Gates are closed",
        "The wave cannot open yet; `errors` lists what has to be recorded first.",
    ),
    "too-few-invited": _problem(
        "Te weinig mensen",
        "Er zijn te weinig mensen uitgenodigd; het moeten er minstens {least} zijn.",
        "Too few people",
        "Too few people are invited; there must be at least {least}.",
    ),
    "window-over": _problem(
        "Periode voorbij",
        "De periode van deze meting is al voorbij. Plan een nieuwe.",
        "Window is over",
        "The window of this wave is over. Plan a new one.",
    ),
    "fatigue-budget": _problem(
        "Te veel gevraagd",
        "Iemand krijgt binnen {days} dagen meer dan {waves} metingen of {items} vragen; `errors` noemt welke.",
        "Too much is asked",
        "Somebody would get more than {waves} waves or {items} items within {days} days; `errors` lists which.",
    ),
    "series-cancelled": _problem(
        "Reeks al geannuleerd",
        "Deze reeks is al geannuleerd.",
        "Series is cancelled",
        "This series has been cancelled already.",
    ),
    "codes-already-drawn": _problem(
        "Codes al getrokken",
        "De codes zijn al uitgegeven en de meting is begonnen; ze zijn niet bewaard. "
        "Zijn ze kwijt, annuleer dan de meting en plan een nieuwe.",
        "Codes are drawn",
        "The codes were handed out and the wave has begun; they were not kept. "
        "If they are lost, cancel the wave and plan a new one.",
    ),
    "no-units": _problem(
        "Geen afdelingen",
        "Er zijn nog geen afdelingen; importeer ze eerst.",
        "No units",
        "There are no units yet; import them first.",
    ),
    "two-units": _problem(
        "Mensen in twee afdelingen",
        "Bij twee afdelingen horen vandaag {count} mensen; wie de personeelslijst mag lezen, ziet hen met "
        "`GET /people?doubled=true`.",
        "People in two units",
        "People who belong to two units today: {count}. Who may read the directory finds them with "
        "`GET /people?doubled=true`.",
    ),
    "directory-conflict": _problem(
        "Personeelslijst klopt niet",
        "De personeelslijst kan zo niet; `errors` noemt waar het schuurt.",
        "The directory does not fit",
        "The directory cannot be like this; `errors` lists where it conflicts.",
    ),
    "unknown-answer-token": _problem(
        "Antwoordbewijs geldt hier niet",
        "Dit antwoordbewijs of deze code geldt niet voor deze meting.",
        "Answer token is not good here",
        "This answer token or code is not good for this wave.",
    ),
    "wave-not-open": _problem(
        "Meting nog niet open",
        "Deze meting is nog niet open. Uw antwoordbewijs of code blijft geldig.",
        "Wave is not open yet",
        "This wave is not open yet. Your answer token or code stays good.",
    ),
    "wave-closed": _problem(
        "Meting gesloten",
        "Er worden geen antwoorden meer aangenomen; wat u eerder stuurde, is ontvangen.",
        "Wave is closed",
        "No more answers are taken; what you sent earlier was received.",
    ),
    "wave-unrecoverable": _problem(
        "Antwoorden kunnen nu niet worden gelezen",
        "De sleutel van deze meting is zoek. Zonder die kan niemand een antwoord lezen: daarom neemt zij er geen aan. "
        "Wat u eerder stuurde, blijft bewaard. Uw antwoordbewijs of code blijft geldig als de sleutel terugkomt.",
        "Answers cannot be read now",
        "The key of this wave is lost, and without it nobody can read an answer: therefore it takes none. "
        "What you sent earlier is kept. Your answer token or code stays good if the key comes back.",
    ),
    "wave-cancelled": _problem(
        "Meting geannuleerd",
        "Deze meting is geannuleerd. Wat al was ingestuurd is vernietigd en telt niet mee.",
        "Wave is cancelled",
        "This wave was cancelled. What had been sent in is destroyed and counts for nothing.",
    ),
    "not-released": _problem(
        "Nog geen uitkomsten",
        "Deze meting heeft nog geen uitkomsten; die komen na de sluiting.",
        "No results yet",
        "This wave has no results yet; they come after it closes.",
    ),
    "not-a-pulse": _problem(
        "Geen puls",
        "Alleen een puls biedt per afdeling één maatregel aan; deze meting is van de soort `{kind}`.",
        "Not a pulse",
        "Only a pulse offers one action per unit; this wave is of kind `{kind}`.",
    ),
    "comments-not-asked": _problem(
        "Geen open vragen",
        "Deze meting had geen open vragen.",
        "No comments asked",
        "This wave asked for no comments.",
    ),
    "comments-not-released": _problem(
        "Opmerkingen nog niet vrijgegeven",
        "De vertrouwenspersoon leest de opmerkingen van deze meting nog; zij komen in één keer, binnen 30 dagen.",
        "Comments not released yet",
        "The confidential adviser is still reading the comments of this wave; they come all at once, within 30 days.",
    ),
    "comments-undecided": _problem(
        "Nog niet over alles besloten",
        "Beslis eerst over elke opmerking, of wacht tot dag 30: wat dan onbeslist is wordt vernietigd.",
        "Not everything is decided",
        "Decide on every comment first, or wait until day 30: what is undecided then is destroyed.",
    ),
    "moderation-ended": _problem(
        "Beoordeling is afgerond",
        "De opmerkingen van deze meting zijn of worden in één keer vrijgegeven; een tweede keer is er niet.",
        "Moderation has ended",
        "The comments of this wave are or will be released all at once; there is no second time.",
    ),
    "against-not-released": _problem(
        "Eerdere meting zonder uitkomsten",
        "De meting in `against` heeft nog geen uitkomsten; vergelijken kan na de sluiting ervan.",
        "Earlier wave has no results",
        "The wave in `against` has no results yet; a comparison is possible after it closes.",
    ),
    "no-baseline": _problem(
        "Geen nulmeting",
        "Er is geen eerdere nulmeting met uitkomsten. Noem met `against` de meting om mee te vergelijken.",
        "No baseline",
        "There is no earlier baseline with results. Say with `against` which wave to compare with.",
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
