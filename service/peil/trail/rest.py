"""The audit trail over REST."""

import asyncio

from peil import clock
from peil.operation import Call
from peil.paging import Page
from peil.rest import CSV, NDJSON, File, Router
from peil.trail import operations
from peil.trail.files import file_of
from peil.trail.model import AuditEntry, AuditExport, AuditExportQuery, AuditQuery

trail = Router("Audit")


@trail.get("/audit")
async def list_audit(call: Call, query: AuditQuery) -> Page[AuditEntry]:
    return await operations.list_audit(call, query)


@trail.get("/audit/export", result=AuditExport, also={CSV: str, NDJSON: AuditEntry}, ruled=True)
async def export_audit(call: Call, query: AuditExportQuery) -> File:
    exported = await operations.export_audit(call, query)
    # A hundred thousand lines take seconds: the event loop serves others meanwhile.
    return await asyncio.to_thread(file_of, exported, call.media_type, clock.now().date(), query)
