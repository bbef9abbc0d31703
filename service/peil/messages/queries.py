"""SQL of messages, how they are set, and who wants none."""

from datetime import datetime
from uuid import UUID

from peil.database import Rows
from peil.messages.model import (
    Audience,
    MessageKind,
    MessageSettings,
    MessageSettingsNew,
    PlannedMessage,
    Sender,
)

_SELECT_SETTINGS = """-- select_message_settings
select
  sent_by,
  answer_page,
  sender_name,
  reminder_days,
  thanks,
  texts
from peil.message_settings
where employer_id = $1
"""


async def select_settings(rows: Rows, employer_id: UUID) -> MessageSettings | None:
    return await rows.one(MessageSettings, _SELECT_SETTINGS, employer_id)


_UPSERT_SETTINGS = """-- upsert_message_settings
insert into peil.message_settings (
  employer_id, sent_by, answer_page, sender_name, reminder_days, thanks, texts, modified_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (employer_id)
do update set
  sent_by = excluded.sent_by,
  answer_page = excluded.answer_page,
  sender_name = excluded.sender_name,
  reminder_days = excluded.reminder_days,
  thanks = excluded.thanks,
  texts = excluded.texts,
  modified_at = excluded.modified_at
"""


async def upsert_settings(rows: Rows, employer_id: UUID, new: MessageSettingsNew, at: datetime) -> None:
    await rows.execute(
        _UPSERT_SETTINGS,
        employer_id,
        new.sent_by,
        new.answer_page,
        new.sender_name,
        sorted(new.reminder_days),
        new.thanks,
        new.texts,
        at,
    )


_ARE_CHANGED = """-- are_message_settings_changed
select exists (
  select
  from peil.message_settings
  where
    employer_id = $1
    and modified_at > $2
)
"""


async def are_settings_changed(rows: Rows, employer_id: UUID, since: datetime) -> bool:
    return bool(await rows.value(_ARE_CHANGED, employer_id, since))


_INSERT_MESSAGE = """-- insert_message
insert into peil.message (employer_id, message_id, wave_id, kind, audience, sent_by, due_at, modified_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""


async def insert_message(
    rows: Rows,
    employer_id: UUID,
    message_id: UUID,
    wave_id: UUID,
    kind: MessageKind,
    audience: Audience,
    sent_by: Sender,
    due_at: datetime,
    at: datetime,
) -> None:
    await rows.execute(_INSERT_MESSAGE, employer_id, message_id, wave_id, kind, audience, sent_by, due_at, at)


_MESSAGE_COLUMNS = """
  message_id,
  wave_id,
  kind,
  audience,
  sent_by,
  due_at"""

_SELECT_MESSAGE = f"""-- select_message
select{_MESSAGE_COLUMNS}
from peil.message
where
  employer_id = $1
  and message_id = $2
"""


async def select_message(rows: Rows, employer_id: UUID, message_id: UUID) -> PlannedMessage | None:
    return await rows.one(PlannedMessage, _SELECT_MESSAGE, employer_id, message_id)


_SELECT_MESSAGES = f"""-- select_messages
select{_MESSAGE_COLUMNS}
from peil.message
where
  employer_id = $1
  and wave_id = $2
  and (due_at, message_id) > ($3, $4)
  and ($5::timestamptz is null or modified_at > $5)
order by
  due_at,
  message_id
limit $6
"""


async def select_messages(
    rows: Rows,
    employer_id: UUID,
    wave_id: UUID,
    after: tuple[datetime, UUID],
    since: datetime | None,
    limit: int,
) -> list[PlannedMessage]:
    """A wave's messages after `after`, in the order of their moments.

    `since`: only those that were planned after this moment, None: whenever.
    """
    return await rows.many(PlannedMessage, _SELECT_MESSAGES, employer_id, wave_id, *after, since, limit)


_SELECT_MANIFEST = """-- select_manifest_digest
select manifest_sha256
from peil.wave
where
  employer_id = $1
  and wave_id = $2
"""


async def select_manifest(rows: Rows, employer_id: UUID, wave_id: UUID) -> str | None:
    """SHA-256 of the manifest of the wave's keys; None where there are none."""
    digest: str | None = await rows.value(_SELECT_MANIFEST, employer_id, wave_id)
    return digest


_SELECT_OPTED_OUT = """-- select_opted_out
select opted_out
from peil.person
where
  employer_id = $1
  and person_id = $2
"""


async def select_opted_out(rows: Rows, employer_id: UUID, person_id: UUID) -> bool | None:
    """None where there is no such person."""
    chosen: bool | None = await rows.value(_SELECT_OPTED_OUT, employer_id, person_id)
    return chosen


_UPDATE_OPTED_OUT = """-- update_opted_out
update peil.person
set opted_out = $3
where
  employer_id = $1
  and person_id = $2
"""


async def update_opted_out(rows: Rows, employer_id: UUID, person_id: UUID, opted_out: bool) -> bool:
    """Whether there is such a person."""
    return bool(await rows.execute(_UPDATE_OPTED_OUT, employer_id, person_id, opted_out))
