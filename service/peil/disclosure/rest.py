"""The disclosure report and release bundles over REST."""

import asyncio
from uuid import UUID

from peil.disclosure import operations
from peil.disclosure.files import as_archive, as_page
from peil.disclosure.model import DisclosureReport
from peil.operation import Call
from peil.rest import MARKDOWN, ZIP, File, Reply, Router

disclosure = Router("Disclosure")


@disclosure.get("/waves/{waveId}/disclosure-report", result=DisclosureReport, also={MARKDOWN: str}, conflicts=True)
async def get_disclosure_report(call: Call, wave_id: UUID) -> DisclosureReport | File:
    report = await operations.get_disclosure_report(call, wave_id)
    if call.media_type != MARKDOWN:
        return report
    return File(as_page(report, call.language), MARKDOWN, f"peil-disclosure-report-{report.position}.md")


@disclosure.get("/waves/{waveId}/release/bundle", produces=ZIP, result=bytes, conflicts=True)
async def export_release(call: Call, wave_id: UUID) -> Reply[File]:
    bundle = await operations.export_release(call, wave_id)
    # In a thread: a large organisation takes a moment, and others go on being served.
    body = await asyncio.to_thread(as_archive, bundle)
    return Reply(File(body, ZIP, f"peil-release-{len(bundle.chain)}.zip"), is_kept=True)
