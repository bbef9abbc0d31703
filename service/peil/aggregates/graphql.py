"""Releases and aggregates over GraphQL."""

from uuid import UUID

from peil.aggregates import changes, operations, reportability, trends
from peil.aggregates.model import Aggregate
from peil.graphql.fields import node, query
from peil.operation import Call
from peil.paging import Page, PageQuery, mapped


async def get_aggregate(call: Call, wave_id: UUID, unit_id: UUID) -> Aggregate:
    """What the release of a wave says about one unit."""
    return (await operations.get_aggregate(call, wave_id, unit_id)).aggregate


async def list_aggregates(call: Call, wave_id: UUID, query: PageQuery) -> Page[Aggregate]:
    """What the release says about every unit the caller may see, in the order of the tree."""
    return mapped(await operations.list_aggregates(call, wave_id, query), lambda shelved: shelved.aggregate)


FIELDS = [
    query(get_aggregate),
    query(list_aggregates),
    query(changes.get_change),
    query(changes.list_changes),
    query(trends.get_trend),
    query(reportability.get_reportability),
    query(reportability.preview_wave, "previewWave"),
    node(operations.get_release),
    query(operations.list_releases),
]
