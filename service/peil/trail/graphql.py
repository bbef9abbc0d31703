"""The audit trail over GraphQL."""

from peil.graphql.fields import query
from peil.trail import operations

FIELDS = [
    query(operations.list_audit),
]
