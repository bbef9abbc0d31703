"""Issuers over GraphQL."""

from peil.access.issuers import operations
from peil.graphql.fields import mutation, node, query

FIELDS = [
    node(operations.get_issuer),
    query(operations.list_issuers),
    mutation(operations.create_issuer),
    mutation(operations.update_issuer, match=True),
    mutation(operations.check_issuer),
    mutation(operations.confirm_issuer, match=True),
    mutation(operations.revoke_issuer),
]
