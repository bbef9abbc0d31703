"""Issuers over REST."""

from uuid import UUID

from peil.access import operations
from peil.access.model import Issuer, IssuerNew
from peil.operation import Call
from peil.paging import Page, PageQuery
from peil.rest import Reply, Router

access = Router("Access")


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
