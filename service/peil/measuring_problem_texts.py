"""What the state of instruments, waves, answers and releases forbids, with its texts in Dutch and English."""

from peil.request_problem_texts import ProblemText
from peil.request_problem_texts import problem as _problem

MEASURING_PROBLEMS: dict[str, ProblemText] = {
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
        "Iemand krijgt binnen {days} {days:dag|dagen} meer dan {waves} {waves:meting|metingen} of {items} "
        "{items:vraag|vragen}; `errors` noemt welke.",
        "Too much is asked",
        "Somebody would get more than {waves} {waves:wave|waves} or {items} {items:item|items} within {days} "
        "{days:day|days}; `errors` lists which.",
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
        "Deze meting is geannuleerd: er komen geen uitkomsten. Wat al was ingestuurd is vernietigd en telt niet mee.",
        "Wave is cancelled",
        "This wave was cancelled: it will have no results. What had been sent in is destroyed and counts for nothing.",
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
    "against-cancelled": _problem(
        "Eerdere meting geannuleerd",
        "De meting in `against` is geannuleerd: die krijgt geen uitkomsten om mee te vergelijken.",
        "Earlier wave is cancelled",
        "The wave in `against` was cancelled: it will have no results to compare with.",
    ),
    "no-baseline": _problem(
        "Geen nulmeting",
        "Er is geen eerdere nulmeting met uitkomsten. Noem met `against` de meting om mee te vergelijken.",
        "No baseline",
        "There is no earlier baseline with results. Say with `against` which wave to compare with.",
    ),
    "no-previous": _problem(
        "Geen eerdere meting",
        "Er is geen eerdere meting met uitkomsten die hetzelfde vroeg. Noem met `against` een meting.",
        "No earlier wave",
        "There is no earlier wave with results that asked the same. Name a wave with `against`.",
    ),
    "no-series": _problem(
        "Geen reeks",
        "Deze meting is niet in een reeks gepland. Vraag de trend over alle metingen: `over=all`.",
        "No series",
        "This wave was not planned in a series. Ask for the trend over all waves: `over=all`.",
    ),
}
