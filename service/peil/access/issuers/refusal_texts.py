"""Why an exchange of tokens is refused and what to do about it, in Dutch and English."""

from collections.abc import Mapping

from peil.plain_text import plain

_TEXTS: dict[str, tuple[str, str]] = {
    # The form.
    "field-missing": ("{names} ontbreekt.", "{names} is missing."),
    "page-gets-widgets-only": (
        "authorization_details ontbreekt: een pagina krijgt alleen een widget. Laat een client met een geheim of "
        "sleutel het token van de medewerker omruilen.",
        "authorization_details is missing: a page gets widgets only. Have a client with a secret or a key exchange "
        "the person's token.",
    ),
    "token-types": (
        "U krijgt een access token voor een access token, een ID-token of een JWT: noem een daarvan in "
        "subject_token_type, en laat requested_token_type weg.",
        "An access token is given for an access token, an ID token or a JWT: name one of those in "
        "subject_token_type, and leave requested_token_type out.",
    ),
    "actor-token": (
        "Hier handelt niemand voor een ander: laat actor_token weg.",
        "Nobody acts for somebody else here: leave actor_token out.",
    ),
    "scope-beside-details": (
        "Wat een widget toont staat in authorization_details: laat scope weg.",
        "What a widget shows is named in authorization_details: leave scope out.",
    ),
    # The token, before anything is known of its issuer.
    "not-a-jwt": (
        "subject_token is geen JWT van hoogstens 16384 tekens. Een access token dat alleen de uitgever kan lezen en "
        "een refresh token kunnen niet worden omgeruild: stuur het ID-token, of een access token als JWT.",
        "subject_token is no JWT of 16384 characters at most. An access token that only its issuer can read and a "
        "refresh token cannot be exchanged: send the ID token, or an access token that is a JWT.",
    ),
    "own-token": (
        "subject_token is er een van Peil zelf die deze client hiervoor niet mag omruilen. Stuur het token dat de "
        "medewerker bij het aanmelden kreeg, of voor een widget dat van de client zelf.",
        "subject_token is one of Peil's own that this client may not exchange for this. Send the token that the "
        "person got on signing in, or for a widget that of the client itself.",
    ),
    # The issuer.
    "issuer-unknown": (
        "De werkgever van deze client heeft geen issuer `{issuer}`, de iss van het token. Registreer die precies zo "
        "met POST /v1/issuers, of stuur een token van een issuer die er wel is.",
        "The employer of this client has no issuer `{issuer}`, the iss of the token. Register it exactly so by "
        "POST /v1/issuers, or send a token of an issuer that is there.",
    ),
    "issuer-inactive": (
        "De issuer is geregistreerd en nog niet bevestigd. Een beheerder van de werkgever doet dat met "
        "POST /v1/issuers/{issuer_id}/confirm.",
        "The issuer is registered and not confirmed yet. An administrator of the employer does that by "
        "POST /v1/issuers/{issuer_id}/confirm.",
    ),
    "issuer-revoked": (
        "De issuer is ingetrokken. Een beheerder registreert zo nodig een nieuwe met POST /v1/issuers.",
        "The issuer has been revoked. An administrator registers a new one by POST /v1/issuers if it is needed.",
    ),
    "audience": (
        "De aud van het token noemt `{audience}` niet, de geregistreerde audience. Vraag de issuer een token daarvoor, "
        "of registreer de audience die hij geeft met POST /v1/issuers.",
        "The aud of the token does not name `{audience}`, the audience that is registered. Ask the issuer for a token "
        "for it, or register the audience that it gives by POST /v1/issuers.",
    ),
    "tenant": (
        "De claim {claim} van het token zegt niet `{value}`, zoals is geregistreerd. Meld aan bij de eigen "
        "organisatie, of registreer wat de claim zegt met POST /v1/issuers.",
        "The claim {claim} of the token does not say `{value}`, as is registered. Sign in to the own organisation, "
        "or register what the claim says by POST /v1/issuers.",
    ),
    "two-employers": (
        "Het token past ook bij wat een andere werkgever voor deze issuer registreerde, en geldt daarom voor geen van "
        "beide. Laat de issuer in aud alleen noemen wat van Peil is, en vraag anders de beheerder van Peil.",
        "The token fits what another employer has registered of this issuer too, and so counts for neither. Have the "
        "issuer name in aud only what is Peil's, and else ask whoever runs Peil.",
    ),
    # The token, by an issuer that is known.
    "typ": (
        "De typ in de kop van het token is er geen van een access token of ID-token van deze issuer (profile "
        "{profile}). Stuur een van die twee.",
        "The typ in the header of the token is none of an access token or ID token of this issuer (profile "
        "{profile}). Send one of those two.",
    ),
    "kid": (
        "Geen sleutel die de issuer publiceert heeft de kid van het token. Kijk met "
        "POST /v1/issuers/{issuer_id}/check wat Peil daar vindt; een nieuwe sleutel is er binnen een halve minuut.",
        "No key that the issuer publishes has the kid of the token. See by POST /v1/issuers/{issuer_id}/check what "
        "Peil finds there; a new key is known within half a minute.",
    ),
    "algorithm": (
        "De alg van het token is er geen van {algorithms}, die voor de issuer zijn geregistreerd. Laat de issuer zo "
        "ondertekenen, of wijzig algorithms met PATCH /v1/issuers/{issuer_id}.",
        "The alg of the token is none of {algorithms}, which are registered for the issuer. Have the issuer sign so, "
        "or change algorithms by PATCH /v1/issuers/{issuer_id}.",
    ),
    "signature": (
        "De handtekening van het token is niet van de sleutel die de issuer publiceert. Stuur het token zoals de "
        "issuer het gaf.",
        "The signature of the token is not by the key that the issuer publishes. Send the token as the issuer gave it.",
    ),
    "times": (
        "exp en iat van het token moeten er zijn, als hele seconden sinds 1970. Laat de issuer ze geven.",
        "exp and iat of the token have to be there, as whole seconds since 1970. Have the issuer give them.",
    ),
    "expired": (
        "Het token is verlopen, geldt nog niet, of geldt langer dan een dag. Meld opnieuw aan en stuur het nieuwe; "
        "zet anders de klok of de geldigheidsduur van de issuer goed.",
        "The token is over, is not good yet, or is good for longer than a day. Sign in again and send the new one; "
        "else mend the issuer's clock or how long its tokens are good for.",
    ),
    "identity": (
        "Het token heeft geen claim {claim} met tekst, die zegt wie de medewerker is. Laat de issuer die geven, of "
        "noem een andere identityClaim met PATCH /v1/issuers/{issuer_id}.",
        "The token has no claim {claim} with text, which says who the person is. Have the issuer give it, or name "
        "another identityClaim by PATCH /v1/issuers/{issuer_id}.",
    ),
    "person-not-in-directory": (
        "Niemand in het personeelsbestand heeft als {attribute} wat de claim {claim} van het token zegt. Laat HR of "
        "de provisioning de medewerker zo opnemen, of wijzig identityClaim of directoryAttribute van de issuer.",
        "Nobody in the directory has as {attribute} what the claim {claim} of the token says. Have HR or the "
        "provisioning add the person so, or change identityClaim or directoryAttribute of the issuer.",
    ),
    "not-exchangeable": (
        "Deze client mag dit subject_token niet omruilen. Stuur het token waarmee iemand van de eigen werkgever zich "
        "aanmeldde.",
        "This client may not exchange this subject_token. Send the token with which somebody of its own employer "
        "signed in.",
    ),
    "not-for-a-page": (
        "Een pagina van deze werkgever mag dit subject_token niet omruilen. Laat de medewerker opnieuw aanmelden; "
        "blijft het zo, ruil het dan om met een client met een geheim of sleutel, die hoort waarom niet.",
        "A page of this employer may not exchange this subject_token. Have the person sign in again; if it stays so, "
        "exchange it with a client that has a secret or a key, which is told why not.",
    ),
    # What is asked for.
    "scope": (
        "De rollen van de medewerker geven {scope} niet. Vraag minder, of geef de medewerker bij de issuer een rol die "
        "in roleMapping staat.",
        "The roles of the person do not give {scope}. Ask for less, or give the person a role at the issuer that "
        "stands in roleMapping.",
    ),
    "groups-left-out": (
        "Dit zijn te veel groepen voor een token: Entra ID liet ze weg, en dus geven ze geen rol, en {scope} niet. "
        "Gebruik app roles en roleClaim `roles`.",
        "These are too many groups for a token: Entra ID left them out, so they give no role, nor {scope}. Use app "
        "roles and roleClaim `roles`.",
    ),
}


def refusal_text(code: str, language: str, params: Mapping[str, str]) -> str:
    """A refusal in a sentence or two, in the characters that RFC 6749, section 5.2, allows."""
    dutch, english = _TEXTS[code]
    return plain((dutch if language == "nl" else english).format_map(params))
