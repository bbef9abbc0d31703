"""Units and people over GraphQL."""

from peil.directory import operations
from peil.graphql.fields import mutation, node, query

FIELDS = [
    node(operations.get_unit),
    query(operations.list_units),
    node(operations.get_person),
    query(operations.list_people),
    mutation(operations.create_unit),
    mutation(operations.update_unit, match=True),
    mutation(operations.delete_unit, match=True),
    mutation(operations.create_person),
    mutation(operations.update_person, match=True),
]
