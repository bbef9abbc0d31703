"""What a release says of the unit of a widget, why it says nothing, and what changed."""

from uuid import UUID

import msgspec

from peil.aggregates.changes import get_change
from peil.aggregates.model import Aggregate, BlockChange, ChangeQuery
from peil.aggregates.operations import get_aggregate
from peil.errors import Conflict
from peil.operation import Transaction
from peil.widgets.guide import GUIDE
from peil.widgets.model import Protection, WidgetBlock, WidgetChange, WidgetUnit, WidgetWave
from peil.widgets.rules import first_protected, light_of
from peil.widgets.texts import reason


async def released_unit(tx: Transaction, wave_id: UUID, unit_id: UUID) -> Aggregate:
    """What a release says about a unit, as far as the caller may see it. Raises NotFound."""
    shelved = await get_aggregate.within(tx, wave_id, unit_id)
    return msgspec.json.decode(shelved.body, type=Aggregate)


async def protection_of(tx: Transaction, found: Aggregate) -> Protection | None:
    """Why a unit lacks figures, where its people are counted, and a guide; None: it has them all."""
    protected = first_protected(found.response, [block.cell for block in found.blocks])
    if protected is None:
        return None
    above = None
    if protected.reported_at is not None:
        told = await released_unit(tx, found.wave_id, protected.reported_at)
        above = WidgetUnit(unit_id=told.unit_id, name=told.name)
    language = tx.call.language
    return Protection(
        reason=reason(None if above is None else above.name, language), reported_at=above, guide=GUIDE[language]
    )


async def blocks_of(tx: Transaction, wave: WidgetWave, found: Aggregate) -> list[WidgetBlock]:
    """How each block stands and what changed since the newest baseline."""
    changes = {change.key: change for change in await _changes(tx, wave, found)}
    return [
        WidgetBlock(
            key=block.key,
            title=block.title,
            cell=block.cell,
            change=_told(changes.get(block.key)),
            light=light_of(block.cell, changes[block.key].cell if block.key in changes else None, tx.call.language),
        )
        for block in found.blocks
    ]


async def _changes(tx: Transaction, wave: WidgetWave, found: Aggregate) -> list[BlockChange]:
    try:
        change = await get_change.within(tx, wave.wave_id, found.unit_id, ChangeQuery())
    except Conflict:
        # There is no earlier baseline, which is nobody's fault.
        return []
    return change.blocks


def _told(change: BlockChange | None) -> WidgetChange | None:
    return None if change is None else WidgetChange(text=change.text, cell=change.cell)
