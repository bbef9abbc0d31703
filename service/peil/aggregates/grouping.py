"""The figures of a group of units that no tree has; nothing of it is kept."""

from collections.abc import Sequence
from uuid import UUID

from peil.aggregates import queries
from peil.aggregates.model import NOTICE
from peil.aggregates.operations import find_released
from peil.aggregates.shelf import WaveShelf
from peil.aggregates.table_model import GroupAggregate, GroupQuery
from peil.aggregates.telling import tell
from peil.aggregates.unions import Union, add_up, broken_by
from peil.errors import Invalid, repeated_items, unknown_items
from peil.operation import Transaction, operation
from peil.releases.model import Atom


@operation("aggregates:read")
async def get_group_aggregate(tx: Transaction, wave_id: UUID, asked: GroupQuery) -> GroupAggregate:
    """What a release says about some units together, each with everything beneath it.

    They may be of anywhere in the tree, and each must have figures of its own: whatever is told is a sum of what is
    told of them. A kind of figure that one of them does not have, the group has not either.
    """
    wave = await find_released(tx, wave_id)
    seen = {unit_id for unit_id in asked.unit_ids if wave.sees(tx.actor, tx.reach, unit_id)}
    tops = wave.tops(seen)
    wanted = tops if not tops else [*tops, wave.above_all(tops)]
    stored = {one.unit_id: one for one in await queries.select_aggregates(tx, tx.employer_id, wave_id, wanted)}
    units = [stored[unit_id] for unit_id in tops]
    findings = [
        *unknown_items(asked.unit_ids, seen, "/unitIds", "unknown-unit"),
        *repeated_items(asked.unit_ids, "/unitIds"),
        *broken_by(asked.unit_ids, units),
    ]
    if findings:
        raise Invalid(*findings)
    atoms, spreads = await _atoms(tx, wave_id, wave, tops), await queries.select_blocks(tx, tx.employer_id, wave_id)
    union = Union(units, stored[wanted[-1]], atoms, {block.block: block.spread for block in spreads})
    summed, language = add_up(union, wave.scorings), tx.call.language
    told = tell(wave.wording, summed, {}, {}, language)
    return GroupAggregate(
        wave_id=wave_id,
        units=tops,
        response=summed.response,
        blocks=told.blocks,
        choices=told.choices,
        sensitive=told.sensitive,
        explanations=told.explanations,
        notice=NOTICE[language],
    )


async def _atoms(tx: Transaction, wave_id: UUID, wave: WaveShelf, tops: Sequence[UUID]) -> dict[str, list[Atom]]:
    """The atoms at and beneath these units, by block."""
    by_block: dict[str, list[Atom]] = {block.key: [] for block in wave.scorings}
    beneath = [unit_id for top in tops for unit_id in wave.beneath(top)]
    for stored in await queries.select_atoms(tx, tx.employer_id, wave_id, [*by_block], beneath):
        by_block[stored.block].append(stored.content)
    return by_block
