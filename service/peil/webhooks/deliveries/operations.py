"""What can be done with the deliveries at an employer's endpoint."""

from uuid import UUID

from peil.audit import record
from peil.errors import NotFound
from peil.operation import Transaction, operation
from peil.paging import Page, mapped, page
from peil.webhooks.deliveries import keeping, queries, replay_queries, rules
from peil.webhooks.deliveries.model import Delivery, DeliveryDetail, DeliveryQuery, Replay, Replayed
from peil.webhooks.deliveries.replay_queries import Place
from peil.webhooks.endpoints import keeping as endpoint_keeping
from peil.webhooks.endpoints.model import WebhookEndpoint
from peil.webhooks.endpoints.operations import hold_endpoint


@operation("webhooks:read")
async def list_deliveries(tx: Transaction, endpoint_id: UUID, query: DeliveryQuery) -> Page[Delivery]:
    """What became of the events at an endpoint, in the order of the feed."""
    await endpoint_keeping.find(tx, tx.employer_id, endpoint_id)
    bound = (tx.employer_id, "deliveries", endpoint_id, query.state)
    after = tx.parts.cursors.open(query.cursor, int, *bound) if query.cursor else 0
    limit = query.limit + 1
    found = await queries.select_deliveries(
        tx, tx.employer_id, endpoint_id, after, query.state, limit, tx.actor.vendor_id
    )
    cut = page(found, query.limit, lambda one: tx.parts.cursors.seal(one.position, *bound))
    return mapped(cut, lambda one: one.shown)


@operation("webhooks:read")
async def get_delivery(tx: Transaction, endpoint_id: UUID, event_id: UUID) -> DeliveryDetail:
    """What became of an event at an endpoint: every attempt, and the event itself."""
    await endpoint_keeping.find(tx, tx.employer_id, endpoint_id)
    found = await queries.select_delivery(tx, tx.employer_id, endpoint_id, event_id, tx.actor.vendor_id)
    if found is None:
        raise NotFound
    return await keeping.detail(tx, found)


@operation("webhooks:write")
async def replay_delivery(tx: Transaction, endpoint_id: UUID, event_id: UUID) -> DeliveryDetail:
    """Sends an event of the feed to an endpoint again, or for the first time.

    Raises Denied to a vendor for an endpoint that it did not make, Conflict `webhook-endpoint-not-active`.
    """
    endpoint = await _hold_active(tx, endpoint_id)
    if not await keeping.send_again(tx, Place(tx.employer_id, endpoint_id, None, endpoint.made_by), [event_id]):
        raise NotFound
    await record(tx, f"webhook-endpoints/{endpoint_id}")
    return await get_delivery.within(tx, endpoint_id, event_id)


@operation("webhooks:write")
async def replay_deliveries(tx: Transaction, endpoint_id: UUID, replay: Replay) -> Replayed:
    """Sends the events of a period to an endpoint again: what failed there, or all of the types that go there.

    Raises Denied to a vendor for an endpoint that it did not make, Conflict `webhook-endpoint-not-active` and
    `too-many-to-replay`: 10,000 at a time.
    """
    rules.check_period(replay)
    endpoint = await _hold_active(tx, endpoint_id)
    found = await replay_queries.select_to_replay(tx, tx.employer_id, endpoint, replay, rules.MOST_REPLAYED + 1)
    rules.require_few(len(found))
    replayed = await keeping.send_again(tx, Place(tx.employer_id, endpoint_id, None, endpoint.made_by), found)
    await record(tx, f"webhook-endpoints/{endpoint_id}")
    return Replayed(replayed=replayed)


async def _hold_active(tx: Transaction, endpoint_id: UUID) -> WebhookEndpoint:
    endpoint = await hold_endpoint(tx, endpoint_id)
    rules.require_active(endpoint)
    return endpoint
