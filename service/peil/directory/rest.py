"""Units, people and their imports over REST."""

import asyncio
from uuid import UUID

from msgspec import Struct

from peil.csv_lines import lines_of
from peil.directory import imports, operations
from peil.directory.imports import ImportReport
from peil.directory.model import (
    ImportQuery,
    PeopleImportQuery,
    Person,
    PersonNew,
    PersonQuery,
    Unit,
    UnitNew,
    UnitQuery,
)
from peil.operation import Call
from peil.paging import Page
from peil.patching import Patch
from peil.rest import Lines, Reply, Router

_MAX_IMPORT = 16 * 1_048_576

directory = Router("Directory")


async def _ndjson(body: Lines, shape: type[Struct]) -> bytes:
    # In a thread: a large table takes seconds, and others go on being served.
    return await asyncio.to_thread(lines_of, body, shape)


@directory.post("/units")
async def create_unit(call: Call, body: UnitNew) -> Reply[Unit]:
    created = await operations.create_unit(call, body)
    return Reply(created, location=f"/units/{created.unit_id}")


@directory.get("/units")
async def list_units(call: Call, query: UnitQuery) -> Page[Unit]:
    return await operations.list_units(call, query)


@directory.get("/units/{unitId}")
async def get_unit(call: Call, unit_id: UUID) -> Unit:
    return await operations.get_unit(call, unit_id)


@directory.patch("/units/{unitId}", ruled=True)
async def update_unit(call: Call, unit_id: UUID, body: Patch[UnitNew]) -> Unit:
    return await operations.update_unit(call, unit_id, body)


@directory.delete("/units/{unitId}")
async def delete_unit(call: Call, unit_id: UUID) -> None:
    await operations.delete_unit(call, unit_id)


@directory.post("/units/import", status=200, max_body=_MAX_IMPORT)
async def import_units(call: Call, query: ImportQuery, body: Lines) -> ImportReport:
    return await imports.import_units(call, query, await _ndjson(body, UnitNew))


@directory.post("/people")
async def create_person(call: Call, body: PersonNew) -> Reply[Person]:
    created = await operations.create_person(call, body)
    return Reply(created, location=f"/people/{created.person_id}")


@directory.get("/people")
async def list_people(call: Call, query: PersonQuery) -> Page[Person]:
    return await operations.list_people(call, query)


@directory.get("/people/{personId}")
async def get_person(call: Call, person_id: UUID) -> Person:
    return await operations.get_person(call, person_id)


@directory.patch("/people/{personId}", ruled=True)
async def update_person(call: Call, person_id: UUID, body: Patch[PersonNew]) -> Person:
    return await operations.update_person(call, person_id, body)


@directory.post("/people/import", status=200, max_body=_MAX_IMPORT)
async def import_people(call: Call, query: PeopleImportQuery, body: Lines) -> ImportReport:
    return await imports.import_people(call, query, await _ndjson(body, PersonNew))
