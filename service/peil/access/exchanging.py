"""The token of a person's own sign-in service, turned into one of ours (RFC 8693)."""

from peil import clock
from peil.access.authentication import Known
from peil.access.clients.model import ProvenClient
from peil.access.model import ExchangedToken
from peil.access.tokens import LIFETIME
from peil.errors import Denied, Unauthenticated
from peil.operation import ANONYMOUS, Transaction, operation


@operation(ANONYMOUS)
async def issue_person_token(
    tx: Transaction, client: ProvenClient, subject: Known, scope: str | None
) -> ExchangedToken:
    """A token with which a client of the employer acts for a person who has signed in there.

    It is never good for longer than what it is made of. Without `scope` it has all that the person's roles give.
    Raises Unauthenticated for a subject that this client may not exchange, and for a client in a browser, which gets
    widgets only; Denied for scopes that the person's roles do not give.
    """
    actor, behalf = subject.actor, subject.behalf
    if client.public or client.employer_id is None or client.employer_id != actor.employer_id:
        raise Unauthenticated("subject")
    if behalf is None or behalf.issuer_id is None:
        raise Unauthenticated("subject")
    wanted = sorted(set(scope.split())) if scope else sorted(actor.reaches)
    if not wanted or not set(wanted) <= set(actor.reaches):
        raise Denied(scope=scope or "")
    seconds = min(LIFETIME, int(subject.expires - clock.now().timestamp()))
    return ExchangedToken(
        access_token=tx.parts.token_keys.sign_person(client.holder, client.employer_id, behalf, wanted, seconds),
        issued_token_type="urn:ietf:params:oauth:token-type:access_token",  # noqa: S106  # the name of a type
        token_type=client.holder.token_type,
        expires_in=seconds,
        scope=" ".join(wanted),
    )
