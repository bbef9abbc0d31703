"""Vendors and their links to employers over GraphQL."""

from peil.employers.vendors import links, operations
from peil.graphql.fields import mutation, node, query

FIELDS = [
    node(operations.get_vendor),
    query(operations.list_vendors),
    query(operations.list_vendor_employers),
    query(links.get_vendor_link),
    query(links.list_vendor_links),
    mutation(operations.create_vendor),
    mutation(operations.revoke_vendor),
    mutation(links.create_vendor_link),
    mutation(links.confirm_vendor_link),
    mutation(links.revoke_vendor_link),
]
