"""What a unit scored over many waves. A figure is the same as in the release of its wave."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from peil.aggregates import queries
from peil.aggregates.changes.held import held_between
from peil.aggregates.explanations import explain
from peil.aggregates.model import NOTICE, StoredBlock
from peil.aggregates.operations import find_released, require_unit
from peil.aggregates.shelf import WaveShelf
from peil.aggregates.trends import queries as trend_queries
from peil.aggregates.trends.model import (
    BlockTrend,
    StoredPoint,
    Trend,
    TrendCell,
    TrendFigure,
    TrendPoint,
    TrendQuery,
)
from peil.aggregates.trends.series import cells_of, tendency_of
from peil.aggregates.trends.texts import point_sentence, trend_sentence
from peil.errors import Conflict, Finding, Invalid, NotFound
from peil.operation import Transaction, operation
from peil.waves.operations import find_wave
from peil.zones import day_in


@operation("aggregates:read")
async def get_trend(tx: Transaction, wave_id: UUID, unit_id: UUID, query: TrendQuery) -> Trend:
    """How one unit stood in every wave up to this one that asked the same, block by block, and where that goes.

    What was not asked in the same way is no part of it; a wave without a figure is a gap, and says why.
    """
    wave = await find_released(tx, wave_id)
    await require_unit(tx, wave, unit_id)
    points = await _points(tx, wave_id, unit_id, query)
    [unit] = await queries.select_scores(tx, tx.employer_id, wave_id, [unit_id])
    first = min((found[0].opens_at, found[0].wave_id) for found in points.values())[1] if points else wave_id
    held = None if first == wave_id else await held_between(tx, first, wave_id)
    language = tx.call.language
    blocks = _blocks(wave, points, language)
    return Trend(
        wave_id=wave_id,
        unit_id=unit_id,
        parent_id=unit.parent_id,
        name=unit.name,
        blocks=blocks,
        agenda=None if held is None else held.of(wave, unit_id, language),
        explanations=explain(trend_cells(blocks), language),
        notice=NOTICE[language],
    )


async def find_trend(tx: Transaction, wave_id: UUID, unit_id: UUID, query: TrendQuery) -> list[BlockTrend]:
    """How one unit stood in these waves, without agenda: for another operation that knows who may see it."""
    wave = await find_released(tx, wave_id)
    return _blocks(wave, await _points(tx, wave_id, unit_id, query), tx.call.language)


def trend_cells(blocks: Iterable[BlockTrend]) -> Iterator[TrendCell]:
    """Every figure and gap of these blocks."""
    return (point.cell for block in blocks for point in block.points)


def _wanted(blocks: list[StoredBlock], key: str | None) -> list[StoredBlock]:
    """The blocks of the wave, or the one that was asked for. Raises Invalid `unknown-block`."""
    wanted = [block for block in blocks if key is None or block.block == key]
    if key is not None and not wanted:
        raise Invalid(Finding("/query/block", "unknown-block"))
    return wanted


async def _points(tx: Transaction, wave_id: UUID, unit_id: UUID, query: TrendQuery) -> Mapping[str, list[StoredPoint]]:
    """By block, in the order in which the waves opened.

    Raises Invalid `unknown-block`, Conflict `no-series` where the trend of a series is asked for at a wave that has
    none.
    """
    blocks = _wanted(await queries.select_blocks(tx, tx.employer_id, wave_id), query.block)
    wave = await find_wave(tx, wave_id)
    if wave is None:
        raise NotFound
    if query.over == "series" and wave.series_id is None:
        raise Conflict("no-series")
    series_id = wave.series_id if query.over == "series" else None
    points: dict[str, list[StoredPoint]] = defaultdict(list)
    for point in await trend_queries.select_points(tx, tx.employer_id, unit_id, blocks, wave.opens_at, series_id):
        points[point.block].append(point)
    return points


def _blocks(wave: WaveShelf, points: Mapping[str, list[StoredPoint]], language: str) -> list[BlockTrend]:
    return [_block(key, wave.title(key, language), found, language) for key, found in wave.in_order(points)]


def _block(key: str, title: str, points: list[StoredPoint], language: str) -> BlockTrend:
    cells = cells_of(points)
    tendency = tendency_of(cells)
    figures = sum(isinstance(cell, TrendFigure) for cell in cells)
    return BlockTrend(
        key=key,
        title=title,
        text=trend_sentence(tendency, figures, language),
        points=[
            TrendPoint(
                wave_id=point.wave_id,
                kind=point.kind,
                on=day_in(point.closes_at, point.zone),
                text=point_sentence(cell, language),
                cell=cell,
            )
            for point, cell in zip(points, cells, strict=True)
        ],
        tendency=tendency,
    )
