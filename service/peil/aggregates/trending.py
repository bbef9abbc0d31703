"""What many waves say of one block in one unit: a figure or a gap for each, and whether they go up or down."""

from collections.abc import Sequence

from peil.aggregates.comparison import Figure, population
from peil.aggregates.tendency import mann_kendall, theil_sen
from peil.aggregates.trend_model import (
    FEWEST_WAVES,
    StoredPoint,
    Tendency,
    TrendCell,
    TrendFigure,
    TrendIncomparable,
    TrendLabel,
    TrendWithheld,
)
from peil.releases.model import PartialCell, ProtectedCell

_DAYS = 30
"""A slope is told in points per so many days: waves lie unevenly in time."""
_SECONDS = 86_400
_CHANCE = 0.05


def cells_of(points: Sequence[StoredPoint]) -> list[TrendCell]:
    """A cell per wave, in their order; the newest figure says whose trend it is.

    Protection goes first, so that it tells nothing.
    """
    newest = next((point.cell for point in reversed(points) if _is_figure(point)), None)
    return [_cell(point, newest) for point in points]


def tendency_of(points: Sequence[StoredPoint], cells: Sequence[TrendCell]) -> Tendency | None:
    """Where the figures go, gaps left out; None: they are fewer than five."""
    figures = [
        (point.opens_at.timestamp() / _SECONDS / _DAYS, cell.mean)
        for point, cell in zip(points, cells, strict=True)
        if isinstance(cell, TrendFigure)
    ]
    slope = theil_sen(figures) if len(figures) >= FEWEST_WAVES else None
    if slope is None:
        return None
    s, p = mann_kendall([mean for _, mean in figures])
    return Tendency(waves=len(figures), slope=round(slope, 2), s=s, p=round(p, 4), label=_label(s, p))


def _label(s: int, p: float) -> TrendLabel:
    if p >= _CHANCE:
        return "no-clear-trend"
    return "rising" if s > 0 else "falling"


def _is_figure(point: StoredPoint) -> bool:
    return point.whole is True and isinstance(point.cell, Figure)


def _cell(point: StoredPoint, newest: object) -> TrendCell:
    """One wave; `newest`: the newest figure of the unit, None where there is none."""
    cell = point.cell
    if isinstance(cell, ProtectedCell):
        return cell
    if cell is None:
        return TrendIncomparable(reason="unit-not-there")
    if not point.whole:
        return TrendIncomparable(reason="not-everybody-asked")
    if isinstance(newest, Figure) and population(cell) != population(newest):
        return TrendIncomparable(reason="units-differ")
    if "not-representative" in cell.warnings:
        return TrendWithheld(reason="not-representative")
    return TrendFigure(
        n=cell.n,
        invited=cell.invited,
        mean=cell.mean,
        climate=cell.climate,
        warnings=cell.warnings,
        units=cell.units if isinstance(cell, PartialCell) else None,
    )
