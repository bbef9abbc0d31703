"""The catalogue over REST."""

from uuid import UUID

from peil.operation import Call
from peil.paging import Page
from peil.patching import Patch
from peil.rest import Reply, Router
from peil.toolkit import operations
from peil.toolkit.model import CatalogueEntry, CatalogueEntryNew, EntryQuery

toolkit = Router("Toolkit")


@toolkit.post("/catalogue-entries", ruled=True)
async def create_catalogue_entry(call: Call, body: CatalogueEntryNew) -> Reply[CatalogueEntry]:
    created = await operations.create_catalogue_entry(call, body)
    return Reply(created, location=f"/catalogue-entries/{created.catalogue_entry_id}")


@toolkit.get("/catalogue-entries")
async def list_catalogue_entries(call: Call, query: EntryQuery) -> Page[CatalogueEntry]:
    return await operations.list_catalogue_entries(call, query)


@toolkit.get("/catalogue-entries/{catalogueEntryId}")
async def get_catalogue_entry(call: Call, catalogue_entry_id: UUID) -> CatalogueEntry:
    return await operations.get_catalogue_entry(call, catalogue_entry_id)


@toolkit.patch("/catalogue-entries/{catalogueEntryId}", ruled=True)
async def update_catalogue_entry(
    call: Call, catalogue_entry_id: UUID, body: Patch[CatalogueEntryNew]
) -> CatalogueEntry:
    return await operations.update_catalogue_entry(call, catalogue_entry_id, body)
