"""Risks over GraphQL."""

from peil.graphql.fields import mutation, node, query
from peil.risks import operations

FIELDS = [
    node(operations.get_risk),
    query(operations.list_risks),
    mutation(operations.create_risk),
    mutation(operations.update_risk, match=True),
]
