"""Messages over GraphQL."""

from peil.graphql.fields import mutation, query
from peil.messages import operations, opting

FIELDS = [
    query(operations.get_message_settings),
    query(operations.list_messages),
    query(opting.get_opt_out),
    mutation(operations.update_message_settings, match=True),
    mutation(opting.create_opt_out),
    mutation(opting.revoke_opt_out),
]
