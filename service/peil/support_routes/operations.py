"""What can be done with support routes."""

from datetime import UTC, datetime
from uuid import UUID

from peil.audit import record
from peil.errors import NotFound
from peil.ids import NONE, ordered_id
from peil.operation import Transaction, operation
from peil.outbox import publish
from peil.paging import ChangedPageQuery, Page, page
from peil.patching import Patch
from peil.support_routes import queries
from peil.support_routes.model import SupportRoute, SupportRouteNew


@operation("support-routes:write", creates=True)
async def create_support_route(tx: Transaction, new: SupportRouteNew) -> SupportRoute:
    """Adds a support route."""
    route_id = ordered_id()
    await queries.insert_support_route(tx, tx.employer_id, route_id, new, tx.now)
    await record(tx, f"support-routes/{route_id}")
    await publish(tx, "support-route.created", f"support-routes/{route_id}")
    return await get_support_route.within(tx, route_id)


@operation("support-routes:read")
async def get_support_route(tx: Transaction, support_route_id: UUID) -> SupportRoute:
    """A support route."""
    found = await queries.select_support_route(tx, tx.employer_id, support_route_id)
    if found is None:
        raise NotFound
    return found


@operation("support-routes:read")
async def list_support_routes(tx: Transaction, query: ChangedPageQuery) -> Page[SupportRoute]:
    """Where an employee can turn to."""
    bound = (tx.employer_id, "support-routes", query.modified_after)
    after = tx.parts.cursors.open(query.cursor, UUID, *bound) if query.cursor else NONE
    found = await queries.select_support_routes(tx, tx.employer_id, after, query.modified_after, query.limit + 1)
    return page(found, query.limit, lambda route: tx.parts.cursors.seal(route.support_route_id, *bound))


@operation("support-routes:write")
async def update_support_route(tx: Transaction, support_route_id: UUID, patch: Patch[SupportRouteNew]) -> SupportRoute:
    """Changes a support route."""
    current = await _locked(tx, support_route_id)
    await queries.update_support_route(tx, tx.employer_id, support_route_id, patch.apply(current), tx.now)
    await record(tx, f"support-routes/{support_route_id}")
    await publish(tx, "support-route.updated", f"support-routes/{support_route_id}")
    return await get_support_route.within(tx, support_route_id)


@operation("support-routes:write")
async def delete_support_route(tx: Transaction, support_route_id: UUID) -> None:
    """Removes a support route."""
    await _locked(tx, support_route_id)
    await queries.delete_support_route(tx, tx.employer_id, support_route_id)
    await record(tx, f"support-routes/{support_route_id}")
    await publish(tx, "support-route.deleted", f"support-routes/{support_route_id}")


async def standing_routes(tx: Transaction) -> set[str]:
    """The kinds of support routes that are there today, for another operation."""
    return {route.kind for route in await standing_support_routes(tx)}


async def standing_support_routes(tx: Transaction) -> list[SupportRoute]:
    """The support routes that are there today, for another operation."""
    found = await queries.select_support_routes(tx, tx.employer_id, NONE, None, None)
    today = tx.now.date()
    return [route for route in found if route.valid_until is None or route.valid_until > today]


async def are_routes_changed(tx: Transaction, since: datetime) -> bool:
    """Whether others are there than at a moment, or they say something else, for another operation."""
    day = since.astimezone(UTC).date()
    return await queries.are_support_routes_changed(tx, tx.employer_id, since, day, tx.now.date())


async def _locked(tx: Transaction, support_route_id: UUID) -> SupportRoute:
    current = await queries.lock_support_route(tx, tx.employer_id, support_route_id)
    if current is None:
        raise NotFound
    tx.must_match(current)
    return current
