"""Releases and aggregates over REST."""

from uuid import UUID

from peil.aggregates import operations
from peil.aggregates.model import Aggregate, Release
from peil.operation import Call
from peil.paging import Page, PageQuery
from peil.rest import Ready, Router

aggregates = Router("Aggregates")


@aggregates.get("/waves/{waveId}/aggregates")
async def list_aggregates(call: Call, wave_id: UUID, query: PageQuery) -> Page[Aggregate]:
    return await operations.list_aggregates(call, wave_id, query)


@aggregates.get("/waves/{waveId}/aggregates/{unitId}", result=Aggregate)
async def get_aggregate(call: Call, wave_id: UUID, unit_id: UUID) -> Ready:
    shelved = await operations.get_aggregate(call, wave_id, unit_id)
    return Ready(shelved.body, shelved.etag)


@aggregates.get("/waves/{waveId}/release")
async def get_release(call: Call, wave_id: UUID) -> Release:
    return await operations.get_release(call, wave_id)


@aggregates.get("/releases")
async def list_releases(call: Call, query: PageQuery) -> Page[Release]:
    return await operations.list_releases(call, query)
