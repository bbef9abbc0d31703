"""Waves over GraphQL."""

from peil.campaigns.model import Campaign
from peil.graphql.fields import Context, edge, mutation, node, query
from peil.instruments.model import Instrument
from peil.instruments.operations import list_instruments_by_id
from peil.waves import budget, operations, series
from peil.waves.model import Wave


async def instrument(context: Context, wave: Wave) -> Instrument:
    """The questionnaire that is asked."""
    return await context.load(list_instruments_by_id, wave.instrument_id)


async def waves(context: Context, of: Campaign) -> list[Wave]:
    """Its waves in the order in which they open."""
    return await context.load(operations.list_waves_by_campaign_id, of.campaign_id)


FIELDS = [
    node(operations.get_wave),
    query(operations.list_waves),
    edge(Wave, instrument),
    edge(Campaign, waves),
    mutation(operations.plan_wave),
    mutation(operations.update_wave, match=True),
    mutation(operations.open_wave),
    mutation(operations.close_wave),
    mutation(operations.extend_wave),
    mutation(operations.cancel_wave),
    node(series.get_wave_series),
    query(series.list_wave_series, "allWaveSeries"),
    query(series.preview_wave_series, "previewWaveSeries"),
    mutation(series.plan_wave_series),
    mutation(series.cancel_wave_series),
    query(budget.get_fatigue_budget),
    mutation(budget.update_fatigue_budget, match=True),
]
