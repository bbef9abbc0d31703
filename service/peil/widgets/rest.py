"""Widgets over REST: the caller may keep an answer, and asks each time whether it still holds."""

from peil.aggregates.charts.model import ChartKind
from peil.aggregates.charts.operations import drawn_later
from peil.operation import Call
from peil.rest import PNG, SVG, VEGALITE, Later, Reply, Router
from peil.widgets import charts, operations, team
from peil.widgets.charts import ChartWidgetQuery
from peil.widgets.model import (
    ActionsWidget,
    AgendaWidget,
    AggregateWidget,
    ParticipationQuery,
    ParticipationWidget,
    SupportRoutesWidget,
    TeamWidget,
    TrendWidget,
    WavesWidget,
    WaveWidgetQuery,
    WidgetQuery,
)

widgets = Router("Widgets")


@widgets.get("/widgets/team", ruled=True, seeks=True, conflicts=True)
async def get_team_widget(call: Call, query: WaveWidgetQuery) -> Reply[TeamWidget]:
    return Reply(await team.get_team_widget(call, query), is_kept=True)


@widgets.get(
    "/widgets/charts/{kind}",
    result=str,
    produces=SVG,
    also={PNG: str, VEGALITE: str},
    ruled=True,
    conflicts=True,
)
async def get_chart_widget(call: Call, kind: ChartKind, query: ChartWidgetQuery) -> Reply[Later]:
    chart = await charts.get_chart_widget(call, kind, query)
    return Reply(drawn_later(call, chart, query.scale), is_kept=True)


@widgets.get("/widgets/aggregate", ruled=True, seeks=True, conflicts=True)
async def get_aggregate_widget(call: Call, query: WaveWidgetQuery) -> Reply[AggregateWidget]:
    return Reply(await operations.get_aggregate_widget(call, query), is_kept=True)


@widgets.get("/widgets/trend", ruled=True, seeks=True, conflicts=True)
async def get_trend_widget(call: Call, query: WaveWidgetQuery) -> Reply[TrendWidget]:
    return Reply(await operations.get_trend_widget(call, query), is_kept=True)


@widgets.get("/widgets/participation", ruled=True, seeks=True)
async def get_participation_widget(call: Call, query: ParticipationQuery) -> Reply[ParticipationWidget]:
    return Reply(await operations.get_participation_widget(call, query), is_kept=True)


@widgets.get("/widgets/agenda", ruled=True, seeks=True)
async def get_agenda_widget(call: Call, query: WidgetQuery) -> Reply[AgendaWidget]:
    return Reply(await operations.get_agenda_widget(call, query), is_kept=True)


@widgets.get("/widgets/actions", ruled=True, seeks=True)
async def get_actions_widget(call: Call, query: WidgetQuery) -> Reply[ActionsWidget]:
    return Reply(await operations.get_actions_widget(call, query), is_kept=True)


@widgets.get("/widgets/support-routes", ruled=True, seeks=True)
async def get_support_routes_widget(call: Call, query: WidgetQuery) -> Reply[SupportRoutesWidget]:
    return Reply(await operations.get_support_routes_widget(call, query), is_kept=True)


@widgets.get("/widgets/waves", ruled=True, seeks=True)
async def get_waves_widget(call: Call, query: WidgetQuery) -> Reply[WavesWidget]:
    return Reply(await operations.get_waves_widget(call, query), is_kept=True)
