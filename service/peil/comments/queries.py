"""SQL of moderation and of what awaits it; the moderator's role runs it for callers, the worker's for jobs."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from peil.comments.model import AwaitingComment, CommentDecision, ModerationState, StoredModeration, Written
from peil.database import Rows

_MODERATION = """
  wave_id,
  state,
  until,
  threshold,
  unit_ids,
  release_hash"""

_SELECT_MODERATION = f"""-- select_moderation
select{_MODERATION}
from comment.moderation
where
  employer_id = $1
  and wave_id = $2
"""


async def select_moderation(rows: Rows, employer_id: UUID, wave_id: UUID) -> StoredModeration | None:
    return await rows.one(StoredModeration, _SELECT_MODERATION, employer_id, wave_id)


_LOCK_MODERATION = f"""-- lock_moderation
select{_MODERATION}
from comment.moderation
where
  employer_id = $1
  and wave_id = $2
for update
"""


async def lock_moderation(rows: Rows, employer_id: UUID, wave_id: UUID) -> StoredModeration | None:
    """A moderation that nobody else moves on until the transaction ends."""
    return await rows.one(StoredModeration, _LOCK_MODERATION, employer_id, wave_id)


_INSERT_MODERATION = """-- insert_moderation
insert into comment.moderation (employer_id, wave_id, state, until, threshold, unit_ids, release_hash)
values ($1, $2, $3, $4, $5, $6, $7)
"""


async def insert_moderation(rows: Rows, employer_id: UUID, new: StoredModeration) -> None:
    await rows.execute(
        _INSERT_MODERATION,
        employer_id,
        new.wave_id,
        new.state,
        new.until,
        new.threshold,
        new.unit_ids,
        new.release_hash,
    )


_UPDATE_MODERATION = """-- update_moderation
update comment.moderation
set state = $3
where
  employer_id = $1
  and wave_id = $2
"""


async def update_moderation(rows: Rows, employer_id: UUID, wave_id: UUID, state: ModerationState) -> None:
    await rows.execute(_UPDATE_MODERATION, employer_id, wave_id, state)


_INSERT_AWAITING = """-- insert_awaiting
insert into comment.awaiting (employer_id, wave_id, comment_id, unit_id, item, text)
select
  $1,
  $2,
  written.comment_id,
  written.unit_id,
  written.item,
  written.text
from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[]) as written (comment_id, unit_id, item, text)
"""


async def insert_awaiting(
    rows: Rows, employer_id: UUID, wave_id: UUID, comments: Sequence[tuple[UUID, Written]]
) -> None:
    """Writes comments in the order in which they are given, each with its id and the unit that will show it."""
    await rows.execute(
        _INSERT_AWAITING,
        employer_id,
        wave_id,
        [comment_id for comment_id, _ in comments],
        [written.unit_id for _, written in comments],
        [written.item for _, written in comments],
        [written.text for _, written in comments],
    )


_SELECT_AWAITING = """-- select_awaiting
select
  comment_id,
  unit_id,
  item,
  text,
  decision,
  redacted
from comment.awaiting
where
  employer_id = $1
  and wave_id = $2
  and comment_id > $3
order by comment_id
limit $4
"""


async def select_awaiting(
    rows: Rows, employer_id: UUID, wave_id: UUID, after: UUID, limit: int | None
) -> list[AwaitingComment]:
    """Those after an id; `limit` None: all."""
    return await rows.many(AwaitingComment, _SELECT_AWAITING, employer_id, wave_id, after, limit)


_SELECT_TEXTS = """-- select_awaiting_texts
select
  comment_id,
  text
from comment.awaiting
where
  employer_id = $1
  and wave_id = $2
  and comment_id = any($3::uuid[])
order by comment_id
"""


class _Text(msgspec.Struct, frozen=True):
    comment_id: UUID
    text: str


async def select_awaiting_texts(
    rows: Rows, employer_id: UUID, wave_id: UUID, comment_ids: Sequence[UUID]
) -> dict[UUID, str]:
    """The text by id of those of these comments that await moderation."""
    found = await rows.many(_Text, _SELECT_TEXTS, employer_id, wave_id, list(comment_ids))
    return {row.comment_id: row.text for row in found}


_COUNT_UNDECIDED = """-- count_undecided
select count(*)
from comment.awaiting
where
  employer_id = $1
  and wave_id = $2
  and decision is null
"""


async def count_undecided(rows: Rows, employer_id: UUID, wave_id: UUID) -> int:
    return int(await rows.value(_COUNT_UNDECIDED, employer_id, wave_id))


_UPDATE_DECISIONS = """-- update_decisions
update comment.awaiting as awaiting
set
  decision = decided.decision,
  redacted = decided.redacted
from unnest($3::uuid[], $4::text[], $5::text[]) as decided (comment_id, decision, redacted)
where
  awaiting.employer_id = $1
  and awaiting.wave_id = $2
  and awaiting.comment_id = decided.comment_id
"""


async def update_decisions(rows: Rows, employer_id: UUID, wave_id: UUID, decisions: Sequence[CommentDecision]) -> None:
    await rows.execute(
        _UPDATE_DECISIONS,
        employer_id,
        wave_id,
        [decision.comment_id for decision in decisions],
        [decision.decision for decision in decisions],
        [decision.text for decision in decisions],
    )


_DELETE_AWAITING = """-- delete_awaiting
delete from comment.awaiting
where
  employer_id = $1
  and wave_id = $2
"""


async def delete_awaiting(rows: Rows, employer_id: UUID, wave_id: UUID) -> None:
    await rows.execute(_DELETE_AWAITING, employer_id, wave_id)
