"""Webhook endpoints and their secrets over REST."""

from uuid import UUID

from peil.operation import Call
from peil.paging import Page, PageQuery
from peil.patching import Patch
from peil.rest import Reply, Router
from peil.webhooks.endpoints import operations, vendor_endpoints
from peil.webhooks.endpoints.model import (
    WebhookEndpoint,
    WebhookEndpointCreated,
    WebhookEndpointNew,
    WebhookSecretCreated,
    WebhookSecretNew,
)

webhook_endpoints = Router("Webhooks")


@webhook_endpoints.post("/webhook-endpoints", ruled=True)
async def create_webhook_endpoint(call: Call, body: WebhookEndpointNew) -> Reply[WebhookEndpointCreated]:
    created = await operations.create_webhook_endpoint(call, body)
    return Reply(created, location=f"/webhook-endpoints/{created.endpoint_id}")


@webhook_endpoints.get("/webhook-endpoints")
async def list_webhook_endpoints(call: Call, query: PageQuery) -> Page[WebhookEndpoint]:
    return await operations.list_webhook_endpoints(call, query)


@webhook_endpoints.get("/webhook-endpoints/{endpointId}")
async def get_webhook_endpoint(call: Call, endpoint_id: UUID) -> WebhookEndpoint:
    return await operations.get_webhook_endpoint(call, endpoint_id)


@webhook_endpoints.patch("/webhook-endpoints/{endpointId}", ruled=True, conflicts=False)
async def update_webhook_endpoint(call: Call, endpoint_id: UUID, body: Patch[WebhookEndpointNew]) -> WebhookEndpoint:
    return await operations.update_webhook_endpoint(call, endpoint_id, body)


@webhook_endpoints.delete("/webhook-endpoints/{endpointId}", conflicts=False)
async def delete_webhook_endpoint(call: Call, endpoint_id: UUID) -> None:
    await operations.delete_webhook_endpoint(call, endpoint_id)


@webhook_endpoints.post("/webhook-endpoints/{endpointId}/verify", status=200)
async def verify_webhook_endpoint(call: Call, endpoint_id: UUID) -> WebhookEndpoint:
    return await operations.verify_webhook_endpoint(call, endpoint_id)


@webhook_endpoints.post("/webhook-endpoints/{endpointId}/secrets")
async def create_webhook_secret(call: Call, endpoint_id: UUID, body: WebhookSecretNew) -> Reply[WebhookSecretCreated]:
    created = await operations.create_webhook_secret(call, endpoint_id, body)
    return Reply(created, location=f"/webhook-endpoints/{endpoint_id}")


@webhook_endpoints.post("/webhook-endpoints/{endpointId}/secrets/{secretId}/revoke", status=200)
async def revoke_webhook_secret(call: Call, endpoint_id: UUID, secret_id: UUID) -> WebhookEndpoint:
    return await operations.revoke_webhook_secret(call, endpoint_id, secret_id)


@webhook_endpoints.post("/vendors/{vendorId}/webhook-endpoints", ruled=True)
async def create_vendor_webhook_endpoint(
    call: Call, vendor_id: UUID, body: WebhookEndpointNew
) -> Reply[WebhookEndpointCreated]:
    created = await vendor_endpoints.create_vendor_webhook_endpoint(call, vendor_id, body)
    return Reply(created, location=f"/vendors/{vendor_id}/webhook-endpoints/{created.endpoint_id}")


@webhook_endpoints.get("/vendors/{vendorId}/webhook-endpoints")
async def list_vendor_webhook_endpoints(call: Call, vendor_id: UUID, query: PageQuery) -> Page[WebhookEndpoint]:
    return await vendor_endpoints.list_vendor_webhook_endpoints(call, vendor_id, query)


@webhook_endpoints.get("/vendors/{vendorId}/webhook-endpoints/{endpointId}")
async def get_vendor_webhook_endpoint(call: Call, vendor_id: UUID, endpoint_id: UUID) -> WebhookEndpoint:
    return await vendor_endpoints.get_vendor_webhook_endpoint(call, vendor_id, endpoint_id)


@webhook_endpoints.patch("/vendors/{vendorId}/webhook-endpoints/{endpointId}", ruled=True, conflicts=False)
async def update_vendor_webhook_endpoint(
    call: Call, vendor_id: UUID, endpoint_id: UUID, body: Patch[WebhookEndpointNew]
) -> WebhookEndpoint:
    return await vendor_endpoints.update_vendor_webhook_endpoint(call, vendor_id, endpoint_id, body)


@webhook_endpoints.delete("/vendors/{vendorId}/webhook-endpoints/{endpointId}", conflicts=False)
async def delete_vendor_webhook_endpoint(call: Call, vendor_id: UUID, endpoint_id: UUID) -> None:
    await vendor_endpoints.delete_vendor_webhook_endpoint(call, vendor_id, endpoint_id)


@webhook_endpoints.post("/vendors/{vendorId}/webhook-endpoints/{endpointId}/verify", status=200)
async def verify_vendor_webhook_endpoint(call: Call, vendor_id: UUID, endpoint_id: UUID) -> WebhookEndpoint:
    return await vendor_endpoints.verify_vendor_webhook_endpoint(call, vendor_id, endpoint_id)


@webhook_endpoints.post("/vendors/{vendorId}/webhook-endpoints/{endpointId}/secrets")
async def create_vendor_webhook_secret(
    call: Call, vendor_id: UUID, endpoint_id: UUID, body: WebhookSecretNew
) -> Reply[WebhookSecretCreated]:
    created = await vendor_endpoints.create_vendor_webhook_secret(call, vendor_id, endpoint_id, body)
    return Reply(created, location=f"/vendors/{vendor_id}/webhook-endpoints/{endpoint_id}")


@webhook_endpoints.post("/vendors/{vendorId}/webhook-endpoints/{endpointId}/secrets/{secretId}/revoke", status=200)
async def revoke_vendor_webhook_secret(
    call: Call, vendor_id: UUID, endpoint_id: UUID, secret_id: UUID
) -> WebhookEndpoint:
    return await vendor_endpoints.revoke_vendor_webhook_secret(call, vendor_id, endpoint_id, secret_id)
