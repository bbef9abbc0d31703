"""Releases and aggregates over GraphQL."""

from uuid import UUID

from peil.aggregates import changes, operations, reportability
from peil.aggregates.model import Aggregate, Change, ChangePageQuery, ChangeQuery
from peil.graphql.fields import node, query
from peil.operation import Call
from peil.paging import Page, PageQuery, mapped


async def get_aggregate(call: Call, wave_id: UUID, unit_id: UUID) -> Aggregate:
    """What the release of a wave says about one unit."""
    return (await operations.get_aggregate(call, wave_id, unit_id)).aggregate


async def list_aggregates(call: Call, wave_id: UUID, query: PageQuery) -> Page[Aggregate]:
    """What the release says about every unit the caller may see, in the order of the tree."""
    return mapped(await operations.list_aggregates(call, wave_id, query), lambda shelved: shelved.aggregate)


async def get_change(call: Call, wave_id: UUID, unit_id: UUID, query: ChangeQuery) -> Change:
    """How one unit stands against an earlier wave, block by block."""
    return (await changes.get_change(call, wave_id, unit_id, query)).change


async def list_changes(call: Call, wave_id: UUID, query: ChangePageQuery) -> Page[Change]:
    """How every unit the caller may see stands against an earlier wave, in the order of the tree."""
    return mapped(await changes.list_changes(call, wave_id, query), lambda shelved: shelved.change)


FIELDS = [
    query(get_aggregate),
    query(list_aggregates),
    query(get_change),
    query(list_changes),
    query(reportability.get_reportability),
    query(reportability.preview_wave, "previewWave"),
    node(operations.get_release),
    query(operations.list_releases),
]
