"""Widgets over GraphQL."""

from peil.graphql.fields import query
from peil.widgets import operations, team

FIELDS = [
    query(team.get_team_widget),
    query(operations.get_aggregate_widget),
    query(operations.get_trend_widget),
    query(operations.get_participation_widget),
    query(operations.get_agenda_widget),
    query(operations.get_actions_widget),
    query(operations.get_support_routes_widget),
    query(operations.get_waves_widget),
]
