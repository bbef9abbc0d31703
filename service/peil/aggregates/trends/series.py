"""What many waves say of one block in one unit: a figure or a gap for each, and whether they go up or down."""

from collections.abc import Sequence

from peil.aggregates.changes.comparison import Figure, population
from peil.aggregates.statistics.significance import rounded_p
from peil.aggregates.statistics.tendency import mann_kendall, theil_sen
from peil.aggregates.trends.model import (
    FEWEST_WAVES,
    StoredPoint,
    Tendency,
    TrendCell,
    TrendFigure,
    TrendIncomparable,
    TrendLabel,
    TrendWithheld,
)
from peil.releases.cells_model import PartialCell, ProtectedCell

_CHANCE = 0.05


def cells_of(points: Sequence[StoredPoint]) -> list[TrendCell]:
    """A cell per wave, in their order; the newest figure says whose trend it is.

    Protection goes first, so that it tells nothing.
    """
    newest = next((point.cell for point in reversed(points) if _is_figure(point)), None)
    return [_cell(point, newest) for point in points]


def tendency_of(cells: Sequence[TrendCell]) -> Tendency | None:
    """Where the figures go; None: they are fewer than five."""
    # A gap is a wave too: what lies on both sides of it is two waves apart.
    figures = [(place, cell.mean) for place, cell in enumerate(cells) if isinstance(cell, TrendFigure)]
    if len(figures) < FEWEST_WAVES:
        return None
    s, p = mann_kendall([mean for _, mean in figures])
    return Tendency(waves=len(figures), slope=round(theil_sen(figures), 2), s=s, p=rounded_p(p), label=_label(s, p))


def _label(s: int, p: float) -> TrendLabel:
    if p >= _CHANCE:
        return "no-clear-trend"
    return "rising" if s > 0 else "falling"


def _is_figure(point: StoredPoint) -> bool:
    """Not of a wave that few answered: of other units than usual, it would make strangers of all the others."""
    return point.whole is True and isinstance(point.cell, Figure) and "not-representative" not in point.cell.warnings


def _cell(point: StoredPoint, newest: object) -> TrendCell:
    """One wave; `newest`: the newest figure of the unit, None where there is none."""
    cell = point.cell
    if isinstance(cell, ProtectedCell):
        return cell
    if cell is None:
        return TrendIncomparable(reason="unit-not-there")
    if not point.whole:
        return TrendIncomparable(reason="not-everybody-asked")
    if "not-representative" in cell.warnings:
        return TrendWithheld(reason="not-representative")
    if isinstance(newest, Figure) and population(cell) != population(newest):
        return TrendIncomparable(reason="units-differ")
    return TrendFigure(
        n=cell.n,
        invited=cell.invited,
        mean=cell.mean,
        climate=cell.climate,
        warnings=cell.warnings,
        units=cell.units if isinstance(cell, PartialCell) else None,
    )
