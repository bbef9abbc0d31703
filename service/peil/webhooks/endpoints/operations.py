"""What can be done with an employer's webhook endpoints."""

from uuid import UUID

from peil import schedule
from peil.audit import record
from peil.employers.vendors.links import is_linked
from peil.errors import Conflict, Denied
from peil.operation import Transaction, operation
from peil.outbox import publish_of_endpoint
from peil.paging import Page, PageQuery
from peil.patching import Patch
from peil.webhooks.endpoints import keeping, queries, rules
from peil.webhooks.endpoints.model import (
    WebhookEndpoint,
    WebhookEndpointCreated,
    WebhookEndpointNew,
    WebhookSecretCreated,
    WebhookSecretNew,
)
from peil.webhooks.endpoints.queries import Owner


@operation("webhooks:write", creates=True, secret=True)
async def create_webhook_endpoint(tx: Transaction, new: WebhookEndpointNew) -> WebhookEndpointCreated:
    """Says where the employer's events are to be pushed to; the reply shows the endpoint's secret, this once.

    It waits until its receiver has agreed (verify). One that a vendor makes ends with its link. Raises Conflict
    `too-many-webhook-endpoints`: an employer has ten at most.
    """
    keeping.require_good(tx, new)
    await queries.lock_employer(tx, tx.employer_id)
    if await queries.count_endpoints(tx, tx.employer_id) >= rules.MOST_ENDPOINTS:
        raise Conflict("too-many-webhook-endpoints", limit=rules.MOST_ENDPOINTS)
    made = await keeping.insert(tx, Owner(tx.employer_id, tx.actor.vendor_id), tx.employer_id, new)
    await _changed(tx, made, "created", "waiting")
    return made


@operation("webhooks:read")
async def get_webhook_endpoint(tx: Transaction, endpoint_id: UUID) -> WebhookEndpoint:
    """An endpoint, without its secrets."""
    return await keeping.find(tx, tx.employer_id, endpoint_id)


@operation("webhooks:read")
async def list_webhook_endpoints(tx: Transaction, query: PageQuery) -> Page[WebhookEndpoint]:
    """The employer's endpoints."""
    return await keeping.list_of(tx, tx.employer_id, query)


@operation("webhooks:write")
async def update_webhook_endpoint(
    tx: Transaction, endpoint_id: UUID, patch: Patch[WebhookEndpointNew]
) -> WebhookEndpoint:
    """Changes where events are pushed to, or which. At another URL it waits for the receiver there to agree.

    What happens until then (verify) is not sent: replay the period. Raises Denied to a vendor for an endpoint that it
    did not make.
    """
    endpoint = await hold_endpoint(tx, endpoint_id)
    tx.must_match(endpoint)
    await keeping.change(tx, tx.employer_id, endpoint, patch.apply(endpoint))
    return await _updated(tx, endpoint_id)


@operation("webhooks:write")
async def delete_webhook_endpoint(tx: Transaction, endpoint_id: UUID) -> None:
    """Ends an endpoint for ever, with its secrets; nothing more is sent there.

    Raises Denied to a vendor for an endpoint that it did not make.
    """
    endpoint = await hold_endpoint(tx, endpoint_id)
    tx.must_match(endpoint)
    await queries.delete_endpoint(tx, tx.employer_id, endpoint_id)
    # The worker finds no endpoint any more, and gives up what waits for it.
    await schedule.due(tx, "deliver_events", endpoint_id, at=tx.now)
    await _changed(tx, endpoint, "deleted", None)


@operation("webhooks:write")
async def verify_webhook_endpoint(tx: Transaction, endpoint_id: UUID) -> WebhookEndpoint:
    """Asks the receiver whether it wants the events (CloudEvents 1.0, HTTP Web Hooks), and sends them from then on.

    Nothing is sent by itself of what happened while it waited or was disabled: replay the period. Raises Denied to a
    vendor for an endpoint that it did not make, Conflict `handshake-failed` with what was wrong, and
    `vendor-link-ended` where the vendor that made it may act no more.
    """
    endpoint = await keeping.find(tx, tx.employer_id, endpoint_id)
    _require_own(tx, endpoint)
    await keeping.shake_hands(tx, tx.employer_id, endpoint)
    # Now that the row is held: whoever ends the link disables the endpoint before this, or after it.
    if endpoint.made_by is not None and not await is_linked(tx, tx.employer_id, endpoint.made_by):
        raise Conflict("vendor-link-ended")
    await schedule.due(tx, "deliver_events", endpoint_id, at=tx.now)
    await _changed(tx, endpoint, "verified", "active")
    return await keeping.find(tx, tx.employer_id, endpoint_id)


@operation("webhooks:write", creates=True, secret=True)
async def create_webhook_secret(tx: Transaction, endpoint_id: UUID, new: WebhookSecretNew) -> WebhookSecretCreated:
    """Gives an endpoint a further secret, shown this once; until the overlap is over each delivery is signed by both.

    Raises Denied to a vendor for an endpoint that it did not make, Conflict `secrets-overlap` while there are two.
    """
    endpoint = await hold_endpoint(tx, endpoint_id)
    made = await keeping.add_secret(tx, Owner(tx.employer_id, endpoint.made_by), tx.employer_id, endpoint, new)
    await _updated(tx, endpoint_id)
    return made


@operation("webhooks:write")
async def revoke_webhook_secret(tx: Transaction, endpoint_id: UUID, secret_id: UUID) -> WebhookEndpoint:
    """Ends a secret at once, such as one that somebody saw.

    Raises Denied to a vendor for an endpoint that it did not make, Conflict `last-secret`: make the next one first.
    """
    endpoint = await hold_endpoint(tx, endpoint_id)
    await keeping.end_secret(tx, tx.employer_id, endpoint, secret_id)
    return await _updated(tx, endpoint_id)


async def hold_endpoint(tx: Transaction, endpoint_id: UUID) -> WebhookEndpoint:
    """An endpoint of the employer's to be changed, by somebody who may, for another operation as well.

    Raises NotFound, Denied.
    """
    endpoint = await keeping.find_to_change(tx, tx.employer_id, endpoint_id)
    _require_own(tx, endpoint)
    return endpoint


def _require_own(tx: Transaction, endpoint: WebhookEndpoint) -> None:
    # What a vendor has pointed at its own receiver ends with its link; so it turns none that stays there.
    if tx.actor.vendor_id is not None and endpoint.made_by != tx.actor.vendor_id:
        raise Denied


async def _updated(tx: Transaction, endpoint_id: UUID) -> WebhookEndpoint:
    endpoint = await keeping.find(tx, tx.employer_id, endpoint_id)
    await _changed(tx, endpoint, "updated", endpoint.state)
    return endpoint


async def _changed(tx: Transaction, endpoint: WebhookEndpoint, event: str, state: str | None) -> None:
    await record(tx, f"webhook-endpoints/{endpoint.endpoint_id}")
    await publish_of_endpoint(tx, f"webhook-endpoint.{event}", endpoint.endpoint_id, endpoint.made_by, state)
