"""What is done with webhook endpoints whoever owns them: an employer or a vendor."""

from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

import msgspec

from peil import clock
from peil.access.operations import unreachable
from peil.access.secret import is_ending_without, require_room
from peil.errors import Busy, Conflict, Finding, Invalid, NotFound
from peil.ids import NONE, ordered_id, silent_id
from peil.operation import Transaction
from peil.outbound import Reason, Unreachable
from peil.paging import Page, PageQuery, page
from peil.webhooks.endpoints import queries, rules
from peil.webhooks.endpoints.model import (
    WebhookEndpoint,
    WebhookEndpointCreated,
    WebhookEndpointNew,
    WebhookSecretCreated,
    WebhookSecretNew,
)
from peil.webhooks.endpoints.queries import Owner
from peil.webhooks.signing import secret_of

# A handshake waits for somebody else's machine and holds a connection meanwhile: one for each owner, whose silent
# receivers then keep nobody else waiting, and no more of the pool's than these.
_MOST_ASKED = 4
_asking: set[UUID] = set()
_MAX_ANSWER = 65_536
_UNREACHABLE: Mapping[Reason, str] = {
    "not-public": "receiver-not-public",
    "timeout": "receiver-too-slow",
    "tls": "receiver-tls",
    "too-large": "receiver-too-large",
    "unreachable": "receiver-unreachable",
}


def require_good(tx: Transaction, said: WebhookEndpointNew) -> None:
    """Raises Invalid."""
    findings = [*unreachable(tx, {"/url": said.url}), *rules.type_findings(said)]
    if findings:
        raise Invalid(*findings)


async def insert(tx: Transaction, owner: Owner, owner_id: UUID, new: WebhookEndpointNew) -> WebhookEndpointCreated:
    """A new endpoint with its first secret."""
    endpoint_id = ordered_id()
    await queries.insert_endpoint(tx, owner, endpoint_id, new, clock.now())
    _, secret = await _insert_secret(tx, owner, endpoint_id)
    endpoint = await find(tx, owner_id, endpoint_id)
    return WebhookEndpointCreated(**msgspec.structs.asdict(endpoint), secret=secret)


async def find(tx: Transaction, owner_id: UUID, endpoint_id: UUID) -> WebhookEndpoint:
    """An endpoint of an employer's, or a vendor's own; to a vendor none that another one made. Raises NotFound."""
    found = await queries.select_endpoint(tx, owner_id, endpoint_id, clock.now())
    seer = tx.actor.vendor_id
    if found is None or not (seer is None or found.made_by in (None, seer)):
        raise NotFound
    return found


async def find_to_change(tx: Transaction, owner_id: UUID, endpoint_id: UUID) -> WebhookEndpoint:
    """The same, held until the transaction ends. Raises NotFound."""
    if not await queries.lock_endpoint(tx, owner_id, endpoint_id):
        raise NotFound
    return await find(tx, owner_id, endpoint_id)


async def list_of(tx: Transaction, owner_id: UUID, query: PageQuery) -> Page[WebhookEndpoint]:
    """The endpoints of an employer, or the one of a vendor; to a vendor none that another one made."""
    bound = (owner_id, "webhook-endpoints")
    after = tx.parts.cursors.open(query.cursor, UUID, *bound) if query.cursor else NONE
    found = await queries.select_endpoints(tx, owner_id, after, clock.now(), query.limit + 1, tx.actor.vendor_id)
    return page(found, query.limit, lambda item: tx.parts.cursors.seal(item.endpoint_id, *bound))


async def change(tx: Transaction, owner_id: UUID, endpoint: WebhookEndpoint, said: WebhookEndpointNew) -> None:
    """At another URL it waits for the receiver there. Raises Invalid."""
    require_good(tx, said)
    await queries.update_endpoint(tx, owner_id, endpoint.endpoint_id, said)
    if said.url != endpoint.url:
        await queries.update_state(tx, owner_id, endpoint.endpoint_id, "waiting", None)


async def shake_hands(tx: Transaction, owner_id: UUID, endpoint: WebhookEndpoint) -> None:
    """Asks the receiver whether it wants to be sent events, and makes the endpoint active where it does.

    The row is held only afterwards: a receiver that takes its time keeps nobody from the endpoint. Raises Conflict
    `handshake-failed`, and Busy while another one of this owner, or several of others, are being asked.
    """
    if owner_id in _asking or len(_asking) >= _MOST_ASKED:
        raise Busy(5)
    _asking.add(owner_id)
    try:
        refusal = await _refusal(tx, endpoint.url)
    finally:
        _asking.discard(owner_id)
    if refusal is None and (await find_to_change(tx, owner_id, endpoint.endpoint_id)).url != endpoint.url:
        refusal = Finding("/url", "receiver-changed")
    if refusal is not None:
        raise Conflict("handshake-failed", refusal)
    await queries.update_state(tx, owner_id, endpoint.endpoint_id, "active", clock.now())


async def add_secret(
    tx: Transaction, owner: Owner, owner_id: UUID, endpoint: WebhookEndpoint, new: WebhookSecretNew
) -> WebhookSecretCreated:
    """A further secret. Raises Conflict `secrets-overlap`."""
    require_room(endpoint.secrets)
    await queries.expire_secrets(tx, owner_id, endpoint.endpoint_id, clock.now() + timedelta(seconds=new.overlap))
    secret_id, secret = await _insert_secret(tx, owner, endpoint.endpoint_id)
    secrets = (await find(tx, owner_id, endpoint.endpoint_id)).secrets
    made = next(one for one in secrets if one.secret_id == secret_id)
    return WebhookSecretCreated(**msgspec.structs.asdict(made), secret=secret)


async def end_secret(tx: Transaction, owner_id: UUID, endpoint: WebhookEndpoint, secret_id: UUID) -> None:
    """Ends one of two secrets at once. Raises NotFound, Conflict `last-secret`."""
    is_rest_ending, now = is_ending_without(endpoint.secrets, secret_id), clock.now()
    await queries.end_secret(tx, owner_id, endpoint.endpoint_id, secret_id, now)
    if is_rest_ending:
        await queries.keep_secrets(tx, owner_id, endpoint.endpoint_id, now)


async def _insert_secret(tx: Transaction, owner: Owner, endpoint_id: UUID) -> tuple[UUID, str]:
    secret_id = silent_id()
    await queries.insert_secret(tx, owner, endpoint_id, secret_id, clock.now())
    return secret_id, secret_of(tx.parts.settings.secret_bytes, secret_id)


async def _refusal(tx: Transaction, url: str) -> Finding | None:
    origin = urlsplit(tx.parts.settings.public_url).hostname or ""
    asked = {rules.REQUEST_ORIGIN: origin}
    try:
        reply = await tx.parts.outbound.ask("OPTIONS", url, headers=asked, max_bytes=_MAX_ANSWER)
    except Unreachable as failure:
        return Finding("/url", _UNREACHABLE[failure.reason])
    return rules.handshake_finding(reply.status, reply.headers, origin)
