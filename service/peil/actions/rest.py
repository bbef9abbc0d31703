"""Actions and progress checks over REST."""

import asyncio
from uuid import UUID

from peil.actions import checks, drafts, operations
from peil.actions.exports import operations as exports
from peil.actions.exports.files import file_of
from peil.actions.exports.model import ActionExport, ActionExportQuery, ExportedAction
from peil.actions.model import (
    Action,
    ActionDraft,
    ActionNew,
    ActionQuery,
    CheckCompletion,
    ProgressCheck,
    ProgressCheckQuery,
)
from peil.operation import Call
from peil.paging import Page, PageQuery
from peil.patching import Patch
from peil.rest import CSV, NDJSON, XLSX, File, Reply, Router

actions = Router("Actions")


@actions.post("/actions", ruled=True)
async def create_action(call: Call, body: ActionNew) -> Reply[Action]:
    created = await operations.create_action(call, body)
    return Reply(created, location=f"/actions/{created.action_id}")


@actions.get("/actions")
async def list_actions(call: Call, query: ActionQuery) -> Page[Action]:
    return await operations.list_actions(call, query)


@actions.get("/actions/export", result=ActionExport, also={XLSX: bytes, CSV: str, NDJSON: ExportedAction}, ruled=True)
async def export_actions(call: Call, query: ActionExportQuery) -> Reply[File]:
    exported = await exports.export_actions(call, query)
    # In a thread: others go on being served while a workbook is written.
    return Reply(await asyncio.to_thread(file_of, exported, call.media_type, call.language, query), is_kept=True)


@actions.get("/actions/{actionId}")
async def get_action(call: Call, action_id: UUID) -> Action:
    return await operations.get_action(call, action_id)


@actions.patch("/actions/{actionId}", ruled=True)
async def update_action(call: Call, action_id: UUID, body: Patch[ActionNew]) -> Action:
    return await operations.update_action(call, action_id, body)


@actions.get("/waves/{waveId}/action-drafts", conflicts=True)
async def list_action_drafts(call: Call, wave_id: UUID, query: PageQuery) -> Page[ActionDraft]:
    return await drafts.list_action_drafts(call, wave_id, query)


@actions.get("/progress-checks")
async def list_progress_checks(call: Call, query: ProgressCheckQuery) -> Page[ProgressCheck]:
    return await checks.list_progress_checks(call, query)


@actions.get("/progress-checks/{progressCheckId}")
async def get_progress_check(call: Call, progress_check_id: UUID) -> ProgressCheck:
    return await checks.get_progress_check(call, progress_check_id)


@actions.post("/progress-checks/{progressCheckId}/complete", status=200)
async def complete_progress_check(call: Call, progress_check_id: UUID, body: CheckCompletion) -> ProgressCheck:
    return await checks.complete_progress_check(call, progress_check_id, body)
