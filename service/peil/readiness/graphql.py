"""Readiness, timeline and evaluation over GraphQL."""

from peil.graphql.fields import query
from peil.readiness import evaluating, operations, vendor_findings

FIELDS = [
    query(operations.get_readiness),
    query(operations.get_timeline),
    query(evaluating.get_evaluation),
    query(vendor_findings.list_vendor_findings),
]
