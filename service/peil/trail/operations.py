"""What can be done with the audit trail: read it, and take it away to verify it."""

from uuid import UUID

from peil.errors import Finding, Invalid
from peil.exported import validate_separator
from peil.ids import NONE
from peil.operation import Transaction, operation
from peil.paging import Page, page
from peil.trail import queries
from peil.trail.model import AuditEntry, AuditExport, AuditExportQuery, AuditQuery

MAX_EXPORTED = 100_000


@operation("audit:read")
async def list_audit(tx: Transaction, query: AuditQuery) -> Page[AuditEntry]:
    """Who did what, in the order of the chain; what was done just now follows when the worker has chained it.

    A client of the operator sees what it did itself, for all employers, in the order in which it did so.
    """
    bound = (
        tx.actor.employer_id,
        tx.actor.id,
        "audit",
        query.from_,
        query.to,
        query.actor,
        query.event,
        query.resource,
    )
    if tx.actor.employer_id is None:
        last = tx.parts.cursors.open(query.cursor, UUID, *bound) if query.cursor else NONE
        own = await queries.select_own_audit(tx, tx.actor.id, last, query.limit + 1, query)
        return page(own, query.limit, lambda entry: tx.parts.cursors.seal(entry.audit_id, *bound))
    after = tx.parts.cursors.open(query.cursor, int, *bound) if query.cursor else 0
    found = await queries.select_audit(tx, tx.actor.employer_id, after, query.limit + 1, query)
    return page(found, query.limit, lambda entry: tx.parts.cursors.seal(entry.position, *bound))


@operation("audit:read")
async def export_audit(tx: Transaction, query: AuditExportQuery) -> AuditExport:
    """The audit trail in one file. Raises Invalid for more than 100,000 entries (take it a part at a time), and
    for a separator of what is no table."""
    validate_separator(query.separator, tx.call.media_type)
    if tx.actor.employer_id is None:
        found = await queries.select_own_audit(tx, tx.actor.id, NONE, MAX_EXPORTED + 1, query)
    else:
        found = await queries.select_audit(tx, tx.actor.employer_id, 0, MAX_EXPORTED + 1, query)
    if len(found) > MAX_EXPORTED:
        raise Invalid(Finding("/query/from", "too-many-items", {"limit": MAX_EXPORTED}))
    return AuditExport(entries=found)
