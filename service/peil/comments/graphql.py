"""Comments over GraphQL."""

from peil.comments import operations
from peil.graphql.fields import mutation, query

FIELDS = [
    query(operations.get_comment_moderation),
    query(operations.list_awaiting_comments),
    query(operations.list_comments),
    query(operations.list_comment_places),
    query(operations.get_comment_release),
    mutation(operations.decide_comments),
    mutation(operations.end_comment_moderation),
    mutation(operations.withdraw_comment),
]
