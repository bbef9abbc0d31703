"""Vendors and their links to employers over REST."""

from uuid import UUID

from peil.employers.vendors import links, operations
from peil.employers.vendors.model import Vendor, VendorLink, VendorLinkNew, VendorNew
from peil.operation import Call
from peil.paging import ChangedPageQuery, Page
from peil.rest import Reply, Router

vendors = Router("Vendors")


@vendors.post("/vendors")
async def create_vendor(call: Call, body: VendorNew) -> Reply[Vendor]:
    created = await operations.create_vendor(call, body)
    return Reply(created, location=f"/vendors/{created.vendor_id}")


@vendors.get("/vendors")
async def list_vendors(call: Call, query: ChangedPageQuery) -> Page[Vendor]:
    return await operations.list_vendors(call, query)


@vendors.get("/vendors/{vendorId}")
async def get_vendor(call: Call, vendor_id: UUID) -> Vendor:
    return await operations.get_vendor(call, vendor_id)


@vendors.post("/vendors/{vendorId}/revoke", status=200)
async def revoke_vendor(call: Call, vendor_id: UUID) -> Vendor:
    return await operations.revoke_vendor(call, vendor_id)


@vendors.get("/vendors/{vendorId}/employers")
async def list_vendor_employers(call: Call, vendor_id: UUID, query: ChangedPageQuery) -> Page[VendorLink]:
    return await operations.list_vendor_employers(call, vendor_id, query)


@vendors.post("/employers/{employerId}/vendors", ruled=True)
async def create_vendor_link(call: Call, employer_id: UUID, body: VendorLinkNew) -> Reply[VendorLink]:
    created = await links.create_vendor_link(call, employer_id, body)
    return Reply(created, location=f"/employers/{employer_id}/vendors/{created.vendor_id}")


@vendors.get("/employers/{employerId}/vendors")
async def list_vendor_links(call: Call, employer_id: UUID, query: ChangedPageQuery) -> Page[VendorLink]:
    return await links.list_vendor_links(call, employer_id, query)


@vendors.get("/employers/{employerId}/vendors/{vendorId}")
async def get_vendor_link(call: Call, employer_id: UUID, vendor_id: UUID) -> VendorLink:
    return await links.get_vendor_link(call, employer_id, vendor_id)


@vendors.post("/employers/{employerId}/vendors/{vendorId}/confirm", status=200)
async def confirm_vendor_link(call: Call, employer_id: UUID, vendor_id: UUID) -> VendorLink:
    return await links.confirm_vendor_link(call, employer_id, vendor_id)


@vendors.post("/employers/{employerId}/vendors/{vendorId}/revoke", status=200)
async def revoke_vendor_link(call: Call, employer_id: UUID, vendor_id: UUID) -> VendorLink:
    return await links.revoke_vendor_link(call, employer_id, vendor_id)
