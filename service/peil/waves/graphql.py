"""Waves over GraphQL."""

from peil.graphql.fields import Context, edge, mutation, node, query
from peil.instruments.model import Instrument
from peil.instruments.operations import list_instruments_by_id
from peil.waves import operations
from peil.waves.model import Wave


async def instrument(context: Context, wave: Wave) -> Instrument:
    """The questionnaire that is asked."""
    return await context.load(list_instruments_by_id, wave.instrument_id)


FIELDS = [
    node(operations.get_wave),
    query(operations.list_waves),
    edge(Wave, instrument),
    mutation(operations.plan_wave),
    mutation(operations.update_wave, match=True),
    mutation(operations.open_wave),
    mutation(operations.close_wave),
    mutation(operations.cancel_wave),
]
