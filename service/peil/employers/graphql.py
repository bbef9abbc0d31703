"""Employers, clocks, policies and gates over GraphQL."""

from peil.employers import colours, operations
from peil.graphql.fields import mutation, node, query

FIELDS = [
    node(operations.get_employer),
    query(operations.list_employers),
    query(operations.list_policies),
    node(operations.get_precondition),
    query(operations.list_preconditions),
    query(colours.get_colours),
    mutation(colours.update_colours, match=True),
    mutation(operations.create_employer),
    mutation(operations.advance_test_clock),
    mutation(operations.create_policy),
    mutation(operations.record_consent),
    mutation(operations.revoke_consent),
    mutation(operations.record_precondition),
]
