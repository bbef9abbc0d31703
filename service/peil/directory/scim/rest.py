"""SCIM connections over REST."""

from uuid import UUID

from peil.directory.scim import operations
from peil.directory.scim.model import (
    RemovalsConfirmed,
    ScimConnection,
    ScimConnectionCreated,
    ScimConnectionNew,
    ScimReport,
    ScimSecretCreated,
    ScimSecretNew,
)
from peil.operation import Call
from peil.paging import ChangedPageQuery, Page
from peil.patching import Patch
from peil.rest import Reply, Router

scim_connections = Router("Access")


@scim_connections.post("/scim-connections", ruled=True)
async def create_scim_connection(call: Call, body: ScimConnectionNew) -> Reply[ScimConnectionCreated]:
    created = await operations.create_scim_connection(call, body)
    return Reply(created, location=f"/scim-connections/{created.connection_id}")


@scim_connections.get("/scim-connections")
async def list_scim_connections(call: Call, query: ChangedPageQuery) -> Page[ScimConnection]:
    return await operations.list_scim_connections(call, query)


@scim_connections.get("/scim-connections/{connectionId}")
async def get_scim_connection(call: Call, connection_id: UUID) -> ScimConnection:
    return await operations.get_scim_connection(call, connection_id)


@scim_connections.patch("/scim-connections/{connectionId}", ruled=True)
async def update_scim_connection(call: Call, connection_id: UUID, body: Patch[ScimConnectionNew]) -> ScimConnection:
    return await operations.update_scim_connection(call, connection_id, body)


@scim_connections.post("/scim-connections/{connectionId}/confirm", status=200, heeds_match=True)
async def confirm_scim_connection(call: Call, connection_id: UUID) -> ScimConnection:
    return await operations.confirm_scim_connection(call, connection_id)


@scim_connections.post("/scim-connections/{connectionId}/revoke", status=200)
async def revoke_scim_connection(call: Call, connection_id: UUID) -> ScimConnection:
    return await operations.revoke_scim_connection(call, connection_id)


@scim_connections.post("/scim-connections/{connectionId}/confirm-removals", status=200)
async def confirm_scim_removals(call: Call, connection_id: UUID, body: RemovalsConfirmed) -> ScimConnection:
    return await operations.confirm_scim_removals(call, connection_id, body)


@scim_connections.get("/scim-connections/{connectionId}/report")
async def get_scim_report(call: Call, connection_id: UUID) -> ScimReport:
    return await operations.get_scim_report(call, connection_id)


@scim_connections.post("/scim-connections/{connectionId}/secrets", ruled=True)
async def create_scim_secret(call: Call, connection_id: UUID, body: ScimSecretNew) -> Reply[ScimSecretCreated]:
    created = await operations.create_scim_secret(call, connection_id, body)
    return Reply(created, location=f"/scim-connections/{connection_id}")


@scim_connections.post("/scim-connections/{connectionId}/secrets/{secretId}/revoke", status=200)
async def revoke_scim_secret(call: Call, connection_id: UUID, secret_id: UUID) -> ScimConnection:
    return await operations.revoke_scim_secret(call, connection_id, secret_id)
