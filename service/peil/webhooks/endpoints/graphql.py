"""Webhook endpoints and their secrets over GraphQL."""

from peil.graphql.fields import mutation, node, query
from peil.webhooks.endpoints import operations, vendor_endpoints

FIELDS = [
    node(operations.get_webhook_endpoint),
    query(operations.list_webhook_endpoints),
    mutation(operations.create_webhook_endpoint),
    mutation(operations.update_webhook_endpoint, match=True),
    mutation(operations.delete_webhook_endpoint, match=True),
    mutation(operations.verify_webhook_endpoint),
    mutation(operations.create_webhook_secret),
    mutation(operations.revoke_webhook_secret),
    query(vendor_endpoints.get_vendor_webhook_endpoint),
    query(vendor_endpoints.list_vendor_webhook_endpoints),
    mutation(vendor_endpoints.create_vendor_webhook_endpoint),
    mutation(vendor_endpoints.update_vendor_webhook_endpoint, match=True),
    mutation(vendor_endpoints.delete_vendor_webhook_endpoint, match=True),
    mutation(vendor_endpoints.verify_vendor_webhook_endpoint),
    mutation(vendor_endpoints.create_vendor_webhook_secret),
    mutation(vendor_endpoints.revoke_vendor_webhook_secret),
]
