"""Instruments over REST."""

from uuid import UUID

from peil.instruments import operations
from peil.instruments.model import Instrument, InstrumentNew, Validation
from peil.operation import Call
from peil.paging import Page, PageQuery
from peil.patching import Patch
from peil.rest import Reply, Router

instruments = Router("Instruments")


@instruments.post("/instruments", ruled=True)
async def create_instrument(call: Call, body: InstrumentNew) -> Reply[Instrument]:
    created = await operations.create_instrument(call, body)
    return Reply(created, location=f"/instruments/{created.instrument_id}")


@instruments.post("/instruments/validate", status=200, ruled=True, conflicts=False)
async def validate_instrument(call: Call, body: InstrumentNew) -> Validation:
    return await operations.validate_instrument(call, body)


@instruments.get("/instruments")
async def list_instruments(call: Call, query: PageQuery) -> Page[Instrument]:
    return await operations.list_instruments(call, query)


@instruments.get("/instruments/{instrumentId}")
async def get_instrument(call: Call, instrument_id: UUID) -> Instrument:
    return await operations.get_instrument(call, instrument_id)


@instruments.patch("/instruments/{instrumentId}", ruled=True)
async def update_instrument(call: Call, instrument_id: UUID, body: Patch[InstrumentNew]) -> Instrument:
    return await operations.update_instrument(call, instrument_id, body)


@instruments.post("/instruments/{instrumentId}/publish", status=200)
async def publish_instrument(call: Call, instrument_id: UUID) -> Instrument:
    return await operations.publish_instrument(call, instrument_id)


@instruments.delete("/instruments/{instrumentId}")
async def delete_instrument(call: Call, instrument_id: UUID) -> None:
    await operations.delete_instrument(call, instrument_id)
