"""What changed since an earlier wave. It is computed once for all units, so it is the same for all who may see it."""

import asyncio
from typing import NamedTuple
from uuid import UUID

from msgspec import structs

from peil.aggregates import queries
from peil.aggregates.changes import queries as change_queries
from peil.aggregates.changes.comparison import Released, compare, validate_against
from peil.aggregates.changes.comparisons import Comparison
from peil.aggregates.changes.held import Held, held_between
from peil.aggregates.changes.item_changes import item_effects, may_have_items, seeds_of
from peil.aggregates.changes.model import (
    BlockChange,
    Change,
    ChangePageQuery,
    ChangeQuery,
    ItemChange,
    PopulationChange,
    To,
    UnitChange,
)
from peil.aggregates.changes.note_texts import OF_EVERY_CHANGE, change_notes, drift_sentence, notes_of
from peil.aggregates.changes.texts import sentence
from peil.aggregates.model import NOTICE
from peil.aggregates.operations import find_released, require_unit
from peil.aggregates.shelf import WaveShelf
from peil.aggregates.unit_pages import UnitPage
from peil.errors import Conflict, Finding, Invalid, NotFound
from peil.operation import Transaction, operation
from peil.paging import Page


class Found(NamedTuple):
    """One unit against an earlier wave, block by block as they are asked."""

    against: UUID
    blocks: list[BlockChange]


@operation("aggregates:read")
async def get_change(tx: Transaction, wave_id: UUID, unit_id: UUID, query: ChangeQuery) -> Change:
    """How one unit stands against an earlier wave, block by block, and what was held between."""
    wave = await find_released(tx, wave_id)
    await require_unit(tx, wave, unit_id)
    comparison = await _find(tx, wave_id, [unit_id], query)
    held = await held_between(tx, comparison.against, wave_id)
    return _change(wave_id, wave, comparison, unit_id, held, tx.call.language)


@operation("aggregates:read")
async def list_changes(tx: Transaction, wave_id: UUID, query: ChangePageQuery) -> Page[Change]:
    """How every unit the caller may see stands against an earlier wave, in the order of the tree."""
    wave = await find_released(tx, wave_id)
    comparison = await _compare(tx, wave_id, await _choose(tx, wave_id, query.against, query.to))
    held = await held_between(tx, comparison.against, wave_id)
    asked = UnitPage(tx.call, wave, query, (tx.employer_id, wave_id, comparison.against, "changes"))
    unit_ids = asked.units(tx.reach, wave.order)
    await _spread_out(tx, wave_id, comparison, unit_ids)
    return asked.of([_change(wave_id, wave, comparison, unit_id, held, tx.call.language) for unit_id in unit_ids])


async def find_change(tx: Transaction, wave_id: UUID, unit_id: UUID, query: ChangeQuery) -> Found:
    """How one unit stands against an earlier wave, without agenda: for another operation that knows who may see it."""
    wave = await find_released(tx, wave_id)
    comparison = await _find(tx, wave_id, [unit_id], query)
    return Found(comparison.against, _blocks(wave, comparison, unit_id, tx.call.language))


async def find_comparison(tx: Transaction, wave_id: UUID, against: UUID | None, to: To | None) -> Comparison | None:
    """Every unit against an earlier wave, for another operation that knows who may see which.

    Where neither is named: the baseline, or else the wave before that asked the same; None where there is neither.
    """
    if against is None and to is None:
        found = await change_queries.select_baseline(tx, tx.employer_id, wave_id)
        found = found or await change_queries.select_previous(tx, tx.employer_id, wave_id)
    else:
        found = await _choose(tx, wave_id, against, to)
    return None if found is None else await _compare(tx, wave_id, found)


async def _find(tx: Transaction, wave_id: UUID, unit_ids: list[UUID], query: ChangeQuery) -> Comparison:
    comparison = await _compare(tx, wave_id, await _choose(tx, wave_id, query.against, query.to))
    await _spread_out(tx, wave_id, comparison, unit_ids)
    return comparison


