"""What can be done with events."""

from peil.actor import Reach
from peil.operation import Transaction, operation
from peil.paging import PageQuery
from peil.webhooks import queries
from peil.webhooks.events import event_of
from peil.webhooks.model import Feed


@operation("events:read")
async def list_events(tx: Transaction, query: PageQuery) -> Feed:
    """The employer's events in order, from the cursor on. The cursor at the end waits for what comes next.

    A vendor that names no employer gets those of all that let it act, in one order, from when they do.
    """
    of_vendor = tx.actor.vendor_id if tx.reach is Reach.VENDOR else None
    bound = (of_vendor or tx.employer_id, "events")
    after = tx.parts.cursors.open(query.cursor, int, *bound) if query.cursor else 0
    if of_vendor is None:
        found = await queries.select_events(tx, tx.employer_id, after, query.limit + 1)
    else:
        found = await queries.select_vendor_events(tx, of_vendor, after, query.limit + 1)
    items = found[: query.limit]
    last = items[-1].position if items else after
    return Feed(
        items=[event_of(stored) for stored in items],
        cursor=tx.parts.cursors.seal(last, *bound),
        more=len(found) > query.limit,
    )
