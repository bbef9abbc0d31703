"""What can be done with the audit trail: read it."""

from peil.operation import Transaction, operation
from peil.paging import Page, PageQuery, page
from peil.trail import queries
from peil.trail.model import AuditEntry


@operation("audit:read")
async def list_audit(tx: Transaction, query: PageQuery) -> Page[AuditEntry]:
    """Who did what, in the order of the chain; what was done just now follows when the worker has chained it."""
    bound = (tx.employer_id, "audit")
    after = tx.parts.cursors.open(query.cursor, int, *bound) if query.cursor else 0
    found = await queries.select_audit(tx, tx.employer_id, after, query.limit + 1)
    return page(found, query.limit, lambda entry: tx.parts.cursors.seal(entry.position, *bound))
