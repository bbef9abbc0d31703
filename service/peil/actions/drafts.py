"""What a pulse offers to do: drafts to choose from, of which nothing is kept until somebody creates the action."""

from uuid import UUID

from peil.actions import offers
from peil.actions.model import ActionDraft
from peil.aggregates.operations import find_released, published_units
from peil.directory.operations import own_units, units_in_reach
from peil.directory.rules import concerns
from peil.errors import NotFound
from peil.operation import Transaction, operation
from peil.paging import Page, PageQuery, page
from peil.waves.operations import find_wave


@operation("actions:write")
async def list_action_drafts(tx: Transaction, wave_id: UUID, query: PageQuery) -> Page[ActionDraft]:
    """One action to create per unit that has figures in the release of a pulse, in the order of the tree.

    Of the units for which the caller may create actions and see figures; it also needs `aggregates:read`.
    """
    wave = await find_wave(tx, wave_id)
    if wave is None or not concerns(wave.unit_ids, await units_in_reach(tx)):
        raise NotFound
    shelf = await find_released(tx, wave_id)
    offers.check_pulse(wave)
    own = await own_units(tx)
    bound = (tx.employer_id, wave_id, "action-drafts")
    after = tx.parts.cursors.open(query.cursor, int, *bound) if query.cursor else -1
    language = tx.call.language
    drafts = [
        offers.offer(wave, unit, lambda block: shelf.title(block, language), tx.now.date(), language)
        for unit in await published_units(tx, wave_id)
        if shelf.position(unit.unit_id) > after and (own is None or unit.unit_id in own)
    ]
    return page(
        drafts[: query.limit + 1],
        query.limit,
        lambda draft: tx.parts.cursors.seal(shelf.position(draft.unit_id), *bound),
    )
