"""Many units in one answer: a unit with those directly beneath it, and the heat table of units by blocks."""

from collections.abc import Iterator
from itertools import islice
from typing import assert_never
from uuid import UUID

from peil.actor import Reach
from peil.aggregates import queries
from peil.aggregates.explanations import explain
from peil.aggregates.model import NOTICE, Shelved, StoredAggregate
from peil.aggregates.operations import (
    find_estimates,
    find_released,
    find_shelved,
    label_of,
    ready,
)
from peil.aggregates.shelf import WaveShelf, sight
from peil.aggregates.table_model import (
    Branch,
    BranchBlock,
    BranchUnit,
    HeatCell,
    HeatColumn,
    HeatFigure,
    HeatRow,
    HeatTable,
    HeatTableQuery,
    PartialHeatFigure,
)
from peil.aggregates.telling import Estimates, cells_of
from peil.errors import NotFound
from peil.operation import Call, Transaction, operation
from peil.paging import PageQuery
from peil.releases.model import Cell, PartialCell, ProtectedCell, PublishedCell


@operation("aggregates:read")
async def get_branch(tx: Transaction, wave_id: UUID, unit_id: UUID, query: PageQuery) -> Shelved:
    """One unit with those directly beneath it that the caller may see: what a manager looks at first."""
    wave = await find_released(tx, wave_id)
    if not wave.sees(tx.actor, tx.reach, unit_id):
        raise NotFound
    beneath = [child for child in wave.beneath(unit_id) if wave.parents[child] == unit_id]
    chosen, following = _cut(tx, wave, beneath, query, (tx.employer_id, wave_id, "branch", unit_id))
    estimates, language = await find_estimates(tx, wave_id, wave), tx.call.language
    # The unit itself comes first in the order of the tree.
    stored = await queries.select_scores(tx, tx.employer_id, wave_id, [unit_id, *chosen])
    unit, *children = [_branch_unit(wave, estimates, one, language) for one in stored]
    branch = Branch(
        unit=unit,
        children=children,
        next=following,
        explanations=explain((cell for one in stored for cell in cells_of(one.content)), language),
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


@operation("aggregates:read")
async def get_heat_table(tx: Transaction, wave_id: UUID, query: HeatTableQuery) -> Shelved:
    """The means of all units the caller may see, by block or by item, in the order of the tree; it ranks nobody."""
    wave = await find_released(tx, wave_id)
    top = query.unit or wave.order[0]
    if query.unit is not None and not wave.sees(tx.actor, tx.reach, query.unit):
        raise NotFound
    bound = (tx.employer_id, wave_id, "heat-table", query.unit, query.level)
    chosen, following = _cut(tx, wave, wave.beneath(top), query, bound)
    stored = await queries.select_scores(tx, tx.employer_id, wave_id, chosen)
    estimates = await find_estimates(tx, wave_id, wave)
    columns = list(_columns(wave, query, tx.call.language))
    table = HeatTable(
        columns=columns,
        rows=[_row(one, columns, estimates) for one in stored],
        next=following,
        explanations=explain((cell for one in stored for cell in one.content.blocks.values()), tx.call.language),
        notice=NOTICE[tx.call.language],
    )
    label = label_of(tx.call, wave_id, (query, sight(tx.actor, tx.reach)))
    return tx.parts.shelf.keep_ready(label, ready(top, table, following))


@get_heat_table.from_shelf
def find_heat_table(call: Call, reach: Reach, wave_id: UUID, query: HeatTableQuery) -> Shelved | None:
    """The same from memory, with the same check of reach; None where nobody of the same sight asked for it."""
    wave = find_shelved(call, wave_id)
    if wave is None or (query.unit is not None and not wave.sees(call.actor, reach, query.unit)):
        return None
    return call.parts.shelf.find_ready(label_of(call, wave_id, (query, sight(call.actor, reach))))


def _cut(
    tx: Transaction, wave: WaveShelf, units: list[UUID], query: PageQuery, bound: tuple[object, ...]
) -> tuple[list[UUID], str | None]:
    """The units of the page that the caller may see, and the cursor of the next one, if there is one."""
    after = tx.parts.cursors.open(query.cursor, int, *bound) if query.cursor else -1
    following = (one for one in units if wave.position(one) > after and wave.sees(tx.actor, tx.reach, one))
    found = list(islice(following, query.limit + 1))
    chosen = found[: query.limit]
    is_last = len(found) == len(chosen)
    return chosen, None if is_last else tx.parts.cursors.seal(wave.position(chosen[-1]), *bound)


def _branch_unit(wave: WaveShelf, estimates: Estimates, stored: StoredAggregate, language: str) -> BranchUnit:
    return BranchUnit(
        unit_id=stored.unit_id,
        name=stored.name,
        response=stored.content.response,
        blocks=[
            BranchBlock(
                key=key, title=wave.title(key, language), cell=cell, estimate=estimates[key].get(stored.unit_id)
            )
            for key, cell in wave.in_order(stored.content.blocks)
        ],
    )


def _columns(wave: WaveShelf, query: HeatTableQuery, language: str) -> Iterator[HeatColumn]:
    for block, items in wave.wording.blocks.items():
        if query.level == "blocks":
            yield HeatColumn(block=block, item=None, title=wave.title(block, language))
        else:
            yield from (HeatColumn(block=block, item=item, title=wave.wording.text(item, language)) for item in items)


def _row(stored: StoredAggregate, columns: list[HeatColumn], estimates: Estimates) -> HeatRow:
    return HeatRow(
        unit_id=stored.unit_id,
        parent_id=stored.parent_id,
        name=stored.name,
        cells=[
            _heat(stored.content.blocks[column.block], column, estimates[column.block].get(stored.unit_id))
            for column in columns
        ],
    )


def _heat(cell: Cell, column: HeatColumn, estimate: float | None) -> HeatCell:
    if isinstance(cell, ProtectedCell):
        return cell
    mean = cell.mean if column.item is None else cell.items[column.item]
    if isinstance(cell, PublishedCell):
        own = estimate if column.item is None else None
        return HeatFigure(n=cell.n, mean=mean, estimate=own, warnings=cell.warnings)
    if isinstance(cell, PartialCell):
        return PartialHeatFigure(n=cell.n, mean=mean, warnings=cell.warnings, reported_at=cell.reported_at)
    assert_never(cell)
