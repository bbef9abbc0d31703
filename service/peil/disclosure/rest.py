"""The disclosure report, release bundles and the program that verifies them over REST."""

import asyncio
from typing import Any
from uuid import UUID

from litestar import Request, get
from litestar.response.base import ASGIResponse

from peil.disclosure import operations
from peil.disclosure.files import VERIFIER, as_archive, as_page
from peil.disclosure.model import DisclosureReport
from peil.http.routing import Route
from peil.operation import Call
from peil.rest import MARKDOWN, ZIP, File, Reply, Router

PYTHON = "text/x-python"

disclosure = Router("Disclosure")

ROUTES = (Route(method="GET", path_template="/verify_release.py", produces=(PYTHON,)),)


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


def handlers() -> list[Any]:
    """The Litestar handler that gives the program by itself; whoever checks a bundle needs no sign-in for it."""

    @get("/verify_release.py")
    async def get_verifier(request: Request[Any, Any, Any]) -> ASGIResponse:
        return ASGIResponse(
            body=VERIFIER.read_bytes(),
            status_code=200,
            media_type=PYTHON,
            headers={
                "cache-control": "public, max-age=3600",
                "content-disposition": f'attachment; filename="{VERIFIER.name}"',
            },
        )

    return [get_verifier]
