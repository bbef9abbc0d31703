"""Releases and aggregates over GraphQL."""

from uuid import UUID

import msgspec

from peil.aggregates import branches, grouping, heat_tables, operations, overview, reportability
from peil.aggregates.changes import operations as changes
from peil.aggregates.model import Aggregate, AggregateQuery, Shelved
from peil.aggregates.table_model import Branch, HeatTable, HeatTableQuery, WaveOverview
from peil.aggregates.trends import operations as trends
from peil.graphql.fields import node, query
from peil.operation import Call
from peil.paging import Page, PageQuery, mapped


async def get_aggregate(call: Call, wave_id: UUID, unit_id: UUID, query: AggregateQuery) -> Aggregate:
    """What the release of a wave says about one unit, block by block and item by item."""
    return _aggregate(await operations.get_aggregate(call, wave_id, unit_id, query))


async def list_aggregates(call: Call, wave_id: UUID, query: PageQuery) -> Page[Aggregate]:
    """What the release says about every unit the caller may see, in the order of the tree."""
    return mapped(await operations.list_aggregates(call, wave_id, query), _aggregate)


async def get_wave_overview(call: Call, wave_id: UUID) -> WaveOverview:
    """A released wave at a glance: how many answered, what the whole organisation said, how many units have figures."""
    return msgspec.json.decode((await overview.get_wave_overview(call, wave_id)).body, type=WaveOverview)


async def get_branch(call: Call, wave_id: UUID, unit_id: UUID, query: PageQuery) -> Branch:
    """One unit with those directly beneath it that the caller may see: what a manager looks at first."""
    return msgspec.json.decode((await branches.get_branch(call, wave_id, unit_id, query)).body, type=Branch)


async def get_heat_table(call: Call, wave_id: UUID, query: HeatTableQuery) -> HeatTable:
    """The means of all units the caller may see, by block or by item, in the order of the tree; it ranks nobody."""
    return msgspec.json.decode((await heat_tables.get_heat_table(call, wave_id, query)).body, type=HeatTable)


def _aggregate(shelved: Shelved) -> Aggregate:
    return msgspec.json.decode(shelved.body, type=Aggregate)


FIELDS = [
    query(get_aggregate),
    query(list_aggregates),
    query(get_wave_overview),
    query(get_branch),
    query(get_heat_table),
    query(grouping.get_group_aggregate),
    query(changes.get_change),
    query(changes.list_changes),
    query(trends.get_trend),
    query(reportability.get_reportability),
    query(reportability.preview_wave, "previewWave"),
    node(operations.get_release),
    query(operations.list_releases),
]
