"""Token exchange (RFC 8693) at the token endpoint: for a widget, named by `authorization_details`, or for a person."""

from typing import Any

from authlib.oauth2.rfc6749.errors import InvalidRequestError, InvalidScopeError, OAuth2Error

from peil import problems
from peil.access.authentication import Known
from peil.access.clients.model import ProvenClient
from peil.access.clients.proving import prove_client
from peil.access.dpop import require_held
from peil.access.exchanging import issue_person_token
from peil.access.model import ExchangedToken
from peil.access.oauth import TokenRequest
from peil.access.widget_model import WidgetAsked
from peil.decoding import decoder_for
from peil.errors import Denied, Finding, Invalid, ProofRefused, Unauthenticated
from peil.operation import Call
from peil.widgets.exchange import issue_widget_token

TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"  # noqa: S105  # the name of a grant
_TYPE = "urn:ietf:params:oauth:token-type:"
_ACCESS_TOKEN = f"{_TYPE}access_token"
# What an issuer signs is looked at the same way, whatever it calls it.
_SUBJECTS = {_ACCESS_TOKEN, f"{_TYPE}id_token", f"{_TYPE}jwt"}
_REQUIRED = ("subject_token", "subject_token_type")

_decode = decoder_for(list[WidgetAsked]).decode


class InvalidAuthorizationDetailsError(OAuth2Error):  # type: ignore[misc]  # Authlib has no types
    """A widget that is not well said, or not to be had (RFC 9396, section 5)."""

    error = "invalid_authorization_details"


async def exchange_token(asked: TokenRequest) -> Any:
    """A widget token for a person's token or the client's own, or a person's token for that of their own issuer.

    What is wrong with the subject is no fault of the client.
    """
    client = await prove_client(asked.nobody, asked.proof, asked.held)
    _check_form(asked)
    try:
        details = asked.form.get("authorization_details")
        if details is None and client.public:
            raise InvalidRequestError(description="authorization_details is missing: a page gets widgets only")
        wanted = None if details is None else _wanted(details)
        subject = await asked.parts.authentication.exchanged(asked.form["subject_token"])
        # Else whoever has stolen a bound token would get another one for it that is not.
        require_held(subject.key, asked.held)
        if wanted is None:
            return await _person_token(asked, client, subject)
        return await issue_widget_token(Call(subject.actor, asked.parts), client, subject, wanted, asked.origin)
    except Invalid as error:
        found = problems.problem(error, "en", "").errors
        told = "; ".join(f"{one.pointer} {one.detail}" for one in found)
        raise InvalidAuthorizationDetailsError(description=told) from None
    except ProofRefused:
        raise
    except (Denied, Unauthenticated):
        # RFC 8693, section 2.2.2.
        raise InvalidRequestError(description="subject_token is none that this client may exchange") from None


async def _person_token(asked: TokenRequest, client: ProvenClient, subject: Known) -> ExchangedToken:
    if subject.actor.person_id is None:
        raise Unauthenticated("subject")
    try:
        return await issue_person_token(asked.nobody, client, subject, asked.form.get("scope"))
    except Denied:
        raise InvalidScopeError(description="the person's roles do not give this scope") from None


def _check_form(asked: TokenRequest) -> None:
    form = asked.form
    missing = [name for name in _REQUIRED if name not in form]
    if missing:
        raise InvalidRequestError(description=f"{', '.join(missing)} is missing")
    if form["subject_token_type"] not in _SUBJECTS or form.get("requested_token_type", _ACCESS_TOKEN) != _ACCESS_TOKEN:
        raise InvalidRequestError(description="an access token is given for an access token, an ID token or a JWT")
    if "actor_token" in form:
        raise InvalidRequestError(description="nobody acts for somebody else here: actor_token is not taken")
    if "scope" in form and "authorization_details" in form:
        raise InvalidScopeError(description="a widget token is named by authorization_details, not by scope")


def _wanted(details: str) -> WidgetAsked:
    """The one widget that is asked for: each has a token of its own."""
    found = _decode(details.encode())
    if len(found) != 1:
        raise Invalid(Finding("", "too-few-items" if not found else "too-many-items", {"limit": 1}))
    return found[0]
