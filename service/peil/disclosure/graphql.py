"""The disclosure report over GraphQL."""

from peil.disclosure import operations
from peil.graphql.fields import query

FIELDS = [
    query(operations.get_disclosure_report),
]
