"""Deliveries and sending again over REST."""

from uuid import UUID

from peil.operation import Call
from peil.paging import Page, PageQuery
from peil.rest import Router
from peil.webhooks.deliveries import operations, vendor_deliveries
from peil.webhooks.deliveries.model import (
    Delivery,
    DeliveryDetail,
    DeliveryQuery,
    EmployerDeliveries,
    Replay,
    Replayed,
)

deliveries = Router("Webhooks")

_OF_EMPLOYER = "/webhook-endpoints/{endpointId}"
_OF_VENDOR = "/vendors/{vendorId}/webhook-endpoints/{endpointId}"


@deliveries.get(f"{_OF_EMPLOYER}/deliveries")
async def list_deliveries(call: Call, endpoint_id: UUID, query: DeliveryQuery) -> Page[Delivery]:
    return await operations.list_deliveries(call, endpoint_id, query)


@deliveries.get(f"{_OF_EMPLOYER}/deliveries/{{eventId}}")
async def get_delivery(call: Call, endpoint_id: UUID, event_id: UUID) -> DeliveryDetail:
    return await operations.get_delivery(call, endpoint_id, event_id)


@deliveries.post(f"{_OF_EMPLOYER}/deliveries/{{eventId}}/replay", status=202)
async def replay_delivery(call: Call, endpoint_id: UUID, event_id: UUID) -> DeliveryDetail:
    return await operations.replay_delivery(call, endpoint_id, event_id)


@deliveries.post(f"{_OF_EMPLOYER}/replay", status=202, ruled=True)
async def replay_deliveries(call: Call, endpoint_id: UUID, body: Replay) -> Replayed:
    return await operations.replay_deliveries(call, endpoint_id, body)


@deliveries.get(f"{_OF_VENDOR}/deliveries")
async def list_vendor_deliveries(
    call: Call, vendor_id: UUID, endpoint_id: UUID, query: DeliveryQuery
) -> Page[Delivery]:
    return await vendor_deliveries.list_vendor_deliveries(call, vendor_id, endpoint_id, query)


@deliveries.get(f"{_OF_VENDOR}/deliveries/{{eventId}}")
async def get_vendor_delivery(call: Call, vendor_id: UUID, endpoint_id: UUID, event_id: UUID) -> DeliveryDetail:
    return await vendor_deliveries.get_vendor_delivery(call, vendor_id, endpoint_id, event_id)


@deliveries.post(f"{_OF_VENDOR}/deliveries/{{eventId}}/replay", status=202)
async def replay_vendor_delivery(call: Call, vendor_id: UUID, endpoint_id: UUID, event_id: UUID) -> DeliveryDetail:
    return await vendor_deliveries.replay_vendor_delivery(call, vendor_id, endpoint_id, event_id)


@deliveries.post(f"{_OF_VENDOR}/replay", status=202, ruled=True)
async def replay_vendor_deliveries(call: Call, vendor_id: UUID, endpoint_id: UUID, body: Replay) -> Replayed:
    return await vendor_deliveries.replay_vendor_deliveries(call, vendor_id, endpoint_id, body)


@deliveries.get("/vendors/{vendorId}/failed-deliveries")
async def list_vendor_failed_deliveries(call: Call, vendor_id: UUID, query: PageQuery) -> Page[EmployerDeliveries]:
    return await vendor_deliveries.list_vendor_failed_deliveries(call, vendor_id, query)
