"""The pull feed over GraphQL."""

from peil.graphql.fields import query
from peil.webhooks import operations

FIELDS = [
    query(operations.list_events),
    query(operations.get_event_catalogue),
]
