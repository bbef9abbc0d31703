"""A released wave at a glance: the top unit's figures, and how many units have some of their own."""

from uuid import UUID

from peil.actor import Reach
from peil.aggregates import queries
from peil.aggregates.explanations import explain
from peil.aggregates.model import NOTICE, Shelved
from peil.aggregates.operations import find_released, find_shelved, label_of, ready
from peil.aggregates.statistics.shares import rate_of
from peil.aggregates.table_model import OverviewBlock, WaveOverview
from peil.aggregates.telling import scores_of
from peil.errors import NotFound
from peil.operation import Call, Transaction, operation

_TOLD = "overview"


@operation("aggregates:read")
async def get_wave_overview(tx: Transaction, wave_id: UUID) -> Shelved:
    """A released wave at a glance: how many answered, what the whole organisation said, how many units have figures."""
    wave = await find_released(tx, wave_id)
    if not wave.sees(tx.actor, tx.reach, wave.order[0]):
        raise NotFound
    [top] = await queries.select_scores(tx, tx.employer_id, wave_id, wave.order[:1])
    language = tx.call.language
    overview = WaveOverview(
        wave_id=wave_id,
        unit_id=top.unit_id,
        name=top.name,
        everybody_asked=top.whole,
        response=top.content.response,
        blocks=[
            OverviewBlock(key=key, title=wave.title(key, language), cell=cell, rate=rate_of(cell))
            for key, cell in wave.in_order(top.content.blocks)
        ],
        classes=await queries.count_classes(tx, tx.employer_id, wave_id),
        explanations=explain(scores_of(top.content), language, everybody_asked=top.whole),
        notice=NOTICE[language],
    )
    return tx.parts.shelf.keep_ready(label_of(tx.call, wave_id, _TOLD), ready(top.unit_id, overview))


@get_wave_overview.from_shelf
def find_wave_overview(call: Call, reach: Reach, wave_id: UUID) -> Shelved | None:
    """The same from memory, with the same check of reach; None where it was not read before."""
    wave = find_shelved(call, wave_id)
    if wave is None or not wave.sees(call.actor, reach, wave.order[0]):
        return None
    return call.parts.shelf.find_ready(label_of(call, wave_id, _TOLD))
