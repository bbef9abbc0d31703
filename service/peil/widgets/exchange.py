"""A token that shows one page less than its maker may see: made here, looked up again at each use."""

from uuid import UUID

from peil import clock
from peil.access.authentication import Known
from peil.access.clients.model import ProvenClient
from peil.access.widget_model import WIDGETS, Behalf, WidgetAsked, WidgetGranted
from peil.errors import Invalid, Unauthenticated
from peil.operation import Transaction, operation
from peil.widgets.model import WidgetToken
from peil.widgets.places import own_of, places_in_reach
from peil.widgets.rules import token_findings


@operation("widgets:read")
async def issue_widget_token(
    tx: Transaction, client: ProvenClient, subject: Known, asked: WidgetAsked, origin: str | None
) -> WidgetToken:
    """A token for a widget, made of a person's token or of the client's own (`subject`, who calls).

    `origin`: the page that asks. It is never good for longer than what it is made of. Raises Unauthenticated for a
    subject that this client may not exchange, and Invalid for what it cannot have.
    """
    employer_id, behalf = _checked(client, subject)
    wanted = asked.origin or origin or ""
    # A browser says where its page is, and cannot have a token for another.
    registered = [origin] if client.public else client.origins
    units = list(dict.fromkeys(own_of(tx) if asked.units is None else asked.units))
    seen = {place.unit_id for place in await places_in_reach(tx, units)}
    findings = list(token_findings(wanted, registered, units, seen))
    if findings:
        raise Invalid(*findings)
    seconds = min(asked.minutes * 60, int(subject.expires - clock.now().timestamp()))
    # The page of a server's client holds none of its keys; only a page that asks by itself can show its own.
    holder = client.holder if client.public else client.holder._replace(key=None)
    granted = WidgetGranted(type=asked.type, views=sorted(set(asked.views)), units=units, origin=wanted)
    return WidgetToken(
        access_token=tx.parts.token_keys.sign_widget(holder, employer_id, granted, behalf, seconds),
        issued_token_type="urn:ietf:params:oauth:token-type:access_token",  # noqa: S106  # the name of a type
        token_type=holder.token_type,
        expires_in=seconds,
        scope=WIDGETS,
        authorization_details=[granted],
    )


def _checked(client: ProvenClient, subject: Known) -> tuple[UUID, Behalf]:
    """Whose it is: a person of the client's own employer, or the client itself; never what is a widget's already."""
    actor, behalf = subject.actor, subject.behalf
    if behalf is None or client.employer_id is None or actor.employer_id != client.employer_id:
        raise Unauthenticated("subject")
    if actor.person_id is None and actor.id != client.client_id:
        raise Unauthenticated("subject")
    return client.employer_id, behalf
