"""What can be done with events."""

from peil.actor import Reach
from peil.operation import Transaction, operation
from peil.paging import PageQuery
from peil.webhooks import queries
from peil.webhooks.catalogue import EVENTS
from peil.webhooks.events import event_of
from peil.webhooks.model import EventCatalogue, EventMeaning, Feed


@operation("events:read")
async def list_events(tx: Transaction, query: PageQuery) -> Feed:
    """The employer's events in order, from the cursor on. The cursor at the end waits for what comes next.

    A vendor gets none about another vendor, or about what another one made.
    A vendor that names no employer gets those of all that let it act, in one order, from when they do.
    """
    of_vendor = tx.actor.vendor_id if tx.reach is Reach.VENDOR else None
    bound = (of_vendor or tx.employer_id, "events")
    after = tx.parts.cursors.open(query.cursor, int, *bound) if query.cursor else 0
    if of_vendor is None:
        found = await queries.select_events(tx, tx.employer_id, after, tx.actor.vendor_id, query.limit + 1)
    else:
        found = await queries.select_vendor_events(tx, of_vendor, after, query.limit + 1)
    items = found[: query.limit]
    last = items[-1].position if items else after
    return Feed(
        items=[event_of(stored) for stored in items],
        cursor=tx.parts.cursors.seal(last, *bound),
        more=len(found) > query.limit,
    )


@operation("events:read")
async def get_event_catalogue(tx: Transaction) -> EventCatalogue:
    """Every event that there can be, and what it means, in the caller's language."""
    is_dutch = tx.call.language == "nl"
    return EventCatalogue(
        types=[EventMeaning(name=name, meaning=said.nl if is_dutch else said.en) for name, said in EVENTS.items()]
    )
