"""What can be done with events."""

from peil.operation import Transaction, operation
from peil.paging import PageQuery
from peil.webhooks import queries
from peil.webhooks.model import Event, EventContent, Feed
from peil.webhooks.queries import StoredEvent


@operation("events:read")
async def list_events(tx: Transaction, query: PageQuery) -> Feed:
    """The employer's events in order, from the cursor on. The cursor at the end waits for what comes next."""
    bound = (tx.employer_id, "events")
    after = tx.parts.cursors.open(query.cursor, int, *bound) if query.cursor else 0
    found = await queries.select_events(tx, tx.employer_id, after, query.limit + 1)
    items = found[: query.limit]
    last = items[-1].position if items else after
    return Feed(
        items=[_event(tx, stored) for stored in items],
        cursor=tx.parts.cursors.seal(last, *bound),
        more=len(found) > query.limit,
    )


def _event(tx: Transaction, stored: StoredEvent) -> Event:
    return Event(
        specversion="1.0",
        id=stored.event_id,
        source=f"/employers/{tx.employer_id}",
        type=f"nl.peil.{stored.type}",
        subject=stored.subject,
        time=stored.at,
        datacontenttype="application/json",
        data=EventContent(state=stored.state),
    )
