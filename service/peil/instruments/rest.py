"""Instruments over REST."""

from uuid import UUID

from peil.instruments import operations, permissions
from peil.instruments.licensing_model import Permission, PermissionNew
from peil.instruments.model import Instrument, InstrumentNew, InstrumentPack, TryOut, TryOutNew, Validation
from peil.operation import Call
from peil.paging import ChangedPageQuery, Page
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


@instruments.post("/instruments/import", ruled=True)
async def import_instrument(call: Call, body: InstrumentPack) -> Reply[Instrument]:
    imported = await operations.import_instrument(call, body)
    return Reply(imported, location=f"/instruments/{imported.instrument_id}")


@instruments.get("/instruments")
async def list_instruments(call: Call, query: ChangedPageQuery) -> Page[Instrument]:
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


@instruments.get("/instruments/{instrumentId}/pack")
async def export_instrument(call: Call, instrument_id: UUID) -> InstrumentPack:
    return await operations.export_instrument(call, instrument_id)


@instruments.post("/instruments/{instrumentId}/try-out", status=200, ruled=True, conflicts=False)
async def try_out_instrument(call: Call, instrument_id: UUID, body: TryOutNew) -> TryOut:
    return await operations.try_out_instrument(call, instrument_id, body)


@instruments.post("/instruments/{instrumentId}/permissions", ruled=True)
async def record_permission(call: Call, instrument_id: UUID, body: PermissionNew) -> Reply[Permission]:
    recorded = await permissions.record_permission(call, instrument_id, body)
    return Reply(recorded, location=f"/permissions/{recorded.permission_id}")


@instruments.get("/instruments/{instrumentId}/permissions")
async def list_permissions(call: Call, instrument_id: UUID, query: ChangedPageQuery) -> Page[Permission]:
    return await permissions.list_permissions(call, instrument_id, query)


@instruments.get("/permissions/{permissionId}")
async def get_permission(call: Call, permission_id: UUID) -> Permission:
    return await permissions.get_permission(call, permission_id)


@instruments.post("/permissions/{permissionId}/revoke", status=200)
async def revoke_permission(call: Call, permission_id: UUID) -> Permission:
    return await permissions.revoke_permission(call, permission_id)
