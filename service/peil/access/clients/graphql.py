"""Clients and their secrets over GraphQL."""

from peil.access.clients import operations, vendor_clients
from peil.graphql.fields import mutation, query

FIELDS = [
    query(operations.get_client),
    query(operations.list_clients),
    mutation(operations.create_client),
    mutation(operations.update_client, match=True),
    mutation(operations.revoke_client),
    mutation(operations.create_client_secret),
    mutation(operations.revoke_client_secret),
    query(vendor_clients.get_vendor_client),
    query(vendor_clients.list_vendor_clients),
    mutation(vendor_clients.create_vendor_client),
    mutation(vendor_clients.update_vendor_client, match=True),
    mutation(vendor_clients.revoke_vendor_client),
    mutation(vendor_clients.create_vendor_client_secret),
    mutation(vendor_clients.revoke_vendor_client_secret),
]
