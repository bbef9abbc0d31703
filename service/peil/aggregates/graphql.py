"""Releases and aggregates over GraphQL."""

from uuid import UUID

from peil.aggregates import operations
from peil.aggregates.model import Aggregate
from peil.graphql.fields import node, query
from peil.operation import Call


async def get_aggregate(call: Call, wave_id: UUID, unit_id: UUID) -> Aggregate:
    """What the release of a wave says about one unit."""
    return (await operations.get_aggregate(call, wave_id, unit_id)).aggregate


FIELDS = [
    query(get_aggregate),
    query(operations.list_aggregates),
    node(operations.get_release),
    query(operations.list_releases),
]
