"""Messages over REST."""

from uuid import UUID

from peil.messages import operations, opting
from peil.messages.model import Message, MessageSettings, MessageSettingsNew, OptOut, Recipient
from peil.operation import Call
from peil.paging import ChangedPageQuery, Page
from peil.patching import Patch
from peil.rest import NDJSON, Lines, Router

messages = Router("Messages")


@messages.get("/message-settings")
async def get_message_settings(call: Call) -> MessageSettings:
    return await operations.get_message_settings(call)


@messages.patch("/message-settings", ruled=True, conflicts=False)
async def update_message_settings(call: Call, body: Patch[MessageSettingsNew]) -> MessageSettings:
    return await operations.update_message_settings(call, body)


@messages.get("/waves/{waveId}/messages")
async def list_messages(call: Call, wave_id: UUID, query: ChangedPageQuery) -> Page[Message]:
    return await operations.list_messages(call, wave_id, query)


@messages.get("/messages/{messageId}/recipients", produces=NDJSON, result=Recipient, conflicts=True)
async def list_recipients(call: Call, message_id: UUID) -> Lines:
    return Lines(operations.as_lines(await operations.list_recipients(call, message_id)))


@messages.get("/me/message-opt-out")
async def get_opt_out(call: Call) -> OptOut:
    return await opting.get_opt_out(call)


@messages.post("/me/message-opt-out", status=200, conflicts=False)
async def create_opt_out(call: Call) -> OptOut:
    return await opting.create_opt_out(call)


@messages.post("/me/message-opt-out/revoke", status=200, conflicts=False)
async def revoke_opt_out(call: Call) -> OptOut:
    return await opting.revoke_opt_out(call)
