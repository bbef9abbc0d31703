"""Figures to draw: a unit above, cells of every status, and sheets to draw them on."""

from datetime import date
from uuid import UUID

from peil.aggregates.charts.model import Paper, Subject
from peil.aggregates.charts.theme import theme
from peil.releases.cells_model import (
    Interval,
    PartialCell,
    ProtectedCell,
    PublishedCell,
    PublishedResponse,
    ResponseCell,
    ResponseWarning,
)

ABOVE = UUID(int=1)
PROTECTED = ProtectedCell(reported_at=ABOVE)
ABOUT = Subject("Jeugdzorg Rivierenland", "Nulmeting", date(2026, 3, 3), {ABOVE: "Zorg Gelderland"})
LONG = "Ambulante begeleiding en crisisinterventie Tiel, Culemborg-West en het Land van Maas en Waal"
HOSTILE = "</svg><script>alert(1)</script>&\"'"


def paper(name: str = "light", *, width: int = 640, language: str = "nl", accent: str | None = None) -> Paper:
    return Paper(theme(name, accent), width, language)


def figure(
    mean: float, low: float | None = None, high: float | None = None, *warnings: ResponseWarning
) -> PublishedCell:
    """A published cell of 10 of 12; with an interval where its ends are given."""
    now = None if low is None or high is None else Interval(low=low, high=high)
    return PublishedCell(n=10, invited=12, coverage="all", mean=mean, items={}, now=now, climate=now, warnings=warnings)


def partial(mean: float) -> PartialCell:
    return PartialCell(
        units=[UUID(int=5)],
        n=31,
        invited=None,
        mean=mean,
        items={},
        now=None,
        climate=None,
        warnings=(),
        reported_at=ABOVE,
    )


def answered(respondents: int, invited: int | None, *warnings: ResponseWarning) -> ResponseCell:
    return PublishedResponse(
        respondents=respondents,
        invited=invited,
        rate=None if invited is None else 100 * respondents / invited,
        coverage="all" if invited else "groups-beneath",
        warnings=warnings,
    )
