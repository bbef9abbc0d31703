"""SCIM connections over GraphQL."""

from peil.directory.scim import operations
from peil.graphql.fields import mutation, node, query

FIELDS = [
    node(operations.get_scim_connection),
    query(operations.list_scim_connections),
    query(operations.get_scim_report),
    mutation(operations.create_scim_connection),
    mutation(operations.update_scim_connection, match=True),
    mutation(operations.confirm_scim_connection, match=True),
    mutation(operations.revoke_scim_connection),
    mutation(operations.confirm_scim_removals),
    mutation(operations.create_scim_secret),
    mutation(operations.revoke_scim_secret),
]
