"""The heat table: units by blocks or items, in the order of the tree."""

from collections.abc import Iterator
from typing import assert_never
from uuid import UUID

from peil.actor import Reach
from peil.aggregates import queries
from peil.aggregates.explanations import explain
from peil.aggregates.model import NOTICE, Shelved, StoredScores
from peil.aggregates.operations import find_estimates, find_released, find_shelved, label_of, ready, require_unit
from peil.aggregates.shelf import WaveShelf, sight
from peil.aggregates.table_model import (
    HeatCell,
    HeatColumn,
    HeatFigure,
    HeatRow,
    HeatTable,
    HeatTableQuery,
    PartialHeatFigure,
)
from peil.aggregates.telling import Estimates, scores_of
from peil.aggregates.unit_pages import UnitPage
from peil.operation import Call, Transaction, operation
from peil.releases.cells_model import Cell, PartialCell, ProtectedCell, PublishedCell


@operation("aggregates:read")
async def get_heat_table(tx: Transaction, wave_id: UUID, query: HeatTableQuery) -> Shelved:
    """The means of all units the caller may see, by block or by item, in the order of the tree; it ranks nobody."""
    wave = await find_released(tx, wave_id)
    top = query.unit or wave.order[0]
    if query.unit is not None:
        await require_unit(tx, wave, query.unit, "/query/unit")
    asked = UnitPage(tx.call, wave, query, (tx.employer_id, wave_id, "heat-table", query.unit, query.level))
    chosen, following = asked.cut(tx.reach, wave.beneath(top))
    stored = await queries.select_scores(tx, tx.employer_id, wave_id, chosen)
    estimates = await find_estimates(tx, wave_id, wave)
    columns = list(_columns(wave, query, tx.call.language))
    table = HeatTable(
        wave_id=wave_id,
        columns=columns,
        rows=[_row(one, columns, estimates) for one in stored],
        next=following,
        explanations=explain(
            (cell for one in stored for cell in scores_of(one.content)),
            tx.call.language,
            everybody_asked=all(one.whole for one in stored),
        ),
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


def _columns(wave: WaveShelf, query: HeatTableQuery, language: str) -> Iterator[HeatColumn]:
    for block, items in wave.wording.blocks.items():
        if query.level == "blocks":
            yield HeatColumn(block=block, item=None, title=wave.title(block, language))
        else:
            yield from (HeatColumn(block=block, item=item, title=wave.wording.text(item, language)) for item in items)


def _row(stored: StoredScores, columns: list[HeatColumn], estimates: Estimates) -> HeatRow:
    return HeatRow(
        unit_id=stored.unit_id,
        parent_id=stored.parent_id,
        name=stored.name,
        everybody_asked=stored.whole,
        response=stored.content.response,
        cells=[
            _heat(stored.content.blocks[column.block], column, estimates.get(column.block, {}).get(stored.unit_id))
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
