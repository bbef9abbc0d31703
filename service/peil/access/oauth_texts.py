"""What the OAuth endpoints say of a request that they refuse, in Dutch and English."""

from collections.abc import Callable

from peil.plain_text import plain

Told = Callable[[str], str]
"""A refusal in a language, `nl` or `en`."""

_TEXTS: dict[str, tuple[str, str]] = {
    # The form.
    "no-form": ("de body is geen formulier", "the body is no form"),
    "field-twice": ("een veld staat er twee keer", "a field comes twice"),
    "field-missing": ("{name} ontbreekt", "{name} is missing"),
    "grant-type": (
        "grant_type is geen van die in de metadata",
        "grant_type is none of those that the metadata names",
    ),
    # The client. One sentence, whatever the reason is: whoever is refused learns nothing of what there is.
    "no-client": (
        "deze client is er niet, of bewijst zich niet zoals hij moet: kijk naar zijn status, geheimen, sleutels en "
        "origins; een assertion noemt alleen de issuer als aud, is binnen een minuut voorbij en heeft elke keer een "
        "nieuwe jti",
        "no such client, or not proven as it must: look at its state, secrets, keys and origins; an assertion names "
        "the issuer alone as aud, is over within a minute and has a new jti each time",
    ),
    "proven-twice": (
        "een client bewijst zich op een manier, in de header of met een assertion",
        "a client proves itself in one way, in the header or by an assertion",
    ),
    "assertion-type": (
        "client_assertion vraagt client_assertion_type {type}",
        "client_assertion needs client_assertion_type {type}",
    ),
    # What is asked for.
    "client-scope": (
        "de rollen van de client geven deze scope niet",
        "the client's roles do not give this scope",
    ),
    "anothers-token": (
        "het token is aan een andere client gegeven: laat die het intrekken",
        "the token was given to another client: have that one revoke it",
    ),
    # The resource.
    "two-resources": (
        "een token is voor één resource: vraag voor de andere nog een token",
        "a token is for one resource: ask for another token for the other",
    ),
    "other-resource": (
        "de resource moet {url}, {employer} of {vendor} zijn",
        "the resource has to be {url}, {employer} or {vendor}",
    ),
    "exchange-resource": (
        "bij deze grant is er geen andere resource dan {url}",
        "this grant takes no resource but {url}",
    ),
    "not-yours": ("deze client heeft niets bij die resource", "this client has nothing at that resource"),
    "link-waiting": (
        "een beheerder van de werkgever heeft deze leverancier nog niet bevestigd",
        "an administrator of the employer has not confirmed this vendor yet",
    ),
    "link-ended": (
        "de werkgever of de leverancier heeft beëindigd wat de leverancier daar mag",
        "the employer or the vendor has ended what the vendor may do there",
    ),
    "employer-needed": (
        "{scopes}: noem de werkgever, resource={employer}",
        "{scopes}: name the employer, resource={employer}",
    ),
    "vendor-needed": (
        "{scopes}: noem de leverancier zelf, resource={vendor}",
        "{scopes}: name the vendor itself, resource={vendor}",
    ),
}


def told(code: str, **params: str) -> Told:
    """What to say, in whichever language is asked for."""

    def text(language: str) -> str:
        dutch, english = _TEXTS[code]
        return plain((dutch if language == "nl" else english).format_map(params))

    return text
