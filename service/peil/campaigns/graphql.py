"""Campaigns, their agenda and their communication plan over GraphQL."""

from peil.campaigns import activities, communications, copying, operations
from peil.graphql.fields import mutation, node, query

FIELDS = [
    node(operations.get_campaign),
    query(operations.list_campaigns),
    mutation(operations.create_campaign),
    mutation(operations.update_campaign, match=True),
    mutation(copying.copy_campaign),
    node(activities.get_activity),
    query(activities.list_activities),
    mutation(activities.create_activity),
    mutation(activities.update_activity, match=True),
    mutation(activities.delete_activity, match=True),
    node(communications.get_communication),
    query(communications.list_communications),
    mutation(communications.create_communication),
    mutation(communications.update_communication, match=True),
    mutation(communications.delete_communication, match=True),
]
