"""All that a team needs to see, in one body."""

from peil.aggregates.explanations import explain
from peil.operation import Transaction, operation, require
from peil.widgets.model import TeamWidget, WaveWidgetQuery
from peil.widgets.operations import coming_activities, frame, standing_for, told_wave
from peil.widgets.places import enter
from peil.widgets.rules import coming_activity, is_silent, next_step, worst
from peil.widgets.standing import blocks_of, cells_shown, protection_of, released_unit

_MOST_ACTIONS = 5


@operation("widgets:read")
async def get_team_widget(tx: Transaction, query: WaveWidgetQuery) -> TeamWidget:
    """How a team stands, what changed, where it goes, what is done about it and what comes next."""
    place, language = await enter(tx, "team", query.unit), tx.call.language
    require(tx.actor, "aggregates:read")
    wave = await told_wave(tx, place.unit_id, query.wave)
    found = None if wave is None else await released_unit(tx, wave.wave_id, place.unit_id)
    blocks = [] if found is None else await blocks_of(tx, found)
    light = None if found is None else worst([block.light for block in blocks], language)
    protection = None if found is None else await protection_of(tx, found)
    is_without = protection is not None and is_silent([block.cell for block in blocks])
    actions = await standing_for(tx, place) if "actions:read" in tx.actor.reaches else None
    coming = await coming_activities(tx, place) if "activities:read" in tx.actor.reaches else []
    return TeamWidget(
        **await frame(tx, "team", place),
        wave=wave,
        everybody_asked=None if found is None else found.everybody_asked,
        response=None if found is None else found.response,
        light=light,
        blocks=blocks,
        protection=protection,
        actions=None if actions is None else actions[:_MOST_ACTIONS],
        agreements=None,
        next_activity=coming_activity(coming[0]) if coming else None,
        next_step=next_step(light, is_without=is_without, actions=actions, language=language),
        explanations=explain(
            [None if found is None else found.response, *cells_shown(blocks)],
            language,
            everybody_asked=None if found is None else found.everybody_asked,
        ),
    )
