"""Issuers over REST."""

from uuid import UUID

from peil.access.issuers import operations
from peil.access.issuers.model import Issuer, IssuerChange, IssuerCheck, IssuerNew
from peil.operation import Call
from peil.paging import ChangedPageQuery, Page
from peil.patching import Patch
from peil.rest import Reply, Router

issuers = Router("Access")


@issuers.post("/issuers", ruled=True)
async def create_issuer(call: Call, body: IssuerNew) -> Reply[Issuer]:
    created = await operations.create_issuer(call, body)
    return Reply(created, location=f"/issuers/{created.issuer_id}")


@issuers.get("/issuers")
async def list_issuers(call: Call, query: ChangedPageQuery) -> Page[Issuer]:
    return await operations.list_issuers(call, query)


@issuers.get("/issuers/{issuerId}")
async def get_issuer(call: Call, issuer_id: UUID) -> Issuer:
    return await operations.get_issuer(call, issuer_id)


@issuers.patch("/issuers/{issuerId}", ruled=True)
async def update_issuer(call: Call, issuer_id: UUID, body: Patch[IssuerChange]) -> Issuer:
    return await operations.update_issuer(call, issuer_id, body)


@issuers.post("/issuers/{issuerId}/check", status=200)
async def check_issuer(call: Call, issuer_id: UUID) -> IssuerCheck:
    return await operations.check_issuer(call, issuer_id)


@issuers.post("/issuers/{issuerId}/confirm", status=200, heeds_match=True)
async def confirm_issuer(call: Call, issuer_id: UUID) -> Issuer:
    return await operations.confirm_issuer(call, issuer_id)


@issuers.post("/issuers/{issuerId}/revoke", status=200)
async def revoke_issuer(call: Call, issuer_id: UUID) -> Issuer:
    return await operations.revoke_issuer(call, issuer_id)
