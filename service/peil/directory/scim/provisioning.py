"""What a provisioning system can do: one SCIM request in one transaction, by the SCIM core."""

import asyncio
from typing import Any, cast
from uuid import UUID

from scim2_models import ConflictException, PatchOp, Resource, ResourceType, SCIMException
from scim2_server.bulk import BulkPlan
from scim2_server.conditions import Conditions
from scim2_server.handler import AsyncScimHandler
from scim2_server.requests import ScimRequest
from scim2_server.responses import ScimResponse
from scim2_server.routing import Operation as ScimOperation

from peil import clock
from peil.directory import operations
from peil.directory.scim import limits, queries
from peil.directory.scim.core import SERVICE
from peil.directory.scim.expanding import expand
from peil.directory.scim.refusing import speaking
from peil.directory.scim.resources import PROVIDER, UserResource
from peil.directory.scim.session import Session
from peil.directory.scim.storage import DirectoryStorage
from peil.directory.scim.unapplied import note_unknown, note_unknown_in_patch
from peil.errors import Unauthenticated
from peil.operation import Transaction, operation

_READS = {ScimOperation.query, ScimOperation.search, ScimOperation.search_with_body}


@operation("scim:provision")
async def provision(tx: Transaction, connection_id: UUID, asked: ScimRequest) -> ScimResponse:
    """Does what a SCIM request asks, or nothing of it, and keeps what could not be applied for the administrator.

    Raises Unauthenticated where the connection is not active any more.
    """
    connection = await queries.select_connection(tx, tx.employer_id, connection_id, clock.now(), None)
    if connection is None or connection.state != "active":
        raise Unauthenticated("connection")
    with speaking(tx.call.language):
        return await _provision(Session(tx, connection), asked)


async def _provision(session: Session, asked: ScimRequest) -> ScimResponse:
    try:
        limits.check_query(asked.query)
        # Much takes long to read: the event loop serves others meanwhile.
        await asyncio.to_thread(limits.check_body, asked.body)
        with PROVIDER:
            if SERVICE.match(asked).operation not in _READS:
                await operations.lock_directory(session.tx)
        response = await _Handler(session).handle(asked)
    except SCIMException as error:
        if error.status == 400:
            session.note("value-refused")
        response = SERVICE.error_response(error)
    await session.keep_notes()
    return response


class _Handler(AsyncScimHandler):
    """The handler of the core, which notes what is not applied."""

    def __init__(self, session: Session) -> None:
        super().__init__(SERVICE, DirectoryStorage(session))
        self._session = session

    async def bulk(self, request: ScimRequest) -> ScimResponse:
        with PROVIDER:
            self.service.route(request, ScimOperation.bulk)
            try:
                async with self._session.as_a_whole():
                    plan = await self._planned(request)
            except ConflictException:
                # Too many would disappear: only those operations are held.
                self._session.begin_anew()
                plan = await self._planned(request)
            return self.service.bulk_response(plan)

    async def _planned(self, request: ScimRequest) -> BulkPlan:
        plan = await asyncio.to_thread(self.service.read_bulk, request.body, request.header("Content-Type"))
        for step in plan:
            plan.record(step, *await self.run_bulk_step(request, plan, step))
        return plan

    async def replace_resource(
        self,
        resource_type: ResourceType,
        current: Resource[Any],
        replacement: Resource[Any],
        conditions: Conditions,
    ) -> Resource[Any]:
        note_unknown(self._session, replacement)
        for extension in type(replacement).get_extension_models().values():
            # Who replaces a resource and does not name an extension does not mean to clear it: RFC 7644, section
            # 3.5.1, leaves it open.
            if replacement[extension] is None:
                replacement[extension] = current[extension]
        if resource_type.name == "User":
            # Nor to switch anybody on or off.
            user = cast("UserResource", replacement)
            user.active = cast("UserResource", current).active if user.active is None else user.active
        return await super().replace_resource(resource_type, current, replacement, conditions)

    async def patch_resource(
        self, resource_type: ResourceType, resource_id: str, patch_op: "PatchOp[Any]", conditions: Conditions
    ) -> Resource[Any]:
        model = self.service.get_model(resource_type)
        said = expand(model, patch_op)
        patched = await super().patch_resource(resource_type, resource_id, said, conditions)
        note_unknown_in_patch(self._session, model, said)
        return patched
