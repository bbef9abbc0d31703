"""Gathers what an export holds: the same figures as every other read, of the same units."""

import asyncio
from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from peil.aggregates import queries
from peil.aggregates.changes.comparisons import Comparison
from peil.aggregates.changes.operations import find_comparison
from peil.aggregates.changes.texts import sentence
from peil.aggregates.explanations import explain
from peil.aggregates.exports.model import AggregateExport, ExportedBlock, ExportedUnit, ExportedWave, ExportQuery
from peil.aggregates.model import NOTICE, Release, StoredAggregate
from peil.aggregates.operations import find_estimates, find_released, read_release
from peil.aggregates.shelf import WaveShelf
from peil.aggregates.telling import Estimates, cells_of, tell
from peil.errors import NotFound
from peil.exported import validate_separator
from peil.operation import Transaction, operation
from peil.waves.model import Wave
from peil.waves.operations import find_wave

# So many units are read at a time.
_AT_ONCE = 500


@operation("aggregates:read")
async def export_aggregates(tx: Transaction, wave_id: UUID, query: ExportQuery) -> AggregateExport:
    """Everything the release says about the units in reach: a workbook, a table, or data.

    `Accept` chooses between a workbook with an explanation, CSV with a line per unit and figure, JSON, and NDJSON with
    a line per unit. Figures are those of the other reads. Texts in CSV that would begin a formula have an apostrophe
    in front.
    """
    validate_separator(query.separator, tx.call.media_type)
    shelf = await find_released(tx, wave_id)
    # Whoever sees any unit sees the top.
    if not shelf.sees(tx.actor, tx.reach, shelf.order[0]):
        raise NotFound
    comparison = await find_comparison(tx, wave_id, query.against, query.to)
    told = await _told(tx, wave_id)
    return AggregateExport(
        wave=_in_short(told),
        against=None if comparison is None else _in_short(await _told(tx, comparison.against)),
        policy_version=told.wave.policy_version,
        thresholds=told.release.manifest.thresholds,
        method=told.release.manifest.method,
        position=told.release.position,
        manifest=told.release.manifest.hash,
        units=await _units(tx, wave_id, shelf, comparison),
        notice=NOTICE[tx.call.language],
    )


class _Told(NamedTuple):
    wave: Wave
    release: Release


async def _told(tx: Transaction, wave_id: UUID) -> _Told:
    wave, release = await find_wave(tx, wave_id), await read_release(tx, wave_id)
    if wave is None:
        raise RuntimeError("a wave on the shelf was released")
    return _Told(wave, release)


def _in_short(told: _Told) -> ExportedWave:
    wave = told.wave
    return ExportedWave(
        wave_id=wave.wave_id,
        name=wave.name,
        kind=wave.kind,
        opens_at=wave.opens_at,
        closes_at=wave.closes_at,
        released_at=told.release.released_at,
        zone=wave.zone,
    )


async def _units(tx: Transaction, wave_id: UUID, shelf: WaveShelf, comparison: Comparison | None) -> list[ExportedUnit]:
    seen = [unit_id for unit_id in shelf.order if shelf.sees(tx.actor, tx.reach, unit_id)]
    depths: dict[UUID | None, int] = {None: -1}
    for unit_id in shelf.order:
        depths[unit_id] = depths[shelf.parents[unit_id]] + 1
    estimates = await find_estimates(tx, wave_id, shelf)
    units: list[ExportedUnit] = []
    for start in range(0, len(seen), _AT_ONCE):
        stored = await queries.select_aggregates(tx, tx.employer_id, wave_id, seen[start : start + _AT_ONCE])
        # In a thread, and some at a time: a large organisation takes seconds, and others go on being served.
        units += await asyncio.to_thread(
            _tell, _From(wave_id, shelf, estimates, comparison), stored, depths, tx.call.language
        )
    return units


class _From(NamedTuple):
    """What every unit is told from; `comparison` None: there is no earlier wave."""

    wave_id: UUID
    shelf: WaveShelf
    estimates: Estimates
    comparison: Comparison | None


def _tell(
    source: _From, stored: list[StoredAggregate], depths: Mapping[UUID | None, int], language: str
) -> list[ExportedUnit]:
    return [_unit(source, one, depths[one.unit_id], language) for one in stored]


def _unit(source: _From, stored: StoredAggregate, depth: int, language: str) -> ExportedUnit:
    comparison = source.comparison
    changes = {} if comparison is None else comparison.unit(stored.unit_id).cells
    told = tell(source.shelf.wording, stored.content, source.estimates, {}, language)
    return ExportedUnit(
        wave_id=source.wave_id,
        unit_id=stored.unit_id,
        parent_id=stored.parent_id,
        name=stored.name,
        depth=depth,
        everybody_asked=stored.whole,
        response=stored.content.response,
        blocks=[
            ExportedBlock(
                key=block.key,
                title=block.title,
                cell=block.cell,
                rate=block.rate,
                estimate=block.estimate,
                items=block.items,
                change=changes.get(block.key),
                change_text=sentence(changes[block.key], language) if block.key in changes else None,
            )
            for block in told.blocks
        ],
        choices=told.choices,
        sensitive=told.sensitive,
        explanations=explain([*cells_of(stored.content), *changes.values()], language, everybody_asked=stored.whole),
        notice=NOTICE[language],
    )
