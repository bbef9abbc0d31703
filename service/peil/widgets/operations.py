"""What a page can show: one small answer per view, seen as the person or client who had its token made."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from peil.access.widget_model import View
from peil.actions.checks import checks_of
from peil.actions.operations import actions_for
from peil.aggregates.explanations import explain
from peil.aggregates.model import NOTICE
from peil.aggregates.operations import find_released
from peil.aggregates.trends.operations import trend_cells
from peil.campaigns.activities import agenda_between, zones_of_agendas
from peil.campaigns.agenda_model import Activity
from peil.directory.rules import concerns
from peil.errors import NotFound
from peil.operation import Transaction, operation, require
from peil.participation.operations import get_participation
from peil.support_routes.operations import standing_support_routes
from peil.widgets import queries
from peil.widgets.model import (
    ActionsWidget,
    AgendaWidget,
    AggregateWidget,
    ParticipationQuery,
    ParticipationWidget,
    SupportRoutesWidget,
    TrendWidget,
    WavesWidget,
    WaveWidgetQuery,
    WidgetAction,
    WidgetQuery,
    WidgetUnit,
    WidgetWave,
)
from peil.widgets.places import enter
from peil.widgets.rules import COMING, Place, coming_activity, is_coming, shown_route, standing_actions
from peil.widgets.standing import protection_of, released_unit, trends_of
from peil.widgets.texts import NO_WAVE, TITLES, taking_part

_MOST_ACTIVITIES = 10
_MOST_ACTIONS = 20
_MOST_WAVES = 10


@operation("widgets:read")
async def get_aggregate_widget(tx: Transaction, query: WaveWidgetQuery) -> AggregateWidget:
    """What the newest release says about a unit."""
    place = await enter(tx, "aggregate", query.unit)
    require(tx.actor, "aggregates:read")
    wave = await told_wave(tx, place.unit_id, query.wave)
    found = None if wave is None else await released_unit(tx, wave.wave_id, place.unit_id)
    return AggregateWidget(
        **await frame(tx, "aggregate", place),
        wave=wave,
        everybody_asked=None if found is None else found.everybody_asked,
        response=None if found is None else found.response,
        blocks=[] if found is None else found.blocks,
        choices=[] if found is None else found.choices,
        sensitive=[] if found is None else found.sensitive,
        explanations=[] if found is None else found.explanations,
        protection=None if found is None else await protection_of(tx, found),
    )


@operation("widgets:read")
async def get_trend_widget(tx: Transaction, query: WaveWidgetQuery) -> TrendWidget:
    """Where a unit goes over all waves that asked the same, block by block."""
    place = await enter(tx, "trend", query.unit)
    require(tx.actor, "aggregates:read")
    wave = await told_wave(tx, place.unit_id, query.wave)
    found = None if wave is None else await released_unit(tx, wave.wave_id, place.unit_id)
    blocks = [] if found is None else await trends_of(tx, found)
    return TrendWidget(
        **await frame(tx, "trend", place),
        wave=wave,
        blocks=blocks,
        explanations=explain(trend_cells(blocks), tx.call.language),
        protection=None if found is None else await protection_of(tx, found),
    )


@operation("widgets:read")
async def get_participation_widget(tx: Transaction, query: ParticipationQuery) -> ParticipationWidget:
    """Which part of a unit has answered."""
    place, language = await enter(tx, "participation", query.unit), tx.call.language
    require(tx.actor, "waves:read")
    wave = await queries.select_wave_to_show(tx, tx.employer_id, place.path, query.wave)
    if wave is None:
        wave = await queries.select_told_wave(tx, tx.employer_id, place.unit_id, query.wave)
        if wave is None and query.wave is not None:
            raise NotFound
    band = response = everybody_asked = None
    if wave is not None and wave.state == "released":
        require(tx.actor, "aggregates:read")
        found = await released_unit(tx, wave.wave_id, place.unit_id)
        response, everybody_asked = found.response, found.everybody_asked
    elif wave is not None:
        measured = (await get_participation.within(tx, wave.wave_id)).units
        band = next((unit.band for unit in measured if unit.unit_id == place.unit_id), None)
    return ParticipationWidget(
        **await frame(tx, "participation", place),
        wave=wave,
        band=band,
        everybody_asked=everybody_asked,
        response=response,
        text=NO_WAVE[language] if wave is None else taking_part(band, response, language),
        explanations=explain([response], language, everybody_asked=everybody_asked),
    )


@operation("widgets:read")
async def get_agenda_widget(tx: Transaction, query: WidgetQuery) -> AgendaWidget:
    """What is on the agenda for a unit."""
    place = await enter(tx, "agenda", query.unit)
    require(tx.actor, "activities:read")
    coming = await coming_activities(tx, place)
    return AgendaWidget(
        **await frame(tx, "agenda", place),
        activities=[coming_activity(one) for one in coming[:_MOST_ACTIVITIES]],
        more=max(0, len(coming) - _MOST_ACTIVITIES),
    )


@operation("widgets:read")
async def get_actions_widget(tx: Transaction, query: WidgetQuery) -> ActionsWidget:
    """What is being done for a unit, for one above it or for everyone."""
    place = await enter(tx, "actions", query.unit)
    require(tx.actor, "actions:read")
    actions = await standing_for(tx, place)
    return ActionsWidget(
        **await frame(tx, "actions", place),
        actions=actions[:_MOST_ACTIONS],
        more=max(0, len(actions) - _MOST_ACTIONS),
    )


@operation("widgets:read")
async def get_support_routes_widget(tx: Transaction, query: WidgetQuery) -> SupportRoutesWidget:
    """Where the people of a unit can turn to."""
    place = await enter(tx, "support-routes", query.unit)
    return SupportRoutesWidget(**await frame(tx, "support-routes", place))


@operation("widgets:read")
async def get_waves_widget(tx: Transaction, query: WidgetQuery) -> WavesWidget:
    """When a unit is asked, and was."""
    place = await enter(tx, "waves", query.unit)
    require(tx.actor, "waves:read")
    return WavesWidget(
        **await frame(tx, "waves", place),
        waves=await queries.select_asked_waves(tx, tx.employer_id, place.path, _MOST_WAVES),
    )


async def frame(tx: Transaction, view: View, place: Place) -> dict[str, Any]:
    """What every widget has."""
    language = tx.call.language
    return {
        "title": TITLES[view][language],
        "unit": WidgetUnit(unit_id=place.unit_id, name=place.name),
        "support_routes": [shown_route(route, language) for route in await standing_support_routes(tx)],
        "notice": NOTICE[language],
    }


async def told_wave(tx: Transaction, unit_id: UUID, wave_id: UUID | None) -> WidgetWave | None:
    """The released wave to show, None where no release tells of the unit yet.

    Raises, for a wave that is named, NotFound where it is not there or not of this unit, and Conflict `not-released`.
    """
    found = await queries.select_told_wave(tx, tx.employer_id, unit_id, wave_id)
    if found is None and wave_id is not None:
        # One that is not released is refused here; of one that is, this unit was no part.
        await find_released(tx, wave_id)
        raise NotFound
    return found


async def coming_activities(tx: Transaction, place: Place) -> list[Activity]:
    """What is on the agendas of all campaigns for a unit and has not ended, by the clock of each campaign."""
    # Where a campaign is held it can be the day before or the day after.
    today, day = tx.now.date(), timedelta(days=1)
    found = await agenda_between(tx, today - day, today + COMING + day)
    zones = await zones_of_agendas(tx)
    return [
        one for one in found if concerns(one.unit_ids, place.path) and is_coming(one, zones[one.campaign_id], tx.now)
    ]


async def standing_for(tx: Transaction, place: Place) -> list[WidgetAction]:
    """What is planned or done for a unit, for one above it or for everyone, by deadline."""
    actions = await actions_for(tx, list(place.path))
    checks = await checks_of(tx, [action.action_id for action in actions])
    return standing_actions(actions, checks)
