"""What can be done with the audit trail: read it, and take it away to verify it."""

from typing import NamedTuple
from uuid import UUID

from peil.actor import Reach
from peil.errors import Denied, Finding, Invalid
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

    A client of the operator sees what the operator did, by whichever client, for all employers and vendors, and what
    was done to its own clients, in the order in which that was done. A vendor that names no employer sees what it and
    the operator did to it.
    """
    owner = _owner_of(tx)
    bound = (*owner, "audit", query.from_, query.to, query.actor, query.event, query.resource)
    cursor = query.cursor
    if owner == _OPERATOR:
        last = tx.parts.cursors.open(cursor, UUID, *bound) if cursor else NONE
        done = await queries.select_operator_audit(tx, last, query.limit + 1, query)
        return page(done, query.limit, lambda entry: tx.parts.cursors.seal(entry.audit_id, *bound))
    after = tx.parts.cursors.open(cursor, int, *bound) if cursor else 0
    found = await _select_chain(tx, owner, after, query.limit + 1, query)
    return page(found, query.limit, lambda entry: tx.parts.cursors.seal(entry.position, *bound))


@operation("audit:read")
async def export_audit(tx: Transaction, query: AuditExportQuery) -> AuditExport:
    """The audit trail in one file. Raises Invalid for more than 100,000 entries (take it a part at a time), and
    for a separator of what is no table."""
    validate_separator(query.separator, tx.call.media_type)
    owner = _owner_of(tx)
    if owner == _OPERATOR:
        found = await queries.select_operator_audit(tx, NONE, MAX_EXPORTED + 1, query)
    else:
        found = await _select_chain(tx, owner, 0, MAX_EXPORTED + 1, query)
    if len(found) > MAX_EXPORTED:
        raise Invalid(Finding("/query/from", "too-many-items", {"limit": MAX_EXPORTED}))
    return AuditExport(entries=found)


class _Owner(NamedTuple):
    """Whose trail is read."""

    employer_id: UUID | None
    vendor_id: UUID | None


_OPERATOR = _Owner(None, None)


def _owner_of(tx: Transaction) -> _Owner:
    """By how far the caller reaches. Raises Denied for whoever has nobody that near."""
    if tx.reach is Reach.SERVICE:
        return _OPERATOR
    if tx.reach is Reach.VENDOR:
        if tx.actor.vendor_id is None:
            raise Denied
        return _Owner(None, tx.actor.vendor_id)
    return _Owner(tx.employer_id, None)


async def _select_chain(
    tx: Transaction, owner: _Owner, after: int, limit: int, asked: AuditQuery | AuditExportQuery
) -> list[AuditEntry]:
    if owner.vendor_id is not None:
        return await queries.select_vendor_audit(tx, owner.vendor_id, after, limit, asked)
    return await queries.select_audit(tx, tx.employer_id, after, limit, asked)
