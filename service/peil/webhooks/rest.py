"""The pull feed over REST."""

from peil.operation import Call
from peil.paging import PageQuery
from peil.rest import Router
from peil.webhooks import operations
from peil.webhooks.model import EventCatalogue, Feed

events = Router("Events")


@events.get("/events")
async def list_events(call: Call, query: PageQuery) -> Feed:
    return await operations.list_events(call, query)


@events.get("/event-catalogue")
async def get_event_catalogue(call: Call) -> EventCatalogue:
    return await operations.get_event_catalogue(call)
