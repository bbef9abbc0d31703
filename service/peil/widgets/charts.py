"""A chart of a unit for one page: drawn of what whoever had the token made may see."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from peil.aggregates.charts.model import Chart, ChartQuery
from peil.aggregates.charts.operations import get_chart
from peil.errors import NotFound
from peil.operation import Transaction, operation, require
from peil.widgets.model import TOLD_WAVE
from peil.widgets.operations import told_wave
from peil.widgets.places import enter


class ChartWidgetQuery(ChartQuery, frozen=True, kw_only=True):
    """Of whom and which wave, and how the chart is to look."""

    unit: Annotated[UUID, Meta(description="Whose chart it is; none: as of the other widgets.")] | None = None
    wave: Annotated[UUID, Meta(description=TOLD_WAVE)] | None = None


@operation("widgets:read")
async def get_chart_widget(tx: Transaction, kind: str, query: ChartWidgetQuery) -> Chart:
    """A picture of what the newest release says about a unit. Raises NotFound where none tells of it yet."""
    place = await enter(tx, "charts", query.unit)
    require(tx.actor, "aggregates:read")
    wave = await told_wave(tx, place.unit_id, query.wave)
    if wave is None:
        raise NotFound
    return await get_chart.within(tx, wave.wave_id, place.unit_id, kind, query)
