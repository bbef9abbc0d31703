"""What can be done with the one webhook endpoint of a vendor, for all employers that let it act."""

from uuid import UUID

from peil.audit import record
from peil.employers.vendors.operations import hold_vendor
from peil.operation import Transaction, operation
from peil.paging import Page, PageQuery
from peil.patching import Patch
from peil.webhooks.deliveries.keeping import look_again
from peil.webhooks.endpoints import keeping, queries
from peil.webhooks.endpoints.model import (
    WebhookEndpoint,
    WebhookEndpointCreated,
    WebhookEndpointNew,
    WebhookSecretCreated,
    WebhookSecretNew,
)
from peil.webhooks.endpoints.queries import Owner


@operation("vendor-webhooks:write", creates=True, secret=True)
async def create_vendor_webhook_endpoint(
    tx: Transaction, vendor_id: UUID, new: WebhookEndpointNew
) -> WebhookEndpointCreated:
    """Says where the events of all employers that let the vendor act are to be pushed to; shows the secret, this once.

    It waits until its receiver has agreed (verify). Raises Conflict `webhook-endpoint-exists`: a vendor has one.
    """
    await hold_vendor(tx, vendor_id)
    keeping.require_good(tx, new)
    made = await keeping.insert(tx, Owner(None, vendor_id), vendor_id, new)
    await _record(tx, vendor_id, made.endpoint_id)
    return made


@operation("vendor-webhooks:read")
async def get_vendor_webhook_endpoint(tx: Transaction, vendor_id: UUID, endpoint_id: UUID) -> WebhookEndpoint:
    """The vendor's own endpoint, without its secrets."""
    await hold_vendor(tx, vendor_id)
    return await keeping.find(tx, vendor_id, endpoint_id)


@operation("vendor-webhooks:read")
async def list_vendor_webhook_endpoints(tx: Transaction, vendor_id: UUID, query: PageQuery) -> Page[WebhookEndpoint]:
    """The vendor's own endpoint, if it has one."""
    await hold_vendor(tx, vendor_id)
    return await keeping.list_of(tx, vendor_id, query)


@operation("vendor-webhooks:write")
async def update_vendor_webhook_endpoint(
    tx: Transaction, vendor_id: UUID, endpoint_id: UUID, patch: Patch[WebhookEndpointNew]
) -> WebhookEndpoint:
    """Changes where events are pushed to, or which. At another URL it waits for the receiver there to agree.

    What happens until then (verify) is not sent: replay the period.
    """
    endpoint = await _hold(tx, vendor_id, endpoint_id)
    tx.must_match(endpoint)
    await keeping.change(tx, vendor_id, endpoint, patch.apply(endpoint))
    await _record(tx, vendor_id, endpoint_id)
    return await keeping.find(tx, vendor_id, endpoint_id)


@operation("vendor-webhooks:write")
async def delete_vendor_webhook_endpoint(tx: Transaction, vendor_id: UUID, endpoint_id: UUID) -> None:
    """Ends the endpoint for ever, with its secrets; nothing more is sent there."""
    tx.must_match(await _hold(tx, vendor_id, endpoint_id))
    await queries.delete_endpoint(tx, vendor_id, endpoint_id)
    await _record(tx, vendor_id, endpoint_id)
    # The worker finds no endpoint any more, and gives up what waits for it.
    await look_again(tx, vendor_id, endpoint_id)


@operation("vendor-webhooks:write")
async def verify_vendor_webhook_endpoint(tx: Transaction, vendor_id: UUID, endpoint_id: UUID) -> WebhookEndpoint:
    """Asks the receiver whether it wants the events (CloudEvents 1.0, HTTP Web Hooks), and sends them from then on.

    Nothing is sent by itself of what happened while it waited or was disabled: replay the period. Raises Conflict
    `handshake-failed` with what was wrong.
    """
    await hold_vendor(tx, vendor_id)
    await keeping.shake_hands(tx, vendor_id, await keeping.find(tx, vendor_id, endpoint_id))
    await _record(tx, vendor_id, endpoint_id)
    endpoint = await keeping.find(tx, vendor_id, endpoint_id)
    await look_again(tx, vendor_id, endpoint_id)
    return endpoint


@operation("vendor-webhooks:write", creates=True, secret=True)
async def create_vendor_webhook_secret(
    tx: Transaction, vendor_id: UUID, endpoint_id: UUID, new: WebhookSecretNew
) -> WebhookSecretCreated:
    """Gives the endpoint a further secret, shown this once; until the overlap is over each delivery is signed by both.

    Raises Conflict `secrets-overlap` while there are two.
    """
    endpoint = await _hold(tx, vendor_id, endpoint_id)
    made = await keeping.add_secret(tx, Owner(None, vendor_id), vendor_id, endpoint, new)
    await _record(tx, vendor_id, endpoint_id)
    return made


@operation("vendor-webhooks:write")
async def revoke_vendor_webhook_secret(
    tx: Transaction, vendor_id: UUID, endpoint_id: UUID, secret_id: UUID
) -> WebhookEndpoint:
    """Ends a secret at once, such as one that somebody saw. Raises Conflict `last-secret`: make the next one first."""
    await keeping.end_secret(tx, vendor_id, await _hold(tx, vendor_id, endpoint_id), secret_id)
    await _record(tx, vendor_id, endpoint_id)
    return await keeping.find(tx, vendor_id, endpoint_id)


async def _record(tx: Transaction, vendor_id: UUID, endpoint_id: UUID) -> None:
    await record(tx, f"webhook-endpoints/{endpoint_id}", vendor_id=vendor_id)


async def _hold(tx: Transaction, vendor_id: UUID, endpoint_id: UUID) -> WebhookEndpoint:
    await hold_vendor(tx, vendor_id)
    return await keeping.find_to_change(tx, vendor_id, endpoint_id)