async def _compare(tx: Transaction, wave_id: UUID, against: UUID) -> Comparison:
    known = tx.parts.shelf.comparisons.find(tx.employer_id, wave_id, against)
    if known is not None:
        return known
    earlier, later = await _figures(tx, against), await _figures(tx, wave_id)
    # In a thread: a large organisation takes a moment, and others go on being served.
    made = Comparison(against, await asyncio.to_thread(compare, earlier, later))
    return tx.parts.shelf.comparisons.keep(tx.employer_id, wave_id, made)


async def _choose(tx: Transaction, wave_id: UUID, against: UUID | None, to: To | None) -> UUID:
    """The earlier wave that was named, or the one that `to` says; neither: the baseline.

    Raises Invalid where both are there, Conflict `no-baseline`, `no-previous`; see `validate_against`.
    """
    if against is None:
        find = change_queries.select_previous if to == "previous" else change_queries.select_baseline
        found = await find(tx, tx.employer_id, wave_id)
        if found is None:
            raise Conflict("no-previous" if to == "previous" else "no-baseline")
        return found
    if to is not None:
        raise Invalid(Finding("/query/to", "against-or-to"))
    standing = await change_queries.select_standing(tx, tx.employer_id, wave_id)
    if standing is None:
        raise NotFound
    validate_against(standing, await change_queries.select_standing(tx, tx.employer_id, against))
    return against


async def _figures(tx: Transaction, wave_id: UUID) -> Released:
    units = await queries.select_scores(tx, tx.employer_id, wave_id)
    blocks = await queries.select_blocks(tx, tx.employer_id, wave_id)
    return Released(units, {block.block: block for block in blocks})


async def _spread_out(tx: Transaction, wave_id: UUID, comparison: Comparison, unit_ids: list[UUID]) -> None:
    """Says of these units what changed item by item, where that was not said before: in one go for all of them."""
    cells = {one: comparison.unit(one).cells for one in unit_ids if comparison.items(one) is None}
    large = [unit_id for unit_id in cells if may_have_items(cells[unit_id])]
    if large:
        before, after = [
            {unit.unit_id: unit.content for unit in await queries.select_aggregates(tx, tx.employer_id, one, large)}
            for one in (comparison.against, wave_id)
        ]
        hashes = await change_queries.select_hashes(tx, tx.employer_id, [comparison.against, wave_id])
        for unit_id in large:
            seed = seeds_of(hashes[comparison.against], hashes[wave_id], unit_id)
            told = before[unit_id], after[unit_id], cells[unit_id], seed
            # In a thread: all ways to deal out many answers take a moment.
            comparison.keep_items(unit_id, await asyncio.to_thread(item_effects, *told))
        tx.parts.shelf.comparisons.make_room()


def _change(
    wave_id: UUID, wave: WaveShelf, comparison: Comparison, unit_id: UUID, held: Held | None, language: str
) -> Change:
    unit = comparison.unit(unit_id)
    return Change(
        wave_id=wave_id,
        against=comparison.against,
        unit_id=unit_id,
        parent_id=unit.parent_id,
        name=unit.name,
        population=_population(unit, language),
        blocks=_blocks(wave, comparison, unit_id, language),
        notes=notes_of(OF_EVERY_CHANGE, language),
        agenda=None if held is None else held.of(wave, unit_id, language),
        notice=NOTICE[language],
    )


def _population(unit: UnitChange, language: str) -> PopulationChange | None:
    drift = unit.drift
    if drift is None:
        return None
    return PopulationChange(**structs.asdict(drift), text=drift_sentence(drift, language))


def _blocks(wave: WaveShelf, comparison: Comparison, unit_id: UUID, language: str) -> list[BlockChange]:
    items = comparison.items(unit_id) or {}
    return [
        BlockChange(
            key=key,
            title=wave.title(key, language),
            text=sentence(cell, language),
            notes=change_notes(cell, language),
            cell=cell,
            items=[
                ItemChange(**structs.asdict(one), title=wave.item_title(one.key, language))
                for one in items.get(key, [])
            ],
        )
        for key, cell in wave.in_order(comparison.unit(unit_id).cells)
    ]
