"""What any request can be refused for, with its texts in Dutch and English, and the form of such texts."""

from typing import NamedTuple

Text = dict[str, str]


class ProblemText(NamedTuple):
    """What an error is called, and what it says to do."""

    title: Text
    detail: Text


def problem(nl: str, nl_detail: str, en: str, en_detail: str) -> ProblemText:
    """The texts of one error, in the order in which they are written down."""
    return ProblemText({"nl": nl, "en": en}, {"nl": nl_detail, "en": en_detail})


REQUEST_PROBLEMS: dict[str, ProblemText] = {
    "internal": problem(
        "Onverwachte fout",
        "Er ging bij ons iets mis. Er is niets half gedaan. Noem bij een vraag het nummer in `instance`.",
        "Unexpected error",
        "Something went wrong on our side. Nothing was left half-done. Quote `instance` when you ask for help.",
    ),
    "invalid-input": problem(
        "Ongeldige invoer",
        "Er klopt iets niet in de aanvraag; `errors` noemt alles wat gevonden is.",
        "Invalid input",
        "Something in the request is wrong; `errors` lists everything that was found.",
    ),
    "not-found": problem(
        "Niet gevonden",
        "Dit bestaat hier niet.",
        "Not found",
        "There is no such thing here.",
    ),
    "unauthenticated": problem(
        "Niet aangemeld",
        "Stuur een geldig toegangsbewijs mee: `Authorization: Bearer …`.",
        "Not signed in",
        "Send a valid access token: `Authorization: Bearer …`.",
    ),
    "dpop-proof": problem(
        "Bewijs van de sleutel geweigerd",
        "Dit token hoort bij een sleutel: stuur `Authorization: DPoP …` en bij elk verzoek een nieuw bewijs in `DPoP`; "
        "`errors` zegt wat er mis is.",
        "Proof of the key refused",
        "This token belongs to a key: send `Authorization: DPoP …` and a new proof in `DPoP` with each request; "
        "`errors` says what is wrong.",
    ),
    "denied": problem(
        "Niet toegestaan",
        "Uw rol of toegangsbewijs geeft hier geen recht op{needed}.",
        "Not allowed",
        "Your role or token does not allow this{needed}.",
    ),
    "resource-needed": problem(
        "Token zonder doel",
        "Dit token leest alleen over alle werkgevers samen. Vraag een token met `resource`: de werkgever waarvoor het "
        "is, of uw eigen leverancier voor wat van uzelf is{needed}.",
        "Token without a resource",
        "This token only reads over all employers together. Ask for a token with `resource`: the employer it is for, "
        "or your own vendor for what is your own{needed}.",
    ),
    "foreign-origin": problem(
        "Pagina niet toegelaten",
        "De pagina waar dit verzoek vandaan komt, is er geen waarvoor dit token is.",
        "Page not admitted",
        "The page that this request comes from is none that this token is for.",
    ),
    "person-not-in-directory": problem(
        "Onbekende medewerker",
        "U bent aangemeld, maar staat niet (meer) in de personeelslijst van deze werkgever. Vraag HR.",
        "Person not in the directory",
        "You are signed in, but you are not (or no longer) in this employer's directory. Ask HR.",
    ),
    "match-required": problem(
        "If-Match ontbreekt",
        "Zeg met If-Match welke versie u zag: de ETag van uw laatste GET.",
        "If-Match is missing",
        "Say with If-Match which version you saw: the ETag of your last GET.",
    ),
    "stale": problem(
        "Intussen gewijzigd",
        "Iemand anders heeft dit gewijzigd. Haal het opnieuw op en probeer het nog eens.",
        "Changed in the meantime",
        "Somebody else has changed this. Get it again and retry.",
    ),
    "idempotency-key-reused": problem(
        "Idempotency-Key al gebruikt",
        "Deze sleutel hoorde bij een andere aanvraag. Gebruik een nieuwe.",
        "Idempotency-Key was used before",
        "This key belonged to a different request. Use a new one.",
    ),
    "in-flight": problem(
        "Nog bezig",
        "De eerste aanvraag met deze Idempotency-Key loopt nog. Probeer het zo opnieuw.",
        "Still being done",
        "The first request with this Idempotency-Key is still running. Retry in a moment.",
    ),
    "secret-already-shown": problem(
        "Geheim al getoond",
        "Het eerste antwoord toonde een geheim en is niet bewaard. Is het kwijt, maak dan een nieuwe client "
        "en trek deze in.",
        "Secret was already shown",
        "The first reply showed a secret and was not kept. If it is lost, create a new client and revoke this one.",
    ),
    "rate-limited": problem(
        "Te veel aanvragen",
        "Probeer het over {retry_after} {retry_after:seconde|seconden} opnieuw.",
        "Too many requests",
        "Try again in {retry_after} {retry_after:second|seconds}.",
    ),
    "busy": problem(
        "Even te druk",
        "Dit kan op dit moment niet worden aangenomen. Probeer het over {retry_after} {retry_after:seconde|seconden} "
        "opnieuw.",
        "Busy at the moment",
        "This cannot be taken right now. Try again in {retry_after} {retry_after:second|seconds}.",
    ),
    "conflict": problem(
        "Kan nu niet",
        "De toestand hiervan staat dit niet toe.",
        "Not possible now",
        "The state of the thing forbids this.",
    ),
    # What HTTP itself can refuse.
    "unknown-path": problem(
        "Onbekend adres",
        "Dit adres bestaat niet. Paden hebben geen schuine streep aan het eind en geen dubbele.",
        "Unknown path",
        "There is nothing at this path. Paths have no trailing and no double slash.",
    ),
    "malformed-path": problem(
        "Onleesbaar adres",
        "Het pad is geen geldige UTF-8 of niet goed gecodeerd.",
        "Malformed path",
        "The path is not valid UTF-8 or not encoded well.",
    ),
    "malformed-host": problem(
        "Onleesbare host",
        "`Host` is geen hostnaam, of komt tweemaal voor.",
        "Malformed host",
        "`Host` is not the name of a host, or comes twice.",
    ),
    "method-not-allowed": problem(
        "Methode niet mogelijk",
        "Deze methode bestaat hier niet; `Allow` noemt welke wel.",
        "Method not allowed",
        "This method does not exist here; `Allow` lists those that do.",
    ),
    "not-acceptable": problem(
        "Formaat niet mogelijk",
        "Hier is te krijgen: {supported}.",
        "Not acceptable",
        "What can be had here: {supported}.",
    ),
    "unsupported-media-type": problem(
        "Mediatype niet mogelijk",
        "Hier wordt aangenomen: {supported}, in UTF-8 en niet gecomprimeerd.",
        "Unsupported media type",
        "What is taken here: {supported}, in UTF-8 and not compressed.",
    ),
    "body-too-large": problem(
        "Te groot",
        "De inhoud is groter dan {limit} bytes.",
        "Too large",
        "The body is larger than {limit} bytes.",
    ),
    "request-timeout": problem(
        "Te langzaam",
        "De inhoud was niet binnen {seconds} {seconds:seconde|seconden} compleet.",
        "Too slow",
        "The body was not complete within {seconds} {seconds:second|seconds}.",
    ),
    "disconnected": problem(
        "Verbinding verbroken",
        "De inhoud kwam niet volledig aan.",
        "Disconnected",
        "The body did not arrive whole.",
    ),
    "malformed-content-length": problem(
        "Onleesbare lengte",
        "`Content-Length` is geen geheel getal.",
        "Malformed length",
        "`Content-Length` is not a whole number.",
    ),
    "body-not-allowed": problem(
        "Hier hoort geen inhoud",
        "Deze aanvraag heeft geen inhoud; laat die weg.",
        "No body here",
        "This request takes no body; leave it out.",
    ),
    "unsupported-content-encoding": problem(
        "Codering niet mogelijk",
        "De inhoud moet ongecomprimeerd zijn: {supported}.",
        "Encoding not supported",
        "The body must not be compressed: {supported}.",
    ),
}
