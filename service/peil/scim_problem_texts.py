"""What SCIM says in words of its own: its errors have neither `errors` nor `instance`, and another secret."""

from peil.request_problem_texts import Text

SCIM_PROBLEMS: dict[str, Text] = {
    "internal": {
        "nl": "Er ging bij ons iets mis. Er is niets half gedaan. Noem bij een vraag het nummer van de aanvraag.",
        "en": "Something went wrong on our side. Nothing was left half-done. Quote the request when you ask for help.",
    },
    "invalid-input": {
        "nl": "Er klopt iets niet in de aanvraag.",
        "en": "Something in the request is wrong.",
    },
    "unauthenticated": {
        "nl": "Stuur het geheim van een SCIM-koppeling mee, dat met `peil_scim_` begint: `Authorization: Bearer …`. "
        "Een toegangsbewijs werkt hier nooit.",
        "en": "Send the secret of a SCIM connection, which begins with `peil_scim_`: `Authorization: Bearer …`. "
        "An access token never works here.",
    },
}
"""By the code of the problem; for any other, SCIM says what all say."""

REQUEST: Text = {"nl": "Aanvraag {request_id}.", "en": "Request {request_id}."}
"""By which the operator finds what happened."""
