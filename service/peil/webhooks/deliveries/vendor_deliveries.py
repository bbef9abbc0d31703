"""What can be done with the deliveries at a vendor's own endpoint, of the employers that let it act now."""

from uuid import UUID

from peil.audit import record
from peil.employers.vendors.operations import active_employers, hold_vendor
from peil.errors import NotFound
from peil.ids import NONE
from peil.operation import Transaction, operation
from peil.paging import Page, PageQuery, mapped, page
from peil.webhooks.deliveries import keeping, queries, replay_queries, rules
from peil.webhooks.deliveries.model import (
    Delivery,
    DeliveryDetail,
    DeliveryQuery,
    EmployerDeliveries,
    Replay,
    Replayed,
)
from peil.webhooks.deliveries.replay_queries import Place
from peil.webhooks.endpoints import keeping as endpoint_keeping
from peil.webhooks.endpoints.model import WebhookEndpoint


@operation("vendor-webhooks:read")
async def list_vendor_deliveries(
    tx: Transaction, vendor_id: UUID, endpoint_id: UUID, query: DeliveryQuery
) -> Page[Delivery]:
    """What became of the events at the vendor's own endpoint, in the order of its feed."""
    await _find(tx, vendor_id, endpoint_id)
    bound = (vendor_id, "deliveries", endpoint_id, query.state)
    after = tx.parts.cursors.open(query.cursor, int, *bound) if query.cursor else 0
    found = await queries.select_vendor_deliveries(tx, vendor_id, endpoint_id, after, query.state, query.limit + 1)
    cut = page(found, query.limit, lambda one: tx.parts.cursors.seal(one.position, *bound))
    return mapped(cut, lambda one: one.shown)


@operation("vendor-webhooks:read")
async def get_vendor_delivery(tx: Transaction, vendor_id: UUID, endpoint_id: UUID, event_id: UUID) -> DeliveryDetail:
    """What became of an event at the vendor's own endpoint: every attempt, and the event itself."""
    await _find(tx, vendor_id, endpoint_id)
    return await _detail(tx, vendor_id, endpoint_id, event_id)


@operation("vendor-webhooks:write")
async def replay_vendor_delivery(tx: Transaction, vendor_id: UUID, endpoint_id: UUID, event_id: UUID) -> DeliveryDetail:
    """Sends an event of the vendor's feed to its endpoint again, or for the first time.

    Raises Conflict `webhook-endpoint-not-active`.
    """
    await _hold_active(tx, vendor_id, endpoint_id)
    employer_id = await replay_queries.select_event_employer(tx, vendor_id, event_id)
    if employer_id is None:
        raise NotFound
    await record(tx, f"webhook-endpoints/{endpoint_id}", vendor_id=vendor_id)
    await keeping.enter(tx, employer_id)
    await keeping.send_again(tx, Place(employer_id, endpoint_id, vendor_id, vendor_id), [event_id])
    return await _detail(tx, vendor_id, endpoint_id, event_id)


@operation("vendor-webhooks:write")
async def replay_vendor_deliveries(tx: Transaction, vendor_id: UUID, endpoint_id: UUID, replay: Replay) -> Replayed:
    """Sends the events of a period to the vendor's endpoint again: what failed there, or all of its types.

    Raises Conflict `webhook-endpoint-not-active` and `too-many-to-replay`: 10,000 at a time.
    """
    rules.check_period(replay)
    endpoint = await _hold_active(tx, vendor_id, endpoint_id)
    found = await replay_queries.select_vendor_to_replay(tx, vendor_id, endpoint, replay, rules.MOST_REPLAYED + 1)
    rules.require_few(len(found))
    await record(tx, f"webhook-endpoints/{endpoint_id}", vendor_id=vendor_id)
    replayed = 0
    # Whoever replays enters the employers in the same order as whoever else does.
    for employer_id in sorted({one.employer_id for one in found}):
        await keeping.enter(tx, employer_id)
        event_ids = [one.event_id for one in found if one.employer_id == employer_id]
        replayed += await keeping.send_again(tx, Place(employer_id, endpoint_id, vendor_id, vendor_id), event_ids)
    return Replayed(replayed=replayed)


@operation("vendor-deliveries:read")
async def list_vendor_failed_deliveries(tx: Transaction, vendor_id: UUID, query: PageQuery) -> Page[EmployerDeliveries]:
    """What could not be delivered, for each employer that lets the vendor act: at its own endpoint and the employer's.

    Each employer is looked at by itself, behind its own wall: the longer the page, the longer it takes.
    """
    await hold_vendor(tx, vendor_id)
    bound = (vendor_id, "failed-deliveries")
    after = tx.parts.cursors.open(query.cursor, UUID, *bound) if query.cursor else NONE
    employers = await active_employers(tx, vendor_id, after, query.limit + 1)
    shown = page(employers, query.limit, lambda employer_id: tx.parts.cursors.seal(employer_id, *bound))
    found = {}
    for employer_id in shown.items:
        await keeping.enter(tx, employer_id)
        found[employer_id] = await _failed(tx, employer_id, vendor_id)
    return mapped(shown, found.__getitem__)


async def _failed(tx: Transaction, employer_id: UUID, vendor_id: UUID) -> EmployerDeliveries:
    found = await queries.select_failed(tx, employer_id, vendor_id, rules.MOST_FAILED + 1)
    return EmployerDeliveries(
        employer_id=employer_id,
        deliveries=[one.shown for one in found[: rules.MOST_FAILED]],
        more=len(found) > rules.MOST_FAILED,
    )


async def _find(tx: Transaction, vendor_id: UUID, endpoint_id: UUID) -> WebhookEndpoint:
    await hold_vendor(tx, vendor_id)
    return await endpoint_keeping.find(tx, vendor_id, endpoint_id)


async def _hold_active(tx: Transaction, vendor_id: UUID, endpoint_id: UUID) -> WebhookEndpoint:
    await hold_vendor(tx, vendor_id)
    endpoint = await endpoint_keeping.find_to_change(tx, vendor_id, endpoint_id)
    rules.require_active(endpoint)
    return endpoint


async def _detail(tx: Transaction, vendor_id: UUID, endpoint_id: UUID, event_id: UUID) -> DeliveryDetail:
    found = await queries.select_vendor_delivery(tx, vendor_id, endpoint_id, event_id)
    if found is None:
        raise NotFound
    return await keeping.detail(tx, found)
