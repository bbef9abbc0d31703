"""Clients and issuers over REST."""

from uuid import UUID

from peil.access import operations
from peil.access.model import Client, ClientCreated, ClientNew, Issuer, IssuerNew
from peil.operation import Call
from peil.paging import Page, PageQuery
from peil.rest import Reply, Router

access = Router("Access")


@access.post("/employers/{employerId}/clients", ruled=True)
async def create_client(call: Call, employer_id: UUID, body: ClientNew) -> Reply[ClientCreated]:
    created = await operations.create_client(call, employer_id, body)
    return Reply(created, location=f"/employers/{employer_id}/clients/{created.client_id}")


@access.get("/employers/{employerId}/clients")
async def list_clients(call: Call, employer_id: UUID, query: PageQuery) -> Page[Client]:
    return await operations.list_clients(call, employer_id, query)


@access.get("/employers/{employerId}/clients/{clientId}")
async def get_client(call: Call, employer_id: UUID, client_id: UUID) -> Client:
    return await operations.get_client(call, employer_id, client_id)


@access.post("/employers/{employerId}/clients/{clientId}/revoke", status=200)
async def revoke_client(call: Call, employer_id: UUID, client_id: UUID) -> Client:
    return await operations.revoke_client(call, employer_id, client_id)


@access.post("/issuers", ruled=True)
async def create_issuer(call: Call, body: IssuerNew) -> Reply[Issuer]:
    created = await operations.create_issuer(call, body)
    return Reply(created, location=f"/issuers/{created.issuer_id}")


@access.get("/issuers")
async def list_issuers(call: Call, query: PageQuery) -> Page[Issuer]:
    return await operations.list_issuers(call, query)


@access.get("/issuers/{issuerId}")
async def get_issuer(call: Call, issuer_id: UUID) -> Issuer:
    return await operations.get_issuer(call, issuer_id)


@access.post("/issuers/{issuerId}/confirm", status=200)
async def confirm_issuer(call: Call, issuer_id: UUID) -> Issuer:
    return await operations.confirm_issuer(call, issuer_id)


@access.post("/issuers/{issuerId}/revoke", status=200)
async def revoke_issuer(call: Call, issuer_id: UUID) -> Issuer:
    return await operations.revoke_issuer(call, issuer_id)
