"""Participation over GraphQL; answer tokens and codes are REST only."""

from peil.graphql.fields import query
from peil.participation import answer_tokens, operations

FIELDS = [
    query(answer_tokens.list_my_waves),
    query(operations.get_participation),
]
