"""Requests for consent over GraphQL."""

from peil.consents import operations
from peil.graphql.fields import mutation, node, query

FIELDS = [
    node(operations.get_consent_request),
    query(operations.list_consent_requests),
    mutation(operations.create_consent_request),
    mutation(operations.decide_consent_request),
    mutation(operations.cancel_consent_request),
]
