"""Clients and their secrets over REST."""

from uuid import UUID

from peil.access.clients import operations, vendor_clients
from peil.access.clients.model import (
    Client,
    ClientChange,
    ClientCreated,
    ClientNew,
    ClientSecretCreated,
    ClientSecretNew,
    VendorClientNew,
)
from peil.operation import Call
from peil.paging import ChangedPageQuery, Page
from peil.patching import Patch
from peil.rest import Reply, Router

clients = Router("Access")


@clients.post("/employers/{employerId}/clients", ruled=True)
async def create_client(call: Call, employer_id: UUID, body: ClientNew) -> Reply[ClientCreated]:
    created = await operations.create_client(call, employer_id, body)
    return Reply(created, location=f"/employers/{employer_id}/clients/{created.client_id}")


@clients.get("/employers/{employerId}/clients")
async def list_clients(call: Call, employer_id: UUID, query: ChangedPageQuery) -> Page[Client]:
    return await operations.list_clients(call, employer_id, query)


@clients.get("/employers/{employerId}/clients/{clientId}")
async def get_client(call: Call, employer_id: UUID, client_id: UUID) -> Client:
    return await operations.get_client(call, employer_id, client_id)


@clients.post("/employers/{employerId}/clients/{clientId}/revoke", status=200)
async def revoke_client(call: Call, employer_id: UUID, client_id: UUID) -> Client:
    return await operations.revoke_client(call, employer_id, client_id)


@clients.patch("/employers/{employerId}/clients/{clientId}", ruled=True)
async def update_client(call: Call, employer_id: UUID, client_id: UUID, body: Patch[ClientChange]) -> Client:
    return await operations.update_client(call, employer_id, client_id, body)


@clients.post("/employers/{employerId}/clients/{clientId}/secrets")
async def create_client_secret(
    call: Call, employer_id: UUID, client_id: UUID, body: ClientSecretNew
) -> Reply[ClientSecretCreated]:
    created = await operations.create_client_secret(call, employer_id, client_id, body)
    return Reply(created, location=f"/employers/{employer_id}/clients/{client_id}")


@clients.post("/employers/{employerId}/clients/{clientId}/secrets/{secretId}/revoke", status=200)
async def revoke_client_secret(call: Call, employer_id: UUID, client_id: UUID, secret_id: UUID) -> Client:
    return await operations.revoke_client_secret(call, employer_id, client_id, secret_id)


@clients.post("/vendors/{vendorId}/clients", ruled=True)
async def create_vendor_client(call: Call, vendor_id: UUID, body: VendorClientNew) -> Reply[ClientCreated]:
    created = await vendor_clients.create_vendor_client(call, vendor_id, body)
    return Reply(created, location=f"/vendors/{vendor_id}/clients/{created.client_id}")


@clients.get("/vendors/{vendorId}/clients")
async def list_vendor_clients(call: Call, vendor_id: UUID, query: ChangedPageQuery) -> Page[Client]:
    return await vendor_clients.list_vendor_clients(call, vendor_id, query)


@clients.get("/vendors/{vendorId}/clients/{clientId}")
async def get_vendor_client(call: Call, vendor_id: UUID, client_id: UUID) -> Client:
    return await vendor_clients.get_vendor_client(call, vendor_id, client_id)


@clients.patch("/vendors/{vendorId}/clients/{clientId}", ruled=True)
async def update_vendor_client(call: Call, vendor_id: UUID, client_id: UUID, body: Patch[VendorClientNew]) -> Client:
    return await vendor_clients.update_vendor_client(call, vendor_id, client_id, body)


@clients.post("/vendors/{vendorId}/clients/{clientId}/revoke", status=200)
async def revoke_vendor_client(call: Call, vendor_id: UUID, client_id: UUID) -> Client:
    return await vendor_clients.revoke_vendor_client(call, vendor_id, client_id)


@clients.post("/vendors/{vendorId}/clients/{clientId}/secrets")
async def create_vendor_client_secret(
    call: Call, vendor_id: UUID, client_id: UUID, body: ClientSecretNew
) -> Reply[ClientSecretCreated]:
    created = await vendor_clients.create_vendor_client_secret(call, vendor_id, client_id, body)
    return Reply(created, location=f"/vendors/{vendor_id}/clients/{client_id}")


@clients.post("/vendors/{vendorId}/clients/{clientId}/secrets/{secretId}/revoke", status=200)
async def revoke_vendor_client_secret(call: Call, vendor_id: UUID, client_id: UUID, secret_id: UUID) -> Client:
    return await vendor_clients.revoke_vendor_client_secret(call, vendor_id, client_id, secret_id)
