"""Clients and their secrets over GraphQL."""

from peil.access.clients import operations
from peil.graphql.fields import mutation, query

FIELDS = [
    query(operations.get_client),
    query(operations.list_clients),
    mutation(operations.create_client),
    mutation(operations.update_client, match=True),
    mutation(operations.revoke_client),
    mutation(operations.create_client_secret),
    mutation(operations.revoke_client_secret),
]
