"""Token exchange (RFC 8693) at the token endpoint: for a widget, named by `authorization_details`, or for a person."""

from collections.abc import Sequence
from typing import Any

from peil import problems
from peil.access.authentication import Known
from peil.access.clients.model import ProvenClient
from peil.access.clients.proving import prove_client
from peil.access.dpop import require_held
from peil.access.exchanging import issue_person_token
from peil.access.issuers.refusal_texts import refusal_text
from peil.access.issuers.refusals import ABOUT_THE_TOKEN
from peil.access.model import ExchangedToken
from peil.access.token_request import OAuthCode, OAuthRefused, TokenRequest
from peil.access.widget_model import WidgetAsked
from peil.decoding import decoder_for
from peil.errors import Denied, Finding, Invalid, ProofRefused, Unauthenticated
from peil.operation import Call
from peil.plain_text import plain
from peil.widgets.exchange import issue_widget_token

TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"  # noqa: S105  # the name of a grant
_TYPE = "urn:ietf:params:oauth:token-type:"
_ACCESS_TOKEN = f"{_TYPE}access_token"
# What an issuer signs is looked at the same way, whatever it calls it.
_SUBJECTS = {_ACCESS_TOKEN, f"{_TYPE}id_token", f"{_TYPE}jwt"}
_REQUIRED = ("subject_token", "subject_token_type")

_decode = decoder_for(list[WidgetAsked]).decode


async def exchange_token(asked: TokenRequest) -> Any:
    """A widget token for a person's token or the client's own, or a person's token for that of their own issuer.

    What is wrong with the subject is no fault of the client.
    """
    client = await prove_client(asked.nobody, asked.proof, asked.held)
    _check_form(asked, client)
    try:
        wanted = _wanted(asked.form["authorization_details"]) if "authorization_details" in asked.form else None
        subject = await asked.parts.authentication.exchanged(asked.form["subject_token"])
        # Else whoever has stolen a bound token would get another one for it that is not.
        require_held(subject.key, asked.held)
        if wanted is None:
            return await _person_token(asked, client, subject)
        return await issue_widget_token(Call(subject.actor, asked.parts), client, subject, wanted, asked.origin)
    except Invalid as error:
        raise _no_widget(error.findings) from None
    except ProofRefused:
        raise
    except Denied as error:
        raise await _not_taken(asked, client, error.code) from None
    except Unauthenticated as error:
        raise await _not_taken(asked, client, error.reason) from None


async def _not_taken(asked: TokenRequest, client: ProvenClient, reason: str | None) -> OAuthRefused:
    """What RFC 8693, section 2.2.2, has for a subject that this client may not exchange."""
    if client.employer_id is None:
        return _refused("invalid_request", "not-exchangeable")
    code, params = await asked.parts.authentication.refusal(asked.form["subject_token"], reason, client.employer_id)
    if client.public and code not in ABOUT_THE_TOKEN:
        code = "not-for-a-page"
    return _refused("invalid_request", code, **params)


def _refused(error: OAuthCode, code: str, /, **params: str) -> OAuthRefused:
    return OAuthRefused(error, lambda language: refusal_text(code, language, params))


def _no_widget(findings: Sequence[Finding]) -> OAuthRefused:
    """A widget that is not well said, or not to be had (RFC 9396, section 5)."""

    def told(language: str) -> str:
        found = (problems.finding(one, language) for one in findings)
        return plain("; ".join(f"{one.pointer} {one.detail}".strip() for one in found))

    return OAuthRefused("invalid_authorization_details", told)


async def _person_token(asked: TokenRequest, client: ProvenClient, subject: Known) -> ExchangedToken:
    if subject.actor.person_id is None:
        raise Unauthenticated("subject")
    try:
        return await issue_person_token(asked.nobody, client, subject, asked.form.get("scope"))
    except Denied:
        lacking = sorted(set(asked.form.get("scope", "").split()) - subject.actor.reaches.keys())
        code = "groups-left-out" if subject.actor.missing == "groups-left-out" else "scope"
        raise _refused("invalid_scope", code, scope=", ".join(lacking)) from None


def _check_form(asked: TokenRequest, client: ProvenClient) -> None:
    form = asked.form
    missing = [name for name in _REQUIRED if name not in form]
    if missing:
        raise _refused("invalid_request", "field-missing", names=", ".join(missing))
    if form["subject_token_type"] not in _SUBJECTS or form.get("requested_token_type", _ACCESS_TOKEN) != _ACCESS_TOKEN:
        raise _refused("invalid_request", "token-types")
    if "actor_token" in form:
        raise _refused("invalid_request", "actor-token")
    if "scope" in form and "authorization_details" in form:
        raise _refused("invalid_scope", "scope-beside-details")
    if client.public and "authorization_details" not in form:
        raise _refused("invalid_request", "page-gets-widgets-only")


def _wanted(details: str) -> WidgetAsked:
    """The one widget that is asked for: each has a token of its own."""
    found = _decode(details.encode())
    if len(found) != 1:
        raise Invalid(Finding("", "too-few-items" if not found else "too-many-items", {"limit": 1}))
    return found[0]
