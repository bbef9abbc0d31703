"""Support routes over REST."""

from uuid import UUID

from peil.operation import Call
from peil.paging import ChangedPageQuery, Page
from peil.patching import Patch
from peil.rest import Reply, Router
from peil.support_routes import operations
from peil.support_routes.model import SupportRoute, SupportRouteNew

support_routes = Router("Support routes")


@support_routes.post("/support-routes")
async def create_support_route(call: Call, body: SupportRouteNew) -> Reply[SupportRoute]:
    created = await operations.create_support_route(call, body)
    return Reply(created, location=f"/support-routes/{created.support_route_id}")


@support_routes.get("/support-routes")
async def list_support_routes(call: Call, query: ChangedPageQuery) -> Page[SupportRoute]:
    return await operations.list_support_routes(call, query)


@support_routes.get("/support-routes/{supportRouteId}")
async def get_support_route(call: Call, support_route_id: UUID) -> SupportRoute:
    return await operations.get_support_route(call, support_route_id)


@support_routes.patch("/support-routes/{supportRouteId}", ruled=True, conflicts=False)
async def update_support_route(call: Call, support_route_id: UUID, body: Patch[SupportRouteNew]) -> SupportRoute:
    return await operations.update_support_route(call, support_route_id, body)


@support_routes.delete("/support-routes/{supportRouteId}", conflicts=False)
async def delete_support_route(call: Call, support_route_id: UUID) -> None:
    await operations.delete_support_route(call, support_route_id)
