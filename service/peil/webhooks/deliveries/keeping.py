"""What is done with deliveries whoever owns the endpoint: an employer or a vendor."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from peil import clock, schedule
from peil.operation import Transaction
from peil.webhooks.deliveries import queries, replay_queries
from peil.webhooks.deliveries.model import DeliveryDetail, StoredDelivery
from peil.webhooks.deliveries.replay_queries import Place
from peil.webhooks.events import StoredEvent, event_of


async def send_again(tx: Transaction, place: Place, event_ids: Sequence[UUID]) -> int:
    """Has these events sent to the endpoint from the beginning; tells how many the feed has."""
    replayed = await replay_queries.upsert_deliveries(tx, place, event_ids, clock.now(), tx.now)
    if replayed:
        await schedule.due(tx, "deliver_events", place.endpoint_id, at=tx.now, employer_id=place.employer_id)
    return replayed


async def look_again(tx: Transaction, vendor_id: UUID, endpoint_id: UUID) -> None:
    """Has the worker look at what waits for a vendor's endpoint now that its state is another, employer by employer."""
    for employer_id in await queries.select_waited_for(tx, vendor_id, endpoint_id):
        await enter(tx, employer_id)
        await schedule.due(tx, "deliver_events", endpoint_id, at=tx.now, employer_id=employer_id)


async def enter(tx: Transaction, employer_id: UUID) -> None:
    """Goes on in an employer, in its own time, also after one with a test clock."""
    tx.now = clock.now()
    await tx.enter(employer_id)


async def detail(tx: Transaction, found: StoredDelivery) -> DeliveryDetail:
    """A delivery with its attempts and its event."""
    event = StoredEvent(
        employer_id=found.employer_id,
        event_id=found.event_id,
        at=found.event_at,
        type=found.type,
        subject=found.subject,
        state=found.event_state,
        position=found.position,
    )
    return DeliveryDetail(
        **msgspec.structs.asdict(found.shown),
        attempts=await queries.select_attempts(tx, found.employer_id, found.endpoint_id, found.event_id),
        event=event_of(event),
    )
