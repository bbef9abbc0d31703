"""A unit with those directly beneath it, in one answer."""

from uuid import UUID

from peil.actor import Reach
from peil.aggregates import queries
from peil.aggregates.explanations import explain
from peil.aggregates.model import NOTICE, Shelved, StoredScores
from peil.aggregates.operations import find_estimates, find_released, find_shelved, label_of, ready, require_unit
from peil.aggregates.shelf import WaveShelf, sight
from peil.aggregates.statistics.shares import rate_of
from peil.aggregates.table_model import Branch, BranchBlock, BranchUnit
from peil.aggregates.telling import Estimates, scores_of
from peil.aggregates.unit_pages import UnitPage
from peil.operation import Call, Transaction, operation
from peil.paging import PageQuery


@operation("aggregates:read")
async def get_branch(tx: Transaction, wave_id: UUID, unit_id: UUID, query: PageQuery) -> Shelved:
    """One unit with those directly beneath it that the caller may see: what a manager looks at first."""
    wave = await find_released(tx, wave_id)
    await require_unit(tx, wave, unit_id)
    asked = UnitPage(tx.call, wave, query, (tx.employer_id, wave_id, "branch", unit_id))
    chosen, following = asked.cut(tx.reach, wave.children(unit_id))
    estimates, language = await find_estimates(tx, wave_id, wave), tx.call.language
    # The unit itself comes first in the order of the tree.
    stored = await queries.select_scores(tx, tx.employer_id, wave_id, [unit_id, *chosen])
    unit, *children = [_branch_unit(wave, estimates, one, language) for one in stored]
    branch = Branch(
        wave_id=wave_id,
        unit=unit,
        children=children,
        next=following,
        explanations=explain(
            (cell for one in stored for cell in scores_of(one.content)),
            language,
            everybody_asked=all(one.whole for one in stored),
        ),
        notice=NOTICE[language],
    )
    label = label_of(tx.call, wave_id, (unit_id, query, sight(tx.actor, tx.reach)))
    return tx.parts.shelf.keep_ready(label, ready(unit_id, branch, following))


@get_branch.from_shelf
def find_branch(call: Call, reach: Reach, wave_id: UUID, unit_id: UUID, query: PageQuery) -> Shelved | None:
    """The same from memory, with the same check of reach; None where nobody of the same sight asked for it."""
    wave = find_shelved(call, wave_id)
    if wave is None or not wave.sees(call.actor, reach, unit_id):
        return None
    return call.parts.shelf.find_ready(label_of(call, wave_id, (unit_id, query, sight(call.actor, reach))))


def _branch_unit(wave: WaveShelf, estimates: Estimates, stored: StoredScores, language: str) -> BranchUnit:
    return BranchUnit(
        unit_id=stored.unit_id,
        parent_id=stored.parent_id,
        name=stored.name,
        everybody_asked=stored.whole,
        response=stored.content.response,
        blocks=[
            BranchBlock(
                key=key,
                title=wave.title(key, language),
                cell=cell,
                rate=rate_of(cell),
                estimate=estimates.get(key, {}).get(stored.unit_id),
            )
            for key, cell in wave.in_order(stored.content.blocks)
        ],
    )
