"""The audit trail over REST."""

from peil.operation import Call
from peil.paging import Page, PageQuery
from peil.rest import Router
from peil.trail import operations
from peil.trail.model import AuditEntry

trail = Router("Audit")


@trail.get("/audit")
async def list_audit(call: Call, query: PageQuery) -> Page[AuditEntry]:
    return await operations.list_audit(call, query)
