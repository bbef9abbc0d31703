"""What a release says of the unit of a widget, why it says nothing, what changed and where it goes."""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

import msgspec

from peil.aggregates.changes.model import BlockChange, ChangeCell, ChangeQuery, ComparedChange, Note, To
from peil.aggregates.changes.note_texts import OF_EVERY_CHANGE, notes_of
from peil.aggregates.changes.operations import find_change
from peil.aggregates.explanations import AnyCell
from peil.aggregates.model import Aggregate, AggregateQuery
from peil.aggregates.operations import get_aggregate
from peil.aggregates.trends.model import BlockTrend, TrendQuery
from peil.aggregates.trends.operations import find_trend
from peil.errors import Conflict
from peil.operation import Transaction
from peil.widgets.guide import GUIDE
from peil.widgets.model import Protection, WidgetBlock, WidgetChange, WidgetTrend, WidgetUnit
from peil.widgets.rules import first_protected, is_silent, light_of
from peil.widgets.texts import reason

_MOST_POINTS = 6


async def released_unit(tx: Transaction, wave_id: UUID, unit_id: UUID) -> Aggregate:
    """What a release says about a unit, as far as the caller may see it. Raises NotFound."""
    shelved = await get_aggregate.within(tx, wave_id, unit_id, AggregateQuery())
    return msgspec.json.decode(shelved.body, type=Aggregate)


async def protection_of(tx: Transaction, found: Aggregate) -> Protection | None:
    """Why a unit lacks figures, where its people are counted, and a guide; None: it has them all."""
    cells = [block.cell for block in found.blocks]
    protected = first_protected(found.response, cells)
    if protected is None:
        return None
    above = None
    if protected.reported_at is not None:
        told = await released_unit(tx, found.wave_id, protected.reported_at)
        above = WidgetUnit(unit_id=told.unit_id, name=told.name)
    name, language = None if above is None else above.name, tx.call.language
    return Protection(
        reason=reason(name, language, is_silent=is_silent(cells)), reported_at=above, guide=GUIDE[language]
    )


async def trends_of(tx: Transaction, found: Aggregate) -> list[BlockTrend]:
    """Where each block of a unit goes, up to the wave that was found."""
    return await find_trend(tx, found.wave_id, found.unit_id, TrendQuery())


async def blocks_of(tx: Transaction, found: Aggregate) -> list[WidgetBlock]:
    """How each block stands, what changed since the newest baseline and since the wave before, and where it goes."""
    changes = await _changes(tx, found, "baseline")
    since_previous = await _changes(tx, found, "previous")
    trends = {trend.key: trend for trend in await trends_of(tx, found)}
    return [
        WidgetBlock(
            key=block.key,
            title=block.title,
            cell=block.cell,
            rate=block.rate,
            change=changes.get(block.key),
            since_previous=since_previous.get(block.key),
            trend=_short(trends[block.key]),
            light=light_of(block.cell, _cell(changes, block.key), _cell(since_previous, block.key), tx.call.language),
        )
        for block in found.blocks
    ]


def cells_shown(blocks: Iterable[WidgetBlock]) -> Iterator[AnyCell]:
    """Every cell of these blocks: how they stand, what changed and where they go."""
    for block in blocks:
        yield block.cell
        yield from (change.cell for change in (block.change, block.since_previous) if change is not None)
        yield from (point.cell for point in block.trend.points)


async def _changes(tx: Transaction, found: Aggregate, to: To) -> dict[str, WidgetChange]:
    """By block; none where there is no such wave, which is nobody's fault."""
    try:
        change = await find_change(tx, found.wave_id, found.unit_id, ChangeQuery(to=to))
    except Conflict:
        return {}
    return {
        block.key: WidgetChange(
            against=change.against, text=block.text, notes=_notes(block, tx.call.language), cell=block.cell
        )
        for block in change.blocks
    }


def _notes(block: BlockChange, language: str) -> list[Note]:
    is_compared = isinstance(block.cell, ComparedChange)
    return [*block.notes, *notes_of(OF_EVERY_CHANGE, language)] if is_compared else []


def _cell(changes: Mapping[str, WidgetChange], block: str) -> ChangeCell | None:
    return changes[block].cell if block in changes else None


def _short(trend: BlockTrend) -> WidgetTrend:
    label = None if trend.tendency is None else trend.tendency.label
    return WidgetTrend(text=trend.text, label=label, points=trend.points[-_MOST_POINTS:])
