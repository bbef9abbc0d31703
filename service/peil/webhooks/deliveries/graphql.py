"""Deliveries and sending again over GraphQL."""

from peil.graphql.fields import mutation, query
from peil.webhooks.deliveries import operations, vendor_deliveries

FIELDS = [
    query(operations.list_deliveries),
    query(operations.get_delivery),
    mutation(operations.replay_delivery),
    mutation(operations.replay_deliveries),
    query(vendor_deliveries.list_vendor_deliveries),
    query(vendor_deliveries.get_vendor_delivery),
    mutation(vendor_deliveries.replay_vendor_delivery),
    mutation(vendor_deliveries.replay_vendor_deliveries),
    query(vendor_deliveries.list_vendor_failed_deliveries),
]
