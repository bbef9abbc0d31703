"""Instruments over GraphQL."""

from peil.graphql.fields import mutation, node, query
from peil.instruments import operations, permissions

FIELDS = [
    node(operations.get_instrument),
    query(operations.list_instruments),
    query(operations.validate_instrument, "validateInstrument"),
    query(operations.export_instrument, "instrumentPack"),
    mutation(operations.create_instrument),
    mutation(operations.import_instrument),
    mutation(operations.update_instrument, match=True),
    mutation(operations.publish_instrument),
    mutation(operations.delete_instrument, match=True),
    # It changes nothing, but answers have no place in the address of a GET.
    mutation(operations.try_out_instrument),
    node(permissions.get_permission),
    query(permissions.list_permissions),
    mutation(permissions.record_permission),
    mutation(permissions.revoke_permission),
]
