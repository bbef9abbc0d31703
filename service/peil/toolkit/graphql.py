"""The catalogue over GraphQL."""

from peil.graphql.fields import mutation, node, query
from peil.toolkit import operations

FIELDS = [
    node(operations.get_catalogue_entry),
    query(operations.list_catalogue_entries),
    mutation(operations.create_catalogue_entry),
    mutation(operations.update_catalogue_entry, match=True),
]
