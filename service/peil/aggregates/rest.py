"""Releases and aggregates over REST."""

import asyncio
from uuid import UUID

from msgspec import Raw

from peil.aggregates import branches, grouping, heat_tables, operations, overview, reportability
from peil.aggregates.changes import operations as changes
from peil.aggregates.changes.model import Change, ChangePageQuery, ChangeQuery
from peil.aggregates.charts import operations as charts
from peil.aggregates.charts.model import ChartKind, ChartQuery
from peil.aggregates.exports import operations as exports
from peil.aggregates.exports.files import file_of
from peil.aggregates.exports.model import AggregateExport, ExportedUnit, ExportQuery
from peil.aggregates.model import Aggregate, AggregateQuery, Release, Shelved
from peil.aggregates.reportability_model import Reportability, ReportabilityQuery, WavePreview, WavePreviewNew
from peil.aggregates.table_model import Branch, GroupAggregate, GroupQuery, HeatTable, HeatTableQuery, WaveOverview
from peil.aggregates.trends import operations as trends
from peil.aggregates.trends.model import Trend, TrendQuery
from peil.operation import Call
from peil.paging import ChangedPageQuery, Page, PageQuery, mapped
from peil.rest import CSV, NDJSON, PNG, SVG, VEGALITE, XLSX, File, Later, Ready, Reply, Router

aggregates = Router("Aggregates")


@aggregates.get("/waves/{waveId}/aggregates", result=Page[Aggregate], conflicts=True)
async def list_aggregates(call: Call, wave_id: UUID, query: PageQuery) -> Reply[Page[Raw]]:
    found = await operations.list_aggregates(call, wave_id, query)
    return Reply(mapped(found, lambda shelved: Raw(shelved.body)), is_kept=True)


@aggregates.get("/waves/{waveId}/aggregates/{unitId}", result=Aggregate, conflicts=True)
async def get_aggregate(call: Call, wave_id: UUID, unit_id: UUID, query: AggregateQuery) -> Reply[Ready]:
    return _ready(await operations.get_aggregate(call, wave_id, unit_id, query))


@aggregates.get("/waves/{waveId}/overview", result=WaveOverview, conflicts=True)
async def get_wave_overview(call: Call, wave_id: UUID) -> Reply[Ready]:
    return _ready(await overview.get_wave_overview(call, wave_id))


@aggregates.get("/waves/{waveId}/branches/{unitId}", result=Branch, conflicts=True)
async def get_branch(call: Call, wave_id: UUID, unit_id: UUID, query: PageQuery) -> Reply[Ready]:
    return _ready(await branches.get_branch(call, wave_id, unit_id, query))


@aggregates.get("/waves/{waveId}/heat-table", result=HeatTable, conflicts=True)
async def get_heat_table(call: Call, wave_id: UUID, query: HeatTableQuery) -> Reply[Ready]:
    return _ready(await heat_tables.get_heat_table(call, wave_id, query))


@aggregates.post("/waves/{waveId}/group-aggregate", status=200, ruled=True)
async def get_group_aggregate(call: Call, wave_id: UUID, body: GroupQuery) -> GroupAggregate:
    return await grouping.get_group_aggregate(call, wave_id, body)


@aggregates.get(
    "/waves/{waveId}/aggregates/{unitId}/charts/{kind}",
    result=str,
    produces=SVG,
    also={PNG: str, VEGALITE: str},
    ruled=True,
    conflicts=True,
)
async def get_chart(call: Call, wave_id: UUID, unit_id: UUID, kind: ChartKind, query: ChartQuery) -> Reply[Later]:
    chart = await charts.get_chart(call, wave_id, unit_id, kind, query)
    return Reply(charts.drawn_later(call, chart, query.scale), is_kept=True)


@aggregates.get("/waves/{waveId}/changes", conflicts=True)
async def list_changes(call: Call, wave_id: UUID, query: ChangePageQuery) -> Reply[Page[Change]]:
    return Reply(await changes.list_changes(call, wave_id, query), is_kept=True)


@aggregates.get("/waves/{waveId}/changes/{unitId}", ruled=True, conflicts=True)
async def get_change(call: Call, wave_id: UUID, unit_id: UUID, query: ChangeQuery) -> Reply[Change]:
    return Reply(await changes.get_change(call, wave_id, unit_id, query), is_kept=True)


@aggregates.get("/waves/{waveId}/trends/{unitId}", ruled=True, conflicts=True)
async def get_trend(call: Call, wave_id: UUID, unit_id: UUID, query: TrendQuery) -> Reply[Trend]:
    return Reply(await trends.get_trend(call, wave_id, unit_id, query), is_kept=True)


@aggregates.get("/waves/{waveId}/reportability", conflicts=True)
async def get_reportability(call: Call, wave_id: UUID, query: ReportabilityQuery) -> Reportability:
    return await reportability.get_reportability(call, wave_id, query)


@aggregates.post("/waves/preview", status=200, ruled=True)
async def preview_wave(call: Call, body: WavePreviewNew) -> WavePreview:
    return await reportability.preview_wave(call, body)


@aggregates.get("/waves/{waveId}/release", conflicts=True)
async def get_release(call: Call, wave_id: UUID) -> Release:
    return await operations.get_release(call, wave_id)


@aggregates.get("/releases")
async def list_releases(call: Call, query: ChangedPageQuery) -> Page[Release]:
    return await operations.list_releases(call, query)


@aggregates.get(
    "/waves/{waveId}/export",
    result=AggregateExport,
    also={XLSX: bytes, CSV: str, NDJSON: ExportedUnit},
    ruled=True,
    conflicts=True,
)
async def export_aggregates(call: Call, wave_id: UUID, query: ExportQuery) -> Reply[File]:
    exported = await exports.export_aggregates(call, wave_id, query)
    # In a thread: a large organisation takes seconds, and others go on being served.
    return Reply(await asyncio.to_thread(file_of, exported, call.media_type, call.language, query), is_kept=True)


def _ready(shelved: Shelved) -> Reply[Ready]:
    return Reply(Ready(shelved.body, shelved.etag, shelved.next), is_kept=True)
