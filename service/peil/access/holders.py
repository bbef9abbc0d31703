"""To whom a token of ours was given: the client as it is now, and as whom it asks."""

from hashlib import sha256
from uuid import UUID

from peil import clock
from peil.access import queries, table
from peil.access.clients import targets
from peil.access.clients.proving import credentials_of
from peil.access.clients.queries import StoredClient, select_link_state, select_stored_client
from peil.access.queries import KnownEmployer
from peil.access.tokens import AccessClaims
from peil.access.widget_model import WIDGETS, WidgetGranted
from peil.actor import Actor, Widget
from peil.database import Rows
from peil.errors import Unauthenticated


async def good_client(rows: Rows, claims: AccessClaims) -> StoredClient:
    """The client of a token of ours, if it is one still, and is still what the token was given for."""
    client = await select_stored_client(rows, claims.client_id, clock.now())
    if client is None or client.state != "active":
        raise Unauthenticated("client")
    await _check_employer(rows, client, claims.employer)
    if claims.credential is not None and claims.credential not in credentials_of(client):
        # The token ends with the secret or the key by which somebody has got it.
        raise Unauthenticated("credential")
    is_shown = claims.authorization_details is not None and not client.public
    if client.dpop_bound and claims.cnf is None and not is_shown:
        raise Unauthenticated("unbound")
    sources = claims.behalf.sources if claims.behalf else []
    if await queries.is_any_revoked(rows, [sha256(jti.encode()).digest() for jti in (claims.jti, *sources)]):
        raise Unauthenticated("revoked")
    return client


def widget_actor(granted: WidgetGranted, maker: Actor) -> Actor:
    """A page that shows what was granted, and of that no more than its maker may see."""
    return Actor(
        kind="widget",
        id=maker.id,
        employer_id=maker.employer_id,
        sandbox=maker.sandbox,
        language=maker.language,
        reaches={scope: reach for scope, reach in maker.reaches.items() if scope == WIDGETS},
        person_id=None,
        units=frozenset(),
        managed=frozenset(),
        roles=frozenset(),
        origins=frozenset({granted.origin}),
        widget=Widget(views=frozenset(granted.views), units=tuple(granted.units), maker=maker),
    )


async def _check_employer(rows: Rows, client: StoredClient, employer_id: UUID | None) -> None:
    """Refuses a token for another employer than the client's, or for one that a vendor may not act for any more."""
    if not targets.is_vendors_own(client):
        if client.employer_id != employer_id:
            raise Unauthenticated("client")
    elif employer_id is not None and await select_link_state(rows, employer_id, client.vendor_id) != "active":
        raise Unauthenticated("employer")


def client_actor(
    client: StoredClient, employer_id: UUID | None, employer: KnownEmployer | None, scopes: list[str]
) -> Actor:
    """A client with a token for these scopes; `employer_id` None: for no employer."""
    roles = targets.acting_roles(client, employer_id)
    return Actor(
        kind="operator" if "operator" in client.roles else "client",
        id=UUID(int=client.client_id.int),
        employer_id=employer_id,
        sandbox=employer is not None and employer.sandbox,
        language=employer.language if employer else "en",
        reaches=table.reaches(roles, frozenset(scopes)),
        person_id=None,
        units=frozenset(),
        managed=frozenset(),
        roles=roles,
        vendor_id=client.vendor_id,
        missing="resource-needed" if targets.is_vendors_own(client) and employer_id is None else None,
    )
