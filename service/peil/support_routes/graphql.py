"""Support routes over GraphQL."""

from peil.graphql.fields import mutation, node, query
from peil.support_routes import operations

FIELDS = [
    node(operations.get_support_route),
    query(operations.list_support_routes),
    mutation(operations.create_support_route),
    mutation(operations.update_support_route, match=True),
    mutation(operations.delete_support_route, match=True),
]
