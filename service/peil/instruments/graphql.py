"""Instruments over GraphQL."""

from peil.graphql.fields import mutation, node, query
from peil.instruments import operations

FIELDS = [
    node(operations.get_instrument),
    query(operations.list_instruments),
    query(operations.validate_instrument, "validateInstrument"),
    mutation(operations.create_instrument),
    mutation(operations.update_instrument, match=True),
    mutation(operations.publish_instrument),
    mutation(operations.delete_instrument, match=True),
]
